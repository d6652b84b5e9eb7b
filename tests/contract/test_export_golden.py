"""The demo's exports equal the expected files, byte for byte."""

import hashlib
from pathlib import Path

import pytest

from domains.golden import EXPECTED, export_demo

NAMES = sorted(str(path.relative_to(EXPECTED)) for path in EXPECTED.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return export_demo(tmp_path_factory.mktemp("golden"))


def test_all_files_are_expected(made: dict[str, bytes]):
    assert sorted(made) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_export_equals_the_expected_file(made: dict[str, bytes], name: str):
    assert made[name].splitlines() == (EXPECTED / name).read_bytes().splitlines()
    assert made[name] == (EXPECTED / name).read_bytes()


def test_one_file_holds_the_rows_of_all_sides():
    def lines(*names: str) -> list[str]:
        found = [line for name in names for line in (EXPECTED / name).read_bytes().splitlines()]
        return sorted(hashlib.sha256(line).hexdigest() for line in found)

    assert lines("default.jsonl") == lines("dataset/data/train.jsonl", "dataset/data/val.jsonl")


def test_both_languages_and_every_kind_of_row_are_there():
    text = Path(EXPECTED / "default.jsonl").read_text("utf-8")
    for part in ("À quoi sert", "Describe the model element", "l’exigence", "Que dit l’article"):
        assert part in text
    assert "</s>[INST]" in text, "an answer with its context"
