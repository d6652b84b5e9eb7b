"""Sizes as the page says them, too: ``frontend/src/features/training/figures.test.ts``."""

import pytest

from raise_finetune.messages import number_said
from raise_finetune.training.sizes import size_said


@pytest.mark.parametrize(
    ("size", "english", "french"),
    [
        (8_489_271_296, "7.9\u00a0GiB", "7,9\u00a0Gio"),
        (107_374_183, "0.1\u00a0GiB", "0,1\u00a0Gio"),
        (107_374_182, "102.4\u00a0MiB", "102,4\u00a0Mio"),
        (524_288, "0.5\u00a0MiB", "0,5\u00a0Mio"),
    ],
)
def test_a_size_is_said_as_the_language_writes_it(size: int, english: str, french: str):
    assert (size_said(size, "en"), size_said(size, "fr")) == (english, french)


@pytest.mark.parametrize(
    ("number", "form", "english", "french"),
    [
        (8.90441, ".4f", "8.9044", "8,9044"),
        (-0.0125, "+.1%", "-1.2%", "-1,2\u00a0%"),
        (128.0, "g", "128", "128"),
    ],
)
def test_a_number_is_said_as_the_language_writes_it(
    number: float, form: str, english: str, french: str
):
    assert [number_said(number, form, language) for language in ("en", "fr")] == [english, french]
