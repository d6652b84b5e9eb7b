"""Sizes as the page says them, too: ``frontend/src/features/training/figures.test.ts``."""

import pytest

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
