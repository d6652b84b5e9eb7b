"""One hash of all that an export read, whatever the order it was read in."""

from xxhash import xxh3_128_intdigest

_BITS = 128
_SIZE = _BITS // 8


class InputHash:
    """Adds up a hash for each document; tells apart what changed, not who wants to deceive.

    A sum, not an exclusive or: there, a document that is read twice would vanish.
    """

    def __init__(self) -> None:
        self._sum = 0

    def add(self, record: str, digest: int) -> None:
        """Take in a document: its record's name and the XXH3-128 of its bytes."""
        name = record.encode("utf-8", "surrogatepass")
        self._sum += xxh3_128_intdigest(name + digest.to_bytes(_SIZE, "big"))

    def take(self, other: "InputHash") -> None:
        """Take in all that another one has."""
        self._sum += other._sum

    def text(self) -> str:
        """Return the hash of what was added so far, with its kind's name."""
        return f"xxh3-128-sum:{self._sum % (1 << _BITS):0{_SIZE * 2}x}"
