"""The one door to the user's data: list, stream, get, find and write documents."""

from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from raise_finetune.errors import BadInputError, system_reason
from raise_finetune.paths import expand_home
from raise_finetune.storage import discovery
from raise_finetune.storage.discovery import collection_folders, document_names
from raise_finetune.storage.folder import Folder, Identity, identity_of, open_folder
from raise_finetune.storage.layout import (
    CHATS,
    TRANSACTIONS,
    VALID_ID,
    CollectionRef,
    check_id,
    check_name,
    printable,
)
from raise_finetune.storage.ordering import sorted_names
from raise_finetune.storage.reader import (
    StoredDocument,
    problem_of,
    read_document,
    read_documents,
    shown_name,
    why_unreadable,
)
from raise_finetune.storage.sampling import NameSample, sample_folders
from raise_finetune.storage.transactions import LeftoverTransaction, leftover_transaction
from raise_finetune.storage.writer import CollectionWriter

if TYPE_CHECKING:
    from raise_finetune.storage.query import Query
    from raise_finetune.storage.search import QueryResult


class UnreadableError(BadInputError):
    """A document or a folder is there, and cannot be read as it is now."""


class ListedFolder(NamedTuple):
    """A folder of documents that is open: where it lies below the root, and its names, sorted."""

    below: tuple[str, ...]
    folder: Folder
    names: Iterator[bytes]


class StorageEngine:
    """A JSON-DB data folder.

    Reading tolerates every era and an application that writes meanwhile. Where a database holds
    a collection in both layouts (directly and under ``collections/``), the two folders are one
    collection, and of two documents with the same file name the one under ``collections/``
    counts.
    """

    def __init__(self, root: str | Path) -> None:
        """Raise ``BadInputError`` for a root that is missing, not a folder or unreadable."""
        self.root = expand_home(root)
        try:
            with open_folder(self.root) as folder, folder.entries():
                pass
        except (FileNotFoundError, ValueError) as error:
            raise BadInputError("root_missing", path=printable(str(root))) from error
        except NotADirectoryError as error:
            raise BadInputError("root_not_a_folder", path=printable(str(root))) from error
        except OSError as error:
            raise _unreadable(self.root, error) from error

    def spaces(self) -> list[str]:
        """Return the names of the spaces, sorted."""
        return self._names(discovery.space_names)

    def databases(self, space: str) -> list[str]:
        """Return the names of the databases of a space, sorted; none for an unknown space."""
        return self._names(discovery.database_names, space)

    def collections(self, space: str, database: str) -> list[CollectionRef]:
        """Return the collections of a database, sorted; none for an unknown database."""
        names = self._names(discovery.collection_names, space, database)
        return [CollectionRef(space, database, name) for name in names]

    def left_out_folders(self) -> list[tuple[str, ...]]:
        """Return the folders that could hold data and are not read, each by the names down to it.

        They are symbolic links, or their names are no Unicode text.
        """
        with self._reading(), open_folder(self.root) as root:
            return discovery.left_out_folders(root)
        return []

    def count(self, ref: CollectionRef) -> int:
        """Return how many document files the collection holds, parsing none (0 if unknown)."""
        with self._reading(*_checked(ref).parts), self._collection(ref) as layouts:
            return sum(1 for names in _names_of([*layouts.values()]) for _ in names)
        return 0

    def sample(self, ref: CollectionRef, most: int, counted: Callable[[int], None]) -> NameSample:
        """Return how many documents the collection holds, and at most ``most`` of their names.

        ``counted`` is told now and then how many there are so far.
        """
        with self._reading(*_checked(ref).parts), self._collection(ref) as layouts:
            return _sample([*layouts.values()], most, counted)
        return NameSample(0, ())

    def scan(
        self, ref: CollectionRef, names: Collection[bytes] | None = None
    ) -> Iterator[list[StoredDocument]]:
        """Stream the collection in bytewise order of file names, in batches of at most 64.

        Memory does not grow with the collection. A problem of the folder itself (gone, no
        permission) ends the stream with one entry whose ``file`` is empty. Given ``names``, only
        these are read, as far as they are there.
        """
        return _scan(self.listed(_checked(ref), names))

    def chat_files(self) -> list[str]:
        """Return the names of the chat files, sorted."""
        with self._reading(CHATS), open_folder(self.root, CHATS) as folder:
            return [shown_name(name) for name in sorted(document_names(folder))]
        return []

    def sample_chats(self, most: int, counted: Callable[[int], None]) -> NameSample:
        """Return how many chat files there are, and at most ``most`` of their names."""
        with self._reading(CHATS), open_folder(self.root, CHATS) as folder:
            return _sample([folder], most, counted)
        return NameSample(0, ())

    def scan_chats(self, names: Collection[bytes] | None = None) -> Iterator[list[StoredDocument]]:
        """Stream the chat files like a collection; nothing where there is no such folder."""
        return _scan(self.listed_chats(names))

    def listed(
        self, ref: CollectionRef, wanted: Collection[bytes] | None = None
    ) -> Iterator[ListedFolder]:
        """List the collection's folders one by one, as ``scan`` reads them; raises ``OSError``.

        Given ``wanted``, only these names, as far as they are there.
        """
        _checked(ref)
        with self._collection(ref) as layouts:
            listed = _names_of(list(layouts.values()), wanted)
            for (below, folder), names in zip(layouts.items(), listed, strict=True):
                below = (ref.space, ref.database, *below)
                yield ListedFolder(below, folder, sorted_names(names))

    def listed_chats(self, wanted: Collection[bytes] | None = None) -> Iterator[ListedFolder]:
        """List the chat files like a collection's; nothing where there is no such folder."""
        return self._listed((CHATS,), wanted)

    @contextmanager
    def same_folder(self, below: tuple[str, ...], identity: Identity) -> Generator[Folder | None]:
        """Open a folder that another process has listed; None where it is another one by now."""
        with ExitStack() as opened:
            folder = None
            with suppress(OSError):
                found = opened.enter_context(open_folder(self.root, *below))
                folder = found if identity_of(found) == identity else None
            yield folder

    def get(self, ref: CollectionRef, document_id: str) -> dict[str, Any] | None:
        """Return the document stored as ``{document_id}.json``, None where there is none.

        Raises ``BadInputError`` for an id that is not allowed and for a file that is there but
        cannot be read.
        """
        return _value_of(self._find(_checked(ref), f"{check_id(document_id)}.json"), str(ref))

    def get_listed(self, ref: CollectionRef, name: str) -> dict[str, Any] | None:
        """Return the document that is listed as ``{name}.json``, None where there is none.

        Others name files as ``get`` allows no id: with blanks, accents, more letters. Such a name
        is looked for among those that are there, and never becomes a path. Raises as ``get`` does.
        """
        if VALID_ID.fullmatch(name):
            return self.get(ref, name)
        with self._reading(*_checked(ref).parts), self._collection(ref) as layouts:
            return _value_of(_shown_as(f"{name}.json", [*layouts.values()]), str(ref))
        return None

    def get_chat(self, name: str) -> dict[str, Any] | None:
        """Return the chat stored as ``{name}.json``, None where there is none.

        Raises ``BadInputError`` for a file that is there but cannot be read.
        """
        with self._reading(CHATS), open_folder(self.root, CHATS) as folder:
            return _value_of(_shown_as(f"{name}.json", [folder]), CHATS)
        return None

    def query(self, space: str, database: str, query: "Query") -> "QueryResult":
        """Return the documents of ``query.collection`` that the query asks for.

        Raises ``BadInputError`` for a value that its operator cannot take.
        """
        # Imported here because the models cost more to load than all of reading.
        from raise_finetune.storage.search import search

        ref = CollectionRef(space, database, query.collection)
        return search(query, self.scan(ref), lambda file: self._read_again(ref, file))

    def insert(self, ref: CollectionRef, document: Mapping[str, Any]) -> dict[str, Any]:
        """Store a new document, adding ``id``, dates and ``@context`` where missing.

        Returns it as stored. Raises ``BadInputError`` for an id that is taken or not allowed.
        """
        return CollectionWriter(self.root, ref).insert(document)

    def update(
        self, ref: CollectionRef, document_id: str, document: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Replace a stored document as a whole (no merge), setting ``id`` and ``updatedAt``.

        Returns it as stored. Raises ``BadInputError`` where there is no such document.
        """
        return CollectionWriter(self.root, ref).update(document_id, document)

    def upsert(self, ref: CollectionRef, document: Mapping[str, Any]) -> dict[str, Any]:
        """Update the document that has this id, or insert it; return it as stored."""
        return CollectionWriter(self.root, ref).upsert(document)

    def revise(
        self,
        ref: CollectionRef,
        document_id: str,
        revised: Callable[[dict[str, Any] | None], Mapping[str, Any]],
    ) -> dict[str, Any]:
        """Store what ``revised`` makes of the document as it stands, or of None; return it stored.

        No other writer of ours comes in between. Raises what ``get`` raises.
        """
        writer = CollectionWriter(self.root, ref)
        return writer.revise(document_id, lambda: revised(self.get(ref, document_id)))

    def delete(self, ref: CollectionRef, document_id: str) -> bool:
        """Delete the document; return whether there was one."""
        return CollectionWriter(self.root, ref).delete(document_id)

    def leftover_transactions(self, space: str, database: str) -> list[LeftoverTransaction]:
        """Return what unfinished transactions name, sorted by file; nothing is replayed."""
        below = (check_name(space), check_name(database), TRANSACTIONS)
        batches = _scan(self._listed(below))
        return [leftover_transaction(entry) for batch in batches for entry in batch]

    def _names(self, listing: Callable[[Folder], list[str]], *below: str) -> list[str]:
        below = tuple(check_name(name) for name in below)
        with self._reading(*below), open_folder(self.root, *below) as folder:
            return listing(folder)
        return []

    def _listed(
        self, below: tuple[str, ...], wanted: Collection[bytes] | None = None
    ) -> Iterator[ListedFolder]:
        with suppress(FileNotFoundError), open_folder(self.root, *below) as folder:
            (names,) = _names_of([folder], wanted)
            yield ListedFolder(below, folder, sorted_names(names))

    def _read_again(self, ref: CollectionRef, file: str) -> StoredDocument:
        """Read a file that was listed once more; its name may be shown otherwise than it is."""
        found = self._find(ref, file)
        if found is None and "\\" in file:
            with self._reading(*ref.parts), self._collection(ref) as layouts:
                found = _shown_as(file, [*layouts.values()])
        return found or StoredDocument(file, None, "vanished", "")

    def _find(self, ref: CollectionRef, file: str) -> StoredDocument | None:
        """Read one file from the first of the collection's folders that holds it."""
        name = file.encode()
        with self._reading(*ref.parts), self._collection(ref) as layouts:
            holders = (folder for folder in layouts.values() if folder.holds(name))
            return next((read_document(folder, name) for folder in holders), None)
        return None

    @contextmanager
    def _collection(self, ref: CollectionRef) -> Generator[dict[tuple[str, ...], Folder]]:
        with (
            open_folder(self.root, ref.space, ref.database) as database,
            collection_folders(database, ref.name) as folders,
        ):
            yield folders

    @contextmanager
    def _reading(self, *below: str) -> Generator[None]:
        """Turn what the system says about a folder into what to tell the user.

        Where there is no such folder, what stands behind the block goes on.
        """
        try:
            yield
        except FileNotFoundError:
            pass
        except OSError as error:
            raise _unreadable(self.root.joinpath(*below), error) from error


def _scan(listed: Iterator[ListedFolder]) -> Iterator[list[StoredDocument]]:
    try:
        for folder in listed:
            yield from read_documents(folder.folder, folder.names)
    except OSError as error:
        yield [problem_of("", error)]


def _checked(ref: CollectionRef) -> CollectionRef:
    for name in ref.parts:
        check_name(name)
    return ref


def _shown_as(file: str, folders: list[Folder]) -> StoredDocument | None:
    """Read the document whose file name reads so, of those that count in these folders."""
    return next(
        (
            read_document(folder, name)
            for folder, names in zip(folders, _names_of(folders), strict=True)
            for name in names
            if shown_name(name) == file
        ),
        None,
    )


def _value_of(found: StoredDocument | None, folder: str) -> dict[str, Any] | None:
    if found is None or found.problem == "vanished":
        return None
    if found.value is None:
        raise UnreadableError(
            "document_unreadable", path=f"{folder}/{found.file}", reason=why_unreadable(found)
        )
    return found.value


def _sample(folders: list[Folder], most: int, counted: Callable[[int], None]) -> NameSample:
    return sample_folders(folders, chain.from_iterable(_names_of(folders)), most, counted)


def _names_of(
    folders: list[Folder], wanted: Collection[bytes] | None = None
) -> Iterator[Iterator[bytes]]:
    """Yield, for each folder, the names of its documents that no folder before it holds.

    Given ``wanted``, only those among them; the folders are not listed then.
    """
    for position, folder in enumerate(folders):
        newer = folders[:position]
        names = document_names(folder) if wanted is None else filter(folder.holds, wanted)
        yield (name for name in names if not any(held.holds(name) for held in newer))


def _unreadable(path: Path, error: OSError) -> UnreadableError:
    return UnreadableError(
        "folder_unreadable", path=printable(str(path)), reason=system_reason(error)
    )
