"""French or English, by the commonest words."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import cast

import pytest

from raise_finetune.dataset.sources.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Comment vérifier cette exigence ?", "fr"),
        ("How do I verify this requirement?", "en"),
        ("Où est la source ?", "fr"),
        ("The system shall be available.", "en"),
        ("", None),
        ("42", None),
        ("Capella", None),
        ("de the", None),
        ("日本語のテキスト", None),
        ("La bomba debe parar en menos de cinco segundos cuando el sensor está roto.", None),
        ("Die Pumpe muss in weniger als fünf Sekunden anhalten.", None),
        ("La pompa deve fermarsi in meno di cinque secondi, come è scritto.", None),
        ("A bomba deve parar em menos de cinco segundos, mas não sempre.", None),
        ("De pomp moet binnen vijf seconden stoppen, ook als het koud is.", None),
        ("La pompe doit s’arrêter en moins de cinq secondes.", "fr"),
        ("The pump shall stop within five seconds.", "en"),
        ("Il faut le vérifier.", "fr"),
    ],
)
def test_detect_language(text: str, language: str | None):
    assert detect_language(text) == language


def test_only_the_beginning_is_read():
    assert detect_language("le " * 80 + "the " * 1000) == "fr"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_demo_says_is_told_right(language: str):
    """What has a dozen words, code among it, which may hold none of any language."""
    folder = Path(str(files("raise_finetune.demo"))) / "texts" / language
    texts = [
        text
        for path in sorted(folder.glob("*.toml"))
        for text in _strings(tomllib.loads(path.read_text("utf-8")))
        if len(text.split()) >= 12
    ]
    wrong = [text for text in texts if detect_language(text) != language]
    assert len(texts) > 300
    assert len(wrong) / len(texts) < 0.02, wrong


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [
            text for each in cast("dict[str, object]", value).values() for text in _strings(each)
        ]
    if isinstance(value, list):
        return [text for each in cast("list[object]", value) for text in _strings(each)]
    return []
