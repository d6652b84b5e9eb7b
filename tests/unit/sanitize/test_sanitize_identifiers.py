from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    "iban",
    [
        "FR7630006000011234567890189",
        "FR76 3000 6000 0112 3456 7890 189",
        "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189",
        "FR76-3000-6000-0112-3456-7890-189",
        "fr7630006000011234567890189",
        "DE89370400440532013000",
        "GB29 NWBK 6016 1331 9268 19",
        "BE68 5390 0754 7034",
    ],
)
def test_iban_is_found(found: Find, iban: str):
    assert found(f"IBAN : {iban}, merci") == [("iban", iban)]
    assert found(iban) == [("iban", iban)]


@pytest.mark.parametrize(
    "text",
    [
        "FR76 3000 6000 0112 3456 7890 188",
        "ZZ7630006000011234567890189",
        "xFR7630006000011234567890189",
        "FR7630006000011234567890189A",
    ],
)
def test_iban_with_a_wrong_key_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    "card",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111\u00a01111\u00a01111\u00a01111",
        "5555 5555 5555 4444",
        "378282246310005",
        "3782 822463 10005",
        "2223 0031 2200 3222",
    ],
)
def test_card_is_found(found: Find, card: str):
    assert found(f"ma carte {card} exp 12/26") == [("card", card)]
    assert found(f"x {card}.") == [("card", card)]


@pytest.mark.parametrize("card", ["6304000000000000", "4222222222222", "36227206271667"])
def test_unusual_card_needs_a_cue(found: Find, card: str):
    assert ("card", card) in found(f"carte {card}")


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "1700000000000",
        "41111111-1111-4111-8111-111111111111",
        "9111111111111111",
        "6011",
        "501680158 504654542",
    ],
)
def test_what_looks_like_a_card_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    "nir",
    [
        "1 85 05 78 006 084 91",
        "185057800608491",
        "2 84 12 2A 123 456 " + "{:02}",
        "1 85 05 78 006 084",
        "1.85.05.78.006.084.91",
        "1 85 05 78 006 084 clé 91",
    ],
)
def test_nir_is_found(found: Find, nir: str):
    if "{" in nir:
        nir = nir.format(97 - int("2841219123456") % 97)
    assert found(f"n° de sécu {nir}.") == [("nir", nir)]
    assert found(nir) == [("nir", nir)]


def test_nir_without_key_and_spaces_needs_a_cue(found: Find):
    assert found("1850578006084") == NOTHING
    assert found("sécurité sociale : 1850578006084") == [("nir", "1850578006084")]


@pytest.mark.parametrize(
    "text",
    [
        "1 85 05 78 006 084 92",
        "1 85 13 78 006 084",
        "1718900000000",
        "1880323199.999",
        "u = 1.84556867019693",
    ],
)
def test_what_looks_like_a_nir_is_left(found: Find, text: str):
    assert found(text) == NOTHING


def test_siret_and_siren(found: Find):
    assert found("732 829 320 00074") == [("siret", "732 829 320 00074")]
    assert found("73282932000074") == [("siret", "73282932000074")]
    assert found("SIREN 732 829 320") == [("siren", "732 829 320")]
    assert found("RCS Paris B 732829320") == [("siren", "732829320")]
    assert found("TVA FR44732829320") == [("siren", "FR44732829320")]


@pytest.mark.parametrize(
    "text",
    [
        "732 829 320",
        "732829320",
        "732 829 320 00075",
        "SIREN 732 829 321",
        "20240115123045",
        "FR45732829320",
    ],
)
def test_company_number_without_cue_or_key_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    "uuid",
    [
        "3da935c7-0047-4226-8900-704c62b4ad2c",  # holds what has a telephone number's shape
        "d20a9a3d-6409-4581-9756-2d3918de20f3",  # a card's
        "a521ddfc-ad62-4fa2-9b44-4d7b54dc7e15",  # an IBAN's
    ],
)
def test_a_uuid_holds_no_number_even_where_its_key_is_right(found: Find, uuid: str):
    assert found(f"élément {uuid}#3") == NOTHING
    assert found(f"élément {uuid.upper()}") == NOTHING


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4970672019660038", "4970672019660038"),
        ("4970 6720 1966 0038", "4970 6720 1966 0038"),
        ("4970 6720 1966 0038 12/27", "4970 6720 1966 0038"),
        ("carte : 4970 6720 1966 0038 123", "4970 6720 1966 0038"),
    ],
)
def test_card_is_found_beside_other_numbers(found: Find, text: str, value: str):
    assert ("card", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "1234 5678 9012 3456",
        "0000 5678 9012 3456 1111",
        "9999 5018 0000 0009",
        "5018 0000 0009 1111",
    ],
)
def test_part_of_a_longer_number_is_no_card(found: Find, text: str):
    assert [value for kind, value in found(text) if kind == "card"] == []
