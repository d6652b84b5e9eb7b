from collections.abc import Callable

import pytest

from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer

Found = list[tuple[str, str]]


@pytest.fixture(scope="session")
def sanitizer(tmp_path_factory: pytest.TempPathFactory) -> Sanitizer:
    cache = tmp_path_factory.mktemp("rules")
    return Sanitizer(SanitizeOptions(), KnownValues(), cache=cache)


@pytest.fixture(scope="session")
def found(sanitizer: Sanitizer) -> Callable[[str], Found]:
    """The findings of a text, as (type, value)."""

    def find(text: str) -> Found:
        return [(f.type.value, text[f.start : f.end]) for f in sanitizer.findings(text)]

    return find
