"""``_system.json``, written while its documents are: a million names never lie in memory."""

from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

_DATE = "2024-09-02T07:30:00+00:00"


class DatabaseIndex:
    """The index of one database, as era C has it; collections must come in bytewise order."""

    def __init__(self, database: Path) -> None:
        self._file: BufferedWriter = (database / "_system.json").open("wb")
        self._space, self._database = database.parent.name, database.name
        self._separator = b""
        self._collection = ""

    def __enter__(self) -> Self:
        schema = f"db://{self._space}/_system/schemas/v1/db/index.schema.json"
        self._file.write(b'{\n  "$schema": ' + orjson.dumps(schema) + b',\n  "collections": {')
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            if error is None:
                self._file.write(self._end_of_collection() + b"\n  }")
                for key, value in self._properties().items():
                    self._file.write(b',\n  "%b": %b' % (key.encode(), orjson.dumps(value)))
                self._file.write(b"\n}")

    def collection(self, name: str) -> None:
        """Begin a collection: the documents that follow are in it."""
        if name <= self._collection:
            msg = f"collections out of order: {name} after {self._collection}"
            raise ValueError(msg)
        separator = b"," if self._collection else b""
        self._file.write(self._end_of_collection() + separator)
        self._file.write(b'\n    "%b": {\n      "items": [' % name.encode())
        self._collection = name
        self._separator = b""

    def add(self, identifier: str) -> None:
        """List a document."""
        item = b'%b\n        {\n          "file": "%b.json"\n        }'
        self._file.write(item % (self._separator, identifier.encode()))
        self._separator = b","

    def _end_of_collection(self) -> bytes:
        if not self._collection:
            return b""
        end_of_items = b"\n      ]" if self._separator else b"]"
        return end_of_items + b',\n      "schema": ""\n    }'

    def _properties(self) -> dict[str, str | int]:
        return {
            "createdAt": _DATE,
            "database": self._database,
            "id": f"demo-{self._space}-{self._database}",
            "space": self._space,
            "updatedAt": _DATE,
            "version": 1,
        }
