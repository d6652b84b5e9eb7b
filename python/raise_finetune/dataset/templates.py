"""Templates that turn documentation into a question and its answer."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from xxhash import xxh3_64_intdigest

# What a template may name. A record without one of them has the empty text in its place.
TEMPLATE_FIELDS = frozenset(
    {"title", "name", "type", "layer", "id", "category", "source", "part", "parts", "text"}
)

# Those that tell a record from the others of its kind.
_NAMES = frozenset({"title", "name", "id", "source"})


@cache
def default_templates() -> dict[str, dict[str, Any]]:
    """Return the packaged templates: kind → language → ``questions`` and ``answer``."""
    return tomllib.loads(
        files("raise_finetune.dataset").joinpath("templates.toml").read_text("utf-8")
    )


def choose_question(record: str, questions: Sequence[str]) -> str:
    """Return the question template of a record: the same one in every run, on every machine."""
    digest = xxh3_64_intdigest(record.encode("utf-8", "surrogatepass"))
    return questions[digest % len(questions)]


def says_of_what(question: str, fields: Mapping[str, str]) -> bool:
    """Tell whether a question says of what it asks, if its template means it to."""
    asked = {field for _, field, _, _ in Formatter().parse(question) if field in _NAMES}
    return not asked or any(fields.get(field) for field in asked)


def fill(template: str, fields: Mapping[str, str]) -> str:
    """Return the template with its placeholders filled, and no trace of the empty ones.

    >>> fill("Que demande l’exigence {id} « {name} » ?", {"id": "REQ-1", "name": ""})
    'Que demande l’exigence REQ-1 ?'
    """
    parts = [(literal, field or "") for literal, field, _, _ in Formatter().parse(template)]
    if any(field and not fields.get(field) for _, field in parts):
        # Only the template is tidied: a text keeps its own double spaces and empty brackets.
        template = _tidy("".join(_kept(literal, field, fields) for literal, field in parts))
    return template.format_map(fields)


def _kept(literal: str, field: str, fields: Mapping[str, str]) -> str:
    escaped = literal.replace("{", "{{").replace("}", "}}")
    return f"{escaped}{{{field}}}" if fields.get(field) else escaped


def _tidy(template: str) -> str:
    for empty in ("« »", "“”", "()", '""', "«  »"):
        template = template.replace(f" {empty}", "")
    return template.replace("  ", " ").strip()
