"""The texts that rules are written from: what they find there, they go on finding."""

import pytest

from corpus.handwritten import HandwrittenText, tuning_texts
from corpus.scoring import Score, scores
from raise_finetune.dataset.sanitize import Sanitizer

# Type: values, those found, findings that touch no value.
MEASURED = {
    "address": (22, 22, 0),
    "birth_date": (27, 25, 1),
    "credentials": (8, 8, 0),
    "host": (115, 107, 0),
    "id_document": (0, 0, 0),
    "ip": (3, 3, 0),
    "login": (90, 61, 0),
    "other": (45, 32, 0),
    "password": (274, 255, 0),
    "person": (320, 303, 0),
    "phone": (35, 35, 0),
    "secret": (26, 26, 0),
    "user": (8, 7, 0),
}


@pytest.fixture(scope="module")
def texts() -> list[HandwrittenText]:
    return list(tuning_texts())


@pytest.fixture(scope="module")
def measured(texts: list[HandwrittenText], sanitizer: Sanitizer) -> dict[str, Score]:
    return scores((text.labelled for text in texts), sanitizer)


@pytest.mark.parametrize("kind", MEASURED)
def test_no_type_falls_below_what_was_reached(measured: dict[str, Score], kind: str):
    values, found, wrong = MEASURED[kind]
    score = measured[kind]
    assert score.values == values
    assert score.found >= found, score.missed
    assert score.findings - score.right <= wrong, score.wrong


def test_hard_negatives_hold_no_value(texts: list[HandwrittenText]):
    negatives = [text for text in texts if text.name.startswith("negatives")]
    assert len(negatives) == 117
    assert not [text.name for text in negatives if text.labelled.labels]
