from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("J'habite au 12 rue de la Paix, 75002 Paris.", "12 rue de la Paix, 75002 Paris"),
        ("12 bis, avenue Jean-Jaurès 69007 Lyon", "12 bis, avenue Jean-Jaurès 69007 Lyon"),
        ("au 3 allée des Érables et c'est tout", "3 allée des Érables"),
        ("12 RUE VICTOR HUGO, 75016 PARIS", "12 RUE VICTOR HUGO, 75016 PARIS"),
        ("5 bd de l’Hôpital à Paris.", "5 bd de l’Hôpital à Paris"),
        ("8 place de l'Église\n42000 Saint-Étienne", "8 place de l'Église\n42000 Saint-Étienne"),
        ("14 rue des lilas je crois", "14 rue des lilas"),
        ("12-14 quai de la Râpée", "12-14 quai de la Râpée"),
        ("1 rue du Port, 35400 Saint-Malo Cedex 2", "1 rue du Port, 35400 Saint-Malo Cedex 2"),
        ("221B Baker Street, London NW1 6XE", "221B Baker Street, London NW1 6XE"),
        (
            "1600 Pennsylvania Avenue, Washington, DC 20500",
            "1600 Pennsylvania Avenue, Washington, DC 20500",
        ),
        ("at 350 5th Ave, New York, NY 10118!", "350 5th Ave, New York, NY 10118"),
        ("I live at 48 Rose Lane.", "48 Rose Lane"),
        ("code postal 31000 Toulouse", "31000 Toulouse"),
    ],
)
def test_address_is_found(found: Find, text: str, value: str):
    assert found(text) == [("address", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Il reste 12 places et 3 cours par semaine.",
        "2 places disponibles",
        "la rue est calme",
        "3 cours de maths",
        "5 routes possibles",
        "place de marché",
    ],
)
def test_what_is_no_address_is_left(found: Find, text: str):
    assert [kind for kind, _ in found(text) if kind == "address"] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("né le 12/03/1985", "12/03/1985"),
        ("Née le 1er avril 1990 à Lyon", "1er avril 1990"),
        ("NÉE LE 12 FÉVRIER 1985", "12 FÉVRIER 1985"),
        ("née à Orléans le 3 août 1977", "3 août 1977"),
        ("né(e) le : 12-03-85", "12-03-85"),
        ("Date de naissance\u00a0: 12.03.1985", "12.03.1985"),
        ("nee le 12/03/1985", "12/03/1985"),
        ("born on March 12th, 1985", "March 12th, 1985"),
        ("DOB: 1985-03-12", "1985-03-12"),
        ('"birthDate": "1985-03-12"', "1985-03-12"),
        ("son anniversaire est le 3 décembre 1985", "3 décembre 1985"),
    ],
)
def test_date_of_birth_is_found(found: Find, text: str, value: str):
    assert found(text) == [("birth_date", value)]


@pytest.mark.parametrize(
    "text",
    [
        "le 12/03/1985",
        "ne pas livrer avant le 12/03/2024",
        "réunion du 3 août 1977",
        "born in the USA",
    ],
)
def test_other_dates_are_left(found: Find, text: str):
    assert found(text) == NOTHING
