"""What a loop in Python costs that reads each file, parses it and writes a line for a good answer.

It knows one shape of conversation and no context; it keeps no ledger, mends nothing, looks for no
leaks and holds all names in memory. It is no export, but what an export cannot do without.
"""

import os
import sys
from typing import Any

import orjson
from xxhash import xxh3_64_intdigest, xxh3_128_digest

MINIMUM = 4
VAL_PLACES = 0.1 * 2**64
LINES_AT_ONCE = 1000


def rating(message: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever a file holds
    for key in ("x_rating", "rating"):
        if key in message:
            return message[key]
    metadata: dict[str, Any] = message.get("metadata") or {}
    return metadata.get("rating")


def export(folder: str, output: str) -> None:
    seen: set[bytes] = set()
    lines: dict[bool, list[bytes]] = {False: [], True: []}
    held = os.open(folder, os.O_RDONLY)
    with open(f"{output}.train", "wb") as train, open(f"{output}.val", "wb") as val:  # noqa: PTH123
        for name in sorted(os.listdir(held)):
            file = os.open(name, os.O_RDONLY, dir_fd=held)
            document = orjson.loads(os.read(file, 1 << 20))
            os.close(file)
            side = xxh3_64_intdigest(name.encode()) < VAL_PLACES
            question = ""
            for message in document.get("messages", ()):
                if message["role"] == "user":
                    question = message["content"].strip()
                    continue
                found = rating(message)
                if question and isinstance(found, int | float) and found >= MINIMUM:
                    text = f"<s>[INST] {question} [/INST] {message['content'].strip()} </s>"
                    line = orjson.dumps({"text": text}, option=orjson.OPT_APPEND_NEWLINE)
                    digest = xxh3_128_digest(line)
                    if digest not in seen:
                        seen.add(digest)
                        lines[side].append(line)
                question = ""
            if len(lines[False]) > LINES_AT_ONCE:
                train.write(b"".join(lines[False]))
                lines[False].clear()
        train.write(b"".join(lines[False]))
        val.write(b"".join(lines[True]))


if __name__ == "__main__":
    export(sys.argv[1], sys.argv[2])
