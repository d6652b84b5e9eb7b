"""The first look: what a sample says of all, and what it does not say."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domains.tree import Tree, exchange
from raise_finetune.dataset.browsing.glance import estimate_export, glance_at_export
from raise_finetune.dataset.browsing.preview import preview_export
from raise_finetune.dataset.browsing.tally import ExportPreview
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.dataset.sources.sample import FolderSample, Sample, draw_sample
from raise_finetune.dataset.sources.wanted import wanted_collections
from raise_finetune.demo.domain import write_demo
from raise_finetune.errors import CancelledError
from raise_finetune.storage.engine import StorageEngine

NOBODY = KnownValues()
CONVERSATIONS = "un2/default/conversations"


def uncounted(_documents: int) -> None:
    """Take no notice."""


def recipe(**sections: object) -> ExportRecipe:
    return ExportRecipe.model_validate(sections)


def draw(engine: StorageEngine, size: int, made: ExportRecipe | None = None) -> Sample:
    sample = draw_sample(engine, (made or recipe()).source, Pulse(), size)
    assert sample is not None
    return sample


def estimate(engine: StorageEngine, made: ExportRecipe, size: int, rows: int = 5) -> ExportPreview:
    return estimate_export(engine, made, draw(engine, size, made), rows, Pulse(), NOBODY)


def exact(engine: StorageEngine, made: ExportRecipe) -> ExportPreview:
    return preview_export(engine, made, 5, Pulse(), NOBODY)


def conversations(tree: Tree, count: int, rating: int | None = 5) -> None:
    for number in range(count):
        rated = {} if rating is None else {"x_rating": rating}
        answer = f"The pump number {number} is checked each week by the team of station {number}."
        tree.conversation(f"c{number:04}", *exchange(f"Pump {number}?", answer, **rated))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "domain")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> StorageEngine:
    folder = tmp_path_factory.mktemp("glance") / "domain"
    write_demo(folder, 2500)
    return StorageEngine(folder)


def test_a_large_domain_gets_one_and_a_small_one_does_not(demo: StorageEngine, tree: Tree) -> None:
    found = glance_at_export(demo, recipe(), 50, Pulse(), NOBODY)
    assert found is not None
    assert found.estimated_from is not None
    assert 800 <= found.estimated_from <= 1000
    assert len(found.sample) == 50
    conversations(tree, 3)
    assert glance_at_export(StorageEngine(tree.root), recipe(), 50, Pulse(), NOBODY) is None
    assert draw_sample(demo, recipe().source, Pulse(), 2000) is None


def test_pairs_are_not_estimated_since_a_sample_tears_them_apart(demo: StorageEngine) -> None:
    pairs = recipe(output={"task": "dpo"})
    assert glance_at_export(demo, pairs, 50, Pulse(), NOBODY) is None
    judged = recipe(output={"task": "kto", "profile": "messages"})
    assert glance_at_export(demo, judged, 50, Pulse(), NOBODY) is not None


def test_it_is_the_same_each_time(demo: StorageEngine) -> None:
    assert estimate(demo, recipe(), 100) == estimate(demo, recipe(), 100)


def test_it_is_near_what_is_so(demo: StorageEngine) -> None:
    guessed, known = estimate(demo, recipe(), 1000), exact(demo, recipe())
    assert guessed.documents_read == known.documents_read
    assert guessed.records_read == pytest.approx(known.records_read, rel=0.1)
    duplicates = ("duplicate", "near_duplicate", "split_leak")
    assert not guessed.fates.keys() & set(duplicates)
    rows = known.rows + sum(known.fates[fate] for fate in duplicates)
    assert guessed.rows == pytest.approx(rows, rel=0.1)
    assert guessed.fates["unrated"] == pytest.approx(known.fates["unrated"], rel=0.1)
    assert guessed.masked["person"] == pytest.approx(
        known.masked["person"] * rows / known.rows, rel=0.4
    )


def test_of_all_documents_it_is_exact(demo: StorageEngine) -> None:
    made = recipe(dedup={"near": "off"})
    drawn = {"chats": demo.sample_chats(10**6, uncounted)}
    for ref in wanted_collections(demo, made.source):
        drawn[str(ref)] = demo.sample(ref, 10**6, uncounted)
    parts = {folder: FolderSample(frozenset(each.names), 1.0) for folder, each in drawn.items()}
    documents = sum(each.total for each in drawn.values())
    guessed = estimate_export(demo, made, Sample(documents, parts, frozenset()), 5, Pulse(), NOBODY)
    known = exact(demo, made)
    assert guessed.documents_read == known.documents_read == guessed.estimated_from
    assert guessed.records_read == known.records_read
    gone = Counter({fate: known.fates.get(fate, 0) for fate in ("duplicate", "split_leak")})
    assert gone["duplicate"] > 0
    assert guessed.rows == known.rows + gone.total()
    assert {**known.fates, "exported": guessed.rows} == {**guessed.fates, **+gone}
    assert guessed.problems == known.problems


@settings(max_examples=20, deadline=None)
@given(
    size=st.integers(5, 200),
    unit=st.sampled_from(["answer", "conversation"]),
    unrated=st.booleans(),
    test=st.sampled_from([0.0, 0.2]),
    split_by=st.sampled_from(["conversation", "space"]),
)
def test_its_numbers_add_up(
    demo: StorageEngine, size: int, unit: str, unrated: bool, test: float, split_by: str
) -> None:
    made = recipe(
        examples={"unit": unit},
        rating={"include_unrated": unrated},
        output={"test_fraction": test, "split_by": split_by},
        sanitize={"enabled": False},
    )
    found = estimate(demo, made, size)
    assert sum(found.fates.values()) == found.records_read
    assert found.fates.get("exported", 0) == found.rows
    assert sum(found.splits.values()) == found.rows
    assert sum(found.ratings.values()) == found.rows
    assert sum(bar.rows for bar in found.lengths) == found.rows
    assert found.conversations + found.documentation <= found.rows
    assert len(found.sample) == min(5, found.rows)


def test_every_collection_is_represented(demo: StorageEngine) -> None:
    sample = draw(demo, 100)
    totals = {"chats": len(demo.chat_files())}
    for space in demo.spaces():
        for database in demo.databases(space):
            for ref in demo.collections(space, database):
                totals[str(ref)] = demo.count(ref)
    assert {folder: len(part.names) >= 1 for folder, part in sample.folders.items()} == {
        folder: total >= 1 for folder, total in totals.items()
    }
    assert sample.documents == sum(totals.values())
    stands_for = sum(len(part.names) * part.weight for part in sample.folders.values())
    assert stands_for == pytest.approx(sample.documents)
    assert sample.size == sum(len(part.names) for part in sample.folders.values()) <= 100


def test_no_sample_of_few_documents(tree: Tree) -> None:
    for number in range(4):
        tree.conversation(f"c{number}", *exchange("q", "a"))
    engine = StorageEngine(tree.root)
    assert draw_sample(engine, recipe().source, Pulse(), 2) is None
    assert draw(engine, 1).documents == 4


def test_the_shown_rows_are_of_all_kinds(demo: StorageEngine) -> None:
    found = estimate(demo, recipe(), 100, rows=20)
    folders = {row.record.rpartition("/")[0] for row in found.sample}
    assert CONVERSATIONS in folders
    assert len(folders) >= 3


@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_what_was_rated_here_is_counted_exactly(tree: Tree, unit: str) -> None:
    conversations(tree, 300, rating=None)
    engine = StorageEngine(tree.root)
    for number in range(0, 300, 60):
        rate(engine, f"{CONVERSATIONS}/c{number:04}", 1, Judgement(5))
    made = recipe(examples={"unit": unit}, dedup={"near": "off"})
    guessed, known = estimate(engine, made, 20), exact(engine, made)
    assert known.rows == 5
    assert guessed.fates == known.fates
    assert (guessed.rows, guessed.conversations) == (5, 5)
    assert guessed.documents_read == known.documents_read == 305


def test_the_copy_of_a_conversation_that_is_gone_counts_once(tree: Tree) -> None:
    conversations(tree, 100, rating=None)
    engine = StorageEngine(tree.root)
    rate(engine, f"{CONVERSATIONS}/c0007", 1, Judgement(5))
    (tree.root / "un2/default/collections/conversations/c0007.json").unlink()
    found = estimate(engine, recipe(), 20)
    assert found.rows == 1
    assert found.fates["unrated"] == pytest.approx(99, abs=1)


def test_a_target_that_is_no_id_is_looked_for_nowhere(tree: Tree) -> None:
    conversations(tree, 100)
    for number, target in enumerate(["un2/default/conversations/a\0b", "x/y z", "", "../../etc/a"]):
        tree.document(f"un2/finetune/feedback/f{number}", target=target, rating=5)
    tree.document("un2/finetune/feedback/g", target=7)
    sample = draw(StorageEngine(tree.root), 20)
    assert sample.rated == {"../../etc/a"}
    assert all(len(part.names) <= 20 for part in sample.folders.values())
    found = estimate(StorageEngine(tree.root), recipe(), 20)
    assert found.fates == {"exported": 100, "not_training_material": 5}


def test_documentation_and_its_own_weight(tree: Tree) -> None:
    conversations(tree, 90)
    for number in range(30):
        tree.document(
            f"un2/default/articles/a{number}",
            title=f"Valve {number}",
            body=f"The valve {number} opens at {number} bar and closes again by itself.",
            status="published",
        )
    found = estimate(StorageEngine(tree.root), recipe(), 40)
    assert (found.conversations, found.documentation, found.rows) == (90, 30, 120)
    assert found.splits == {"train": 108, "val": 12}


def test_progress_counts_and_then_reads_and_it_can_be_stopped(demo: StorageEngine) -> None:
    seen: list[Progress] = []
    assert glance_at_export(demo, recipe(), 5, Pulse(seen.append), NOBODY) is not None
    stages = [each.stage for each in seen]
    assert stages[0] == "counting"
    assert "reading" in stages
    read = [each for each in seen if each.stage == "reading"]
    assert read[-1].total is not None
    assert read[-1].done == read[-1].total
    with pytest.raises(CancelledError):
        glance_at_export(demo, recipe(), 5, Pulse(cancel=lambda: True), NOBODY)


def test_a_folder_that_cannot_be_read_is_named_and_no_end(tree: Tree):
    conversations(tree, 100)
    tree.put("chats", b"")  # a file
    preview = estimate(StorageEngine(tree.root), recipe(), 20)
    assert [(each.record, each.fate) for each in preview.problems] == [("chats/", "unreadable")]
    assert preview.fates == {"exported": 100, "unreadable": 1}
