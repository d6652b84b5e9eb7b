"""The pinned corpus: the demo's conversations as files, and the same records in one JSONL file.

``python -m bench.corpus FOLDER CONVERSATIONS`` writes it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

SEED = 0
COLLECTION = ("un2", "default", "conversations")

Record = dict[str, Any]


class Corpus(NamedTuple):
    """Where a corpus lies: a domain, the folder of its conversations, and these as JSONL.

    ``cleaned`` is what somebody might prepare for ``datasets``: the ratings in one column of
    numbers, and no other columns than those that are needed.
    """

    domain: Path
    conversations: Path
    records: Path
    cleaned: Path


def corpus(folder: Path, conversations: int) -> Corpus:
    """Return the corpus in ``folder``, which is written where it is missing."""
    made = _places(folder)
    if not made.cleaned.exists():
        # In a process of its own: see ``processes``.
        subprocess.run(
            [sys.executable, "-m", "bench.corpus", str(folder), str(conversations)], check=True
        )
    return made


def write_corpus(folder: Path, conversations: int) -> None:
    """Write the domain and the two JSONL files."""
    from raise_finetune.demo.domain import write_demo

    made = _places(folder)
    write_demo(made.domain, conversations, SEED)
    _write(made.records, _records(made.conversations))
    clean = _cleaner()
    _write(made.cleaned, (clean(record) for record in _records(made.conversations)))


def written_texts(folder: Path) -> set[str]:
    """Return the texts of ``train.jsonl`` and ``val.jsonl``, whoever wrote them."""
    return {
        json.loads(line)["text"]
        for split in ("train", "val")
        for line in (folder / f"{split}.jsonl").read_bytes().splitlines()
    }


def _places(folder: Path) -> Corpus:
    space, database, collection = COLLECTION
    conversations = folder / "domain" / space / database / "collections" / collection
    return Corpus(
        folder / "domain", conversations, folder / "records.jsonl", folder / "cleaned.jsonl"
    )


def _write(path: Path, records: Iterator[Record]) -> None:
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    unfinished.rename(path)


def _records(folder: Path) -> Iterator[Record]:
    for name in sorted(os.listdir(folder)):
        if not name.startswith("_"):
            yield json.loads((folder / name).read_bytes())


def _cleaner() -> Callable[[Record], Record]:
    from raise_finetune.dataset.recipe import RatingSection
    from raise_finetune.dataset.sources.ratings import rating_or_invalid, rating_reader

    read_rating = rating_reader(RatingSection())

    def clean(record: Record) -> Record:
        of_all = rating_or_invalid(record, read_rating)[0]
        messages: list[Record] = []
        for message in record["messages"]:
            rating, invalid = rating_or_invalid(message, read_rating)
            if rating is None and not invalid:
                rating = of_all
            kept = {"role": message["role"], "content": message["content"], "rating": rating}
            messages.append(kept)
        return {"id": record["id"], "messages": messages}

    return clean


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]))
