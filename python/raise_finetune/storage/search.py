"""A query, run over a stream of documents."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from raise_finetune.storage.matching import OrderKey, order_key, predicate, value_at
from raise_finetune.storage.projection import projector
from raise_finetune.storage.query import Query, Sort
from raise_finetune.storage.reader import StoredDocument


class QueryResult(NamedTuple):
    """The documents found, in order, and the files that could not be looked at."""

    documents: list[dict[str, Any]]
    problems: list[StoredDocument]


def search(
    query: Query,
    scan: Iterable[list[StoredDocument]],
    read: Callable[[str], StoredDocument],
) -> QueryResult:
    """Run the query over ``scan``; ``read`` fetches a document again by its file name.

    Without a sort, reading stops as soon as the limit is reached. With one, only keys and file
    names are held, and the documents of the answer are read again: one that vanished in between
    is among the problems.
    """
    end = None if query.limit is None else query.offset + query.limit
    project = projector(query.projection)
    problems: list[StoredDocument] = []
    found = _matching(query, scan, problems)
    if query.sort:
        files = _sorted_files(found, query.sort)[query.offset : end]
        found = _usable((read(file) for file in files), problems)
    else:
        found = islice(found, query.offset, end)
    return QueryResult([project(value) for _, value in found], problems)


def _matching(
    query: Query, scan: Iterable[list[StoredDocument]], problems: list[StoredDocument]
) -> Iterator[tuple[str, dict[str, Any]]]:
    accepts = predicate(query.filter)
    stored = (document for batch in scan for document in batch)
    return (found for found in _usable(stored, problems) if accepts(found[1]))


def _usable(
    documents: Iterable[StoredDocument], problems: list[StoredDocument]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for document in documents:
        if document.value is None:
            problems.append(document)
        else:
            yield document.file, document.value


def _sorted_files(found: Iterable[tuple[str, dict[str, Any]]], sort: list[Sort]) -> list[str]:
    paths = [field.field.split(".") for field in sort]
    rows: list[tuple[list[OrderKey], str]] = [
        ([order_key(value_at(value, path)) for path in paths], file) for file, value in found
    ]
    # Each pass keeps the order of equals, so the first field is sorted last.
    for position, field in reversed(list(enumerate(sort))):
        rows.sort(key=lambda row: row[0][position], reverse=field.order == "Desc")
    return [file for _, file in rows]
