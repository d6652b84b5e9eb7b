"""Documents prepared in parts: the same bytes by one core or two, whatever the parts are."""

import math
from dataclasses import replace
from functools import partial
from pathlib import Path

import psutil
import pytest

from domains.tree import Tree, exchange, export, files_of
from raise_finetune.dataset.dedup import RenderedRows
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.preparation import prepare_documents
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.dataset.sanitize.stage import make_sanitizer
from raise_finetune.dataset.second_core import SecondCore, no_second_core
from raise_finetune.dataset.sources.forgotten import entry_of, keep_forgotten
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.errors import BadInputError, CancelledError
from raise_finetune.storage.engine import StorageEngine

SIZE = "raise_finetune.dataset.preparation.DOCUMENTS_PER_PART"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A domain of 140 conversations in two collections, some repeated, some broken."""
    tree = Tree(tmp_path / "domain")
    for number in range(120):
        question = f"Écris à jean{number}@exemple.fr au sujet du lot {number % 50}."
        answer = f"C'est fait pour le lot {number % 50} : " + "mot " * (number % 90)
        tree.conversation(f"c{number:03}", *exchange(question, answer, rating=1 + number % 5))
    for number in range(20):
        messages = exchange(f"Question {number} ?", f"Réponse {number}.", rating=5)
        tree.document(f"un2/default/more/m{number}", messages=messages)
    (tree.root / "un2/default/collections/conversations/c007.json").write_text("{")
    (tree.root / "un2/default/collections/conversations/c090.json").write_text("[]")
    return tree


def pipeline_of(root: Path, folder: Path, core: SecondCore, **recipe: object) -> Pipeline:
    made = ExportRecipe.model_validate(recipe)
    sanitizer = make_sanitizer(made.sanitize, KnownValues(), core)
    return Pipeline(StorageEngine(root), made, folder, Pulse(), sanitizer)


def prepared(root: Path, folder: Path, core: SecondCore, ledger: Ledger) -> list[RenderedRows]:
    pipeline = pipeline_of(root, folder, core)
    return list(prepare_documents(pipeline, core, ledger, keep_messages=False))


@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_an_export_writes_the_same_bytes_by_one_core_or_two(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unit: str
):
    monkeypatch.setattr(SIZE, 16)
    exports: list[dict[str, bytes]] = []
    for start_after in (0, math.inf):
        core = partial(SecondCore, start_after=start_after)
        monkeypatch.setattr("raise_finetune.dataset.export.open_second_core", core)
        export(tree.root, tmp_path / "dataset", examples={"unit": unit})
        files = files_of(tmp_path / "dataset")
        for says_when in (".raise/report.json", ".raise/manifest.json"):
            del files[says_when]
        exports.append(files)
    assert exports[0] == exports[1]
    assert exports[0][".raise/ledger.jsonl"].count(b"\n") == 140


def test_what_people_said_here_reaches_the_second_core(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(SIZE, 16)
    engine, conversations = StorageEngine(tree.root), "un2/default/conversations"
    for number in range(0, 80, 10):
        rate(engine, f"{conversations}/c{number:03}", 1, Judgement(5, correction="Mieux."))
        forgotten = entry_of(engine, f"{conversations}/c{number + 1:03}")
        keep_forgotten(engine, [forgotten])
    core = partial(SecondCore, start_after=0)
    monkeypatch.setattr("raise_finetune.dataset.export.open_second_core", core)
    fates = export(tree.root, tmp_path / "dataset").report.fates
    assert (fates["superseded"], fates["forgotten"]) == (8, 8)


def test_no_second_core_is_asked_for_what_takes_no_time(tree: Tree, tmp_path: Path):
    with SecondCore(start_after=0) as core:
        plain = {"sanitize": {"enabled": False}, "dedup": {"near": "off"}}
        pipeline = pipeline_of(tree.root, tmp_path, core, **plain)
        list(prepare_documents(pipeline, core, Ledger(), keep_messages=False))
        assert core.pid is None


def test_a_pair_is_found_however_far_apart_its_answers_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(SIZE, 1)
    tree = Tree(tmp_path / "domain")
    for name, answer, rating in (("a", "Oui.", 5), ("b", "Peut-être.", 3), ("c", "Non.", 1)):
        tree.conversation(name, *exchange("Est-ce fait ?", answer, rating=rating))
    recipe = ExportRecipe.model_validate({"output": {"task": "dpo", "val_fraction": 0.0}})
    report = export_dataset(recipe, tmp_path / "out", root=tree.root)
    assert report.fates == {"compared": 1, "exported": 1, "no_pair": 1}


def test_what_a_killed_core_leaves_is_done_here(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(SIZE, 16)
    alone = Ledger()
    expected = [part.rows for part in prepared(tree.root, tmp_path, no_second_core(), alone)]
    ledger = Ledger()
    with SecondCore(start_after=0) as core:
        pipeline = pipeline_of(tree.root, tmp_path, core)
        results = prepare_documents(pipeline, core, ledger, keep_messages=False)
        found = [next(results).rows]
        worker = psutil.Process(core.pid)
        worker.kill()
        worker.wait()
        found += [part.rows for part in results]
    assert found == expected
    assert (ledger.read, ledger.fates, ledger.problems) == (
        alone.read,
        alone.fates,
        alone.problems,
    )
    assert ledger.input.text() == alone.input.text()


def test_long_documents_are_prepared_in_smaller_parts(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As few at once as memory allows; the rest follows, in the same order."""
    expected = prepared(tree.root, tmp_path, no_second_core(), whole := Ledger())
    monkeypatch.setattr("raise_finetune.storage.reader._BATCH_BYTES", 1500)
    found = prepared(tree.root, tmp_path, no_second_core(), ledger := Ledger())
    assert len(found) > len(expected) + 10

    def groups(parts: list[RenderedRows]) -> list[int]:
        return [group for part in parts for group in part.grouping.groups.tolist()]

    assert groups(found) == groups(expected)
    assert (ledger.read, ledger.fates) == (whole.read, whole.fates)


def test_one_long_document_does_not_make_all_parts_small(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(SIZE, 16)
    monkeypatch.setattr("raise_finetune.storage.reader._BATCH_BYTES", 30_000)
    tree.conversation("c033", *exchange("Question ?", "mot " * 10_000, rating=5))
    ledgers: list[int] = []
    take = Ledger.take

    def noted(ledger: Ledger, part: Ledger) -> None:
        ledgers.append(part.documents)
        take(ledger, part)

    monkeypatch.setattr(Ledger, "take", noted)
    prepared(tree.root, tmp_path, no_second_core(), Ledger())
    assert ledgers == [16, 16, 2, 14, 16, 16, 16, 16, 8, 16, 4]


def test_a_folder_that_was_renamed_is_still_read_to_its_end(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Here it is open; the second core finds another folder under its name, and leaves it."""
    monkeypatch.setattr(SIZE, 16)
    prepared(tree.root, tmp_path, no_second_core(), whole := Ledger())
    with SecondCore(start_after=0) as core:
        pipeline = pipeline_of(tree.root, tmp_path, core)
        results = prepare_documents(pipeline, core, ledger := Ledger(), keep_messages=False)
        next(results)
        collections = tree.root / "un2/default/collections"
        (collections / "conversations").rename(collections / "renamed")
        (collections / "conversations").mkdir()
        (collections / "conversations/c100.json").write_text("{")
        for _ in results:
            assert core.pid is not None
    assert (ledger.read, ledger.fates, ledger.problems) == (whole.read, whole.fates, whole.problems)


def test_a_record_that_the_recipe_refuses_is_named_whoever_prepares_it(tree: Tree, tmp_path: Path):
    tree.conversation("d", *exchange("Que dit </s> ?", "La fin.", rating=5))
    with SecondCore(start_after=0) as core:
        pipeline = pipeline_of(tree.root, tmp_path, core, output={"control_tokens": "refuse"})
        with pytest.raises(BadInputError) as refused:
            list(prepare_documents(pipeline, core, Ledger(), keep_messages=False))
    assert refused.value.code == "control_tokens_refused"


def test_progress_counts_all_documents_and_can_stop(tree: Tree, tmp_path: Path):
    seen: list[Progress] = []

    def stop() -> bool:
        return bool(seen) and seen[-1].done >= 120

    pipeline = pipeline_of(tree.root, tmp_path, no_second_core())
    pulse = Pulse(seen.append)
    watched = Pipeline(pipeline.engine, pipeline.recipe, tmp_path, pulse, pipeline.sanitizer)
    list(prepare_documents(watched, no_second_core(), Ledger(), keep_messages=False))
    assert (seen[-1].stage, seen[-1].done, seen[-1].total) == ("reading", 140, 140)
    seen.clear()
    stopped = Pipeline(
        pipeline.engine, pipeline.recipe, tmp_path, Pulse(seen.append, stop), pipeline.sanitizer
    )
    with pytest.raises(CancelledError):
        list(prepare_documents(stopped, no_second_core(), Ledger(), keep_messages=False))


def test_who_stops_an_export_need_not_wait_for_the_end_of_a_part(tree: Tree, tmp_path: Path):
    asked: list[int] = []

    def stop() -> bool:
        asked.append(len(asked))
        return False

    made = pipeline_of(tree.root, tmp_path, no_second_core(), sanitize={"enabled": False})
    pipeline = replace(made, pulse=Pulse(None, stop))
    results = prepare_documents(pipeline, no_second_core(), Ledger(), keep_messages=False)
    assert next(results).rows
    assert len(asked) == 3  # before each batch of the 120 documents, and after all of them
