"""A power cut at any moment: what is written is wholly the old or wholly the new one.

See ``domains.power`` for what a cut may leave.
"""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import pytest

from domains.changes import CHANGES, changeable
from domains.golden import NOBODY
from domains.power import Disk, Remains, files_in, lay_out
from domains.tree import Tree, exchange, files_of, snapshot
from raise_finetune.commands.settings import AppSettings, write_settings
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sanitize.own_list import write_own_list
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.dataset.writing import staging
from raise_finetune.errors import BadInputError
from raise_finetune.storage import exchange as folder_exchange
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.exchange import replace_folder

NEXT_EXPORTS = 6
ALL_FORMATS = {"formats": ["jsonl", "jsonl.zst", "parquet"], "also_profiles": ["chatml"]}


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model says what has reached the disk; the real one need not be waited for."""

    def at_once(_descriptor: int) -> None:
        pass

    monkeypatch.setattr(os, "fsync", at_once)


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Tree(tmp_path_factory.mktemp("power") / "domain")
    for number in range(6):
        tree.conversation(
            f"c{number}", *exchange(f"q{number}", f"a{number}", rating=4 + number % 2)
        )
    return tree.root


def export(domain: Path, disk: Path, name: str, minimum: int, **output: Any) -> None:
    recipe = ExportRecipe.model_validate({"rating": {"minimum": minimum}, "output": output})
    export_dataset(recipe, disk / name, root=domain, known=NOBODY, state=disk / "state")


def content_of(remains: Remains, name: str) -> object:
    found = remains.get(name)
    return dict(files_in(found)) if isinstance(found, dict) else found


@pytest.mark.parametrize("old", [False, True], ids=["new", "over an old one"])
@pytest.mark.parametrize(
    ("name", "output"),
    [("x.jsonl", {}), ("x", {}), ("x", ALL_FORMATS)],
    ids=["file", "folder", "all formats"],
)
def test_an_export(domain: Path, tmp_path: Path, name: str, output: dict[str, Any], *, old: bool):
    disk = tmp_path / "disk"
    disk.mkdir()
    if old:
        export(domain, disk, name, 4)
    before = snapshot(disk / name)
    with Disk(disk).recording() as recorded:
        export(domain, disk, name, 5, **output)
    whole = snapshot(disk / name)
    assert before != whole
    assert recorded.calls.count("sync") >= 3

    cuts = recorded.cuts()
    found = [content_of(cut, name) for cut in cuts]
    assert all(each in (before, whole) for each in found)
    assert before in found
    assert content_of(recorded.surely(), name) == whole
    check_the_next(domain, cuts, tmp_path, name, whole, output)


def check_the_next(
    domain: Path, cuts: list[Remains], folder: Path, name: str, whole: object, output: Any
) -> None:
    """Export again after some of the cuts: nothing that they left is in the way, or stays."""
    for number, cut in enumerate(cuts[:: len(cuts) // NEXT_EXPORTS + 1]):
        disk = lay_out(cut, folder / str(number))
        export(domain, disk, name, 5, **output)
        assert snapshot(disk / name) == whole
        assert {path.name for path in disk.iterdir()} == {name, "state"}


def test_a_file_that_is_there_can_be_explained(domain: Path, tmp_path: Path):
    """Its manifest and its ledger lie in the user's state, and reach the disk before it does."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with Disk(disk).recording() as recorded:
        export(domain, disk, "x.jsonl", 4)
    there = [cut for cut in recorded.cuts() if "x.jsonl" in cut]
    beside = {repr(cut["state"]): cut for cut in there}
    assert beside
    for number, cut in enumerate(beside.values()):
        after = lay_out(cut, tmp_path / str(number))
        dataset = open_dataset(after / "x.jsonl", after / "state")
        assert sum(file.rows for file in dataset.manifest.files) == 6
        assert len(list(dataset.ledger())) == 6


def test_an_export_where_folders_cannot_be_exchanged(
    domain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """There a cut may leave no target, but then the next export brings the old one back."""

    def cannot(_one: Path, _other: Path) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(folder_exchange, "exchange_folders", cannot)
    disk = tmp_path / "disk"
    disk.mkdir()
    export(domain, disk, "x", 4)
    before = snapshot(disk / "x")
    with Disk(disk).recording() as recorded:
        export(domain, disk, "x", 5)
    whole = snapshot(disk / "x")
    missing = 0
    for number, cut in enumerate(recorded.cuts()):
        if content_of(cut, "x") in (before, whole):
            continue
        missing += 1
        after = lay_out(cut, tmp_path / str(number))
        with pytest.raises(KeyboardInterrupt), staging.staging_folder(after / "x"):
            raise KeyboardInterrupt
        assert snapshot(after / "x") == before
    assert missing > 0


# Documents


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_document(change: Callable[[StorageEngine], None], tmp_path: Path):
    engine = changeable(tmp_path / "disk")
    before = files_of(engine.root)
    with Disk(engine.root).recording() as recorded:
        change(engine)
    after = files_of(engine.root)
    assert before != after

    for number, cut in enumerate(recorded.cuts()):
        found = {path: content for path, content in files_in(cut) if path.endswith(".json")}
        assert before.keys() & after.keys() <= found.keys()
        for path, content in found.items():
            assert content in (before.get(path), after.get(path)), path
        # What is lost again was not said to be done, and can be done again.
        change_again(change, StorageEngine(lay_out(cut, tmp_path / str(number))))
    assert dict(files_in(recorded.surely())) == after


def change_again(change: Callable[[StorageEngine], None], engine: StorageEngine) -> None:
    """Change once more; what a cut left of a temporary file is nobody's document."""
    with suppress(BadInputError):  # there already, or gone already
        change(engine)
    for space in engine.spaces():
        for database in engine.databases(space):
            for ref in engine.collections(space, database):
                found = [document for batch in engine.scan(ref) for document in batch]
                assert [document for document in found if document.problem] == []


# What is not the domain's


@pytest.mark.parametrize("name", ["settings.json", "known_values.txt"])
def test_settings(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(disk))

    def save(value: Literal["fr", "en"]) -> None:
        if name == "settings.json":
            write_settings(AppSettings(language=value))
        else:
            write_own_list([value] * 1000)

    save("fr")
    before = files_of(disk)
    with Disk(disk).recording() as recorded:
        save("en")
    after = files_of(disk)
    assert dict(files_in(recorded.surely())) == after
    for cut in recorded.cuts():
        assert cut[name] in (before[name], after[name])


def test_a_folder_that_replaces_another(tmp_path: Path):
    """As a trained adapter does."""
    disk = tmp_path / "disk"
    for name in ("adapter", "fresh"):
        (disk / name).mkdir(parents=True)
        (disk / name / "weights").write_bytes(name.encode() * 100)
    recorded = Disk(disk)
    (disk / "fresh/weights").write_bytes(b"new" * 100)
    with recorded.recording():
        replace_folder(disk / "fresh", disk / "adapter")
    assert recorded.surely()["adapter"] == {"weights": b"new" * 100}
    assert snapshot(disk) == {"adapter/weights": b"new" * 100}
    for cut in recorded.cuts():
        assert cut["adapter"] in ({"weights": b"adapter" * 100}, {"weights": b"new" * 100})
