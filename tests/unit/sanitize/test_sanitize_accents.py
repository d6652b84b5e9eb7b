"""Every accented cue in four writings: a pattern in the wrong encoding loses them in silence."""

import unicodedata
from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def bare(text: str) -> str:
    return "".join(char for char in decomposed(text) if not unicodedata.combining(char))


@pytest.mark.parametrize("write", [str, decomposed, str.upper, bare])
@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("né le 3 mai 1980", "birth_date", "3 mai 1980"),
        ("née le 3 août 1980", "birth_date", "3 août 1980"),
        ("Date de naissance (bébé) : 12/02/2021", "birth_date", "12/02/2021"),
        ("Tél : 514 555 0123", "phone", "514 555 0123"),
        ("numéro de téléphone 514 555 0123", "phone", "514 555 0123"),
        ("numéro direct : 514 555 0123", "phone", "514 555 0123"),
        ("code de récupération : 7KQ2M-9XW4P", "secret", "7KQ2M-9XW4P"),
        ("clé partagée -> aB3dE5fG7hJ9kL1m", "secret", "aB3dE5fG7hJ9kL1m"),
        ("clé d’accès : aB3dE5fG7hJ9kL1m", "secret", "aB3dE5fG7hJ9kL1m"),
        ("clé API = aB3dE5fG7hJ9kL1mN", "secret", "aB3dE5fG7hJ9kL1mN"),
        ("code d’accès : 4821", "password", "4821"),
        ("mot de passe généré : Azerty-77", "password", "Azerty-77"),
        ("clé du wifi : ruche-2719", "password", "ruche-2719"),
        ("code de déverrouillage : 4821", "password", "4821"),
        ("accès : stagiaire - Mars2025", "password", "Mars2025"),
        ("numéro SIREN : 341238095", "siren", "341238095"),
        ("carte numéro 4970672019660038", "card", "4970672019660038"),
        ("n° de sécurité sociale : 2 91 11 69 251 765 09", "nir", "2 91 11 69 251 765 09"),
        ("Prénom : Anaïs", "person", "Anaïs"),
        ("Je m’appelle Anaïs Lefèvre", "person", "Anaïs Lefèvre"),
        ("Référent : Anaïs Lefèvre", "person", "Anaïs Lefèvre"),
        ("Très cordialement,\nBénédicte Lefèvre", "person", "Bénédicte Lefèvre"),
        ("12 allée des Érables, 69003 Lyon", "address", "12 allée des Érables, 69003 Lyon"),
        ("3 chaussée d’Antin, 75009 Paris", "address", "3 chaussée d’Antin, 75009 Paris"),
        ("Résidence Les Glycines, 34070 Pau", "address", "Résidence Les Glycines, 34070 Pau"),
        ("née en février 1985", "birth_date", "février 1985"),
        ("C:\\Users\\Jérôme\\x", "user", "Jérôme"),
        ("Courriel : hélène.noël@free.fr", "email", "hélène.noël@free.fr"),
    ],
)
def test_a_cue_is_read_in_any_writing(
    found: Find, text: str, kind: str, value: str, write: Callable[[str], str]
):
    assert found(write(text)) == [(kind, write(value))]
