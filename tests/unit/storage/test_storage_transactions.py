from collections.abc import Callable
from pathlib import Path

import pytest

from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.transactions import LeftoverOperation, LeftoverTransaction

Put = Callable[..., Path]


def test_no_transactions(domain: Path, put: Put):
    put("un2/default/_system.json")
    engine = StorageEngine(domain)
    assert engine.leftover_transactions("un2", "default") == []
    assert engine.leftover_transactions("un2", "unknown") == []


def test_the_documents_are_named_and_nothing_is_replayed(domain: Path, put: Put):
    entry = put(
        "un2/default/wal/2.json",
        """{"id": "t", "status": "Pending", "timestamp": 1767200000, "operations": [
            {"Insert": {"collection": "notes", "id": "a", "document": {"id": "a"}}},
            {"Update": {"collection": "notes", "id": "b", "document": {}, "previous_document": {}}},
            {"Delete": {"collection": "articles", "id": "c"}}]}""",
    )
    put("un2/default/wal/1.json", '{"id": "u", "operations": []}')
    put("un2/default/wal/3.tmp", "{")
    assert StorageEngine(domain).leftover_transactions("un2", "default") == [
        LeftoverTransaction("1.json", (), None),
        LeftoverTransaction(
            "2.json",
            (
                LeftoverOperation("Insert", "notes", "a"),
                LeftoverOperation("Update", "notes", "b"),
                LeftoverOperation("Delete", "articles", "c"),
            ),
            None,
        ),
    ]
    assert entry.exists()
    assert not (domain / "un2/default/collections").exists()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "invalid_json"),
        ("[]", "not_an_object"),
        ("{}", "no_operations"),
        ('{"operations": {}}', "no_operations"),
        ('{"operations": [5]}', "unknown_operation"),
        ('{"operations": [{"Merge": {"collection": "notes", "id": "a"}}]}', "unknown_operation"),
        ('{"operations": [{"Insert": []}]}', "unknown_operation"),
        ('{"operations": [{"Insert": {"collection": "notes"}}]}', "unknown_operation"),
        ('{"operations": [{"Insert": {"collection": 5, "id": "a"}}]}', "unknown_operation"),
    ],
)
def test_entries_that_cannot_be_understood(domain: Path, put: Put, content: str, problem: str):
    put("un2/default/wal/1.json", content)
    assert StorageEngine(domain).leftover_transactions("un2", "default") == [
        LeftoverTransaction("1.json", (), problem)
    ]


def test_what_can_be_understood_is_named_beside_what_cannot(domain: Path, put: Put):
    put(
        "un2/default/wal/1.json",
        '{"operations": [{"Odd": 1}, {"Delete": {"collection": "notes", "id": "a"}}]}',
    )
    assert StorageEngine(domain).leftover_transactions("un2", "default") == [
        LeftoverTransaction(
            "1.json", (LeftoverOperation("Delete", "notes", "a"),), "unknown_operation"
        )
    ]
