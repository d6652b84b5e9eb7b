"""Masking on a second core: the same results, also when the worker dies or never starts."""

import math
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest

from corpus.labelled import labelled_texts
from domains.tree import Tree, exchange, export
from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.two_cores import TwoCoreSanitizer
from raise_finetune.dataset.second_core import SecondCore

KNOWN = KnownValues(((FindingType.PRIVATE, "Projet Émeraude"),))
TEXTS = [text.text for text in labelled_texts(7, 120, bytes_per_value=300)]
BATCHES = [
    [[*TEXTS[first : first + 3]], ["Projet Émeraude, sans rien d'autre"], ["\ud800 seul"]]
    for first in range(0, len(TEXTS), 3)
]


@pytest.fixture(scope="module")
def expected() -> list[object]:
    alone = Sanitizer(SanitizeOptions(), KNOWN)
    return [alone.sanitize(batch) for batch in BATCHES]


def test_both_give_the_same(expected: list[object]):
    alone = Sanitizer(SanitizeOptions(), KNOWN)
    with SecondCore(start_after=1e-9) as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        results = [sanitizer.sanitize_later(batch) for batch in BATCHES]
        assert core.pid is not None
        assert [result() for result in results] == expected
        counts = [sanitizer.scan_later(TEXTS[:number]) for number in range(6)]
        assert [count() for count in counts] == [alone.scan(TEXTS[:number]) for number in range(6)]


def test_a_small_export_starts_no_worker():
    with SecondCore() as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        sanitizer.sanitize_later(BATCHES[0])()
        sanitizer.scan_later(TEXTS)()
        assert core.pid is None


@pytest.mark.parametrize("done", [0, 1, 5])
def test_what_a_killed_worker_leaves_is_done_here(expected: list[object], done: int):
    with SecondCore(start_after=0) as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        results = [sanitizer.sanitize_later(batch) for batch in BATCHES[:10]]
        found: list[object] = [result() for result in results[:done]]
        worker = psutil.Process(core.pid)
        worker.kill()
        worker.wait()
        results += [sanitizer.sanitize_later(batch) for batch in BATCHES[10:]]
        assert found + [result() for result in results[done:]] == expected


def test_a_worker_that_cannot_start_is_not_missed(
    expected: list[object], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with SecondCore(start_after=0) as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        assert [sanitizer.sanitize_later(batch)() for batch in BATCHES] == expected
        assert core.pid is None


def test_the_worker_ends_with_the_export():
    with SecondCore(start_after=0) as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        sanitizer.sanitize_later(BATCHES[0])
        worker = psutil.Process(core.pid)
    assert not worker.is_running()


def files_of_an_export(root: Path, target: Path) -> dict[str, bytes]:
    """Return all that an export writes but its report, which tells when."""
    export(root, target)
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and path.name not in ("report.json", "manifest.json")
    }


def test_an_export_writes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tree = Tree(tmp_path / "domain")
    for number in range(60):
        question = f"Écris à jean{number}@exemple.fr au sujet du lot {number}."
        tree.conversation(f"c{number}", *exchange(question, "C'est fait : " + "x" * 6000, rating=5))
    monkeypatch.setattr("raise_finetune.dataset.sanitize.stage._CHARACTERS_AT_ONCE", 20_000)
    exports: list[dict[str, bytes]] = []
    for start_after in (0, math.inf):
        core = partial(SecondCore, start_after=start_after)
        monkeypatch.setattr("raise_finetune.dataset.export.open_second_core", core)
        exports.append(files_of_an_export(tree.root, tmp_path / "dataset"))
    assert exports[0] == exports[1]
