"""Why the system refused, in French too, whoever tells it and however it was kept."""

import errno
import os
from pathlib import Path

import orjson
import pytest

from domains.process import run
from domains.tree import Tree, exchange
from raise_finetune.adapters.gguf_header import check_header
from raise_finetune.adapters.safetensors_file import SafetensorsFile
from raise_finetune.commands.dataset_words import flaw_line
from raise_finetune.dataset.formats.registry import read_rows
from raise_finetune.dataset.tokens.guarded import failures_named
from raise_finetune.dataset.verification import Flaw
from raise_finetune.errors import BadInputError, place_said, said_by_system, system_reason
from raise_finetune.messages import catalogue
from raise_finetune.problems import WrongValueError, reason_of
from raise_finetune.storage.reader import StoredDocument, why_unreadable

OUR_OWN = {"system.EBADMSG", "system.ESPIPE", "system.not_regular"}


def test_words_that_are_kept_in_english_are_those_of_the_system() -> None:
    for key, words in catalogue("en").items():
        if key.startswith("system.") and key not in OUR_OWN:
            assert words == os.strerror(getattr(errno, key.removeprefix("system.")))


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Permission denied", "accès refusé"), ("Something new", "Something new"), ("", "")],
)
def test_they_are_told_in_french(
    words: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    assert str(said_by_system(words)) == expected
    flaw = Flaw(code="file_unreadable", file="data/train.jsonl", detail=words)
    assert flaw_line(flaw, "fr") == f"data/train.jsonl ne peut pas être lu\u00a0: {expected}"


def test_a_document_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    document = StoredDocument("a.json", None, "unreadable", "Input/output error")
    assert str(why_unreadable(document)) == "erreur d’entrée-sortie"


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ("unexpected end of data: line 4 column 27 (char 85)", "ligne 4, colonne 27"),
        (
            "str is not valid UTF-8: surrogates not allowed: line 1 column 1 (char 0)",
            "ce n’est pas du texte UTF-8",
        ),
        (
            "UTF-8 byte order mark (BOM) is not supported: line 1 column 1 (char 0)",
            "il commence par une marque d’ordre des octets, BOM\u00a0: "
            "enregistrez-le en UTF-8 sans BOM",
        ),
        ("something new", "something new"),
    ],
)
def test_what_a_parser_of_json_says(
    complaint: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    assert str(place_said(complaint)) == expected


def test_libraries_written_in_rust_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    assert str(reason_of(Exception("Is a directory (os error 21)"))) == "c’est un dossier"
    assert str(reason_of(Exception("Odd (os error 99999)"))) == "Odd (os error 99999)"


@pytest.mark.parametrize("name", ["rows.parquet", "rows.jsonl.zst"])
def test_a_damaged_file_is_no_fault_of_the_disk(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    (tmp_path / name).write_bytes(b"neither")
    with pytest.raises(OSError, match=r"(?i)parquet|zstd") as caught:
        list(read_rows(tmp_path / name))
    assert str(system_reason(caught.value)) == "il est endommagé, ou d’un autre format"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "le fichier est vide"),
        (b"nope", "il ne commence pas comme un fichier GGUF"),
        (b"GGUF\3\0\0\0\1\0", "le fichier s’arrête dans son en-tête"),
    ],
)
def test_a_damaged_model(
    content: bytes, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    (tmp_path / "base.gguf").write_bytes(content)
    with pytest.raises(WrongValueError) as caught:
        check_header(tmp_path / "base.gguf")
    assert str(reason_of(caught.value)) == expected


def test_damaged_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    (tmp_path / "model.safetensors").write_bytes(b"\xff" * 9)
    with pytest.raises(BadInputError) as caught:
        SafetensorsFile(tmp_path / "model.safetensors")
    expected = "il est tronqué, ou n’est pas un fichier safetensors"
    assert str(caught.value.params["reason"]) == expected


def test_a_tokenizer_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    with pytest.raises(BadInputError) as caught, failures_named(tmp_path / "tekken.json"):
        raise OSError(errno.EACCES, "Permission denied", "tekken.json")
    assert str(caught.value.params["reason"]) == "accès refusé"


def test_a_report_keeps_them_in_english_and_the_export_tells_them_in_french(
    tmp_path: Path,
) -> None:
    tree = Tree(tmp_path / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    (tmp_path / "state").write_bytes(b"")
    environment = {"XDG_STATE_HOME": str(tmp_path / "state"), "RAISE_LANG": "fr"}
    export = ("export", str(tmp_path / "a.jsonl"), "--root", str(tree.root))
    told = run(*export, environment=environment).stdout
    assert "n’ont pas pu être conservés (le fichier existe déjà)" in told
    (notice,) = orjson.loads(run(*export, "--json", environment=environment).stdout)["notices"]
    assert notice["params"] == {"reason": "File exists"}
