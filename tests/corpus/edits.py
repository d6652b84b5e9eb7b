"""Texts of invented words, and copies of them with some words changed."""

from random import Random

_SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in ("a", "e", "i", "o", "ou", "an", "eur")]


def words(random: Random, count: int) -> list[str]:
    """Return invented words, a few of them common, as in any language."""
    common = ["de", "la", "the", "et", "of", "un", "to", "est"]
    return [
        random.choice(common)
        if random.random() < 0.3
        else "".join(random.choices(_SYLLABLES, k=random.randint(2, 4)))
        for _ in range(count)
    ]


def edited(random: Random, original: list[str], share: float) -> list[str]:
    """Return a copy in which this share of the words is replaced, doubled or left out."""
    copy = list(original)
    for place in random.sample(range(len(copy)), max(1, round(share * len(copy)))):
        match random.choice("rid"):
            case "r":
                copy[place] = words(random, 1)[0] + "x"
            case "i":
                copy[place] += " " + words(random, 1)[0] + "y"
            case _:
                copy[place] = ""
    return copy


def pair(text: list[str]) -> tuple[str, str]:
    """Return a text as question and answer."""
    cut = len(text) // 4
    return " ".join(text[:cut]) + "?", " ".join(filter(None, text[cut:]))
