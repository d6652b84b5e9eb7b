"""What was masked holds nothing more: the scan after writing would refuse the export."""

import pytest

from corpus.handwritten import tuning_texts
from corpus.labelled import labelled_texts
from raise_finetune.dataset.sanitize import (
    FindingType,
    KnownValues,
    SanitizeOptions,
    Sanitizer,
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Plaques : AB-123-CD et EF-456-GH", "Plaques : <PLATE_1> et <PLATE_2>"),
        (
            "immatriculées AB-123-CD, EF-456-GH, AB-123-CD",
            "immatriculées <PLATE_1>, <PLATE_2>, <PLATE_1>",
        ),
        ("Le code PIN est 1234 ou 5678.", "Le code PIN est <PASSWORD_1> ou <PASSWORD_2>."),
        (
            "Le code PIN est 1234. Puis 5678 lignes.",
            "Le code PIN est <PASSWORD_1>. Puis 5678 lignes.",
        ),
        ("pin 1234 5678 9012", "pin <PASSWORD_1> <PASSWORD_2> <PASSWORD_3>"),
        (
            "the password is Lapwing_7. The password is just Lapwing_7 in lower case",
            "the password is <PASSWORD_1>. The password is just <PASSWORD_1> in lower case",
        ),
        (
            "ma clé d'API est q7Xz2mK9vB4tR8\nChrome/120.0.3796.114 Safari",
            "ma clé d'API est <SECRET_1>\nChrome/120.0.3796.114 Safari",
        ),
    ],
)
def test_a_cue_announces_several_values_or_none_but_the_masked_one(
    sanitizer: Sanitizer, text: str, masked: str
):
    (group,) = sanitizer.sanitize([[text]])
    assert group.texts == [masked]
    assert not sanitizer.scan(group.texts)


def test_many_values_after_one_cue_are_found_as_far_as_it_reaches(sanitizer: Sanitizer):
    """The text stays readable in linear time: only a stretch of it is looked at for each cue."""
    text = "pin " + " ".join(f"{number:04}" for number in range(1000, 1100))
    (group,) = sanitizer.sanitize([[text]])
    assert group.counts[FindingType.PASSWORD] >= 4
    assert not sanitizer.scan(group.texts)


@pytest.mark.parametrize("bytes_per_value", [30, 150, 500])
def test_nothing_is_left_in_generated_texts(sanitizer: Sanitizer, bytes_per_value: int):
    texts = [text.text for text in labelled_texts(11, 600, bytes_per_value=bytes_per_value)]
    masked = [group.texts[0] for group in sanitizer.sanitize([[text] for text in texts])]
    assert not sanitizer.scan(masked)


def test_nothing_is_left_in_texts_by_hand(sanitizer: Sanitizer):
    texts = [text.labelled.text for text in tuning_texts()]
    masked = [group.texts[0] for group in sanitizer.sanitize([[text] for text in texts])]
    assert not sanitizer.scan(masked)


def test_a_thorough_one_masks_what_comes_into_reach_of_a_cue():
    text = 'n° sécu 154095950388853 pour le dossier "timestamp": 1779166870475'
    sanitizer = Sanitizer(SanitizeOptions(numbering="dataset"), KnownValues())
    (once,) = sanitizer.sanitize([[text]])
    (settled,) = sanitizer.thorough().sanitize([[text]])
    assert once.texts == ['n° sécu <NIR_1> pour le dossier "timestamp": 1779166870475']
    assert settled.texts == ['n° sécu <NIR_1> pour le dossier "timestamp": <NIR_2>']
    assert settled.counts == {FindingType.NIR: 2}


def test_a_thorough_one_changes_nothing_where_nothing_is_uncovered(sanitizer: Sanitizer):
    groups = [[text.labelled.text] for text in tuning_texts()]
    assert sanitizer.thorough().sanitize(groups) == sanitizer.sanitize(groups)
