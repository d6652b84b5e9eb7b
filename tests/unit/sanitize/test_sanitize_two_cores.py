"""Scanning on a second core: the same results, also when the worker dies or never starts."""

import sys

import psutil
import pytest

from corpus.labelled import labelled_texts
from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer
from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.two_cores import TwoCoreSanitizer, sanitizer_of
from raise_finetune.dataset.second_core import SecondCore

KNOWN = KnownValues(((FindingType.PRIVATE, "Projet Émeraude"),))
TEXTS = [
    *(text.text for text in labelled_texts(7, 120, bytes_per_value=300)),
    "Projet Émeraude, sans rien d'autre",
    "\ud800 seul",
]
BATCHES = [TEXTS[first : first + 5] for first in range(0, len(TEXTS), 5)]


@pytest.fixture(scope="module")
def expected() -> list[object]:
    alone = Sanitizer(SanitizeOptions(), KNOWN)
    return [alone.scan(batch) for batch in BATCHES]


def test_both_give_the_same(expected: list[object]):
    with SecondCore(start_after=1e-9) as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        results = [sanitizer.scan_later(batch) for batch in BATCHES]
        assert core.pid is not None
        assert [result() for result in results] == expected


def test_its_setup_makes_one_that_masks_the_same():
    with SecondCore() as core:
        setup = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core).setup
    again = sanitizer_of(setup)
    assert again.sanitize(BATCHES) == Sanitizer(SanitizeOptions(), KNOWN).sanitize(BATCHES)
    assert Sanitizer(SanitizeOptions(), KNOWN).setup is None


def test_the_setup_of_a_thorough_one_makes_one_that_is_thorough():
    with SecondCore() as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        setup = sanitizer.thorough().setup
    assert setup is not None
    assert sanitizer_of(setup).is_thorough
    assert not sanitizer.is_thorough
    assert setup != sanitizer.setup


@pytest.mark.parametrize("done", [0, 1, 5])
def test_what_a_killed_worker_leaves_is_done_here(expected: list[object], done: int):
    with SecondCore(start_after=0) as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        results = [sanitizer.scan_later(batch) for batch in BATCHES[:10]]
        found: list[object] = [result() for result in results[:done]]
        worker = psutil.Process(core.pid)
        worker.kill()
        worker.wait()
        results += [sanitizer.scan_later(batch) for batch in BATCHES[10:]]
        assert found + [result() for result in results[done:]] == expected


def test_a_worker_that_cannot_start_is_not_missed(
    expected: list[object], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with SecondCore(start_after=0) as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        assert [sanitizer.scan_later(batch)() for batch in BATCHES] == expected
        assert core.pid is None


def test_the_worker_ends_with_the_export():
    with SecondCore(start_after=0) as core:
        sanitizer = TwoCoreSanitizer(SanitizeOptions(), KNOWN, core)
        sanitizer.scan_later(BATCHES[0])
        worker = psutil.Process(core.pid)
    assert not worker.is_running()
