"""One tree per era of the format, as it lies on users' disks."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef

Put = Callable[..., Path]


def listing(engine: StorageEngine) -> list[str]:
    return [
        str(ref)
        for space in engine.spaces()
        for database in engine.databases(space)
        for ref in engine.collections(space, database)
    ]


def documents(engine: StorageEngine, path: str) -> dict[str, Any]:
    ref = CollectionRef(*path.split("/"))
    found = {doc.file: doc.value for batch in engine.scan(ref) for doc in batch}
    assert engine.count(ref) == len(found)
    return found


def test_era_a_index_with_paths_and_hidden_temporary_files(domain: Path, put: Put):
    put("un2/default/_system.json", '{"version": 1, "collections": {"notes": {"items": []}}}')
    put("un2/default/collections/notes/b.json", '{"id": "b"}')
    put("un2/default/collections/notes/a.json", '{"id": "a"}')
    put("un2/default/collections/notes/.c.json.tmp", '{"id": "c"')
    engine = StorageEngine(domain)
    assert listing(engine) == ["un2/default/notes"]
    assert documents(engine, "un2/default/notes") == {"a.json": {"id": "a"}, "b.json": {"id": "b"}}


def test_era_b_collections_lie_directly_under_the_database(domain: Path, put: Put):
    put("un2/legacy/notes/a.json", '{"id": "a"}')
    put("un2/legacy/empty/_meta.json")
    put("un2/legacy/wal/1.json")
    put("un2/legacy/schemas/v1/a.json")
    put("un2/legacy/tensors/t.json")
    put("un2/legacy/_indexes/x.json")
    put("un2/legacy/images/logo.png", "")
    put("un2/legacy/gone.deleted-1767200000/a.json")
    engine = StorageEngine(domain)
    assert listing(engine) == ["un2/legacy/empty", "un2/legacy/notes"]
    assert documents(engine, "un2/legacy/notes") == {"a.json": {"id": "a"}}
    assert documents(engine, "un2/legacy/empty") == {}


def test_eras_b_and_c_in_one_database(domain: Path, put: Put):
    put("un2/default/notes/both.json", '{"in": "B"}')
    put("un2/default/notes/old.json", '{"in": "B"}')
    put("un2/default/collections/notes/both.json", '{"in": "C"}')
    put("un2/default/collections/articles/a.json")
    engine = StorageEngine(domain)
    assert listing(engine) == ["un2/default/articles", "un2/default/notes"]
    assert documents(engine, "un2/default/notes") == {
        "both.json": {"in": "C"},
        "old.json": {"in": "B"},
    }
    notes = CollectionRef("un2", "default", "notes")
    assert engine.get(notes, "both") == {"in": "C"}
    assert engine.get(notes, "old") == {"in": "B"}
    assert engine.get(notes, "none") is None


def test_era_c_and_everything_to_ignore(domain: Path, put: Put):
    put("chats/main_session.json", '{"id": "main_session", "history": []}')
    put("chats/_hidden.json")
    put("chats/main_session.tmp")
    put("qdrant_storage/aliases/data.json")
    put("qdrant_storage/collections/c/a.json")
    put("readme.json")
    put("un2/default/_system.json")
    put("un2/default/wal/1.json")
    put("un2/default/collections/articles/_meta.json")
    put("un2/default/collections/articles/_indexes/title.btree.idx")
    put("un2/default/collections/articles/tensors/a.json")
    put("un2/default/collections/articles/folder.json/a.json")
    put("un2/default/collections/articles/a.json", '{"id": "a"}')
    put("un2/default/collections/articles/half.tmp", "{")
    put("un2/default/collections/articles/notes.txt")
    put("un2/default/collections/_private/a.json")
    put("un2/default/collections/stray.json")
    put("un2/default/collections/chats/a.json", '{"id": "a"}')
    put("un2/_system/schemas/v1/articles/article.schema.json")
    put("un2/_system/collections/agent_sessions/s.json", '{"id": "s"}')
    put("un2/sa/collections/functions/f.json", '{"id": "f", "name": "é"}')
    put("un2/old.deleted-1767200000/collections/articles/a.json")
    put("gone.deleted-1767200000/default/collections/articles/a.json")
    put("empty/readme.txt")
    put(".git/objects/ab/c.json")
    engine = StorageEngine(domain)
    assert engine.spaces() == ["un2"]
    assert engine.databases("un2") == ["_system", "default", "sa"]
    assert listing(engine) == [
        "un2/_system/agent_sessions",
        "un2/default/articles",
        "un2/default/chats",
        "un2/sa/functions",
    ]
    assert documents(engine, "un2/default/articles") == {"a.json": {"id": "a"}}
    assert documents(engine, "un2/sa/functions") == {"f.json": {"id": "f", "name": "é"}}
    assert engine.chat_files() == ["main_session.json"]
    assert engine.get_chat("main_session") == {"id": "main_session", "history": []}
    assert engine.get_chat("_hidden") is None
    assert [doc[:4] for batch in engine.scan_chats() for doc in batch] == [
        ("main_session.json", {"id": "main_session", "history": []}, None, "")
    ]


def test_era_d_one_system_space(domain: Path, put: Put):
    put("_system/_system/_system.json")
    put("_system/_system/schemas/v1/a.json")
    put("_system/_system/collections/notes/a.json", '{"id": "a"}')
    engine = StorageEngine(domain)
    assert listing(engine) == ["_system/_system/notes"]


def test_era_e_mounts_and_uuid_temporary_files(domain: Path, put: Put):
    document = '{"_id": "x", "_created_at": "2026-01-01T00:00:00Z", "_p2p": {"revision": 1}}'
    put("_system/master/collections/chat_sessions/x.json", document)
    put("_system/master/collections/chat_sessions/y.tmp.0b1f", document)
    put("_system/master/collections/chat_sessions/y.json.tmp.0b1f", document)
    put("_system/master/collections/chat_sessions/y.tmp.0b1f.json", document)
    engine = StorageEngine(domain)
    assert listing(engine) == ["_system/master/chat_sessions"]
    assert documents(engine, "_system/master/chat_sessions") == {
        "x.json": {
            "_id": "x",
            "_created_at": "2026-01-01T00:00:00Z",
            "_p2p": {"revision": 1},
        }
    }


def test_a_database_may_be_empty(domain: Path, put: Put):
    put("un2/default/_system.json")
    (domain / "un2/fresh/collections").mkdir(parents=True)
    engine = StorageEngine(domain)
    assert engine.databases("un2") == ["default", "fresh"]
    assert engine.collections("un2", "default") == []
    assert engine.chat_files() == []
    assert engine.get_chat("main_session") is None
    assert list(engine.scan_chats()) == []


def test_unknown_places_hold_nothing(domain: Path):
    engine = StorageEngine(domain)
    unknown = CollectionRef("un2", "default", "notes")
    assert engine.spaces() == []
    assert engine.databases("un2") == []
    assert engine.collections("un2", "default") == []
    assert engine.count(unknown) == 0
    assert engine.get(unknown, "a") is None
    assert list(engine.scan(unknown)) == [[("", None, "vanished", "", 0)]]


@pytest.mark.parametrize("name", ["..", "a/b", "", "\0"])
def test_names_that_leave_the_root_are_refused(domain: Path, name: str):
    engine = StorageEngine(domain)
    calls: list[Callable[[], object]] = [
        lambda: engine.databases(name),
        lambda: engine.collections("un2", name),
        lambda: engine.leftover_transactions("un2", name),
        lambda: engine.count(CollectionRef(name, "default", "notes")),
        lambda: engine.scan(CollectionRef("un2", name, "notes")),
        lambda: engine.get(CollectionRef("un2", "default", name), "a"),
    ]
    for call in calls:
        with pytest.raises(BadInputError) as caught:
            call()
        assert caught.value.code == "invalid_name"


def test_names_that_are_not_utf8_do_not_break_listings(domain: Path):
    for name in (b"caf\xe9/a.json", b"notes/caf\xe9.json"):
        path = domain / "un2/default/collections" / os.fsdecode(name)
        path.parent.mkdir(parents=True)
        path.write_bytes(b"{}")
    engine = StorageEngine(domain)
    assert listing(engine) == ["un2/default/notes"]
    assert documents(engine, "un2/default/notes") == {"caf\\xe9.json": {}}


def test_links_and_names_that_are_not_utf8_are_named_as_left_out(domain: Path, put: Put):
    put("un2/default/collections/notes/a.json")
    put("un2/legacy/notes/a.json")
    put("chats/main_session.json")
    elsewhere = domain.parent / "elsewhere"
    elsewhere.mkdir()
    for link in (
        "linked",
        "un2/linked",
        "un2/default/collections/linked",
        "un2/legacy/linked",
        "un2/default/wal",  # never holds documents
        "un2/default/collections/_linked",
        "un2/old.deleted-1767200000",
    ):
        (domain / link).symlink_to(elsewhere)
    (domain / "un2/loop").symlink_to("loop")
    (domain / "un2/file").symlink_to(domain / "chats/main_session.json")
    Path(os.fsdecode(os.fsencode(domain) + b"/un2/caf\xe9")).mkdir()
    assert StorageEngine(domain).left_out_folders() == [
        ("linked",),
        ("un2", "caf\\xe9"),
        ("un2", "default", "linked"),
        ("un2", "legacy", "linked"),
        ("un2", "linked"),
    ]


class TestRoot:
    def test_missing(self, tmp_path: Path):
        with pytest.raises(BadInputError) as caught:
            StorageEngine(tmp_path / "nowhere")
        assert caught.value.code == "root_missing"
        assert caught.value.params == {"path": f"{tmp_path}/nowhere"}

    def test_nul(self):
        with pytest.raises(BadInputError) as caught:
            StorageEngine("a\0b")
        assert caught.value.params == {"path": "a\\x00b"}

    def test_a_file(self, tmp_path: Path):
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(BadInputError) as caught:
            StorageEngine(tmp_path / "file")
        assert caught.value.code == "root_not_a_folder"

    def test_unreadable(
        self, users_domain: Path, ordinary_user: Callable[[], AbstractContextManager[None]]
    ):
        users_domain.chmod(0)
        with ordinary_user(), pytest.raises(BadInputError) as caught:
            StorageEngine(users_domain)
        assert caught.value.code == "folder_unreadable"
        assert caught.value.message("en") == (
            f"The folder {users_domain} cannot be read: Permission denied."
        )

    def test_a_link_is_the_users_own_choice(self, domain: Path, put: Put, tmp_path: Path):
        put("un2/default/collections/notes/a.json")
        (tmp_path / "link").symlink_to(domain)
        assert listing(StorageEngine(tmp_path / "link")) == ["un2/default/notes"]

    def test_home_is_expanded(self, domain: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("HOME", str(domain.parent))
        assert StorageEngine("~/domain").root == domain


def test_folders_without_permission_are_listed_and_say_so_when_read(
    users_domain: Path, ordinary_user: Callable[[], AbstractContextManager[None]]
):
    notes = users_domain / "un2/default/collections/notes"
    notes.mkdir(parents=True)
    closed = users_domain / "un2/closed"
    closed.mkdir()
    for folder in (notes, closed):
        folder.chmod(0)
    with ordinary_user():
        engine = StorageEngine(users_domain)
        assert engine.spaces() == ["un2"]
        assert engine.databases("un2") == ["closed", "default"]
        assert listing_of(engine, "un2", "default") == ["un2/default/notes"]
        assert list(engine.scan(CollectionRef("un2", "default", "notes"))) == [
            [("", None, "unreadable", "Permission denied", 0)]
        ]
        for call in (
            lambda: engine.collections("un2", "closed"),
            lambda: engine.count(CollectionRef("un2", "default", "notes")),
            lambda: engine.get(CollectionRef("un2", "default", "notes"), "a"),
        ):
            with pytest.raises(BadInputError) as caught:
                call()
            assert caught.value.code == "folder_unreadable"


def listing_of(engine: StorageEngine, space: str, database: str) -> list[str]:
    return [str(ref) for ref in engine.collections(space, database)]


def test_links_below_the_root_are_not_followed(domain: Path, put: Put, tmp_path: Path):
    put("un2/default/collections/notes/a.json")
    outside = tmp_path / "outside/default/collections/secrets"
    outside.mkdir(parents=True)
    (outside / "a.json").write_text('{"secret": 1}')
    (domain / "loop").symlink_to(domain)
    (domain / "un2/loop").symlink_to(domain / "un2")
    (domain / "linked").symlink_to(tmp_path / "outside")
    (domain / "un2/default/collections/loop").symlink_to(domain)
    (domain / "un2/default/collections/secrets").symlink_to(outside)
    (domain / "un2/default/collections/self").symlink_to("self")
    engine = StorageEngine(domain)
    assert listing(engine) == ["un2/default/notes"]
    (batch,) = engine.scan(CollectionRef("un2", "default", "secrets"))
    assert [(doc.file, doc.value, doc.problem) for doc in batch] == [("", None, "symlink")]
    (batch,) = engine.scan(CollectionRef("linked", "default", "secrets"))
    assert [(doc.file, doc.value, doc.problem) for doc in batch] == [("", None, "symlink")]


def test_what_is_listed_under_a_name_that_is_no_id_is_found_by_it(domain: Path, put: Put):
    names = ["réunion du 3", "Note #2", "x" * 180, "plain"]
    for name in names:
        put(f"un2/default/collections/notes/{name}.json", f'{{"name": "{name}"}}')
    put("un2/default/notes/Note #2.json", '{"name": "older"}')
    put("un2/default/notes/à part.json", '{"name": "à part"}')
    put("un2/default/collections/notes/en panne.json", "{")
    put("un2/default/collections/notes/_meta.json", "{}")
    put("un2/default/collections/other.json", "{}")
    engine = StorageEngine(domain)
    ref = CollectionRef("un2", "default", "notes")
    for name in [*names, "à part"]:
        assert engine.get_listed(ref, name) == {"name": name}
    for name in ("../other", "réunion du 4", "\0", "é\udcff", " ", "x" * 300):
        assert engine.get_listed(ref, name) is None
    assert engine.get_listed(CollectionRef("un2", "default", "none"), "à part") is None
    for name, code in [
        ("_meta", "invalid_id"),
        ("..", "invalid_id"),
        ("en panne", "document_unreadable"),
    ]:
        with pytest.raises(BadInputError) as caught:
            engine.get_listed(ref, name)
        assert caught.value.code == code
