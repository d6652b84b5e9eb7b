"""Merges an adapter into its base: ``python -m raise_finetune.trainer.merge ADAPTER BASE OUTPUT``.

The merge is peft's own; it raises where the result holds numbers that are none. The process ends
with its standard input: it does not outlive who started it.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# transformers and peft leave their types open.

import os
import shutil
import sys
from pathlib import Path
from threading import Thread

from peft import PeftModel
from transformers import AutoModelForCausalLM

from raise_finetune.trainer.permissions import give_mode_to_weights

_TOKENIZER_FILES = ("tokenizer*", "special_tokens_map.json", "tekken.json", "chat_template*",
                    "added_tokens.json", "vocab.json", "merges.txt")  # fmt: skip


def main() -> None:
    """Merge what the command line names."""
    Thread(target=_end_with_input, daemon=True).start()
    adapter, base, output = map(Path, sys.argv[1:])
    model = AutoModelForCausalLM.from_pretrained(
        base, dtype="auto", local_files_only=True, use_safetensors=True, trust_remote_code=False
    )
    merged = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload(safe_merge=True)
    merged.save_pretrained(output)
    give_mode_to_weights(output, of="config.json")
    for pattern in _TOKENIZER_FILES:
        for file in base.glob(pattern):
            shutil.copy(file, output)


def _end_with_input() -> None:
    while os.read(0, 1):  # not by sys.stdin, whose lock a thread must not hold at the end
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
