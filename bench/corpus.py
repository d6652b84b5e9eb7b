"""The pinned corpus: the demo's conversations as files, and the same records in one JSONL file.

``python -m bench.corpus FOLDER CONVERSATIONS`` writes it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

SEED = 0
COLLECTION = ("un2", "default", "conversations")


class Corpus(NamedTuple):
    """Where a corpus lies: a domain, the folder of its conversations, and one JSONL file."""

    domain: Path
    conversations: Path
    records: Path


def corpus(folder: Path, conversations: int) -> Corpus:
    """Return the corpus in ``folder``, which is written where it is missing."""
    made = _places(folder)
    if not made.records.exists():
        # In a process of its own: see ``processes``.
        subprocess.run(
            [sys.executable, "-m", "bench.corpus", str(folder), str(conversations)], check=True
        )
    return made


def write_corpus(folder: Path, conversations: int) -> None:
    """Write the domain and the JSONL file, the latter last."""
    from raise_finetune.demo.domain import write_demo

    made = _places(folder)
    write_demo(made.domain, conversations, SEED)
    unfinished = made.records.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        for record in _records(made.conversations):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    unfinished.rename(made.records)


def _places(folder: Path) -> Corpus:
    space, database, collection = COLLECTION
    conversations = folder / "domain" / space / database / "collections" / collection
    return Corpus(folder / "domain", conversations, folder / "records.jsonl")


def _records(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the conversations with the rating of each answer in one column, as a number or null.

    Anybody who uses ``datasets`` would clean this first: a column of numbers, booleans and words
    makes it keep each message as a string of JSON, which costs it far more than the job itself.
    """
    from raise_finetune.dataset.ratings import rating_or_invalid, rating_reader
    from raise_finetune.dataset.recipe import RatingSection

    options = RatingSection()
    read_rating = rating_reader(options.paths, options.thumbs_paths)
    for name in sorted(os.listdir(folder)):
        if name.startswith("_"):
            continue
        document = json.loads((folder / name).read_bytes())
        of_all = rating_or_invalid(document, read_rating)[0]
        messages: list[dict[str, Any]] = []
        for message in document["messages"]:
            rating, invalid = rating_or_invalid(message, read_rating)
            if rating is None and not invalid:
                rating = of_all
            messages.append(
                {"role": message["role"], "content": message["content"], "rating": rating}
            )
        yield {"id": name.removesuffix(".json"), "messages": messages}


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]))
