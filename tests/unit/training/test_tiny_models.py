"""The base models that the training tests build: what they promise to those tests."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# torch, tokenizers and transformers leave their types open.

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from transformers import AutoTokenizer

from models.tiny import Kind, build
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import load_tokenizer

TinyModel = Callable[[Kind], Path]
PROFILES: dict[Kind, str] = {
    "mistral": "inst",
    "mistral-v3": "mistral-v3",
    "mistral-v7": "mistral-v7",
    "tekken": "mistral-v3-tekken",
    "qwen2": "chatml",
    "gpt2": "chatml",
    "smollm": "chatml",
    "llama": "llama2",
    "llama3": "llama3",
}
EXCHANGE = [Message("user", "Mode ou état, 12 ?"), Message("assistant", "Un état 😀\n\n- oui")]


def test_the_same_kind_has_the_same_bytes(tmp_path: Path):
    first, second = build(tmp_path / "a", "mistral"), build(tmp_path / "b", "mistral")
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    assert names == [
        "config.json",
        "generation_config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer.model",
        "tokenizer_config.json",
    ]
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


@pytest.mark.parametrize("kind", get_args(Kind))
def test_all_readers_of_the_tokenizer_agree(kind: Kind, tiny_model: TinyModel):
    folder = tiny_model(kind)
    tokenizer = load_tokenizer(str(folder))
    profile = get_text_profile(PROFILES[kind])
    line = profile.line(EXCHANGE)
    ids = tokenizer.encode_line(line)
    bos, eos, _ = profile.special_tokens
    assert tokenizer.control_ids[eos] in ids[-2:]
    if bos:
        assert (ids[0], ids.count(ids[0])) == (tokenizer.control_ids[bos], 1)
    if (folder / "tokenizer.json").is_file():
        assert AutoTokenizer.from_pretrained(folder).encode(line, add_special_tokens=False) == ids
    if (folder / "tokenizer.model").is_file():
        assert load_tokenizer(str(folder / "tokenizer.model")).encode_line(line) == ids
