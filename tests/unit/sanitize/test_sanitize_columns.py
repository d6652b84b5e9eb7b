"""Dates of birth whose cue is their column's name, and birthdays that tell the year."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("nom,naissance\nA,1987-03-12\nB,1990-07-21\n", ["1987-03-12", "1990-07-21"]),
        ("id;birth_date;grade\n41;1979-01-30;B2", ["1979-01-30"]),
        ("| Agent | Né(e) le |\n|---|---|\n| A12 | 02/04/1969 |", ["02/04/1969"]),
        ("site\tDate de naissance\nBrest\t30.09.1974", ["30.09.1974"]),
        ("INSERT INTO a (id, date_naissance) VALUES (1, '1969-04-02');", ["1969-04-02"]),
        ("insert into a (dob, n) values ('x', 1), (2, 3), (\t'1969/04/02', 4)", ["1969/04/02"]),
        ("Il fêtera ses 40 ans le 9 décembre 2026.", ["9 décembre 2026"]),
        ("She turns 40 on December 9, 2026.", ["December 9, 2026"]),
        ("Geburtsdatum: 12.03.1987", ["12.03.1987"]),
        ("geboren am 5. März 1980", ["5. März 1980"]),
        ("fecha de nacimiento: 5 de mayo de 1980", ["5 de mayo de 1980"]),
        ("My birthday's on March 12th", ["March 12th"]),
        ("son anniv c’est le 9 décembre", ["9 décembre"]),
    ],
)
def test_date_of_birth_is_found(found: Find, text: str, dates: list[str]):
    assert found(text) == [("birth_date", date) for date in dates]


@pytest.mark.parametrize(
    "text",
    [
        "date_naissance,creation\n,2024-03-12\n",  # the other column
        "nom,livraison\nA,2024-03-12\n",
        "| Lot | Livré le |\n|---|---|\n| A12 | 02/04/2019 |",
        "naissance,ville\n\nlot,2024-03-12",  # another table
        "INSERT INTO lots (id, shipped) VALUES (12, '2019-04-02');",
        "VALUES (12, '2019-04-02')",
        "birth of the project; released on 2019-04-02",
        "Le projet aura 3 ans",
    ],
)
def test_other_date_is_left(found: Find, text: str):
    assert found(text) == []
