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
    ],
)
def test_hidden_value_is_found(found: Find, text: str, kind: str, value: str):
    assert [(k, v.strip("\u202a\u202c")) for k, v in found(text)] == [(kind, value)]


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
