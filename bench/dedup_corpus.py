"""Questions and answers with planted copies and traps, as JSONL.

``python -m bench.dedup_corpus FILE NUMBER`` writes it; each line is ``[question, answer, family]``.
Two texts of one family are a copy and its original; all others have a family of their own.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from corpus.edits import edited, pair, words

SEED = 5
# Shares of all texts; the rest are texts of 25 to 400 words with nothing in common.
COPIES, FORMS, SHORT = 0.05, 0.05, 0.05
EDITS = 0.05
_SHORT_WORDS = ("yes", "no", "cat", "dog", "oui", "non", "ok", "5 V", "7 V", "stop", "start")

Text = tuple[str, str]


def write_corpus(path: Path, number: int) -> None:
    """Write so many texts, in an order that says nothing."""
    random = Random(SEED)
    lines = list(_families(random, number))
    random.shuffle(lines)
    with path.open("w", encoding="utf-8") as file:
        for (question, answer), family in lines:
            file.write(json.dumps([question, answer, family], ensure_ascii=False) + "\n")


def _families(random: Random, number: int) -> Iterator[tuple[Text, int]]:
    copies, forms, short = (round(number * share) for share in (COPIES, FORMS, SHORT))
    for family in range(copies):
        original = words(random, _length(random))
        yield pair(original), family
        yield pair(edited(random, original, EDITS)), family
    texts = (*_forms(random, forms), *_short(random, short))
    yield from ((text, copies + place) for place, text in enumerate(texts))
    for family in range(copies + forms + short, number - copies):
        yield pair(words(random, _length(random))), family


def _length(random: Random) -> int:
    return min(400, 25 + round(random.expovariate(1 / 90)))


def _forms(random: Random, number: int) -> Iterator[Text]:
    """Yield forms, a hundred of each kind, of which two thirds of the words are the same."""
    for start in range(0, number, 100):
        runs = [words(random, 12) for _ in range(8)]
        for _ in range(min(100, number - start)):
            yield pair([word for run in runs for word in (*run, *words(random, 6))])


def _short(random: Random, number: int) -> Iterator[Text]:
    """Yield short texts that differ in a word or two, if at all."""
    for _ in range(number):
        question = f"Is the pump in state {random.randrange(1000)}?"
        yield question, random.choice(_SHORT_WORDS)


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]))
