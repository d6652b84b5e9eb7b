# pyright: basic - the library leaves most of its types unknown
"""The same job with ``datasets``, as its users write it: load, filter, map, filter, to_json.

Only the text of a conversation is our own rules in plain Python, written anew here, so that
equal sets of lines also check the export.
"""

import re
import sys
from pathlib import Path
from typing import Any

import datasets
from xxhash import xxh3_64_intdigest

MINIMUM = 4
VAL_FRACTION = 0.1
LEAK = re.compile(
    "### (?:NOUVELLE QUESTION|NEW QUESTION|QUESTION|CONTEXTE|CONTEXT|HISTORIQUE|HISTORY"
    "|INSTRUCTIONS|RÉPONSE|RESPONSE) ###"
)

Message = dict[str, Any]


def export(records: str, output: Path) -> None:
    loaded = datasets.load_dataset("json", data_files=records, split="train")
    rated = loaded.filter(is_rated, input_columns="messages")
    rows = rated.map(make_rows, batched=True, remove_columns=rated.column_names)
    seen: set[str] = set()
    unique = rows.filter(lambda text: not (text in seen or seen.add(text)), input_columns="text")
    for split in ("train", "val"):
        side = unique.filter(lambda found, split=split: found == split, input_columns="split")
        side.remove_columns("split").to_json(output / f"{split}.jsonl", force_ascii=False)


def is_rated(messages: list[Message]) -> bool:
    return any((message["rating"] or 0) >= MINIMUM for message in messages)


def make_rows(batch: dict[str, list[Any]]) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {"text": [], "split": []}
    for identity, messages in zip(batch["id"], batch["messages"], strict=True):
        texts = inst_texts(messages)
        place = xxh3_64_intdigest(identity.encode()) / 2**64
        rows["text"] += texts
        rows["split"] += ["val" if place < VAL_FRACTION else "train"] * len(texts)
    return rows


def inst_texts(messages: list[Message]) -> list[str]:
    """Return the text of each answer that is rated well enough, after the exchanges before it."""
    texts: list[str] = []
    context: list[str] = []
    system = question = ""
    is_application = began = False
    for message in messages:
        role, content = message["role"].lower(), message["content"].strip()
        if role == "system":
            system = system if began else f"{content}\n\n"
        elif role == "user":
            is_application = content.startswith("[SYSTEM_FEEDBACK]")
            question = question if is_application else content
            began = True
        else:
            answer = LEAK.split(content)[0].rstrip()
            rating = message["rating"]
            if question and answer and not is_application:
                if rating is not None and rating >= MINIMUM:
                    texts.append(inst_text(system, [*context, question, answer]))
                if rating is not None and rating < MINIMUM:
                    context = []
                else:
                    context += [question, answer]
            question, is_application = "", False
    return texts


def inst_text(system: str, turns: list[str]) -> str:
    pairs = [
        f"[INST] {question} [/INST] {answer} </s>"
        for question, answer in zip([system + turns[0], *turns[2::2]], turns[1::2], strict=True)
    ]
    return "<s>" + "".join(pairs)


if __name__ == "__main__":
    export(sys.argv[1], Path(sys.argv[2]))
