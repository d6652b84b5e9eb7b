"""The files of a demo: the fixture tree, and around it what is generated."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from raise_finetune.demo import documentation
from raise_finetune.demo.conversation import Origin, conversation
from raise_finetune.demo.database_index import DatabaseIndex
from raise_finetune.storage.layout import COLLECTION_META, encode_document

Progress = Callable[[int, int], None]

_PROGRESS_EVERY = 200


class DemoSummary(NamedTuple):
    """How many documents were generated, besides those of the fixture tree.

    ``copies`` and ``near_copies`` are among the ``conversations``; ``kept`` were stored by the user
    in an earlier demo: ratings, and entries of what is to be forgotten.
    """

    conversations: int
    copies: int
    near_copies: int
    articles: int
    elements: int
    requirements: int
    knowledge_chunks: int
    kept: int = 0


@dataclass(frozen=True, slots=True)
class DemoWriter:
    """Writes into ``root``, which nobody looks at yet."""

    root: Path
    conversations: int
    seed: int
    progress: Progress

    def write(self) -> DemoSummary:
        """Write all of it; raises ``OSError``."""
        with as_file(_fixture_tree()) as tree:
            shutil.copytree(tree, self.root, dirs_exist_ok=True, copy_function=shutil.copyfile)
        origins, articles = self._default_database()
        requirements = self._write_all(
            "un2/transverse", "requirements", documentation.requirements(*self._scale)
        ) + self._write_all(
            "un2/sa", "requirements", documentation.agent_requirements(*self._scale)
        )
        return DemoSummary(
            conversations=self.conversations,
            copies=origins["copy"],
            near_copies=origins["near copy"],
            articles=articles,
            elements=self._elements(),
            requirements=requirements,
            knowledge_chunks=self._system_database(),
        )

    @property
    def _scale(self) -> tuple[int, int]:
        return self.seed, self.conversations

    def _default_database(self) -> tuple[Counter[Origin], int]:
        origins: Counter[Origin] = Counter()
        with DatabaseIndex(self.root / "un2/default") as index:
            self._list_fixtures(index, "un2/default", "actors")
            self._list_fixtures(index, "un2/default", "articles")
            index.add("demo-article-gone")
            articles = self._write_all(
                "un2/default", "articles", documentation.articles(*self._scale), index
            )
            self._list_fixtures(index, "un2/default", "conversations")
            documents = self._count_origins(origins)
            self._write_all("un2/default", "conversations", documents, index)
        return origins, articles

    def _count_origins(self, origins: Counter[Origin]) -> Iterator[dict[str, Any]]:
        for number in range(self.conversations):
            if number % _PROGRESS_EVERY == 0:
                self.progress(number, self.conversations)
            origin, document = conversation(self.seed, number)
            origins[origin] += 1
            yield document
        self.progress(self.conversations, self.conversations)

    def _system_database(self) -> int:
        with DatabaseIndex(self.root / "un2/_system") as index:
            self._list_fixtures(index, "un2/_system", "agent_sessions")
            index.collection("raise_knowledge_base")
            chunks = self._write_all(
                "un2/_system",
                "raise_knowledge_base",
                documentation.knowledge_chunks(*self._scale),
                index,
            )
            self._list_fixtures(index, "un2/_system", "session_agents")
        return chunks

    def _elements(self) -> int:
        count = 0
        for layer, collection, document in documentation.elements(*self._scale):
            count += self._write_all(f"un2/{layer}", collection, (document,))
        return count

    def _list_fixtures(self, index: DatabaseIndex, database: str, collection: str) -> None:
        index.collection(collection)
        folder = _fixture_tree().joinpath(*database.split("/"), "collections", collection)
        names = (entry.name for entry in folder.iterdir())
        for name in sorted(names):
            if name.endswith(".json") and not name.startswith("_"):
                index.add(name.removesuffix(".json"))

    def _write_all(
        self,
        database: str,
        collection: str,
        documents: Iterable[dict[str, Any]],
        index: DatabaseIndex | None = None,
    ) -> int:
        folder = self.root / database / "collections" / collection
        folder.mkdir(parents=True, exist_ok=True)
        if index is not None and not (folder / COLLECTION_META).exists():
            (folder / COLLECTION_META).write_bytes(encode_document({"indexes": [], "schema": ""}))
        prefix = f"{folder}{os.sep}"
        count = 0
        for document in documents:
            identifier = document.get("id") or document["_id"]
            _write_file(f"{prefix}{identifier}.json", encode_document(document))
            if index is not None:
                index.add(identifier)
            count += 1
        return count


def _write_file(path: str, data: bytes) -> None:
    """Write a file; a third of the cost of ``Path.write_bytes``, which counts in a million."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0))
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    finally:
        os.close(descriptor)


def _fixture_tree() -> Traversable:
    return files("raise_finetune.demo").joinpath("fixture_tree")
