"""Rated answers → what preference trainers learn from: pairs (DPO) or judged answers (KTO).

A pair travels as one example whose last two messages are the rejected and the chosen answer, so
that every later stage that looks at messages (control tokens, masking) looks at both.
"""

import pickle
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TypeAlias

from xxhash import xxh3_64_intdigest

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Example, Message
from raise_finetune.dataset.split import Split, split_of

# Answers closer than a star say little about what people prefer.
SMALLEST_GAP = 1.0
_BATCH = 64

# An example and its place among all that were read.
_Placed: TypeAlias = tuple[int, Example]
# What two answers must share to be compared: the side of the split, and the prompt.
_Rivalry: TypeAlias = tuple[Split, tuple[Message, ...]]


def prefer(
    batches: Iterable[list[Example]], recipe: ExportRecipe, folder: Path, ledger: Ledger
) -> Iterator[list[Example]]:
    """Yield the examples as the recipe's task needs them; those of ``sft`` are that already.

    For ``dpo`` all examples wait in ``folder`` until those with the same prompt are known.
    """
    if recipe.output.task == "sft":
        yield from batches
    elif recipe.output.task == "kto":
        for batch in batches:
            for example in batch:
                example.good = example.rating >= recipe.rating.minimum
            yield batch
    else:
        yield from _pair(batches, recipe, folder, ledger)


def _pair(
    batches: Iterable[list[Example]], recipe: ExportRecipe, folder: Path, ledger: Ledger
) -> Iterator[list[Example]]:
    """Yield the pairs in the order in which their chosen answers were read.

    Two answers are compared only where their conversations stand on the same side of the split.
    So a pair has the side of both, which neither changes for the other's sake when data grows.
    """
    pairs: list[_Placed] = []
    rivals: defaultdict[_Rivalry, list[_Placed]] = defaultdict(list)
    with TemporaryFile(dir=folder) as waiting:
        hashes = _write(batches, waiting)
        repeated = {one for one, other in pairwise(sorted(hashes)) if one == other}
        for place, example in enumerate(_read(waiting)):
            if example.paired:  # a correction, and the answer that it corrects
                pairs.append((place, example))
            elif hashes[place] in repeated:
                side = split_of(example.group, recipe.output)
                rivals[side, tuple(example.messages[:-1])].append((place, example))
            else:
                ledger.mark(example.record, "no_pair")
    for answers in rivals.values():
        pairs += _match(answers, recipe.rating.minimum, ledger)
    pairs.sort(key=lambda placed: placed[0])
    for start in range(0, len(pairs), _BATCH):
        yield [example for _, example in pairs[start : start + _BATCH]]


def _match(answers: list[_Placed], minimum: float, ledger: Ledger) -> Iterator[_Placed]:
    """Pair answers to one prompt off: the best with the worst, the next with the next.

    So each record stands in one row. What finds no partner gets the fate *no_pair*, a rejected
    answer *compared*.
    """
    # Of answers that are rated the same the newest counts most; the name decides last.
    answers.sort(key=lambda placed: placed[1].record)
    answers.sort(key=lambda placed: (placed[1].rating, placed[1].date), reverse=True)
    while answers:
        place, chosen = answers.pop(0)
        worst = _worst(answers, chosen) if chosen.rating >= minimum else None
        if worst is None:
            ledger.mark(chosen.record, "no_pair")
            continue
        _, rejected = answers.pop(worst)
        ledger.mark(rejected.record, "compared", chosen.record)
        chosen.messages = [*chosen.messages[:-1], rejected.messages[-1], chosen.messages[-1]]
        chosen.repairs = [*chosen.repairs, *rejected.repairs]
        chosen.paired = True
        yield place, chosen


def _worst(answers: list[_Placed], chosen: Example) -> int | None:
    """Return the place of the worst answer that says something else and is rated lower."""
    for place in range(len(answers) - 1, -1, -1):
        answer = answers[place][1]
        if chosen.rating - answer.rating < SMALLEST_GAP:
            return None
        if answer.messages[-1] != chosen.messages[-1]:
            return place
    return None


def _write(batches: Iterable[list[Example]], file: IO[bytes]) -> "array[int]":
    """Write the examples down; return a hash of each one's prompt."""
    hashes = array("Q")
    for batch in batches:
        for example in batch:
            pickle.dump(example, file, pickle.HIGHEST_PROTOCOL)
            prompt = "\0".join(f"{role}\0{content}" for role, content in example.messages[:-1])
            hashes.append(xxh3_64_intdigest(prompt.encode("utf-8", "surrogatepass")))
    return hashes


def _read(file: IO[bytes]) -> Iterator[Example]:
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 - nobody but ``_write`` has written there
        except EOFError:
            return
