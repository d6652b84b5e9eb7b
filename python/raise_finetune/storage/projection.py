"""The part of a document that a query asks for. Paths keep their place: ``a.b`` stays in ``a``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from raise_finetune.storage.query import Exclude, Include

# Which keys are named; None: the whole value below the key.
_Tree = dict[str, "_Tree | None"]
Document = Mapping[str, Any]


def projector(chosen: Include | Exclude | None) -> Callable[[Document], dict[str, Any]]:
    """Return the projection as a function of a document."""
    if chosen is None:
        return dict
    tree = _tree(chosen.fields_)
    if isinstance(chosen, Include):
        return lambda document: _included(document, tree)
    return lambda document: _excluded(document, tree)


def _tree(paths: Iterable[str]) -> _Tree:
    root: _Tree = {}
    for path in paths:
        *parents, last = path.split(".")
        node: _Tree | None = root
        for key in parents:
            node = node.setdefault(key, {})
            if node is None:
                break
        else:
            node[last] = None
    return root


def _included(document: Document, tree: _Tree) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, below in tree.items():
        value = document.get(key)
        if key in document and below is None:
            found[key] = value
        elif isinstance(value, dict) and below is not None:
            inner = _included(cast("Document", value), below)
            if inner:
                found[key] = inner
    return found


def _excluded(document: Document, tree: _Tree) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in document.items():
        below = tree.get(key)
        if key not in tree or (below is not None and not isinstance(value, dict)):
            kept[key] = value
        elif below is not None:
            kept[key] = _excluded(cast("Document", value), below)
    return kept
