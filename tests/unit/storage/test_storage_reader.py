import errno
import os
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import orjson
import pytest
from xxhash import xxh3_128_intdigest

from domains.limits import descriptors_left, open_descriptors
from raise_finetune.errors import FailedError
from raise_finetune.storage import engine as engine_module
from raise_finetune.storage import folder, ordering
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.folder import open_folder
from raise_finetune.storage.layout import CollectionRef
from raise_finetune.storage.reader import (
    MAX_DOCUMENT_BYTES,
    StoredDocument,
    problem_of,
    read_document,
    read_documents,
)

NOTES = CollectionRef("un2", "default", "notes")


@pytest.fixture(params=["descriptors", "paths"], autouse=True)
def way_of_opening(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything here holds where folders have descriptors and where they have none."""
    assert folder._HAS_DESCRIPTORS is True  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(folder, "_HAS_DESCRIPTORS", request.param == "descriptors")


@pytest.fixture
def notes(domain: Path) -> Path:
    path = domain / "un2/default/collections/notes"
    path.mkdir(parents=True)
    return path


def scan(notes: Path) -> list[StoredDocument]:
    engine = StorageEngine(notes.parents[3])
    return [document for batch in engine.scan(NOTES) for document in batch]


def one(notes: Path, content: bytes) -> StoredDocument:
    (notes / "a.json").write_bytes(content)
    (document,) = scan(notes)
    assert document.file == "a.json"
    return document


def test_a_document(notes: Path):
    content = '{"é": [1, 2.0, "🚀"]}'.encode()
    assert one(notes, content) == (
        "a.json",
        {"é": [1, 2.0, "🚀"]},
        None,
        "",
        xxh3_128_intdigest(content),
    )


@pytest.mark.parametrize(
    ("content", "detail", "column"),
    [
        (b"", "Input is a zero-length, empty document", 1),
        (b"{", "unexpected end of data", 2),
        (b'{"a": "\\ud800"}', "no low surrogate in string", 8),
        (b'{"a": "\xff"}', "str is not valid UTF-8: surrogates not allowed", 1),
        (b'{"a": "\x00"}', "unexpected control character in string", 8),
        (b'{"a": 1e400}', "number is infinity when parsed as double", 7),
        (b'{"a": NaN}', "unexpected character, expected a JSON value", 7),
        (b"\xef\xbb\xbf{}", "UTF-8 byte order mark (BOM) is not supported", 1),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "depth limit exceeded", 5122),
    ],
)
def test_broken_json(notes: Path, content: bytes, detail: str, column: int):
    place = f"line 1 column {column} (char {column - 1})"
    document = StoredDocument("a.json", None, "invalid_json", f"{detail}: {place}")
    assert one(notes, content) == document._replace(digest=xxh3_128_intdigest(content))


@pytest.mark.parametrize("content", [b"[]", b'"text"', b"5", b"null", b"true"])
def test_json_that_is_no_document(notes: Path, content: bytes):
    document = StoredDocument("a.json", None, "not_an_object", "")
    assert one(notes, content) == document._replace(digest=xxh3_128_intdigest(content))


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 1_000_000])
def test_sizes_around_the_chunks_of_reading(notes: Path, size: int):
    text = "x" * (size - len('{"a":""}'))
    assert one(notes, b'{"a":"%s"}' % text.encode()).value == {"a": text}


def test_a_document_of_100_megabytes(notes: Path):
    with (notes / "a.json").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert scan(notes) == [("a.json", None, "too_large", "104857600 bytes", 0)]


def test_the_limit_is_exact(notes: Path):
    (notes / "a.json").write_bytes(b'{"a": 1}')
    with open_folder(notes) as held:
        (batch,) = read_documents(held, iter([b"a.json"]), max_bytes=8)
        assert batch[0].value == {"a": 1}
        (batch,) = read_documents(held, iter([b"a.json"]), max_bytes=7)
        assert batch[0] == ("a.json", None, "too_large", "8 bytes", 0)
    assert MAX_DOCUMENT_BYTES == 33_554_432


@pytest.mark.parametrize("size", [65_536, 100_000])
def test_the_limit_holds_for_a_file_that_grows(
    notes: Path, size: int, monkeypatch: pytest.MonkeyPatch
):
    (notes / "a.json").write_bytes(b" " * size)
    grown = (notes / "a.json").stat()
    (notes / "a.json").write_bytes(b" " * (size + 1))

    def status_before(_descriptor: int) -> os.stat_result:
        return grown

    monkeypatch.setattr(os, "fstat", status_before)
    with open_folder(notes) as held:
        (batch,) = read_documents(held, iter([b"a.json"]), max_bytes=size)
    assert batch[0] == ("a.json", None, "too_large", f"{size + 1} bytes", 0)


def test_what_lies_there_instead_of_a_file(notes: Path, tmp_path: Path):
    os.mkfifo(notes / "fifo.json")
    (notes / "folder.json").mkdir()
    (tmp_path / "secret.json").write_text('{"secret": 1}')
    (notes / "link.json").symlink_to(tmp_path / "secret.json")
    (notes / "loop.json").symlink_to("loop.json")
    (notes / "void.json").symlink_to("nowhere.json")
    assert scan(notes) == [
        ("fifo.json", None, "unreadable", "not a regular file", 0),
        ("link.json", None, "symlink", "", 0),
        ("loop.json", None, "symlink", "", 0),
        ("void.json", None, "symlink", "", 0),
    ]
    assert StorageEngine(notes.parents[3]).count(NOTES) == 4


def test_a_fifo_with_a_silent_writer_does_not_hang(notes: Path):
    os.mkfifo(notes / "fifo.json")
    writer = os.open(notes / "fifo.json", os.O_RDWR)
    try:
        (document,) = scan(notes)
    finally:
        os.close(writer)
    assert document[:3] == ("fifo.json", None, "unreadable")


def test_a_file_without_permission(
    users_domain: Path, ordinary_user: Callable[[], AbstractContextManager[None]]
):
    path = users_domain / "un2/default/collections/notes/a.json"
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    path.chmod(0)
    with ordinary_user():
        assert scan(path.parent) == [("a.json", None, "unreadable", "Permission denied", 0)]


def test_files_that_vanish_between_listing_and_opening(notes: Path):
    (notes / "b.json").write_text("{}")
    with open_folder(notes) as held:
        (batch,) = read_documents(held, iter([b"a.json", b"b.json", b"c.json"]))
        assert read_document(held, b"z.json") == ("z.json", None, "vanished", "", 0)
    assert batch == [
        ("a.json", None, "vanished", "", 0),
        ("b.json", {}, None, "", xxh3_128_intdigest(b"{}")),
        ("c.json", None, "vanished", "", 0),
    ]


class TestStream:
    @pytest.fixture
    def many(self, notes: Path) -> list[str]:
        names = [f"{number:03}.json" for number in range(200)]
        for name in reversed(names):
            (notes / name).write_bytes(b'{"n": "%s"}' % name.encode())
        return names

    def batches(self, notes: Path) -> Iterator[list[StoredDocument]]:
        return StorageEngine(notes.parents[3]).scan(NOTES)

    def test_batches_of_64_in_order(self, notes: Path, many: list[str]):
        batches = list(self.batches(notes))
        assert [len(batch) for batch in batches] == [64, 64, 64, 8]
        assert [document.file for batch in batches for document in batch] == many
        assert [document.value for batch in batches for document in batch] == [
            {"n": name} for name in many
        ]

    def test_order_is_bytewise(self, notes: Path):
        names = [
            "B.json",
            "a.json",
            "a-.json",
            "a.b.json",
            "é.json",
            "z.json",
            "🚀.json",
            "\uffff.json",
        ]
        for name in names:
            (notes / name).write_bytes(b"{}")
        assert [document.file for document in scan(notes)] == sorted(names, key=str.encode)

    def test_order_holds_beyond_what_fits_in_memory(
        self, notes: Path, many: list[str], monkeypatch: pytest.MonkeyPatch
    ):
        def short_runs(names: Iterator[bytes]) -> Iterator[bytes]:
            return ordering.sorted_names(names, run_length=30)

        monkeypatch.setattr(engine_module, "sorted_names", short_runs)
        assert [document.file for document in scan(notes)] == many

    @pytest.mark.usefixtures("many")
    def test_descriptors_are_closed(self, notes: Path):
        before = open_descriptors()
        assert len(scan(notes)) == 200
        assert open_descriptors() == before
        for steps in (0, 1, 2):
            batches = self.batches(notes)
            for _ in range(steps):
                next(batches)
            del batches
            assert open_descriptors() == before

    def test_descriptors_are_closed_when_a_window_is_abandoned_half_way(self, notes: Path):
        for number in range(20):
            (notes / f"{number:02}.json").write_bytes(b'{"a":"' + b"x" * 1_000_000 + b'"}')
        before = open_descriptors()
        batches = self.batches(notes)
        # A batch ends early when its documents are long, with the rest of the window open.
        assert len(next(batches)) == 9
        assert open_descriptors() > before
        del batches
        assert open_descriptors() == before

    @pytest.mark.usefixtures("many")
    def test_a_scan_that_is_never_begun_opens_nothing(self, notes: Path):
        before = open_descriptors()
        batches = self.batches(notes)
        assert open_descriptors() == before
        del batches

    def test_few_descriptors_make_small_windows(self, notes: Path, many: list[str]):
        with descriptors_left(8):
            assert [document.file for document in scan(notes)] == many
        assert StorageEngine(notes.parents[3]).count(NOTES) == 200

    @pytest.mark.usefixtures("many")
    def test_no_descriptors_at_all(self, notes: Path):
        before = open_descriptors()
        with (
            open_folder(notes) as held,
            descriptors_left(0),
            pytest.raises(FailedError) as caught,
        ):
            list(read_documents(held, iter([b"000.json"])))
        assert caught.value.code == "too_many_open_files"
        assert open_descriptors() == before

    def test_the_collection_is_deleted_half_way(self, notes: Path, many: list[str]):
        batches = self.batches(notes)
        documents = list(next(batches))
        shutil.rmtree(notes)
        documents += [document for batch in batches for document in batch]
        assert [document.file for document in documents] == many
        # The window was open already.
        assert [document.problem for document in documents] == [None] * 64 + ["vanished"] * 136

    def test_the_collection_is_renamed_half_way(
        self, notes: Path, many: list[str], request: pytest.FixtureRequest
    ):
        batches = self.batches(notes)
        documents = list(next(batches))
        notes.rename(notes.with_name("renamed"))
        documents += [document for batch in batches for document in batch]
        assert [document.file for document in documents] == many
        follows = "descriptors" in request.node.name
        assert {document.problem for document in documents[64:]} == {
            None if follows else "vanished"
        }

    def test_memory_does_not_grow_with_the_collection(self, notes: Path):
        content = orjson.dumps({"a": "x" * 20_000})

        def peak(count: int) -> int:
            for number in range(count):
                (notes / f"{number:04}.json").write_bytes(content)
            tracemalloc.start()
            try:
                assert sum(len(batch) for batch in self.batches(notes)) == count
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        small, large = peak(200), peak(1000)
        assert large < small + 500_000
        assert large < 6_000_000


def test_reading_loads_nothing_heavy():
    code = (
        "import sys, raise_finetune.storage.engine\n"
        "print([name for name in ('pydantic', 'filelock', 'platformdirs') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout == b"[]\n"


def test_a_file_as_long_as_allowed_is_read(notes: Path):
    content = b'{"a":"' + b"x" * 100_000 + b'"}'
    (notes / "a.json").write_bytes(content)
    with open_folder(notes) as held:
        (batch,) = read_documents(held, iter([b"a.json"]), max_bytes=len(content))
        assert batch[0].value == {"a": "x" * 100_000}
        (batch,) = read_documents(held, iter([b"a.json"]), max_bytes=len(content) - 1)
        assert batch[0].problem == "too_large"


def test_a_file_that_a_server_has_forgotten_has_vanished():
    stale = OSError(errno.ESTALE, os.strerror(errno.ESTALE))
    assert problem_of("a.json", stale) == ("a.json", None, "vanished", "", 0)
