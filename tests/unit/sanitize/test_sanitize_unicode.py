"""Writings that hide a value."""

import unicodedata
from collections.abc import Callable

import pytest

from raise_finetune.dataset.sanitize.unicode import plain

Find = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("à jean\u200b.dupont@ex\u200bample.fr,", "email", "jean\u200b.dupont@ex\u200bample.fr"),
        ("à jean@exam\u00adple.fr,", "email", "jean@exam\u00adple.fr"),
        ("à \u202ajean@free.fr\u202c,", "email", "jean@free.fr"),
        ("à jean＠free．fr,", "email", "jean＠free．fr"),
        ("à jean@free․fr,", "email", "jean@free․fr"),
        ("à jean@free。fr,", "email", "jean@free。fr"),
        ("au ０６１２３４５６７８.", "phone", "０６１２３４５６７８"),
        ("au 06\u200f 12 34 56 78.", "phone", "06\u200f 12 34 56 78"),
        (
            "FR76\u200b3000600001\u20601234567890189",
            "iban",
            "FR76\u200b3000600001\u20601234567890189",
        ),
        ("mot de passe\u202f: Azerty-77", "password", "Azerty-77"),
        ("jеan@free.fr", "email", "jеan@free.fr"),
        ("au ٠٦١٢٣٤٥٦٧٨.", "phone", "٠٦١٢٣٤٥٦٧٨"),
        ("au ۰۶ ۱۲ ۳۴ ۵۶ ۷۸.", "phone", "۰۶ ۱۲ ۳۴ ۵۶ ۷۸"),
        ("au 𝟬𝟲𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴.", "phone", "𝟬𝟲𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴"),
        (
            "au 0\ufe0f\u20e36\ufe0f\u20e3 12 34 56 78.",
            "phone",
            "0\ufe0f\u20e36\ufe0f\u20e3 12 34 56 78",
        ),
    ],
)
def test_hidden_value_is_found(found: Find, text: str, kind: str, value: str):
    assert [(k, v.strip("\u202a\u202c")) for k, v in found(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "blank",
    ["\u00a0", "\u202f", "\u2000", "\u2007", "\u2009", "\u200a", "\u205f", "\u3000"],
    ids=ascii,
)
@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("au 06 12 34 56 78", "phone", "06 12 34 56 78"),
        ("FR76 3000 6000 0112 3456 7890 189", "iban", "FR76 3000 6000 0112 3456 7890 189"),
        ("4970 6720 1966 0038", "card", "4970 6720 1966 0038"),
        ("née le 3 mai 1980", "birth_date", "3 mai 1980"),
        ("au 12 rue des Lilas, 31000 Toulouse", "address", "12 rue des Lilas, 31000 Toulouse"),
        ("Je m'appelle Jean Dupont", "person", "Jean Dupont"),
    ],
)
def test_any_blank_parts_a_value(found: Find, blank: str, text: str, kind: str, value: str):
    assert found(text.replace(" ", blank)) == [(kind, value.replace(" ", blank))]


@pytest.mark.parametrize(
    "hyphen", ["\u2010", "\u2011", "\u2012", "\u2013", "\u2212", "\uff0d"], ids=ascii
)
@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("au 06-12-34-56-78", "phone", "06-12-34-56-78"),
        ("4970-6720-1966-0038", "card", "4970-6720-1966-0038"),
        ("né le 12-05-1980", "birth_date", "12-05-1980"),
    ],
)
def test_any_hyphen_parts_a_value(found: Find, hyphen: str, text: str, kind: str, value: str):
    assert found(text.replace("-", hyphen)) == [(kind, value.replace("-", hyphen))]


@pytest.mark.parametrize("dot", ["\u00b7", "\u2022", "\u2027"], ids=ascii)
@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("au 06.12.34.56.78", "phone", "06.12.34.56.78"),
        ("4970.6720.1966.0038", "card", "4970.6720.1966.0038"),
    ],
)
def test_any_dot_parts_a_number(found: Find, dot: str, text: str, kind: str, value: str):
    assert found(text.replace(".", dot)) == [(kind, value.replace(".", dot))]


@pytest.mark.parametrize(
    "mark",
    list("\u00ad\u034f\u061c\u180e\u200b\u200d\u200f\u202e\u2060\u2066\ufe0f\ufeff"),
    ids=ascii,
)
@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("jean@ex", "ample.fr", "email"),
        ("06 12 3", "4 56 78", "phone"),
        ("4970 6720 19", "66 0038", "card"),
        ("ghp_aB3dE5fG7hJ9kL1m", "aB3dE5fG7hJ9kL1mabcd", "secret"),
    ],
)
def test_no_invisible_mark_hides_a_value(
    found: Find, mark: str, first: str, second: str, kind: str
):
    assert found(f"à {first}{mark}{second}") == [(kind, first + mark + second)]


@pytest.mark.parametrize(
    "text",
    [
        "jean@free·fr",  # these dots, in any value
        "82‧65‧12‧44",
        "06 — 12 — 34 — 56 — 78",
        "O6 12 34 56 78",
        "⁰⁶ ¹² ³⁴ ⁵⁶ ⁷⁸",
        "mdр : Azerty-77",  # a Cyrillic letter in the cue
        "mot de passe ： azerty",
        "né le 12⁄05⁄1980",
    ],
)
def test_what_the_documentation_says_is_not_covered(found: Find, text: str):
    assert found(text) == []


def test_decomposed_accents(found: Find):
    text = unicodedata.normalize(
        "NFD", "Née le 3 août 1977, clé d'accès : aB3dE5fG7hJ9kL1m, /home/élodie/x"
    )
    kinds = [kind for kind, _ in found(text)]
    assert kinds == ["birth_date", "secret", "user"]
    assert found(text)[2][1] == unicodedata.normalize("NFD", "élodie")


def test_json_inside_a_string(found: Find):
    text = r'{"note": "Bonjour\nJean Dupont\n06 12 34 56 78", "h": "n\u00e9 le 1/2/1990"}'
    assert found(text) == [
        ("person", "Jean Dupont"),
        ("phone", "06 12 34 56 78"),
        ("birth_date", "1/2/1990"),
    ]


def test_plain_keeps_the_way_back():
    text = "a\u200bb\\né\u0301０\\u00e9 e\u0301."
    undone, origin = plain(text)
    assert undone == "ab\né\u03010é é."
    assert origin[-1] == len(text)
    assert [text[origin[i]] for i in (0, 1, 3, 5)] == ["a", "b", "é", "０"]
    assert len(origin) == len(undone) + 1
