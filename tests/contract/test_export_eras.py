"""One tree for each era of JSON-DB → the rows that are expected of it."""

from pathlib import Path
from typing import Any

import pytest

from domains.tree import Tree, exchange, export

ROW = "<s>[INST] q [/INST] a </s>"


def conversation(**fields: Any) -> dict[str, Any]:
    return {"messages": exchange("q", "a", rating=5), **fields}


def era_a(tree: Tree) -> str:
    index = {
        "version": 1,
        "space": "un2",
        "database": "default",
        "collections": {"conversations": {"items": [{"file": "conversations/c1.json"}]}},
    }
    tree.put("un2/default/_system.json", index)
    tree.put("un2/default/collections/conversations/c1.json", conversation(id="c1"))
    tree.put("un2/default/collections/conversations/.c2.json.tmp", "half")
    return "un2/default/conversations/c1"


def era_b(tree: Tree) -> str:
    tree.put("un2/legacy/_system.json", {"version": 1, "collections": {}})
    tree.put("un2/legacy/conversations/c1.json", conversation(id="c1"))
    tree.put("un2/legacy/conversations/c2.json.tmp", "half")
    return "un2/legacy/conversations/c1"


def era_c(tree: Tree) -> str:
    items = [{"file": "c1.json"}, {"file": "gone.json"}]
    tree.put(
        "un2/default/_system.json",
        {
            "$schema": "db://un2/_system/schemas/v1/db/index.schema.json",
            "collections": {"conversations": {"items": items, "schema": ""}},
            "createdAt": "2026-01-01T00:00:00+00:00",
            "database": "default",
            "id": "x",
            "space": "un2",
            "updatedAt": "2026-01-01T00:00:00+00:00",
            "version": 1,
        },
    )
    folder = "un2/default/collections/conversations"
    tree.put(f"{folder}/_meta.json", {"indexes": [], "schema": None})
    tree.put(f"{folder}/c1.json", conversation(id="c1", createdAt="2026-01-01T00:00:00+00:00"))
    tree.put(f"{folder}/c2.tmp", "half")
    tree.put(f"{folder}/_indexes/title.btree.idx", b"\0\1\2")
    tree.put("un2/_system/schemas/v1/x.schema.json", {"messages": exchange("no", "no", rating=5)})
    return "un2/default/conversations/c1"


def era_d(tree: Tree) -> str:
    tree.put("_system/_system/_system.json", {"version": 1, "collections": {}})
    tree.put("_system/_system/schemas/v1/c.schema.json", {"messages": exchange("no", "no")})
    tree.put("_system/_system/collections/conversations/_meta.json", {"schema": "c.schema.json"})
    tree.put("_system/_system/collections/conversations/c1.json", conversation(id="c1"))
    return "_system/_system/conversations/c1"


def era_e(tree: Tree) -> str:
    folder = "_system/master/collections/conversations"
    document = conversation(
        **{
            "_id": "c1",
            "_created_at": "2026-01-01T00:00:00.123456789Z",
            "_updated_at": "2026-01-02T00:00:00.123456789Z",
            "_p2p": {"revision": 2, "origin_node": "n", "checksum": "c", "last_sync_at": None},
            "@type": "Conversation",
            "name": {"fr": "Nom", "en": "Name"},
        }
    )
    tree.put(f"{folder}/c1.json", document)
    tree.put(f"{folder}/c1.json.tmp.5b1f6a52-7c0e-4c3a-9d51-0f4be7a3c6d8", "half")
    tree.put(f"{folder}/tensors/t.json", conversation())
    return "_system/master/conversations/c1"


@pytest.mark.parametrize("era", [era_a, era_b, era_c, era_d, era_e])
def test_each_era_gives_its_conversation(tree: Tree, output: Path, era: Any):
    record = era(tree)
    tree.put("qdrant_storage/collections/x/config.json", conversation())
    tree.put("un2/old.deleted-1767200000/collections/conversations/c.json", conversation())
    exported = export(tree.root, output)
    assert exported.rows == [ROW]
    assert exported.fates == {f"{record}#1": "exported"}


def test_all_eras_in_one_folder_are_duplicates_of_one_row(tree: Tree, output: Path):
    records = {f"{era(tree)}#1" for era in (era_a, era_b, era_c, era_d, era_e)}
    exported = export(tree.root, output)
    assert set(exported.fates) == records
    assert exported.rows == [ROW]
    # All are rated alike; the one of era E carries the newest date.
    assert exported.fates["_system/master/conversations/c1#1"] == "exported"
    assert exported.report.fates == {"duplicate": 3, "exported": 1}
