"""What a trainer and its libraries print, read piece by piece while it grows."""

import codecs
from pathlib import Path

_AT_ONCE = 100_000  # bytes
_CONTINUING = bytes(range(0x80, 0xC0))  # what a character's first byte is never


def read_log(path: Path, offset: int = 0) -> tuple[str, int]:
    """Return the log from a byte offset on, at most its newest part, and the offset to go on from.

    A character whose rest is not written yet is left to the next piece.
    """
    if not path.is_file():
        return "", 0
    with path.open("rb") as file:
        newest = path.stat().st_size - _AT_ONCE
        file.seek(max(offset, newest))
        content = file.read()
        end = file.tell()
    if newest > offset:
        content = content.lstrip(_CONTINUING)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(content)
    begun, _ = decoder.getstate()
    return text, end - len(begun)
