"""Whether a dataset is still what was exported, and fit to be trained on."""

from raise_finetune.dataset.verification.result import Check, CheckName, Flaw, Verification
from raise_finetune.dataset.verification.verify import verify_dataset

__all__ = ["Check", "CheckName", "Flaw", "Verification", "verify_dataset"]
