"""A base model as large as a real one, of random numbers: for time and memory they are as good.

``python -m bench.random_base SHAPE FOLDER LAYERS TOKENIZER`` writes it where it is missing, in a
process of its own, so that nothing of it stays on the card.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# torch and transformers leave their types open.

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_7B = {"hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
       "intermediate_size": 14336}  # fmt: skip
# The shapes, as their authors published them; ``tiny`` is for a look at the benchmark itself.
SHAPES: dict[str, dict[str, Any]] = {
    "mistral-7b": {**_7B, "vocab_size": 32768, "num_hidden_layers": 32},
    "llama-3-8b": {**_7B, "vocab_size": 128256, "num_hidden_layers": 32},
    "tiny": {"hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2,
             "intermediate_size": 128, "vocab_size": 32768, "num_hidden_layers": 2},
}  # fmt: skip
_TOKENIZER = "data/mistral_instruct_tokenizer_240323.model.v3"


def random_base(shape: str, folder: Path, layers: int, tokenizer: Path | None) -> Path:
    """Return a base of this shape below ``folder``; ``layers`` of 0 are as many as it has."""
    made = folder / f"{shape}-{layers}"
    if not (made / "config.json").exists():
        command = [sys.executable, "-m", "bench.random_base", shape, str(made), str(layers)]
        subprocess.run([*command, str(tokenizer or _own_tokenizer())], check=True)
    return made


def _own_tokenizer() -> Path:
    """Return Mistral's third tokenizer, which ``mistral-common`` brings along."""
    spec = find_spec("mistral_common")
    if spec is None or spec.origin is None:
        sys.exit("mistral-common is missing: name a SentencePiece model with --tokenizer")
    return Path(spec.origin).parent / _TOKENIZER


def _write(shape: str, folder: Path, layers: int, tokenizer: Path) -> None:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM

    values: dict[str, Any] = {**SHAPES[shape], "bos_token_id": 1, "eos_token_id": 2}
    if layers:
        values["num_hidden_layers"] = layers
    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("cuda" if torch.cuda.is_available() else "cpu"):
        if shape.startswith("llama"):
            model = LlamaForCausalLM(LlamaConfig(**values))
        else:
            model = MistralForCausalLM(MistralConfig(sliding_window=None, **values))
    making = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(making, ignore_errors=True)
    model.save_pretrained(making, max_shard_size="4GB")
    _write_tokenizer(making, tokenizer)
    making.rename(folder)


def _write_tokenizer(folder: Path, model: Path) -> None:
    from transformers import LlamaTokenizer

    shutil.copyfile(model, folder / "tokenizer.model")
    settings = {
        "tokenizer_class": "LlamaTokenizer",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "legacy": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    LlamaTokenizer.from_pretrained(folder).backend_tokenizer.save(str(folder / "tokenizer.json"))


if __name__ == "__main__":
    _write(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
