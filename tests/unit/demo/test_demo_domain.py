"""The demo domain on disk: the fixture tree, the generated documents, what is refused."""

import hashlib
import os
import shutil
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from threading import Event
from typing import Any

import orjson
import pytest

from domains.tree import files_of
from raise_finetune.dataset.sources.forgotten import entry_of, keep_forgotten
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.demo.domain import MARKER, write_demo
from raise_finetune.errors import BadInputError, CancelledError, FailedError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import encode_document

FIXTURES = Path(str(files("raise_finetune.demo").joinpath("fixture_tree")))
# What is broken on purpose.
NOT_JSON = {"broken.json", "half.tmp", "title.btree.idx"}


def tree_hash(root: Path) -> str:
    digest = hashlib.sha256()
    for name, content in files_of(root).items():
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def load(path: Path) -> dict[str, Any]:
    return orjson.loads(path.read_bytes())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo") / "domain"
    write_demo(root, conversations=120, seed=7)
    return root


def test_the_fixture_tree_stands_in_it_unchanged(demo: Path) -> None:
    written = files_of(demo)
    for name, content in files_of(FIXTURES).items():
        assert written[name] == content, name


def test_every_other_document_is_json_in_era_c_bytes(demo: Path) -> None:
    for name, content in files_of(demo).items():
        if Path(name).name not in NOT_JSON and not name.startswith(("chats", "qdrant")):
            assert content == encode_document(orjson.loads(content)), name


def test_the_index_lists_what_is_there_and_one_document_that_is_gone(demo: Path) -> None:
    database = demo / "un2/default"
    listed = {
        f"{name}/{item['file']}"
        for name, collection in load(database / "_system.json")["collections"].items()
        for item in collection["items"]
    }
    there = {
        f"{path.parent.name}/{path.name}"
        for path in database.glob("collections/*/*.json")
        if path.name != "_meta.json"
    }
    assert listed - there == {"articles/demo-article-gone.json"}
    assert there <= listed


def test_the_same_numbers_write_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "again", conversations=120, seed=7)
    assert tree_hash(tmp_path / "again") == tree_hash(demo)


def test_another_seed_writes_other_conversations(demo: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "other", conversations=120, seed=8)
    folder = "un2/default/collections/conversations"
    shared = {path.name for path in (demo / folder).iterdir()} & {
        path.name for path in (tmp_path / "other" / folder).iterdir()
    }
    assert shared == {path.name for path in (FIXTURES / folder).iterdir()}


def test_more_conversations_only_add_files(demo: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "more", conversations=150, seed=7)
    more = files_of(tmp_path / "more")
    changing = {MARKER, "un2/default/_system.json", "un2/_system/_system.json"}
    for name, content in files_of(demo).items():
        if name not in changing:
            assert more[name] == content, name


def test_a_demo_is_replaced_by_the_next(demo: Path, tmp_path: Path) -> None:
    root = tmp_path / "domain"
    write_demo(root, conversations=130, seed=1)
    write_demo(root, conversations=120, seed=7)
    assert tree_hash(root) == tree_hash(demo)


def test_what_the_user_stored_in_a_demo_goes_on_in_the_next(tmp_path: Path) -> None:
    root, target = tmp_path / "domain", "chats/main_session"
    write_demo(root, conversations=30, seed=1)
    engine = StorageEngine(root)
    rate(engine, target, 0, Judgement(5.0, "A better answer.", ("mine",), "note"))
    rate(engine, "un2/default/conversations/demo-rated-high", 1, Judgement(1.0))
    keep_forgotten(engine, [entry_of(engine, target)])
    own = files_of(root / "un2/finetune")
    summary = write_demo(root, conversations=40, seed=2)
    assert summary.kept == 3
    assert files_of(root / "un2/finetune") == own
    assert write_demo(tmp_path / "new", conversations=40, seed=2).kept == 0
    fresh = {f"un2/finetune/{name}": content for name, content in own.items()}
    assert files_of(root) == {**files_of(tmp_path / "new"), **fresh}


def test_a_demo_that_is_stopped_leaves_the_earlier_one_with_what_was_stored(tmp_path: Path) -> None:
    root = tmp_path / "domain"
    write_demo(root, conversations=3)
    rate(StorageEngine(root), "chats/main_session", 0, Judgement(5.0))
    before = files_of(root)

    def stop(_written: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        write_demo(root, conversations=5, progress=stop)
    assert files_of(root) == before


def test_two_demos_of_one_folder_come_one_after_the_other(tmp_path: Path) -> None:
    root = tmp_path / "domain"
    begun, go_on = Event(), Event()

    def wait(_written: int, _total: int) -> None:
        begun.set()
        assert go_on.wait(60)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(write_demo, root, 30, 0, wait)
        assert begun.wait(60)
        second = threads.submit(write_demo, root, 20)
        with pytest.raises(TimeoutError):
            second.result(0.5)
        go_on.set()
        assert [each.result(60).conversations for each in (first, second)] == [30, 20]
    write_demo(tmp_path / "alone", 20)
    assert tree_hash(root) == tree_hash(tmp_path / "alone")


def test_a_demo_needs_no_place_for_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "state").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert write_demo(tmp_path / "demo", conversations=3).conversations == 3


@pytest.mark.parametrize(
    "file",
    [
        "chats/main_session.json",
        "un2/default/collections/conversations/mine.json",
        "un3/mine/collections/conversations/a.json",
        "notes.txt",
    ],
)
def test_a_demo_that_was_written_into_since_is_refused_and_untouched(
    tmp_path: Path, file: str
) -> None:
    root = tmp_path / "domain"
    write_demo(root, conversations=3)
    written = root / file
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_bytes(b"{}")
    later = (root / MARKER).stat().st_mtime_ns + 1
    os.utime(written, ns=(later, later))
    before = files_of(root)
    with pytest.raises(BadInputError) as caught:
        write_demo(root, conversations=5)
    assert caught.value.message("en") == (
        f"“{file}” was written into the demo “{root}” since it was made, "
        "and a new demo would replace it."
    )
    assert files_of(root) == before


def test_what_brings_an_older_date_along_was_written_into_a_demo_too(tmp_path: Path) -> None:
    """As ``cp -p``, ``mv`` and archives do; also a whole folder in the place of one of the demo."""
    older = tmp_path / "older.json"
    older.write_bytes(b"{}")
    os.utime(older, (1_600_000_000, 1_600_000_000))
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.copy2(older, moved / "a.json")
    os.utime(moved, (1_600_000_000, 1_600_000_000))
    articles = "un2/default/collections/articles"

    def copied(root: Path) -> str:
        shutil.copy2(older, root / f"{articles}/mine.json")
        return f"{articles}/mine.json"

    def overwritten(root: Path) -> str:
        file = sorted((root / articles).glob("[!_]*.json"))[0]
        shutil.copy2(older, file)
        return str(file.relative_to(root))

    def moved_in(root: Path) -> str:
        shutil.copytree(moved, root / "un3")
        return "un3"

    def moved_over(root: Path) -> str:
        shutil.rmtree(root / articles)
        shutil.move(moved, root / articles)
        return articles

    for number, put in enumerate((copied, overwritten, moved_in, moved_over)):
        root = tmp_path / str(number)
        write_demo(root, conversations=3)
        time.sleep(0.02)  # the clock of files ticks a hundred times in a second or more
        file = put(root)
        before = files_of(root)
        with pytest.raises(BadInputError) as caught:
            write_demo(root, conversations=5)
        assert (caught.value.code, str(caught.value.params["file"])) == ("demo_changed", file)
        assert files_of(root) == before


def test_reading_or_taking_from_a_demo_is_no_reason_to_refuse(tmp_path: Path) -> None:
    root = tmp_path / "domain"
    write_demo(root, conversations=3)
    files_of(root)
    (root / "chats/main_session.json").unlink()
    shutil.rmtree(root / "un2/sa")
    assert write_demo(root, conversations=5).conversations == 5


def test_what_a_file_manager_leaves_in_a_demo_is_no_reason_to_refuse(tmp_path: Path) -> None:
    root = tmp_path / "domain"
    write_demo(root, conversations=3)
    (root / "un2/.DS_Store").write_bytes(b"")
    os.utime(root / "un2/.DS_Store", (4_000_000_000, 4_000_000_000))
    assert write_demo(root, conversations=5).conversations == 5


def test_progress_counts_up_to_all(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def note(written: int, total: int) -> None:
        seen.append((written, total))

    write_demo(tmp_path / "demo", conversations=401, progress=note)
    assert seen == [(0, 401), (200, 401), (400, 401), (401, 401)]


def test_the_summary_counts_what_was_written(tmp_path: Path) -> None:
    root = tmp_path / "demo"
    summary = write_demo(root, conversations=300)

    def count(pattern: str) -> int:
        def documents(tree: Path) -> set[str]:
            found = (path.relative_to(tree) for path in tree.glob(pattern))
            return {str(path) for path in found if not path.name.startswith("_")}

        return len(documents(root) - documents(FIXTURES))

    assert summary.conversations == 300
    assert count("un2/default/collections/conversations/*.json") == 300
    assert count("un2/default/collections/articles/*.json") == summary.articles
    assert count("un2/*/collections/requirements/*.json") == summary.requirements
    assert summary.knowledge_chunks == count("un2/_system/collections/raise_knowledge_base/*.json")
    assert summary.elements == sum(
        count(f"un2/{layer}/collections/{collection}/*.json")
        for layer in ("oa", "sa", "la", "pa")
        for collection in ("functions", "actors", "components", "capabilities")
    )


@pytest.mark.parametrize("conversations", [0, 1])
def test_a_tiny_demo_holds_the_fixture_tree(tmp_path: Path, conversations: int) -> None:
    write_demo(tmp_path / "demo", conversations=conversations)
    assert set(files_of(FIXTURES)) <= set(files_of(tmp_path / "demo"))


def test_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"mine")
    with pytest.raises(BadInputError) as caught:
        write_demo(file)
    assert caught.value.code == "demo_not_a_folder"
    assert file.read_bytes() == b"mine"


def test_a_folder_of_the_user_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "un2").mkdir()
    (tmp_path / "un2/mine.json").write_bytes(b"{}")
    with pytest.raises(BadInputError) as caught:
        write_demo(tmp_path)
    assert caught.value.code == "demo_folder_in_use"
    assert files_of(tmp_path) == {"un2/mine.json": b"{}"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    write_demo(tmp_path, conversations=1)
    assert (tmp_path / MARKER).is_file()


def test_a_negative_count_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as caught:
        write_demo(tmp_path / "demo", conversations=-1)
    assert caught.value.code == "demo_count_negative"
    assert not (tmp_path / "demo").exists()


def test_a_path_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FailedError) as caught:
        write_demo(tmp_path / "file" / "demo")
    assert caught.value.code == "demo_write_failed"
    assert "Not a directory" in caught.value.message("en")


def test_a_full_disk_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("raise_finetune.demo.domain.os.write", refuse)
    with pytest.raises(FailedError) as caught:
        write_demo(tmp_path / "demo")
    assert str(caught.value.params["reason"]) == "No space left on device"
    assert [path.name for path in (tmp_path / "demo").iterdir()] == [MARKER]


def test_memory_does_not_grow_with_the_conversations(tmp_path: Path) -> None:
    def peak(conversations: int) -> int:
        tracemalloc.start()
        try:
            write_demo(tmp_path / str(conversations), conversations=conversations)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # reads and keeps the texts
    assert peak(5000) < peak(500) + 200_000
