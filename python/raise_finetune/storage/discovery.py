"""Which spaces, databases and collections a data folder holds, whatever its era.

A space is a folder of the root that holds a database. A database is a folder of a space with
``_system.json``, ``collections/`` or an era-B collection: a folder with a document or a
``_meta.json`` directly in it. A folder that cannot be looked into counts, so that reading it
reports why instead of leaving it out silently. Symbolic links do not count (see ``folder``), nor
does a name that is no Unicode text; ``left_out_folders`` names both.
"""

import errno
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from raise_finetune.storage.folder import Folder
from raise_finetune.storage.layout import (
    COLLECTION_META,
    COLLECTIONS,
    DATABASE_INDEX,
    is_bare_collection_name,
    is_collection_name,
    is_container_name,
    is_document_name,
)
from raise_finetune.storage.reader import shown_name


def space_names(root: Folder) -> list[str]:
    """Return the names of the spaces, sorted; raise ``OSError`` where the root fails."""
    return _bytewise(_children_that(root, is_container_name, _is_space))


def database_names(space: Folder) -> list[str]:
    """Return the names of the databases, sorted; raise ``OSError`` where the space fails."""
    return _bytewise(_children_that(space, is_container_name, _is_database))


def collection_names(database: Folder) -> list[str]:
    """Return the names of the collections of all eras, sorted; raise ``OSError``."""
    names = set(_children_that(database, is_bare_collection_name, _is_bare_collection))
    with suppress(FileNotFoundError), database.child(COLLECTIONS) as collections:
        names.update(_subfolders(collections, is_collection_name))
    return _bytewise(names)


@contextmanager
def collection_folders(database: Folder, name: str) -> Generator[dict[tuple[str, ...], Folder]]:
    """Open the folders of one collection by their names, at least one, the newest layout first.

    Raises ``OSError`` where none is there or one cannot be opened.
    """
    with ExitStack() as stack:
        folders: dict[tuple[str, ...], Folder] = {}
        with suppress(FileNotFoundError), database.child(COLLECTIONS) as collections:
            folders[COLLECTIONS, name] = stack.enter_context(collections.child(name))
        if is_bare_collection_name(name):
            with suppress(FileNotFoundError):
                folders[(name,)] = stack.enter_context(database.child(name))
        if not folders:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        yield folders


def document_names(folder: Folder) -> Iterator[bytes]:
    """Yield the names of the folder's document files, in no order; raise ``OSError``."""
    with folder.entries() as entries:
        for entry in entries:
            if is_document_name(entry.name) and not entry.is_dir(follow_symlinks=False):
                yield os.fsencode(entry.name)


def left_out_folders(root: Folder) -> list[tuple[str, ...]]:
    """Return what would be a space, a database or a collection, but is a link or no Unicode text.

    Each is the names down to it. Raises ``OSError``.
    """
    found = [(name,) for name in _left_out(root, is_container_name)]
    for space, in_space in _opened(root, space_names(root)):
        found += [(space, name) for name in _left_out(in_space, is_container_name)]
        for database, in_database in _opened(in_space, database_names(in_space)):
            names = [*_left_out(in_database, is_bare_collection_name)]
            with suppress(FileNotFoundError), in_database.child(COLLECTIONS) as collections:
                names += _left_out(collections, is_collection_name)
            found += [(space, database, name) for name in names]
    return sorted(found)


def _opened(folder: Folder, names: Iterable[str]) -> Iterator[tuple[str, Folder]]:
    """Open those that can be: reading says why one cannot."""
    for name in names:
        with suppress(OSError), folder.child(name) as child:
            yield name, child


def _left_out(folder: Folder, may_be: Callable[[str], bool]) -> Iterator[str]:
    with folder.entries() as entries:
        for entry in entries:
            name = shown_name(os.fsencode(entry.name))
            is_left_out = entry.is_symlink() or name != entry.name
            if is_left_out and may_be(name) and _leads_to_folder(entry):
                yield name


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a loop of links
        return False


def _is_space(folder: Folder) -> bool:
    return any(_children_that(folder, is_container_name, _is_database))


def _is_database(folder: Folder) -> bool:
    with folder.entries() as entries:
        for entry in entries:
            if entry.name == DATABASE_INDEX and entry.is_file(follow_symlinks=False):
                return True
            if entry.name == COLLECTIONS and entry.is_dir(follow_symlinks=False):
                return True
    return any(_children_that(folder, is_bare_collection_name, _is_bare_collection))


def _is_bare_collection(folder: Folder) -> bool:
    with folder.entries() as entries:
        return any(
            (is_document_name(entry.name) or entry.name == COLLECTION_META)
            and not entry.is_dir(follow_symlinks=False)
            for entry in entries
        )


def _children_that(
    folder: Folder, may_be: Callable[[str], bool], condition: Callable[[Folder], bool]
) -> Iterator[str]:
    for name in _subfolders(folder, may_be):
        try:
            with folder.child(name) as child:
                holds = condition(child)
        except FileNotFoundError:
            holds = False
        except OSError:
            holds = True
        if holds:
            yield name


def _subfolders(folder: Folder, may_be: Callable[[str], bool]) -> Iterator[str]:
    with folder.entries() as entries:
        for entry in entries:
            if may_be(entry.name) and entry.is_dir(follow_symlinks=False):
                yield entry.name


def _bytewise(names: Iterable[str]) -> list[str]:
    return sorted(names, key=os.fsencode)
