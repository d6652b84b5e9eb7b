"""Which rules masked a dataset, as one word."""

from functools import cache
from pathlib import Path

from xxhash import xxh3_64

_PACKAGE = Path(__file__).parent
_KINDS = ("*.py", "*.txt")


@cache
def rules_version(package: Path = _PACKAGE) -> str:
    """Return a fingerprint of all that decides what is masked: this package's code and word lists.

    Of the files as they are, since most of a rule is its check, which is code.
    """
    digest = xxh3_64()
    paths = [path for kind in _KINDS for path in package.rglob(kind)]
    for name, path in sorted((path.relative_to(package).as_posix(), path) for path in paths):
        digest.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
