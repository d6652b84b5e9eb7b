"""What the rules do on texts by another hand (``corpus/handwritten``), never tuned on.

The figures are floors, exactly as measured (docs/privacy.md has them too).
"""

from collections import Counter

import pytest

from corpus.handwritten import HandwrittenText, handwritten_texts
from corpus.scoring import Score, scores
from raise_finetune.dataset.sanitize import FindingType, Sanitizer

# Type: values, those found, findings that touch no value.
MEASURED = {
    "address": (34, 28, 0),
    "birth_date": (19, 19, 0),
    "card": (5, 5, 0),
    "credentials": (6, 5, 0),
    "email": (50, 50, 0),
    "host": (33, 2, 0),
    "iban": (10, 10, 0),
    "ip": (14, 13, 0),
    "login": (41, 1, 0),
    "mac": (8, 8, 0),
    "nir": (8, 8, 0),
    "other": (14, 0, 0),
    "password": (42, 32, 0),
    "person": (224, 136, 0),
    "phone": (68, 64, 0),
    "secret": (33, 30, 0),
    "siren": (4, 4, 0),
    "siret": (5, 5, 0),
    "user": (11, 11, 0),
}
NO_RULE = {"login", "other"}


@pytest.fixture(scope="module")
def texts() -> list[HandwrittenText]:
    return list(handwritten_texts())


@pytest.fixture(scope="module")
def measured(texts: list[HandwrittenText], sanitizer: Sanitizer) -> dict[str, Score]:
    return scores((text.labelled for text in texts), sanitizer)


def test_the_corpus_is_whole(texts: list[HandwrittenText]):
    assert Counter(text.language for text in texts) == {"fr": 151, "en": 96}
    assert len({text.name for text in texts}) == len(texts)
    assert sum(text.name.startswith("negatives: ") for text in texts) == 37


def test_every_label_is_a_type_and_every_mark_is_read(texts: list[HandwrittenText]):
    known = {kind.value for kind in FindingType} | NO_RULE
    for text in texts:
        assert {label.type for label in text.labelled.labels} <= known, text.name
        assert "␣" not in text.labelled.text, text.name
        for label in text.labelled.labels:
            value = text.labelled.text[label.start : label.end]
            assert value == value.strip(), text.name
            assert "[[" not in value, text.name


def test_hard_negatives_hold_no_value(texts: list[HandwrittenText]):
    assert not [
        text.name for text in texts if text.name.startswith("negatives: ") and text.labelled.labels
    ]


def test_tokens_are_the_same_every_time(texts: list[HandwrittenText]):
    assert list(handwritten_texts()) == texts


@pytest.mark.parametrize("kind", MEASURED)
def test_no_type_falls_below_what_was_measured(measured: dict[str, Score], kind: str):
    values, found, wrong = MEASURED[kind]
    score = measured[kind]
    assert score.values == values
    assert score.found >= found, score.missed
    assert score.findings - score.right <= wrong, score.wrong


def test_all_types_are_measured(measured: dict[str, Score]):
    assert measured.keys() == MEASURED.keys()
