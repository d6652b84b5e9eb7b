"""What an export says about its rows in tokens."""

from typing import Literal

from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.tokens.check import TokenCheck
from raise_finetune.dataset.tokens.counts import TokenCounts


class TokenReport(ReportModel):
    """The check of a sample of the rows, and the lengths of all.

    ``counted_as`` is the profile whose line was counted: the export's own, or for a structured
    one, whose line the trainer will make, the tokenizer's. ``check`` is None then: there is no
    finished text to be wrong. ``sha256`` is that of the tokenizer's file, ``tokenizer`` its name
    without the folders of this machine.
    """

    tokenizer: str
    sha256: str
    counting: Literal["sample", "all"]
    counted_as: str
    check: TokenCheck | None
    counts: TokenCounts
