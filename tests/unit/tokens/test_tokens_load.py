"""Loading tokenizers, and the words when that fails."""

import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import orjson
import pytest

from models.tokenizers import TOKENIZER_JSON
from raise_finetune.dataset.tokens import Tokenizer, bundled_tokenizers, load_tokenizer
from raise_finetune.errors import BadInputError


def bundled_file(name: str) -> Path:
    spec = find_spec("mistral_common")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data" / name


def test_bundled_tokenizers_know_their_profile(bundled: Callable[[str], Tokenizer]):
    names = ["mistral-v1", "mistral-v3", "mistral-v3-tekken", "mistral-v7"]
    assert bundled_tokenizers() == names
    assert [bundled(name).profile for name in names] == names


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("tekken_240718.json", "tekken.json"),
        ("mistral_instruct_tokenizer_240323.model.v3", "tokenizer.model"),
        ("mistral_instruct_tokenizer_240323.model.v3", "tokenizer.model.v3"),
    ],
)
def test_files_load_by_their_kind(file: str, name: str, tmp_path: Path):
    path = tmp_path / name
    shutil.copy(bundled_file(file), path)
    tokenizer = load_tokenizer(str(path))
    assert tokenizer.profile is None
    assert tokenizer.name == str(path)
    assert tokenizer.encode_line("<s>[INST]")[:2] == [1, 3]
    assert tokenizer.bos_added == 1


def test_a_folder_loads_what_its_trainer_would(built: Callable[[str], Tokenizer], tmp_path: Path):
    source = Path(built("chatml").name) / "tokenizer.json"
    shutil.copy(source, tmp_path / "tokenizer.json")
    (tmp_path / "tokenizer.model").write_bytes(b"never read")
    assert "<|im_start|>" in load_tokenizer(str(tmp_path)).control_ids


@pytest.mark.parametrize("source", ["mistral-v2", "", "no/such/file.json"])
def test_an_unknown_tokenizer(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInputError) as caught:
        load_tokenizer(source)
    assert caught.value.code == "tokenizer_unknown"
    assert caught.value.hint("en") == (
        "Name one of mistral-v1, mistral-v3, mistral-v3-tekken, mistral-v7, or a tokenizer.json, "
        "tekken.json or SentencePiece .model file, or the folder it lies in."
    )


@pytest.mark.parametrize("name", ["tokenizer.json", "tekken.json", "tokenizer.model"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00 not a tokenizer"])
def test_a_damaged_file(name: str, content: bytes, tmp_path: Path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInputError) as caught:
        load_tokenizer(str(tmp_path / name))
    assert caught.value.code == "tokenizer_unreadable"
    assert str(tmp_path / name) in caught.value.message("en")


@pytest.mark.parametrize(
    ("source", "package"),
    [
        ("mistral-v1", "sentencepiece"),
        ("mistral-v3-tekken", "mistral_common.tokens.tokenizers.tekken"),
        ("tokenizer.json", "tokenizers"),
    ],
)
def test_missing_packages(
    source: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("tokenizer.json").write_text("{}")
    monkeypatch.setitem(sys.modules, package, None)
    for module in ("sentencepiece_model", "tekken", "huggingface"):
        monkeypatch.delitem(sys.modules, f"raise_finetune.dataset.tokens.{module}", raising=False)
    with pytest.raises(BadInputError) as caught:
        load_tokenizer(source)
    assert caught.value.code == "tokens_not_installed"
    assert caught.value.hint("en") == 'Install them with: pip install "raise-finetune[tokens]"'


def test_mistral_commons_files_missing(monkeypatch: pytest.MonkeyPatch):
    def nothing(_name: str) -> None:
        return None

    monkeypatch.setattr("importlib.util.find_spec", nothing)
    with pytest.raises(BadInputError) as caught:
        load_tokenizer("mistral-v1")
    assert caught.value.message("en") == (
        "The tokenizer “mistral-v1” needs packages that are not installed: mistral-common."
    )


def test_a_rule_that_tries_millions_of_ways_is_refused_at_a_short_text(tmp_path: Path):
    file = dict(TOKENIZER_JSON)
    file["pre_tokenizer"] = {
        "type": "Split",
        "pattern": {"Regex": "(?:.|.){23}(?!)|."},
        "behavior": "Isolated",
        "invert": False,
    }
    path = tmp_path / "tokenizer.json"
    path.write_bytes(orjson.dumps(file))
    with pytest.raises(BadInputError) as caught:
        load_tokenizer(str(path))
    assert caught.value.message("en") == (
        f"The tokenizer {path} takes far too long for a short text."
    )
