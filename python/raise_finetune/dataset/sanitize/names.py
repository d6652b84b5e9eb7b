"""First names and the common words that look like names, from the packaged lists."""

import unicodedata
from functools import cache, lru_cache

from raise_finetune.dataset.sanitize.resources import words


@cache
def first_names() -> frozenset[str]:
    """Return the first names that stand for a person even alone."""
    return words("first_names.txt")


@cache
def ambiguous_names() -> frozenset[str]:
    """Return the first names that are also words, cities or products."""
    return words("ambiguous_names.txt")


@cache
def surnames() -> frozenset[str]:
    """Return the surnames that stand for a person even alone."""
    return words("surnames.txt")


@cache
def folded_surnames() -> frozenset[str]:
    """Return the surnames that stand for a person even alone, folded."""
    return frozenset(map(fold, surnames()))


@cache
def folded_nobodies() -> frozenset[str]:
    """Return the folded capitalised words that are no person, though a cue stands before them."""
    listed = words("nobodies.txt") | words("words_after_names.txt")
    return frozenset(map(fold, listed))


@cache
def folded_first_names() -> frozenset[str]:
    """Return every first name of both lists, folded."""
    return frozenset(fold(name) for name in first_names() | ambiguous_names())


@cache
def folded_common_words() -> frozenset[str]:
    """Return the folded words that a conversation never carries alone."""
    listed = words("words_after_names.txt") | words("words_as_surnames.txt") | ambiguous_names()
    return frozenset(fold(word) for word in listed)


@cache
def folded_stop_words() -> frozenset[str]:
    """Return the folded capitalised words that end a name."""
    return frozenset(fold(word) for word in words("words_after_names.txt"))


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """Return the word without case and accents."""
    return unaccented(word.casefold())


def unaccented(text: str) -> str:
    """Return the text without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
