from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("écris à jean.dupont@gmail.com.", "jean.dupont@gmail.com"),
        ("<jean+news@mail.example.co.uk>", "jean+news@mail.example.co.uk"),
        ("zoé@société.fr", "zoé@société.fr"),
        ("josé@x.fr a répondu", "josé@x.fr"),
        ("contact@xn--socit-esab.fr", "contact@xn--socit-esab.fr"),
        ("l'adresse d'infos@acme.fr", "infos@acme.fr"),
        ("mailto:A.B@C.ORG?subject=x", "A.B@C.ORG"),
        ("jean [at] free [dot] fr", "jean [at] free [dot] fr"),
        ("jean.dupont(at)free.fr", "jean.dupont(at)free.fr"),
        ("jean arobase free point fr", "jean arobase free point fr"),
        ("jean (point) petit (chez) free (point) fr", "jean (point) petit (chez) free (point) fr"),
        ("jean [at] acme [dot] example", "jean [at] acme [dot] example"),
        ("jean AT free DOT fr", "jean AT free DOT fr"),
        ("?mail=jean%40free.fr&x=1", "jean%40free.fr"),
    ],
)
def test_email_is_found(found: Find, text: str, value: str):
    assert ("email", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "git clone git@github.com:acme/projet.git",
        "@property",
        "logo@2x.png",
        "lodash@4.17.21",
        "return@forEach",
        "look at this dot on the map",
        "on se voit à 8h @ Lyon",
        "user@localhost",
        "il est at home",
    ],
)
def test_what_looks_like_an_email_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    "number",
    [
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "06/12/34/56/78",
        "06\u00a012\u00a034\u00a056\u00a078",
        "06\u202f12\u202f34\u202f56\u202f78",
        "06\u201112\u201134\u201156\u201178",
        "06 12345678",
        "0612 345 678",
        "06 - 12 - 34 - 56 - 78",
        "+33 6 12 34 56 78",
        "+33612345678",
        "+33 (0)6 12 34 56 78",
        "+33(0)612345678",
        "0033 6 12 34 56 78",
        "+44 20 7946 0958",
        "+1 (415) 555-2671",
        "+32 470 12 34 56",
        "+49 30 901820",
        "(212) 555-0123",
        "212-555-0123",
    ],
)
@pytest.mark.parametrize(
    "frame", ["Appelle le {} demain.", "{}", "tél\u00a0: {}", "({})", "- {}\n"]
)
def test_phone_is_found(found: Find, number: str, frame: str):
    assert ("phone", number) in found(frame.format(number))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Call me at 555 0123 456", "555 0123 456"),
        ("my phone number is 020 7946 0958", "020 7946 0958"),
        ("mon numéro est le 514 555 0123", "514 555 0123"),
        ("TÉLÉPHONE : 022 345 67 89", "022 345 67 89"),
    ],
)
def test_foreign_national_number_needs_a_cue(found: Find, text: str, value: str):
    assert ("phone", value) in found(text)
    assert found(f"le lot {value} est prêt") == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "01/02/2024 10:30",
        "le 01.02.2024 à 10",
        "Commande n° 0612345678",
        "order number 0612345678",
        "ISBN 0-306-40615-2",
        "ISBN 0306406152",
        "1700000000",
        "1700000000000",
        "3,0612345678",
        "0612345678901234",
        "+1000000",
        "2024-01-02-03-04-05",
        "tél. portable : voir l'annuaire 2024",
        "REF-0612345678",
        "github.com/acme/projet/commit/0612345678",
        "0123456789",
        "Buffer 01 02 03 04 05",
        "11:00:01.12345678",
        "0614-050707-104-8",
        "c-.02-.03-.085-.076-.195-.046",
    ],
)
def test_what_looks_like_a_phone_is_left(found: Find, text: str):
    assert found(text) == NOTHING


def test_number_after_a_phone_is_not_swallowed(found: Find):
    assert found("+33 6 12 34 56 78 2024") == [("phone", "+33 6 12 34 56 78")]
    assert found("06 12 34 56 78 et 07 98 76 54 32") == [
        ("phone", "06 12 34 56 78"),
        ("phone", "07 98 76 54 32"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tel: (020) 7946 0958", "(020) 7946 0958"),
        ("phone 030/1234567", "030/1234567"),
        ("Tél. 02/345.67.89", "02/345.67.89"),
        ("ring me on 07700 900 123", "07700 900 123"),
        ("call me on 07700 900123", "07700 900123"),
        ("appelez-moi au 514 555 0143", "514 555 0143"),
        ("joignable au 021 555 12 34", "021 555 12 34"),
        ("reach me at 415 555 0132", "415 555 0132"),
        ("GSM: 0475/12.34.56", "0475/12.34.56"),
        ("Mob.: 0171 2345678", "0171 2345678"),
        ("Mobile (perso) : 079 555 12 34", "079 555 12 34"),
        ("standard : 022 555 12 34", "022 555 12 34"),
        ("ligne directe : 02 555 12 34", "02 555 12 34"),
        ("direct line: 555 0132 44", "555 0132 44"),
        ("contact number: 07700-900-123", "07700-900-123"),
        ("rappelle-moi au 0475 12 34 56", "0475 12 34 56"),
        ("call us at 1-800-555-0199", "1-800-555-0199"),
        ("hotline : 0800 123 4567", "0800 123 4567"),
        ("Tel.: +41 (0)21 555 12 34", "+41 (0)21 555 12 34"),
        ("(+33) 6 12 34 56 78", "(+33) 6 12 34 56 78"),
        ("text us on 07700 900123", "07700 900123"),
        ("phone_number=4155550132", "4155550132"),
        ("nom;tel;cp\ndurand;0612345678;75001", "0612345678"),
        ("durand,0612345678,75001", "0612345678"),
        ("75001,0612345678", "0612345678"),
        ("tel=0612345678", "0612345678"),
        ("cell: 415.555.0132", "415.555.0132"),
        ("fixe : 01.42.68.53.00", "01.42.68.53.00"),
        ("06 12 34 56 78 (soir)", "06 12 34 56 78"),
    ],
)
def test_number_is_found_after_a_cue_or_in_a_column(found: Find, text: str, value: str):
    assert ("phone", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "01 02 03 04 05 06",
        "12 02 03 04 05 06",
        "99 01 42 68 53 00",
        "hotline ouverte de 9 h à 18 h",
        "standard : 802.11",
        "standard ISO 27001:2022",
        "appel d'offres 2024-1234567",
        "1,0612345678",
        "ligne directe : non",
        "call us at 10:30",
        "joignable au bureau",
        "mobile: 2024-05-12",
        "0.0612345678",
        "prix fixe : 120",
    ],
)
def test_numbers_of_other_kinds_are_left(found: Find, text: str):
    assert [value for kind, value in found(text) if kind == "phone"] == []
