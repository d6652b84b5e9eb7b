"""What the rules do on texts by other hands (``corpus/handwritten``), never tuned on.

The figures are floors, exactly as measured (docs/privacy.md has them too).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from corpus.handwritten import HandwrittenText, handwritten_texts, second_handwritten_texts
from corpus.scoring import Score, scores
from raise_finetune.dataset.sanitize import FindingType, Sanitizer

# Type: values, those found, findings that touch no value.
Floors = dict[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Holdout:
    """A set of texts, and what was measured on it."""

    read: Callable[[], Iterator[HandwrittenText]]
    languages: dict[str, int]
    negatives: int
    measured: Floors


FIRST = Holdout(
    handwritten_texts,
    {"fr": 151, "en": 96},
    37,
    {
        "address": (34, 28, 0),
        "birth_date": (19, 19, 0),
        "card": (5, 5, 0),
        "credentials": (6, 5, 0),
        "email": (50, 50, 0),
        "host": (33, 26, 0),
        "iban": (10, 10, 0),
        "ip": (14, 13, 0),
        "login": (41, 26, 0),
        "mac": (8, 8, 0),
        "nir": (8, 8, 0),
        "other": (14, 6, 0),
        "password": (42, 34, 0),
        "person": (224, 182, 4),
        "phone": (68, 64, 0),
        "secret": (33, 30, 0),
        "siren": (4, 4, 0),
        "siret": (5, 5, 0),
        "user": (11, 11, 0),
    },
)
SECOND = Holdout(
    second_handwritten_texts,
    {"fr": 126, "en": 77},
    40,
    {
        "address": (25, 15, 0),
        "birth_date": (16, 13, 0),
        "card": (5, 5, 0),
        "credentials": (5, 5, 0),
        "email": (36, 35, 1),
        "host": (23, 19, 0),
        "iban": (10, 10, 0),
        "ip": (8, 8, 0),
        "login": (30, 18, 0),
        "mac": (8, 8, 0),
        "nir": (5, 5, 0),
        "other": (32, 18, 0),
        "password": (38, 25, 0),
        "person": (193, 142, 12),
        "phone": (46, 42, 3),
        "secret": (22, 22, 0),
        "siren": (3, 3, 0),
        "siret": (3, 3, 0),
        "user": (9, 9, 0),
    },
)
HOLDOUTS = {"first": FIRST, "second": SECOND}
# Labelled so: what it is called by the rules, if any finds it, is "user", "id_document" or "plate".
NO_RULE = {"login", "other"}
NO_LABEL = {"id_document", "plate"}


@dataclass(frozen=True)
class Measurement:
    """A set as it is read, and the scores of the rules on it; a failing test shows neither."""

    holdout: Holdout
    texts: list[HandwrittenText] = field(repr=False)
    scores: dict[str, Score] = field(repr=False)


@pytest.fixture(scope="module", params=HOLDOUTS)
def measurement(request: pytest.FixtureRequest, sanitizer: Sanitizer) -> Measurement:
    holdout = HOLDOUTS[cast("str", request.param)]
    texts = list(holdout.read())
    return Measurement(holdout, texts, scores((text.labelled for text in texts), sanitizer))


def test_the_corpus_is_whole(measurement: Measurement):
    holdout, texts = measurement.holdout, measurement.texts
    assert Counter(text.language for text in texts) == holdout.languages
    assert len({text.name for text in texts}) == len(texts)
    assert sum(text.name.startswith("negatives: ") for text in texts) == holdout.negatives


def test_every_label_is_a_type_and_every_mark_is_read(measurement: Measurement):
    known = {kind.value for kind in FindingType} | NO_RULE
    for text in measurement.texts:
        assert {label.type for label in text.labelled.labels} <= known, text.name
        assert "␣" not in text.labelled.text, text.name
        for label in text.labelled.labels:
            value = text.labelled.text[label.start : label.end]
            assert value == value.strip(), text.name
            assert "[[" not in value, text.name


def test_hard_negatives_hold_no_value(measurement: Measurement):
    assert not [
        text.name
        for text in measurement.texts
        if text.name.startswith("negatives: ") and text.labelled.labels
    ]


def test_tokens_are_the_same_every_time(measurement: Measurement):
    assert list(measurement.holdout.read()) == measurement.texts


def test_no_type_falls_below_what_was_measured(measurement: Measurement):
    # No value is shown: who mends a rule must not learn from here which ones it misses.
    floors = measurement.holdout.measured
    now = {
        kind: (score.values, score.found, score.findings - score.right)
        for kind, score in measurement.scores.items()
    }
    worse = {
        kind: f"{now[kind]} for {floors[kind]}"
        for kind in floors
        if now[kind][0] != floors[kind][0]
        or now[kind][1] < floors[kind][1]
        or now[kind][2] > floors[kind][2]
    }
    assert not worse


def test_all_types_are_measured(measurement: Measurement):
    assert measurement.scores.keys() - NO_LABEL == measurement.holdout.measured.keys()
    assert not any(
        score.findings - score.right
        for kind, score in measurement.scores.items()
        if kind in NO_LABEL
    )


def test_no_text_is_in_both_sets():
    first, second = (
        {text.labelled.text for text in holdout.read()} for holdout in HOLDOUTS.values()
    )
    assert not first & second
