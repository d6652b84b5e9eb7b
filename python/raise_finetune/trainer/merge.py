"""Merges an adapter into its base: ``python -m raise_finetune.trainer.merge ADAPTER BASE OUTPUT``.

The merge is peft's own; it raises where the result holds numbers that are none.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# transformers and peft leave their types open.

import shutil
import sys
from pathlib import Path

from peft import PeftModel
from transformers import AutoModelForCausalLM

_TOKENIZER_FILES = ("tokenizer*", "special_tokens_map.json", "tekken.json", "chat_template*",
                    "added_tokens.json", "vocab.json", "merges.txt")  # fmt: skip


def main() -> None:
    """Merge what the command line names."""
    adapter, base, output = map(Path, sys.argv[1:])
    model = AutoModelForCausalLM.from_pretrained(
        base, dtype="auto", local_files_only=True, use_safetensors=True, trust_remote_code=False
    )
    merged = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload(safe_merge=True)
    merged.save_pretrained(output)
    for pattern in _TOKENIZER_FILES:
        for file in base.glob(pattern):
            shutil.copy(file, output)


if __name__ == "__main__":
    main()
