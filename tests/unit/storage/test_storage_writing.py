import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raise_finetune.errors import BadInputError, FailedError
from raise_finetune.messages import Phrase
from raise_finetune.storage import index, locking, writer
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef
from raise_finetune.storage.reader import MAX_DOCUMENT_BYTES

NOTES = CollectionRef("un2", "default", "notes")
NOW = "2026-03-01T12:00:00.123456+00:00"
LATER = "2026-03-02T12:00:00+00:00"
ID = UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def engine(domain: Path, monkeypatch: pytest.MonkeyPatch) -> StorageEngine:
    for module in (writer, index):
        monkeypatch.setattr(module, "timestamp", lambda: NOW)
        monkeypatch.setattr(module, "uuid4", lambda: ID)
    return StorageEngine(domain)


@pytest.fixture
def a_day_passes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def passes() -> None:
        for module in (writer, index):
            monkeypatch.setattr(module, "timestamp", lambda: LATER)

    return passes


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def read(domain: Path, path: str) -> Any:
    return orjson.loads((domain / path).read_bytes())


def test_the_first_insert_to_the_byte(engine: StorageEngine, domain: Path):
    stored = engine.insert(NOTES, {"title": "Écluse 🚢"})
    assert files(domain) == [
        "un2/default/_system.json",
        "un2/default/collections/notes/00000000-0000-4000-8000-000000000001.json",
        "un2/default/collections/notes/_meta.json",
    ]
    assert (domain / f"un2/default/collections/notes/{ID}.json").read_text("utf-8") == (
        "{\n"
        '  "@context": {\n'
        '    "data": "https://raise.io/ontology/arcadia/data#",\n'
        '    "la": "https://raise.io/ontology/arcadia/la#",\n'
        '    "oa": "https://raise.io/ontology/arcadia/oa#",\n'
        '    "pa": "https://raise.io/ontology/arcadia/pa#",\n'
        '    "sa": "https://raise.io/ontology/arcadia/sa#"\n'
        "  },\n"
        '  "createdAt": "2026-03-01T12:00:00.123456+00:00",\n'
        '  "id": "00000000-0000-4000-8000-000000000001",\n'
        '  "title": "Écluse 🚢",\n'
        '  "updatedAt": "2026-03-01T12:00:00.123456+00:00"\n'
        "}"
    )
    assert (domain / "un2/default/collections/notes/_meta.json").read_bytes() == (
        b'{\n  "indexes": [],\n  "schema": ""\n}'
    )
    assert (domain / "un2/default/_system.json").read_bytes() == (
        b"{\n"
        b'  "$schema": "db://un2/_system/schemas/v1/db/index.schema.json",\n'
        b'  "collections": {\n'
        b'    "notes": {\n'
        b'      "items": [\n'
        b"        {\n"
        b'          "file": "00000000-0000-4000-8000-000000000001.json"\n'
        b"        }\n"
        b"      ],\n"
        b'      "schema": ""\n'
        b"    }\n"
        b"  },\n"
        b'  "createdAt": "2026-03-01T12:00:00.123456+00:00",\n'
        b'  "database": "default",\n'
        b'  "id": "00000000-0000-4000-8000-000000000001",\n'
        b'  "space": "un2",\n'
        b'  "updatedAt": "2026-03-01T12:00:00.123456+00:00",\n'
        b'  "version": 1\n'
        b"}"
    )
    assert engine.get(NOTES, str(ID)) == stored


def test_insert_keeps_what_the_document_brings(engine: StorageEngine):
    given_document: dict[str, Any] = {"id": "a", "createdAt": "x", "updatedAt": "y", "@context": {}}
    assert engine.insert(NOTES, given_document) == given_document


def test_insert_takes_the_id_of_the_newest_era(engine: StorageEngine):
    stored = engine.insert(NOTES, {"_id": "a", "id": None})
    assert (stored["id"], stored["_id"]) == ("a", "a")


def test_insert_refuses_an_id_that_is_taken(engine: StorageEngine):
    engine.insert(NOTES, {"id": "a", "n": 1})
    with pytest.raises(BadInputError) as caught:
        engine.insert(NOTES, {"id": "a", "n": 2})
    assert caught.value.code == "document_exists"
    assert caught.value.params == {"path": "un2/default/notes/a"}
    assert (engine.get(NOTES, "a") or {})["n"] == 1


@pytest.mark.parametrize("bad", ["..", "a/../b", "", "_meta", 5, ["a"], "x" * 129])
def test_ids_that_are_not_allowed_write_nothing(engine: StorageEngine, domain: Path, bad: object):
    for call in (
        lambda: engine.insert(NOTES, {"id": bad}),
        lambda: engine.upsert(NOTES, {"id": bad}),
        lambda: engine.update(NOTES, str(bad) if isinstance(bad, str) else "/", {}),
        lambda: engine.revise(NOTES, str(bad) if isinstance(bad, str) else "/", lambda _found: {}),
        lambda: engine.delete(NOTES, str(bad) if isinstance(bad, str) else "/"),
        lambda: engine.get(NOTES, str(bad) if isinstance(bad, str) else "/"),
    ):
        with pytest.raises(BadInputError) as caught:
            call()
        assert caught.value.code == "invalid_id"
    assert files(domain) == []


@pytest.mark.parametrize(
    "ref",
    [
        CollectionRef("..", "default", "notes"),
        CollectionRef("chats", "default", "notes"),
        CollectionRef("un2", "qdrant_storage", "notes"),
        CollectionRef("un2", "collections", "notes"),
        CollectionRef("un2", "default", "_private"),
        CollectionRef("un2", "old.deleted-1", "notes"),
    ],
)
def test_places_that_no_listing_shows_are_refused(engine: StorageEngine, ref: CollectionRef):
    with pytest.raises(BadInputError) as caught:
        engine.insert(ref, {"id": "a"})
    assert caught.value.code == "invalid_name"


def test_update_replaces_the_whole_document(
    engine: StorageEngine, domain: Path, a_day_passes: Callable[[], None]
):
    engine.insert(NOTES, {"id": "a", "old": 1})
    a_day_passes()
    before = (domain / "un2/default/_system.json").read_bytes()
    assert engine.update(NOTES, "a", {"new": 2}) == {"id": "a", "new": 2, "updatedAt": LATER}
    assert (domain / "un2/default/collections/notes/a.json").read_bytes() == (
        b'{\n  "id": "a",\n  "new": 2,\n  "updatedAt": "2026-03-02T12:00:00+00:00"\n}'
    )
    assert (domain / "un2/default/_system.json").read_bytes() == before


def test_update_of_a_document_that_is_not_there(engine: StorageEngine, domain: Path):
    with pytest.raises(BadInputError) as caught:
        engine.update(NOTES, "a", {})
    assert caught.value.code == "document_missing"
    assert files(domain) == []


def test_a_document_keeps_its_id(engine: StorageEngine):
    engine.insert(NOTES, {"id": "a"})
    with pytest.raises(BadInputError) as caught:
        engine.update(NOTES, "a", {"id": "b"})
    assert caught.value.code == "id_differs"
    assert caught.value.params == {"id": "a", "other": "b"}


def test_upsert_inserts_then_updates(engine: StorageEngine, a_day_passes: Callable[[], None]):
    assert engine.upsert(NOTES, {"id": "a"})["createdAt"] == NOW
    a_day_passes()
    assert engine.upsert(NOTES, {"id": "a"}) == {"id": "a", "updatedAt": LATER}
    assert engine.upsert(NOTES, {"n": 1})["id"] == str(ID)
    assert engine.count(NOTES) == 2


def test_a_revision_is_made_of_what_is_stored(engine: StorageEngine):
    found: list[object] = []

    def revised(document: dict[str, Any] | None) -> dict[str, Any]:
        found.append(document)
        return {"n": len(found)}

    stored = engine.revise(NOTES, "a", revised)
    assert (stored["id"], stored["n"]) == ("a", 1)
    assert engine.revise(NOTES, "a", revised) == {"id": "a", "n": 2, "updatedAt": NOW}
    assert found == [None, stored]


def test_nobody_writes_while_a_document_is_revised(engine: StorageEngine):
    def add(number: int) -> None:
        engine.revise(NOTES, "a", lambda found: {"n": [*(found or {"n": []})["n"], number]})

    with ThreadPoolExecutor() as pool:
        list(pool.map(add, range(12)))
    stored = engine.get(NOTES, "a")
    assert stored is not None
    assert sorted(stored["n"]) == list(range(12))


def test_what_cannot_be_read_is_not_revised(engine: StorageEngine, domain: Path):
    engine.insert(NOTES, {"id": "a"})
    file = domain / "un2/default/collections/notes/a.json"
    file.write_text("{")
    with pytest.raises(BadInputError) as caught:
        engine.revise(NOTES, "a", lambda _found: {"n": 1})
    assert caught.value.code == "document_unreadable"
    assert file.read_text() == "{"


def test_delete(engine: StorageEngine, domain: Path):
    engine.insert(NOTES, {"id": "a"})
    engine.insert(NOTES, {"id": "b"})
    assert engine.delete(NOTES, "a") is True
    assert engine.delete(NOTES, "a") is False
    assert engine.get(NOTES, "a") is None
    index_now = read(domain, "un2/default/_system.json")
    assert index_now["collections"]["notes"]["items"] == [{"file": "b.json"}]


def test_a_delete_is_on_the_disk_before_the_index_tells_of_it(
    engine: StorageEngine, calls: list[str]
):
    engine.insert(NOTES, {"id": "a"})
    calls.clear()
    engine.delete(NOTES, "a")
    assert calls[:2] == ["fsync folder notes", "fsync file _system.tmp"]


def test_of_two_ids_that_a_document_brings_along_the_newer_spelling_counts(engine: StorageEngine):
    assert engine.insert(NOTES, {"_id": "old", "id": "new"})["id"] == "new"


class TestIndex:
    def test_what_it_says_about_others_stays(
        self, engine: StorageEngine, domain: Path, a_day_passes: Callable[[], None]
    ):
        existing: dict[str, Any] = {
            "$schema": "mine",
            "collections": {
                "articles": {"items": [{"file": "gone.json"}], "schema": "x", "more": 1},
                "notes": {"items": [{"file": "gone.json"}, "odd"], "schema": "y"},
            },
            "createdAt": NOW,
            "database": "default",
            "extra": True,
            "id": "i",
            "space": "un2",
            "updatedAt": NOW,
            "version": 1,
        }
        path = domain / "un2/default/_system.json"
        path.parent.mkdir(parents=True)
        path.write_bytes(orjson.dumps(existing))
        a_day_passes()
        engine.insert(NOTES, {"id": "a"})
        existing["updatedAt"] = LATER
        existing["collections"]["notes"]["items"].append({"file": "a.json"})
        assert read(domain, "un2/default/_system.json") == existing

    def test_era_a_is_completed_and_its_paths_understood(self, engine: StorageEngine, domain: Path):
        path = domain / "un2/default/_system.json"
        path.parent.mkdir(parents=True)
        path.write_text(
            '{"version": 1, "space": "un2", "database": "default",'
            ' "collections": {"notes": {"items": [{"file": "notes/a.json"}]}}}'
        )
        (domain / "un2/default/collections/notes").mkdir(parents=True)
        (domain / "un2/default/collections/notes/a.json").write_text("{}")
        engine.update(NOTES, "a", {})
        assert "updatedAt" not in read(domain, "un2/default/_system.json")
        engine.insert(NOTES, {"id": "b"})
        assert read(domain, "un2/default/_system.json") == {
            "$schema": "db://un2/_system/schemas/v1/db/index.schema.json",
            "collections": {
                "notes": {"items": [{"file": "notes/a.json"}, {"file": "b.json"}], "schema": ""}
            },
            "createdAt": NOW,
            "database": "default",
            "id": str(ID),
            "space": "un2",
            "updatedAt": NOW,
            "version": 1,
        }
        engine.delete(NOTES, "a")
        items = read(domain, "un2/default/_system.json")["collections"]["notes"]["items"]
        assert items == [{"file": "b.json"}]

    @pytest.mark.parametrize("broken", ["", "{", "[]", "\x00"])
    def test_a_missing_or_broken_one_is_rebuilt_from_the_files(
        self, engine: StorageEngine, domain: Path, broken: str
    ):
        for path in ("collections/articles/b.json", "collections/articles/a.json", "old/c.json"):
            target = domain / "un2/default" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("{}")
        (domain / "un2/default/_system.json").write_text(broken)
        engine.insert(NOTES, {"id": "n"})
        assert read(domain, "un2/default/_system.json")["collections"] == {
            "articles": {"items": [{"file": "a.json"}, {"file": "b.json"}], "schema": ""},
            "notes": {"items": [{"file": "n.json"}], "schema": ""},
            "old": {"items": [{"file": "c.json"}], "schema": ""},
        }

    @pytest.mark.parametrize(
        "collections", ["[]", '{"notes": 5}', '{"notes": {"items": {}, "schema": ""}}']
    )
    def test_wrong_types_inside_are_put_right(
        self, engine: StorageEngine, domain: Path, collections: str
    ):
        path = domain / "un2/default/_system.json"
        path.parent.mkdir(parents=True)
        path.write_text('{"collections": ' + collections + "}")
        engine.insert(NOTES, {"id": "a"})
        assert read(domain, "un2/default/_system.json")["collections"] == {
            "notes": {"items": [{"file": "a.json"}], "schema": ""}
        }

    def test_an_existing_meta_is_untouched(self, engine: StorageEngine, domain: Path):
        meta = domain / "un2/default/collections/notes/_meta.json"
        meta.parent.mkdir(parents=True)
        meta.write_bytes(b'{"indexes":[{"name":"title"}],"schema":null}')
        engine.insert(NOTES, {"id": "a"})
        assert meta.read_bytes() == b'{"indexes":[{"name":"title"}],"schema":null}'

    def test_a_collection_without_meta_gets_none(self, engine: StorageEngine, domain: Path):
        (domain / "un2/default/collections/notes").mkdir(parents=True)
        engine.insert(NOTES, {"id": "a"})
        assert files(domain / "un2/default/collections/notes") == ["a.json"]


class TestOldLayout:
    """Era B is read where it lies and written in era C."""

    @pytest.fixture(autouse=True)
    def era_b(self, domain: Path) -> None:
        for name in ("a", "b"):
            path = domain / f"un2/default/notes/{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text('{"era": "B"}')

    def test_insert_knows_its_ids(self, engine: StorageEngine):
        with pytest.raises(BadInputError) as caught:
            engine.insert(NOTES, {"id": "a"})
        assert caught.value.code == "document_exists"

    def test_update_moves_the_document(self, engine: StorageEngine, domain: Path):
        engine.update(NOTES, "a", {"era": "C"})
        assert files(domain / "un2/default") == [
            "_system.json",
            "collections/notes/_meta.json",
            "collections/notes/a.json",
            "notes/b.json",
        ]
        assert engine.count(NOTES) == 2

    def test_delete(self, engine: StorageEngine, domain: Path):
        assert engine.delete(NOTES, "a") is True
        assert files(domain / "un2/default") == ["notes/b.json"]


class TestFaults:
    def test_a_left_over_temporary_file_is_replaced(self, engine: StorageEngine, domain: Path):
        folder = domain / "un2/default/collections/notes"
        folder.mkdir(parents=True)
        (folder / "a.tmp").write_bytes(b"half")
        (folder / "b.tmp").symlink_to(domain / "elsewhere")
        engine.insert(NOTES, {"id": "a"})
        engine.insert(NOTES, {"id": "b"})
        assert files(folder) == ["a.json", "b.json"]
        assert not (domain / "elsewhere").exists()

    def test_a_full_disk_leaves_the_old_document_and_no_temporary_file(
        self, engine: StorageEngine, domain: Path, monkeypatch: pytest.MonkeyPatch
    ):
        engine.insert(NOTES, {"id": "a", "n": 1})
        before = files(domain)

        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(FailedError) as caught:
            engine.update(NOTES, "a", {"n": 2})
        assert caught.value.code == "disk_full"
        assert caught.value.params == {"path": f"{domain}/un2/default/collections/notes/a.json"}
        monkeypatch.undo()
        assert files(domain) == before
        assert (engine.get(NOTES, "a") or {})["n"] == 1

    def test_a_read_only_folder(
        self, users_domain: Path, ordinary_user: Callable[[], AbstractContextManager[None]]
    ):
        users_domain.chmod(0o555)
        with ordinary_user(), pytest.raises(BadInputError) as caught:
            StorageEngine(users_domain).insert(NOTES, {"id": "a"})
        assert caught.value.code == "not_writable"
        assert caught.value.params == {
            "path": f"{users_domain}/un2",
            "reason": Phrase("system.EACCES", {}),
        }

    def test_a_file_in_the_way(self, engine: StorageEngine, domain: Path):
        (domain / "un2").write_bytes(b"")
        with pytest.raises(FailedError) as caught:
            engine.insert(NOTES, {"id": "a"})
        assert caught.value.code == "write_failed"

    @pytest.mark.parametrize("link", ["un2", "un2/default/collections/notes"])
    def test_nothing_is_written_through_a_link(
        self, engine: StorageEngine, domain: Path, tmp_path: Path, link: str
    ):
        outside = tmp_path / "outside"
        outside.mkdir()
        (domain / link).parent.mkdir(parents=True, exist_ok=True)
        (domain / link).symlink_to(outside)
        with pytest.raises(BadInputError) as caught:
            engine.insert(NOTES, {"id": "a"})
        assert caught.value.code == "link_refused"
        assert caught.value.params == {"path": f"{domain}/{link}"}
        assert files(outside) == []

    def test_nothing_is_deleted_through_a_link(
        self, engine: StorageEngine, domain: Path, tmp_path: Path
    ):
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "a.json").write_bytes(b"{}")
        engine.insert(NOTES, {"id": "b"})
        (domain / "un2/default/notes").symlink_to(outside)
        with pytest.raises(BadInputError) as caught:
            engine.delete(NOTES, "a")
        assert caught.value.params == {"path": f"{domain}/un2/default/notes"}
        assert files(outside) == ["a.json"]

    def test_an_index_that_is_a_link(self, engine: StorageEngine, domain: Path, tmp_path: Path):
        outside = tmp_path / "secret.json"
        outside.write_bytes(b'{"key":"value"}')
        (domain / "un2/default").mkdir(parents=True)
        (domain / "un2/default/_system.json").symlink_to(outside)
        with pytest.raises(BadInputError) as caught:
            engine.insert(NOTES, {"id": "a"})
        assert caught.value.params == {"path": f"{domain}/un2/default/_system.json"}
        assert outside.read_bytes() == b'{"key":"value"}'

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_an_index_that_is_a_pipe_is_made_anew(self, engine: StorageEngine, domain: Path):
        (domain / "un2/default").mkdir(parents=True)
        os.mkfifo(domain / "un2/default/_system.json")
        engine.insert(NOTES, {"id": "a"})
        index = read(domain, "un2/default/_system.json")
        assert index["collections"]["notes"]["items"] == [{"file": "a.json"}]

    def test_a_document_that_could_not_be_read_back(self, engine: StorageEngine, domain: Path):
        with pytest.raises(BadInputError) as caught:
            engine.insert(NOTES, {"id": "a", "text": "x" * MAX_DOCUMENT_BYTES})
        assert caught.value.code == "document_too_large"
        assert files(domain) == []

    def test_another_writer_that_never_ends(
        self, engine: StorageEngine, domain: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(locking, "PATIENCE_SECONDS", 0.05)
        with (
            locking.writing_lock(domain / "un2/default"),
            pytest.raises(FailedError) as caught,
        ):
            engine.insert(NOTES, {"id": "a"})
        assert caught.value.code == "storage_busy"
        engine.insert(CollectionRef("un2", "other", "notes"), {"id": "a"})
        engine.insert(NOTES, {"id": "a"})

    def test_no_lock_file_lies_in_the_data(self, engine: StorageEngine, domain: Path):
        engine.insert(NOTES, {"id": "a"})
        assert [path for path in files(domain) if "lock" in path] == []


def test_get_says_why_a_document_cannot_be_read(engine: StorageEngine, domain: Path):
    folder = domain / "un2/default/collections/notes"
    folder.mkdir(parents=True)
    (folder / "a.json").write_bytes(b"[1]")
    with pytest.raises(BadInputError) as caught:
        engine.get(NOTES, "a")
    assert caught.value.message("en") == (
        "The document un2/default/notes/a.json cannot be read: it is no JSON object."
    )
    (folder / "b.json").symlink_to(folder / "a.json")
    with pytest.raises(BadInputError) as caught:
        engine.get(NOTES, "b")
    assert caught.value.message("fr") == (
        "Le document un2/default/notes/b.json est illisible\u00a0: "
        "c’est un lien symbolique, et il n’est pas suivi."
    )


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)
valid_ids = st.from_regex(r"[A-Za-z0-9:-][A-Za-z0-9._:-]{0,127}", fullmatch=True).filter(
    lambda document_id: ".tmp" not in document_id
)


@given(
    document=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), json_values),
    document_id=valid_ids,
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_read_back(domain: Path, document: dict[str, Any], document_id: str):
    engine = StorageEngine(domain)
    stored = engine.upsert(NOTES, {**document, "id": document_id})
    expected = {**document, "id": document_id}
    assert {key: stored[key] for key in expected if key != "updatedAt"} == {
        key: value for key, value in expected.items() if key != "updatedAt"
    }
    assert engine.get(NOTES, document_id) == stored
    found = {doc.file: doc.value for batch in engine.scan(NOTES) for doc in batch}
    assert found[f"{document_id}.json"] == stored
    assert engine.count(NOTES) == len(found)
