"""French or English, by the commonest words."""

import pytest

from raise_finetune.dataset.language import detect_language


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
    ],
)
def test_detect_language(text: str, language: str | None):
    assert detect_language(text) == language


def test_only_the_beginning_is_read():
    assert detect_language("le " * 80 + "the " * 1000) == "fr"
