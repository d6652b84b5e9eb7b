"""Accounts as banks number them at home: RIB, sort codes, routing numbers."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Compte bancaire 30006 00001 12345678901 89", "30006 00001 12345678901 89"),
        ("Coordonnées bancaires : 30006-00001-12345678901-89", "30006-00001-12345678901-89"),
        (
            "Banque\tGuichet\tN° compte\tClé\n30006\t00001\t12345678901\t89",
            "30006\t00001\t12345678901\t89",
        ),
        (
            "| code banque | guichet |\n|---|---|\n| 20041 | 01005 | 0500013M026 | 06 |",
            "20041 | 01005 | 0500013M026 | 06",
        ),
        (
            "Code banque : 30006, code guichet : 00001, n° de compte : 12345678901, clé RIB : 89",
            "12345678901",  # what is not its bank's
        ),
        (
            "Code banque : 30006\nCode guichet : 00001\nCompte : 12345678901\nClé : 89",
            "12345678901",
        ),
    ],
)
def test_french_account_is_found(found: Find, text: str, value: str):
    assert found(text) == [("iban", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Compte bancaire 30006 00001 12345678901 88",  # the key is another
        "Compte bancaire 30006 00001 1234567890İ 89",
        "Compte bancaire 30006 00001 1234567890\N{KELVIN SIGN} 89",
        "au guichet 30006 des dossiers 00001 et 12345",
        "30006 00001 12345678901 89",  # nothing says what it is
    ],
)
def test_other_numbers_are_no_french_account(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("sort code 40-47-84, account number 70872490", ["40-47-84", "70872490"]),
        ("Account number: 70872490, sort code: 404784", ["70872490", "404784"]),
        ("routing number 021000021, account no. 123456789", ["021000021", "123456789"]),
        ("Bank account: 123456789", ["123456789"]),
    ],
)
def test_british_and_american_accounts_are_found(found: Find, text: str, values: list[str]):
    assert found(text) == [("iban", value) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "account number 12345678 of the customer",
        "routing number 021000022",
        "the sort code of the parts is 40-47-84-12",
        "sort code review: 12 findings",
    ],
)
def test_other_accounts_and_codes_are_left(found: Find, text: str):
    assert found(text) == NOTHING
