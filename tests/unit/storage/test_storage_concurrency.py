"""The application, and other processes of ours, at work while we read and write."""

import subprocess
import sys
from pathlib import Path

import orjson

from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef

NOTES = CollectionRef("un2", "default", "notes")

# Replaces by rename, deletes and re-creates, as the application does.
APPLICATION = """
import itertools, os, sys
folder = sys.argv[1]
print("ready", flush=True)
for turn in itertools.count():
    for name in range(20):
        content = '{"a": "%s"}' % (str(turn % 10) * (1 + 5000 * (name % 40)))
        with open(f"{folder}/{name}.tmp", "w") as file:
            file.write(content)
        os.rename(f"{folder}/{name}.tmp", f"{folder}/{name}.json")
        if turn % 3 == 0 and name % 2:
            os.unlink(f"{folder}/{name}.json")
"""

INSERTER = """
import sys
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef
engine = StorageEngine(sys.argv[1])
print("ready", flush=True)
for number in range(15):
    engine.insert(CollectionRef("un2", "default", "notes"), {"id": f"{sys.argv[2]}-{number}"})
"""


def started(code: str, *arguments: str) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def test_reading_while_documents_are_replaced_and_deleted(domain: Path):
    folder = domain / "un2/default/collections/notes"
    folder.mkdir(parents=True)
    engine = StorageEngine(domain)
    seen = 0
    with started(APPLICATION, str(folder)) as application:
        try:
            for _ in range(150):
                for batch in engine.scan(NOTES):
                    for document in batch:
                        assert document.problem in (None, "vanished")
                        if document.value is not None:
                            seen += 1
                            assert len(set(document.value["a"])) == 1
                one = engine.get(NOTES, "1")
                assert one is None or len(set(one["a"])) == 1
        finally:
            application.kill()
    assert seen > 150


def test_two_processes_insert_at_once(domain: Path):
    with (
        started(INSERTER, str(domain), "a") as first,
        started(INSERTER, str(domain), "b") as second,
    ):
        assert first.wait() == 0
        assert second.wait() == 0
    expected = sorted(f"{who}-{number}.json" for who in "ab" for number in range(15))
    found = [document.file for batch in StorageEngine(domain).scan(NOTES) for document in batch]
    assert found == expected
    index = orjson.loads((domain / "un2/default/_system.json").read_bytes())
    assert sorted(item["file"] for item in index["collections"]["notes"]["items"]) == expected
