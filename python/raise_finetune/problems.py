"""What is wrong with a value that pydantic refuses, in the user's language."""

import re
from typing import TYPE_CHECKING, Any

import orjson

from raise_finetune.errors import place_said, system_reason
from raise_finetune.messages import Phrase, catalogue

if TYPE_CHECKING:  # half of a quick command's time
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

# Pydantic tells apart what a person need not: each of these means the same as its neighbours.
_KINDS = {
    "int_type": "whole_number",
    "int_parsing": "whole_number",
    "int_parsing_size": "whole_number",
    "int_from_float": "whole_number",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "number",
    "bool_type": "yes_or_no",
    "bool_parsing": "yes_or_no",
    "string_type": "string",
    "tuple_type": "list",
    "list_type": "list",
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
}


_SIMILAR = 0.75  # a slip of the keyboard, or a letter too many

# What pydantic adds to a key's own name where it is the key that is wrong, and not its value.
_IS_A_KEY = "[key]"

# How libraries written in Rust tell what the system said.
_SYSTEM = re.compile(r"\(os error (\d{1,6})\)")


class WrongValueError(ValueError):
    """A value that a recipe, a configuration or a request may not have.

    ``code`` names the entry ``problem.<code>`` of the catalogues; ``params`` fill it. ``keys`` are
    those that do not go together, where it is not the value of one alone: as seen from what checks.
    """

    def __init__(self, code: str, *, keys: tuple[str, ...] = (), **params: object) -> None:
        self.keys = keys
        self.phrase = Phrase(f"problem.{code}", params)
        super().__init__(code, params)

    def __str__(self) -> str:
        return str(self.phrase)


def first_problem(
    error: "ValidationError", model: "type[BaseModel] | None" = None
) -> tuple[str, Phrase | str]:
    """Return the dotted key of the first wrong value, empty for the whole, and the reason.

    Given the ``model`` of a file that people write, a key that it lacks is told with its like.
    """
    first = error.errors(include_url=False)[0]
    place = _place(first)
    reason = _reason(first)
    if model is not None and first["type"] == "extra_forbidden":
        from difflib import get_close_matches  # only who has mistyped a key waits for it

        *sections, name = map(str, place)
        similar = get_close_matches(name, _keys_of(model, sections), 1, _SIMILAR)
        if similar:
            reason = Phrase("problem.similar_key", {"key": similar[0]})
    return ".".join(str(part) for part in place), reason


def named_problem(error: "ValidationError") -> Phrase | str:
    """Return what is wrong with another program's file: of one key, its name and the reason."""
    key, reason = first_problem(error)
    return Phrase("problem.of_key", {"key": key, "reason": reason}) if key else reason


def keys_at_fault(error: "ValidationError") -> list[str]:
    """Return the dotted keys that the first problem is about, without places in lists."""
    first = error.errors(include_url=False)[0]
    section = [part for part in _place(first) if isinstance(part, str)]
    cause = first.get("ctx", {}).get("error")
    keys = cause.keys if isinstance(cause, WrongValueError) else ()
    return [".".join([*section, key]) for key in keys] or [".".join(section)]


def _place(problem: "ErrorDetails") -> tuple[int | str, ...]:
    """Return the keys, and the places in lists, that lead to what is wrong."""
    return problem["loc"][:-1] if _is_of_key(problem) else problem["loc"]


def _is_of_key(problem: "ErrorDetails") -> bool:
    return problem["loc"][-1:] == (_IS_A_KEY,)


def _keys_of(model: "type[BaseModel]", sections: list[str]) -> list[str]:
    """Return the keys of a section of a model; none for what has no keys of its own."""
    fields = model.model_fields
    for section in sections:
        known = fields.get(section)
        fields = {} if known is None else getattr(known.annotation, "model_fields", {})
    return list(fields)


def reason_of(error: Exception) -> Phrase | str:
    """Return why something could not be read, without the names and numbers of programmers."""
    if isinstance(error, OSError):
        return system_reason(error)
    if isinstance(error, UnicodeDecodeError):
        return Phrase("problem.not_utf8", {"position": error.start})
    if isinstance(error, WrongValueError):
        return error.phrase
    if isinstance(error, orjson.JSONDecodeError):
        return place_said(str(error))
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        return first_problem(error)[1]
    said = str(error)
    found = _SYSTEM.search(said)
    return said if found is None else system_reason(OSError(int(found[1]), said))


def _reason(problem: "ErrorDetails") -> Phrase | str:
    context: dict[str, Any] = problem.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, WrongValueError):
        return cause.phrase
    if isinstance(cause, ValueError):
        return str(cause)
    if problem["type"] in ("literal_error", "enum"):
        entry = "problem.key_choice" if _is_of_key(problem) else "problem.choice"
        return Phrase(entry, {"choice": _choice(context["expected"])})
    key = f"problem.{_KINDS.get(problem['type'], problem['type'])}"
    if key not in catalogue("en"):
        return problem["msg"]
    return Phrase(key, {name: _plain(bound) for name, bound in context.items()})


def _plain(bound: object) -> object:
    """Write the bound 5.0 of a number as people do: 5."""
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound


def _choice(expected: str) -> Phrase | str:
    """Return pydantic's ``'a', 'b' or 'c'`` in any language."""
    others, joined, last = expected.rpartition(" or ")
    return Phrase("problem.one_or_other", {"others": others, "last": last}) if joined else last
