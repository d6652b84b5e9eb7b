"""The pairs of a prepared JSONL file as a ``datatrove`` pipeline, on the local executor."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from xxhash import xxh3_64_intdigest

# Untyped, so not typed at all.
documents: Any = import_module("datatrove.data")
executors: Any = import_module("datatrove.executor")
readers: Any = import_module("datatrove.pipeline.readers")
writers: Any = import_module("datatrove.pipeline.writers")

MINIMUM = 4
VAL_FRACTION = 0.1


def whole(_reader: object, record: dict[str, Any], _path: str, _place: int) -> dict[str, Any]:
    """Keep the record as it is; a document needs some text."""
    return {"text": "-", "id": record["id"], "metadata": {"messages": record["messages"]}}


def pairs(found: Iterator[Any], *_place: int) -> Iterator[Any]:
    seen: set[str] = set()
    for document in found:
        place = xxh3_64_intdigest(document.id.encode()) / 2**64
        side = "val" if place < VAL_FRACTION else "train"
        before = {"role": ""}
        for message in document.metadata["messages"]:
            if is_wanted(before, message):
                question, answer = before["content"].strip(), message["content"].strip()
                text = f"<s>[INST] {question} [/INST] {answer} </s>"
                if text not in seen:
                    seen.add(text)
                    yield documents.Document(text, document.id, metadata={"side": side})
            before = message


def is_wanted(before: dict[str, Any], message: dict[str, Any]) -> bool:
    if message["role"].lower() != "assistant" or before["role"].lower() != "user":
        return False
    return (message["rating"] or 0) >= MINIMUM


def only_text(_writer: object, document: Any) -> dict[str, str]:  # noqa: ANN401 - untyped there
    return {"text": document.text}


if __name__ == "__main__":
    records, output = map(Path, sys.argv[1:])
    pipeline = [
        readers.JsonlReader(str(records.parent), glob_pattern=records.name, adapter=whole),
        pairs,
        writers.JsonlWriter(str(output), "${side}.jsonl", compression=None, adapter=only_text),
    ]
    logs = output / "logs"
    executors.LocalPipelineExecutor(pipeline, logging_dir=str(logs), skip_completed=False).run()
