"""A tokenizer that makes texts grow beyond all measure is refused before it is tried."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.messages import Phrase


def tokenizer(folder: Path, *normalizers: dict[str, Any]) -> Path:
    path = folder / "tokenizer.json"
    content: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Sequence", "normalizers": list(normalizers)},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": None,
        "model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": []},
    }
    path.write_bytes(orjson.dumps(content))
    return path


def replace(kind: str, pattern: str, content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": {kind: pattern}, "content": content}


@pytest.mark.parametrize(
    "normalizers",
    [
        [replace("String", "a", "a" * 20)] * 9,
        [replace("Regex", "", "aa")] * 9,
        [replace("Regex", "x*", "a" * 6000)],
        [replace("Regex", "(?=a)", "a")] * 40,
        [replace("Regex", r"\ba", "aa")] * 40,
        [replace("Regex", "[[:nothing", "a")] * 40,
        [{"type": "Prepend", "prepend": "a" * 1_000_000}],
        [{"type": "Sequence", "normalizers": [replace("String", "a", "a" * 100)] * 2}] * 2,
    ],
)
def test_it_is_refused(tmp_path: Path, normalizers: list[dict[str, Any]]) -> None:
    path = tokenizer(tmp_path, *normalizers)
    with pytest.raises(BadInputError) as caught:
        load_tokenizer(str(path))
    assert caught.value.params == {"path": path, "reason": Phrase("problem.texts_grow", {})}
    assert caught.value.message("fr") == (
        f"Le tokenizer {path} est illisible\u00a0: "
        "son normaliseur rend un texte des milliers de fois plus long."
    )


def test_those_of_real_models_are_not(tmp_path: Path) -> None:
    path = tokenizer(
        tmp_path,
        {"type": "Prepend", "prepend": "▁"},
        replace("String", " ", "▁"),
        replace("String", "``", '"'),
        *[replace("Regex", " {2,}", " "), replace("Regex", "[[:cntrl:]]", " ")] * 20,
        {"type": "NFKC"},
        {"type": "Lowercase"},
    )
    assert load_tokenizer(str(path)).encode_text("ab") == [0, 1]
