"""A full disk, too few descriptors, a lost permission: what was stays, and the error says so."""

import os
import resource
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import orjson
import pytest

from domains.changes import (
    CHANGES,
    changeable,
    delete_note,
    remember_again,
    take_a_rating_away,
)
from domains.golden import NOBODY
from domains.limits import descriptors_left, limited
from domains.process import run
from domains.tree import Tree, exchange, files_of, snapshot
from raise_finetune.commands.settings import AppSettings, read_settings, write_settings
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.manifest import read_manifest
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.errors import BadInputError, FailedError, RaiseError
from raise_finetune.storage.engine import StorageEngine

Change = Callable[[StorageEngine], None]
Lowered = Callable[[], AbstractContextManager[None]]
every_change = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)


DELETIONS = (delete_note, take_a_rating_away, remember_again)
# They describe only: one that is missing or behind is mended by a later write, or does no harm.
DESCRIPTIONS = ("_meta.json", "_system.json")


# Documents, ratings and the list of what is forgotten


@every_change
def test_a_change_while_no_file_may_grow(change: Change, tmp_path: Path):
    """A stand-in for a full disk that needs no rights."""
    engine = changeable(tmp_path / "domain")
    before = files_of(engine.root)
    with limited(resource.RLIMIT_FSIZE, 100), pytest.raises(FailedError) as caught:
        change(engine)
    assert caught.value.code == "write_failed"
    assert str(caught.value.params["reason"]) == "File too large"
    assert str(engine.root) in str(caught.value.params["path"])
    check_after(change, engine, before, tmp_path)


@every_change
def test_a_change_on_a_full_disk(change: Change, mount: Callable[[str], Path], tmp_path: Path):
    engine = changeable(mount("size=1m") / "domain")
    before = files_of(engine.root)
    filler = engine.root / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    if change in DELETIONS:
        change(engine)  # what goes makes room
    else:
        with pytest.raises(FailedError) as caught:
            change(engine)
        assert caught.value.code == "disk_full"
        assert str(engine.root) in caught.value.message("en")
    filler.unlink()
    check_after(change, engine, before, tmp_path)


@every_change
def test_a_change_with_too_few_descriptors(change: Change, tmp_path: Path):
    """With one more in each turn, until there are enough."""
    for number in range(20):
        engine = changeable(tmp_path / str(number) / "domain")
        before = files_of(engine.root)
        try:
            with descriptors_left(number):
                change(engine)
        except RaiseError as error:
            sentence = error.message("en")
        else:
            assert number > 0
            return
        assert str(engine.root) in sentence or "Too many" in sentence or "open files" in sentence
        check_after(change, engine, before, tmp_path / str(number))
    raise AssertionError("twenty descriptors are not enough")


@every_change
def test_a_change_where_writing_is_not_allowed(
    change: Change, public_folder: Path, ordinary_user: Lowered, tmp_path: Path
):
    engine = changeable(public_folder / "domain")
    before = files_of(engine.root)
    folders = [path for path in engine.root.rglob("*") if path.is_dir()]
    with allowed_to_read(*folders, engine.root), ordinary_user():
        with pytest.raises(BadInputError) as caught:
            change(engine)
        assert caught.value.code == "not_writable"
    assert files_of(engine.root) == before
    check_after(change, engine, before, tmp_path)


@contextmanager
def allowed_to_read(*folders: Path) -> Generator[None]:
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


def check_after(
    change: Change, engine: StorageEngine, before: dict[str, bytes], folder: Path
) -> None:
    """Nothing is half, nothing is left over, and the change can be made now."""
    after = files_of(engine.root)
    for content in after.values():
        orjson.loads(content)
    assert before.keys() <= after.keys() or change in DELETIONS
    assert [name for name in after if name.endswith(".tmp")] == []
    with suppress(BadInputError):  # there already: only the index had not been written
        change(engine)
    clean = changeable(folder / "clean")
    change(clean)
    found, expected = (files_of(each.root).keys() for each in (engine, clean))
    assert {name for name in found if not name.endswith(DESCRIPTIONS)} == {
        name for name in expected if not name.endswith(DESCRIPTIONS)
    }


# Settings


def test_settings_while_no_file_may_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path))
    write_settings(AppSettings(language="fr"))
    before = files_of(tmp_path)
    with limited(resource.RLIMIT_FSIZE, 10), pytest.raises(FailedError) as caught:
        write_settings(AppSettings(language="en"))
    assert caught.value.code == "settings_unwritable"
    assert files_of(tmp_path) == before
    assert read_settings().language == "fr"


# Exports


@pytest.fixture
def domain(public_folder: Path) -> Path:
    tree = Tree(public_folder / "domain")
    for number in range(130):
        tree.conversation(f"c{number:03}", *exchange(f"q{number}", "a", rating=4 + number % 2))
    return tree.root


def export(
    domain: Path, target: Path, minimum: int, cancel: Callable[[], bool] | None = None
) -> None:
    recipe = ExportRecipe.model_validate({"rating": {"minimum": minimum}})
    export_dataset(
        recipe, target, root=domain, cancel=cancel, known=NOBODY, state=domain.parent / "state"
    )


NAMES = pytest.mark.parametrize("name", ["x.jsonl", "x"])


@NAMES
def test_an_export_with_too_few_descriptors(name: str, domain: Path, tmp_path: Path):
    target = tmp_path / "out" / name
    target.parent.mkdir()
    export(domain, target, 4)
    before = snapshot(target)
    codes: list[str] = []
    for number in range(60):
        try:
            with descriptors_left(number):
                export(domain, target, 5)
        except RaiseError as error:
            codes.append(error.code)
        else:
            break
        assert snapshot(target) == before
        # To list what is to be removed takes a descriptor, too; the next export removes it.
        left = [path.name for path in target.parent.iterdir() if path != target]
        assert not left or left[0].startswith(".export-")
    assert 0 < len(codes) < 40
    assert snapshot(target) != before
    assert list(target.parent.iterdir()) == [target]


@NAMES
def test_an_export_whose_target_may_not_be_written_any_more(
    name: str, domain: Path, public_folder: Path, ordinary_user: Lowered
):
    """The permission goes at each moment; it is back for the next export."""
    folder = public_folder / "out"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    target = folder / name
    with ordinary_user():
        export(domain, target, 4)
    before = snapshot(target)
    for moment in range(6):
        looks = iter(range(100))

        def lose(moment: int = moment, looks: Iterator[int] = looks) -> bool:
            if next(looks) == moment:
                as_owner(folder, 0o555)
            return False

        with ordinary_user(), pytest.raises(BadInputError) as caught:
            export(domain, target, 5, lose)
        folder.chmod(0o777)
        assert caught.value.code == "not_writable"
        assert str(target) in caught.value.message("en")
        assert snapshot(target) == before
    with ordinary_user():
        export(domain, target, 5)
    assert snapshot(target) != before
    assert list(folder.iterdir()) == [target]


def test_a_collection_that_may_not_be_read_any_more(
    domain: Path, public_folder: Path, ordinary_user: Lowered
):
    """What was not read is named, file by file; the rest is there."""
    collection = domain / "un2/default/collections/conversations"
    looks = iter(range(100))

    def lose() -> bool:
        if next(looks) == 1:
            as_owner(collection, 0)
        return False

    target = public_folder / "out/x"
    target.parent.mkdir()
    target.parent.chmod(0o777)
    with ordinary_user():
        export(domain, target, 4, lose)
    as_owner(collection, 0o755)
    fates = read_fates(target)
    assert sum(fates.values()) == 130
    assert fates.keys() == {"exported", "unreadable"}


def read_fates(target: Path) -> dict[str, int]:
    return dict(read_manifest(target).fates)


def as_owner(folder: Path, mode: int) -> None:
    """Change a folder's mode, as whoever made it."""
    user = os.geteuid()
    os.seteuid(os.getuid())
    folder.chmod(mode)
    os.seteuid(user)


# What is only needed while it works


def test_a_full_disk_of_temporary_files_is_named(mount: Callable[[str], Path], tmp_path: Path):
    """A check of a dataset packs its rows there; the dataset is as it was."""
    tree = Tree(tmp_path / "domain")
    for number in range(200):
        tree.conversation(f"c{number}", *exchange(f"Why {number}?", f"{number}! " * 99, rating=5))
    export_dataset(ExportRecipe(), tmp_path / "set", root=tree.root)
    before = snapshot(tmp_path / "set")
    small = mount("size=64k")
    done = run("verify", tmp_path / "set", environment={"TMPDIR": str(small), "RAISE_LANG": "en"})
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"Error: The disk is full: {small} was not written.",
        "Free some space, then try again.",
    ]
    assert list(small.iterdir()) == []
    assert snapshot(tmp_path / "set") == before
