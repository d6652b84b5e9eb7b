"""Files hashed: as they are written, and as they lie."""

import hashlib
from pathlib import Path

from raise_finetune.regular_file import check_regular


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal; raises ``OSError``."""
    check_regular(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class HashedFile:
    """A binary file to write to, counted and hashed; as far as writers of formats need one."""

    def __init__(self, path: Path) -> None:
        self.bytes = 0
        self._hash = hashlib.sha256()
        self._file = path.open("wb")

    def write(self, block: bytes | memoryview) -> int:
        """Write all of a block; return its length."""
        self._hash.update(block)
        self._file.write(block)
        self.bytes += len(block)
        return len(block)

    @property
    def closed(self) -> bool:
        """Whether it is closed."""
        return self._file.closed

    def flush(self) -> None:
        """Hand what is buffered to the system."""
        self._file.flush()

    def close(self) -> None:
        """Close the file; doing so twice is allowed."""
        self._file.close()

    def sha256(self) -> str:
        """Return the hash of all that was written, in hexadecimal."""
        return self._hash.hexdigest()
