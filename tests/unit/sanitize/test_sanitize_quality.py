"""The floors of recall and precision on the labelled corpus (figures: docs/privacy.md)."""

import pytest

from corpus.labelled import LabelledText, labelled_texts
from corpus.scoring import Score, scores
from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer

EXACT = ["card", "credentials", "email", "iban", "ip", "mac", "nir", "secret", "siren", "siret"]
CUED = ["address", "birth_date", "id_document", "password", "phone", "plate", "user"]


@pytest.fixture(scope="module")
def measured() -> dict[str, Score]:
    sanitizer = Sanitizer(SanitizeOptions(), KnownValues())
    return scores(labelled_texts(4242, 2500, bytes_per_value=200), sanitizer)


@pytest.mark.parametrize("kind", EXACT)
def test_types_with_a_checksum_or_a_prefix(measured: dict[str, Score], kind: str):
    assert measured[kind].values > 200
    assert measured[kind].recall >= 0.99, measured[kind].missed
    assert measured[kind].precision >= 0.97, measured[kind].wrong


@pytest.mark.parametrize("kind", CUED)
def test_types_with_a_cue(measured: dict[str, Score], kind: str):
    assert measured[kind].values > 200
    assert measured[kind].recall >= 0.95, measured[kind].missed
    assert measured[kind].precision >= 0.95, measured[kind].wrong


def test_the_corpus_is_the_same_every_time():
    def texts(seed: int) -> list[LabelledText]:
        return list(labelled_texts(seed, 5))

    assert texts(1) == texts(1)
    assert texts(1) != texts(2)


def test_labels_stand_where_they_say():
    for text in labelled_texts(5, 50, bytes_per_value=100):
        for label in text.labels:
            assert text.text[label.start : label.end].strip()
