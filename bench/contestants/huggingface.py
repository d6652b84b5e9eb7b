"""The same job with ``datasets``, as its users write it: load, filter, map, filter, to_json.

What makes a line is written anew here, in plain Python without our modules, so that equal sets
of lines also check the export.
"""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from xxhash import xxh3_64_intdigest

MINIMUM = 4
VAL_FRACTION = 0.1
STARS = (("x_rating",), ("rating",), ("metadata", "rating"), ("meta", "rating"))
THUMBS = (("x_thumbs",), ("thumbs",), ("metadata", "thumbs"), ("meta", "thumbs"))
LEAK = re.compile(
    "### (?:NOUVELLE QUESTION|NEW QUESTION|QUESTION|CONTEXTE|CONTEXT|HISTORIQUE|HISTORY"
    "|INSTRUCTIONS|RÉPONSE|RESPONSE) ###"
)

Record = dict[str, Any]

datasets: Any = import_module("datasets")  # half typed, so not typed at all


def export(records: str, output: Path) -> None:
    loaded = datasets.load_dataset("json", data_files=records, split="train")
    rated = loaded.filter(is_rated)
    rows = rated.map(make_rows, batched=True, remove_columns=rated.column_names)
    seen: set[str] = set()

    def is_new(text: str) -> bool:
        is_known = text in seen
        seen.add(text)
        return not is_known

    unique = rows.filter(is_new, input_columns="text")
    for split in ("train", "val"):
        side = unique.filter(split.__eq__, input_columns="split")
        side.remove_columns("split").to_json(output / f"{split}.jsonl", force_ascii=False)


def is_rated(record: Record) -> bool:
    return any(rating is not None and rating >= MINIMUM for _, rating in rated_messages(record))


def make_rows(batch: dict[str, list[Any]]) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {"text": [], "split": []}
    for values in zip(*batch.values(), strict=True):
        record = dict(zip(batch, values, strict=True))
        texts = list(inst_texts(record))
        place = xxh3_64_intdigest(record["id"].encode()) / 2**64
        rows["text"] += texts
        rows["split"] += ["val" if place < VAL_FRACTION else "train"] * len(texts)
    return rows


def rated_messages(record: Record) -> Iterator[tuple[Record, float | None]]:
    """Yield each message with its rating, else the conversation's; an invalid one is none."""
    of_all = rating(record)
    for message in record["messages"]:
        own = rating(message)
        found = of_all if own is None else own
        yield message, found if isinstance(found, int | float) else None


def rating(holder: Record) -> float | str | None:
    """Return a number from 1 to 5, "invalid", or None where there is none."""
    stars = first(holder, STARS)
    if stars is not None:
        if isinstance(stars, bool) or not isinstance(stars, int | float):
            return "invalid"
        return stars if 1 <= stars <= 5 else "invalid"
    thumb = first(holder, THUMBS)
    return None if thumb is None else 5 if thumb in ("up", 1, True) else 1


def first(holder: Record, paths: tuple[tuple[str, ...], ...]) -> object:
    return next((found for path in paths if (found := at(holder, path)) is not None), None)


def at(holder: object, path: tuple[str, ...]) -> object:
    for key in path:
        holder = cast("Record", holder).get(key) if isinstance(holder, dict) else None
    return holder


def inst_texts(record: Record) -> Iterator[str]:
    """Yield the text of each answer that is rated well enough, after the exchanges before it."""
    context: list[str] = []
    system = question = ""
    is_application = began = False
    for message, rated in rated_messages(record):
        role, content = message["role"].lower(), message["content"].strip()
        if role == "system":
            system = system if began else f"{content}\n\n"
        elif role == "user":
            is_application = content.startswith("[SYSTEM_FEEDBACK]")
            question = question if is_application else content
            began = True
        else:
            answer = LEAK.split(content)[0].rstrip()
            if question and answer and not is_application:
                if rated is not None and rated >= MINIMUM:
                    yield inst_text(system, [*context, question, answer])
                if rated is not None and rated < MINIMUM:
                    context = []
                else:
                    context += [question, answer]
            question, is_application = "", False


def inst_text(system: str, turns: list[str]) -> str:
    pairs = [
        f"[INST] {question} [/INST] {answer} </s>"
        for question, answer in zip([system + turns[0], *turns[2::2]], turns[1::2], strict=True)
    ]
    return "<s>" + "".join(pairs)


if __name__ == "__main__":
    export(sys.argv[1], Path(sys.argv[2]))
