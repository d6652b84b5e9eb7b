"""Samples of names: fair, always the same, and drawn anew when a folder has changed."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from raise_finetune.errors import BadInputError
from raise_finetune.storage import folder, sampling
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef

NOTES = CollectionRef("un2", "default", "notes")
NEW, OLD = "un2/default/collections/notes", "un2/default/notes"

Put = Callable[[str, str], Path]


@pytest.fixture(params=["descriptors", "paths"], autouse=True)
def way_of_opening(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything here holds where folders have descriptors and where they have none."""
    monkeypatch.setattr(folder, "_HAS_DESCRIPTORS", request.param == "descriptors")


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the samples of small folders, too."""
    monkeypatch.setattr(sampling, "_WORTH_KEEPING", 1)


def uncounted(_documents: int) -> None:
    """Take no notice."""


def sample(domain: Path, most: int) -> sampling.NameSample:
    return StorageEngine(domain).sample(NOTES, most, uncounted)


def make_old(folder: Path) -> None:
    """Let the folder have last changed ten seconds ago."""
    then = time.time() - 10
    os.utime(folder, (then, then))


def scanned(domain: Path, *names: bytes) -> list[str]:
    batches = StorageEngine(domain).scan(NOTES, names)
    return [document.file for batch in batches for document in batch]


def test_a_sample_is_the_same_each_time_and_begins_with_every_smaller_one(domain: Path, put: Put):
    for number in range(300):
        put(f"{NEW}/{number:03}.json", "{}")
    put(f"{NEW}/_meta.json", "{}")
    drawn = sample(domain, 40)
    assert drawn.total == 300
    assert len(set(drawn.names)) == 40
    assert sample(domain, 40) == drawn
    assert sample(domain, 10) == (300, drawn.names[:10])
    assert sample(domain, 1000).names[:40] == drawn.names
    # By chance, so from everywhere: one in a million such samples leaves out a third.
    assert {name[:1] for name in drawn.names} == {b"0", b"1", b"2"}


def test_what_is_counted_is_told_on_the_way(
    domain: Path, put: Put, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sampling, "_AT_ONCE", 2)
    for number in range(5):
        put(f"{NEW}/{number}.json", "{}")
    told: list[int] = []
    drawn = StorageEngine(domain).sample(NOTES, 1, told.append)
    assert told == [2, 4, 5]
    assert drawn.total == 5


def test_a_document_in_both_layouts_is_drawn_and_read_once(domain: Path, put: Put):
    for name in "ab":
        put(f"{NEW}/{name}.json", '{"from": "new"}')
    for name in "bc":
        put(f"{OLD}/{name}.json", '{"from": "old"}')
    drawn = sample(domain, 9)
    assert drawn.total == 3
    assert sorted(drawn.names) == [b"a.json", b"b.json", b"c.json"]
    batches = StorageEngine(domain).scan(NOTES, drawn.names)
    assert [(each.file, each.value) for batch in batches for each in batch] == [
        ("a.json", {"from": "new"}),
        ("b.json", {"from": "new"}),
        ("c.json", {"from": "old"}),
    ]


def test_only_the_given_names_are_read_and_those_that_are_gone_are_no_problem(
    domain: Path, put: Put
):
    for name in "cab":
        put(f"{NEW}/{name}.json", "{}")
    assert scanned(domain, b"c.json", b"gone.json", b"a.json") == ["a.json", "c.json"]
    assert scanned(domain) == []


def test_chats_are_sampled_alike(domain: Path, put: Put):
    engine = StorageEngine(domain)
    assert engine.sample_chats(5, uncounted) == (0, ())
    put("chats/main_session.json", "{}")
    put("chats/other.json", "{}")
    assert engine.sample_chats(5, uncounted).total == 2
    batches = engine.scan_chats([b"other.json"])
    assert [document.file for batch in batches for document in batch] == ["other.json"]


def test_an_unknown_collection_is_empty_and_an_unreadable_one_is_named(
    domain: Path, put: Put, monkeypatch: pytest.MonkeyPatch
):
    assert sample(domain, 5) == (0, ())
    put(f"{NEW}/a.json", "{}")

    def refuse(*_anything: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sampling, "_stamp", refuse)
    with pytest.raises(BadInputError) as refused:
        sample(domain, 5)
    assert refused.value.code == "folder_unreadable"


@pytest.mark.usefixtures("keeping")
def test_a_settled_folder_is_listed_once_until_it_changes(domain: Path, put: Put):
    put(f"{NEW}/a.json", "{}")
    make_old(domain / NEW)
    listed: list[int] = []
    engine = StorageEngine(domain)
    assert engine.sample(NOTES, 5, listed.append) == (1, (b"a.json",))
    assert engine.sample(NOTES, 5, listed.append) == (1, (b"a.json",))
    assert StorageEngine(domain).sample(NOTES, 5, listed.append).total == 1
    assert listed == [1]
    put(f"{NEW}/b.json", "{}")
    assert engine.sample(NOTES, 5, listed.append).total == 2
    assert listed == [1, 2]


@pytest.mark.usefixtures("keeping")
def test_a_folder_that_has_just_changed_is_listed_again(domain: Path, put: Put):
    put(f"{NEW}/a.json", "{}")
    listed: list[int] = []
    engine = StorageEngine(domain)
    for _ in range(2):
        engine.sample(NOTES, 5, listed.append)
    assert listed == [1, 1]


@pytest.mark.usefixtures("keeping")
def test_few_samples_are_kept(domain: Path, put: Put, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sampling, "_KEPT", 3)
    monkeypatch.setattr(sampling, "_kept", kept := {})
    engine = StorageEngine(domain)
    for number in range(10):
        put(f"un2/default/collections/c{number}/a.json", "{}")
        make_old(domain / f"un2/default/collections/c{number}")
        engine.sample(CollectionRef("un2", "default", f"c{number}"), 5, uncounted)
        assert 1 <= len(kept) <= 3


def test_a_sample_is_of_all_names_however_many_are_listed_at_once(
    domain: Path, put: Put, monkeypatch: pytest.MonkeyPatch
):
    for number in range(20):
        put(f"{NEW}/{number}.json", "{}")
    at_once = sample(domain, 5)
    monkeypatch.setattr(sampling, "_AT_ONCE", 3)
    assert sample(domain, 5) == at_once
