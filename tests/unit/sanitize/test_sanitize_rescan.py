"""The proof after writing."""

from collections import Counter
from pathlib import Path

import orjson
import pytest

from raise_finetune.dataset.formats import Format, open_rows
from raise_finetune.dataset.formats.hashed import HashedFile
from raise_finetune.dataset.sanitize import (
    FindingType,
    KnownValues,
    SanitizeOptions,
    Sanitizer,
    rescan_file,
)
from raise_finetune.dataset.sanitize.rescan import Left, first_left


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_clean_file_has_no_findings(tmp_path: Path, sanitizer: Sanitizer):
    text = "<PERSON_1> écrit à <EMAIL_1>, mot de passe : <PASSWORD_1>"
    lines = "".join(orjson.dumps({"text": text}).decode() + "\n" for _ in range(50))
    assert rescan_file(write(tmp_path / "train.jsonl", lines), sanitizer) == Counter()
    assert rescan_file(write(tmp_path / "README.md", text), sanitizer) == Counter()
    assert rescan_file(write(tmp_path / "empty.jsonl", ""), sanitizer) == Counter()


@pytest.mark.parametrize("name", ["train.jsonl", "manifest.json", "README.md", "recipe.toml"])
def test_findings_are_counted_by_type(tmp_path: Path, sanitizer: Sanitizer, name: str):
    content = orjson.dumps({"a@x.fr": ["ligne\nné le 1/2/1990", {"x": "b@x.fr"}]}).decode() + "\n"
    assert rescan_file(write(tmp_path / name, content), sanitizer) == Counter(
        {FindingType.EMAIL: 2, FindingType.BIRTH_DATE: 1}
    )


def test_a_context_that_comes_again_is_looked_at_once(tmp_path: Path, sanitizer: Sanitizer):
    row = orjson.dumps({"text": "a@x.fr"}).decode() + "\n"
    found = rescan_file(write(tmp_path / "train.jsonl", row * 3), sanitizer)
    assert found == Counter({FindingType.EMAIL: 1})


@pytest.mark.parametrize("name", ["jsonl.zst", "parquet"])
def test_packed_files_are_read_as_their_rows(tmp_path: Path, sanitizer: Sanitizer, name: Format):
    file = HashedFile(tmp_path / f"train.{name}")
    rows = open_rows(name, file, {"text": "string"})
    rows.write([b'{"text":"clean"}\n', b'{"text":"[INST]write to a@x.fr"}\n'])
    rows.finish()
    file.close()
    path = tmp_path / f"train.{name}"
    assert rescan_file(path, sanitizer) == Counter({FindingType.EMAIL: 1})
    assert first_left(path, sanitizer) == Left(1, (FindingType.EMAIL,))


def test_json_over_several_lines(tmp_path: Path, sanitizer: Sanitizer):
    content = orjson.dumps({"note": "x\nJean Dupont"}, option=orjson.OPT_INDENT_2).decode()
    assert rescan_file(write(tmp_path / "m.json", content), sanitizer) == Counter(
        {FindingType.PERSON: 1}
    )


def test_escapes_are_undone_before_the_rules(tmp_path: Path, sanitizer: Sanitizer):
    content = '{"text": "n\\u00e9 le 1/2/1990 C:\\\\Users\\\\jdupont\\\\x"}\n'
    assert rescan_file(write(tmp_path / "t.jsonl", content), sanitizer) == Counter(
        {FindingType.BIRTH_DATE: 1, FindingType.USER: 1}
    )


def test_allowed_and_left_values_are_no_findings(tmp_path: Path):
    options = SanitizeOptions(allow=("a@x.fr",), actions={FindingType.PHONE: "leave"})
    path = write(tmp_path / "t.txt", "a@x.fr 06 12 34 56 78 b@x.fr")
    assert rescan_file(path, Sanitizer(options, KnownValues())) == Counter({FindingType.EMAIL: 1})


def test_large_file_is_read_in_blocks(tmp_path: Path, sanitizer: Sanitizer):
    lines = "rien à dire ici\n" * 200_000 + "a@x.fr\n"
    assert rescan_file(write(tmp_path / "t.txt", lines), sanitizer) == Counter(
        {FindingType.EMAIL: 1}
    )


def test_bytes_that_are_no_text(tmp_path: Path, sanitizer: Sanitizer):
    path = tmp_path / "x.bin"
    path.write_bytes(b"\xff\xfe\0 a@x.fr \xc3")
    assert rescan_file(path, sanitizer) == Counter({FindingType.EMAIL: 1})


def test_missing_file_is_an_error(tmp_path: Path, sanitizer: Sanitizer):
    with pytest.raises(FileNotFoundError):
        rescan_file(tmp_path / "none.jsonl", sanitizer)
