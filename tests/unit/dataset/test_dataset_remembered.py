"""What the machine remembers of its exports, and of those that are one file."""

import gzip
import hashlib
import os
from pathlib import Path

import orjson
import pytest

from domains.disk_calls import record_disk_calls
from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.manifest import parse_manifest, read_manifest
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.dataset.writing import remembered
from raise_finetune.dataset.writing.remembered import (
    KnownDataset,
    known_dataset,
    known_datasets,
    remember_side_files,
    side_folder,
)
from raise_finetune.errors import BadInputError

RECIPE = ExportRecipe.model_validate({"output": {"val_fraction": 0.0}})


@pytest.fixture
def root(tree: Tree) -> Path:
    tree.conversation("a", *exchange("q", "a", rating=5))
    tree.conversation("b", *exchange("q", "b"))
    return tree.root


def test_a_file_and_a_folder_are_remembered(root: Path, tmp_path: Path):
    export_dataset(RECIPE, tmp_path / "x.jsonl", root=root)
    export_dataset(RECIPE, tmp_path / "x", root=root)
    export_dataset(RECIPE, tmp_path / "x", root=root)
    sha256 = hashlib.sha256((tmp_path / "x.jsonl").read_bytes()).hexdigest()
    folder = KnownDataset(path=str(tmp_path / "x"), kind="folder", root=str(root))
    file = KnownDataset(path=str(tmp_path / "x.jsonl"), kind="file", root=str(root), sha256=sha256)
    assert list(known_datasets()) == [folder, file]
    assert known_dataset(tmp_path / "x") == folder
    assert known_dataset(tmp_path / "y") is None


def test_what_is_kept_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ledger, folder = tmp_path / "ledger.jsonl", side_folder("0" * 64)
    ledger.write_bytes(b"{}\n")
    folder.mkdir(parents=True)
    calls = record_disk_calls(monkeypatch)
    remember_side_files("0" * 64, b"{}", ledger)
    assert calls == [
        "fsync file TEMPORARY",
        "rename TEMPORARY ledger.jsonl.gz",
        f"fsync folder {folder.name}",
        "fsync file TEMPORARY",
        "rename TEMPORARY manifest.json",
        f"fsync folder {folder.name}",
    ]


def test_one_file_has_the_same_manifest_and_ledger_as_a_folder(root: Path, tmp_path: Path):
    report = export_dataset(RECIPE, tmp_path / "x.jsonl", root=root)
    export_dataset(RECIPE, tmp_path / "x", root=root)
    assert not report.notices
    side = side_folder(report.files[0].sha256)
    kept = parse_manifest((side / "manifest.json").read_bytes(), side)
    assert kept.files == report.files
    plain = {"files": (), "side_files": (), "checksum": ""}
    in_folder = read_manifest(tmp_path / "x")
    assert kept.model_copy(update=plain) == in_folder.model_copy(update=plain)
    ledger = gzip.decompress((side / "ledger.jsonl.gz").read_bytes())
    of_folder = (tmp_path / "x/.raise/ledger.jsonl").read_bytes()
    assert ledger.replace(b'"all"', b'"train"') == of_folder
    assert sorted(path.name for path in side.iterdir()) == ["ledger.jsonl.gz", "manifest.json"]


def kept_of_another_export(tree: Tree, number: int, output: Path) -> Path:
    """Export other rows, as at that second, and return the folder of what is kept of them."""
    tree.conversation("a", *exchange("q", f"a{number}", rating=5))
    report = export_dataset(RECIPE, output, root=tree.root)
    kept = side_folder(report.files[0].sha256)
    os.utime(kept, (number, number))
    return kept


@pytest.mark.usefixtures("root")
def test_only_the_newest_are_kept(tmp_path: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remembered, "_KEPT", 2)
    kept = [kept_of_another_export(tree, number, tmp_path / "x.jsonl") for number in range(4)]
    assert [folder.exists() for folder in kept] == [False, False, True, True]


@pytest.mark.usefixtures("root")
def test_what_is_known_of_a_file_stays_as_long_as_the_file(
    tmp_path: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remembered, "_KEPT", 2)
    kept: list[Path] = []
    for number in range(6):
        kept.append(kept_of_another_export(tree, number, tmp_path / f"{number}.jsonl"))
        if number == 1:
            (tmp_path / "0.jsonl").unlink()
            (tmp_path / "1.jsonl").rename(tmp_path / "moved.jsonl")
    assert [folder.exists() for folder in kept] == [False, False, True, True, True, True]
    assert open_dataset(tmp_path / "2.jsonl").rows_by_split() == {"all": 1}


def test_an_export_succeeds_where_nothing_can_be_kept(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "state").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("RAISE_LANG", "en")
    report = export_dataset(RECIPE, tmp_path / "x.jsonl", root=root)
    assert [notice.code for notice in report.notices] == ["side_files_not_kept"]
    assert len((tmp_path / "x.jsonl").read_bytes().splitlines()) == report.rows == 1
    assert list(known_datasets()) == []


def test_a_memory_of_ones_own_knows_a_file_that_was_changed(root: Path, tmp_path: Path):
    path, state = tmp_path / "x.jsonl", tmp_path / "own"
    report = export_dataset(RECIPE, path, root=root, state=state)
    path.write_bytes(path.read_bytes() + b"\n")
    assert open_dataset(path, state).manifest.files == report.files
    with pytest.raises(BadInputError) as caught:
        open_dataset(path)
    assert caught.value.code == "dataset_unknown"


def test_what_cannot_be_read_is_passed_over(root: Path, tmp_path: Path):
    export_dataset(RECIPE, tmp_path / "x", root=root)
    (note,) = (Path(os.environ["XDG_STATE_HOME"]) / "raise-finetune/datasets").iterdir()
    for content in (b"{", orjson.dumps({"path": 1}), b""):
        note.write_bytes(content)
        assert list(known_datasets()) == []


def test_a_clock_that_was_put_back_does_not_make_the_newest_the_oldest(
    root: Path, tmp_path: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remembered, "_KEPT", 2)
    for number in range(3):
        tree.conversation("a", *exchange("q", f"a{number}", rating=5))
        report = export_dataset(RECIPE, tmp_path / "x.jsonl", root=root)
        side = side_folder(report.files[0].sha256)
        assert sorted(path.name for path in side.iterdir()) == ["ledger.jsonl.gz", "manifest.json"]
        os.utime(side, (4_000_000_000 + number, 4_000_000_000 + number))
    assert len(list(side_folder("").iterdir())) == 2
