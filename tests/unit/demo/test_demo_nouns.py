"""The forms of nouns: articles, contractions and elisions."""

import pytest

from raise_finetune.demo.nouns import de, english_forms, french_action, french_forms


@pytest.mark.parametrize(
    ("noun", "of", "to", "a", "it"),
    [
        ("le drone", "du drone", "au drone", "un drone", "il"),
        ("la pompe", "de la pompe", "à la pompe", "une pompe", "elle"),
        ("l'écran", "de l'écran", "à l'écran", "un écran", "il"),
        ("l'unité (f)", "de l'unité", "à l'unité", "une unité", "elle"),
        ("les rails", "des rails", "aux rails", "des rails", "ils"),
        ("un arrêt", "d'un arrêt", "à un arrêt", "un arrêt", "il"),
        ("une fuite", "d'une fuite", "à une fuite", "une fuite", "elle"),
        ("des échos", "d'échos", "à des échos", "des échos", "ils"),
        ("des pannes", "de pannes", "à des pannes", "des pannes", "ils"),
        ("le hacheur", "du hacheur", "au hacheur", "un hacheur", "il"),
    ],
)
def test_french_forms(noun: str, of: str, to: str, a: str, it: str) -> None:
    forms = french_forms("x", noun)
    assert (forms["of_x"], forms["to_x"], forms["a_x"], forms["it_x"]) == (of, to, a, it)


def test_french_capital_and_bare() -> None:
    forms = french_forms("x", "l'unité de commande (f)")
    assert forms["x"] == "l'unité de commande"
    assert forms["X"] == "L'unité de commande"
    assert forms["bare_x"] == "unité de commande"


def test_french_infinitives_elide() -> None:
    assert french_action("f", "éliminer le fouillis")["de_f"] == "d'éliminer le fouillis"
    assert french_action("f", "suivre les avions")["de_f"] == "de suivre les avions"
    assert de("Étienne") == "d'Étienne"


@pytest.mark.parametrize(
    ("noun", "a", "bare"),
    [
        ("the inverter", "an inverter", "inverter"),
        ("the pump", "a pump", "pump"),
        ("loss of power", "a loss of power", "loss of power"),
        ("an alarm", "an alarm", "alarm"),
    ],
)
def test_english_forms(noun: str, a: str, bare: str) -> None:
    forms = english_forms("x", noun)
    assert (forms["a_x"], forms["bare_x"]) == (a, bare)
