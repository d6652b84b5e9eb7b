"""The systems that the demo talks about: records of text → the slots of the templates."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from raise_finetune.demo import nouns
from raise_finetune.demo.draws import Draws
from raise_finetune.demo.template import Records, Scope, Values
from raise_finetune.messages import Language

_Forms = Callable[[str, str], Values]


def _text(slot: str, text: str) -> Values:
    return {slot: text, nouns.capital(slot): nouns.capital(text)}


_NOUN: dict[Language, _Forms] = {"fr": nouns.french_forms, "en": nouns.english_forms}
_ACTION: dict[Language, _Forms] = {"fr": nouns.french_action, "en": nouns.english_action}
_TEXT: dict[Language, _Forms] = {"fr": _text, "en": _text}

# The columns of each list in ``texts/*/systems.toml``: slot and kind of phrase.
_COLUMNS: dict[str, tuple[tuple[str, dict[Language, _Forms]], ...]] = {
    "actors": (("actor", _NOUN), ("actor_does", _TEXT)),
    "components": (("component", _NOUN), ("component_does", _TEXT)),
    "functions": (("function", _ACTION), ("performer", _NOUN)),
    "interfaces": (
        ("interface", _NOUN),
        ("source", _NOUN),
        ("target", _NOUN),
        ("medium", _TEXT),
        ("data", _TEXT),
        ("rate", _TEXT),
        ("loss", _TEXT),
    ),
    "failures": (
        ("failure", _NOUN),
        ("cause", _NOUN),
        ("effect", _TEXT),
        ("barrier", _TEXT),
        ("severity", _TEXT),
    ),
    "requirements": (
        ("req_name", _TEXT),
        ("req", _TEXT),
        ("vague", _TEXT),
        ("why", _TEXT),
        ("verify", _TEXT),
        ("method", _TEXT),
    ),
    "trades": (
        ("decision", _NOUN),
        ("option_a", _TEXT),
        ("option_b", _TEXT),
        ("plus_a", _TEXT),
        ("minus_a", _TEXT),
        ("plus_b", _TEXT),
        ("minus_b", _TEXT),
        ("advice", _TEXT),
    ),
    "modes": (("mode", _TEXT),),
    "standards": (("standard", _NOUN),),
}
# Lists from which a conversation needs two different records: ``$component`` and ``$component2``.
_PAIRED = ("actors", "components", "functions", "modes", "failures", "requirements")


@dataclass(frozen=True, slots=True)
class System:
    """A system of interest: its own slots, its records, and the same under names that end in 2."""

    id: str
    values: Values
    records: Records
    seconds: Records

    def bind(self, draws: Draws) -> Scope:
        """Return a scope in which one record of each list is chosen, and a second of some."""
        chosen = [self.values]
        for name, records in self.records.items():
            first = draws.below(len(records))
            chosen.append(records[first])
            if name in self.seconds:
                second = draws.below(len(records) - 1)
                chosen.append(self.seconds[name][second + (second >= first)])
        return Scope({}, chosen, self.records)


@cache
def systems(language: Language) -> tuple[System, ...]:
    """Return the systems described in a language."""
    other: Language = "en" if language == "fr" else "fr"
    translations = {entry["id"]: entry for entry in _entries(other)}
    return tuple(
        _system(entry, translations[entry["id"]], language) for entry in _entries(language)
    )


def _entries(language: Language) -> list[dict[str, Any]]:
    resource = files("raise_finetune.demo").joinpath("texts", language, "systems.toml")
    return tomllib.loads(resource.read_text("utf-8"))["systems"]


def _system(entry: Mapping[str, Any], translation: Mapping[str, Any], language: Language) -> System:
    values = {
        **_NOUN[language]("system", entry["name"]),
        **_ACTION[language]("mission", entry["mission"]),
        **_TEXT[language]("context", entry["context"]),
    }
    records = {name: [_record(name, line, language) for line in entry[name]] for name in _COLUMNS}
    for requirement, line in zip(records["requirements"], translation["requirements"], strict=True):
        requirement["req_translated"] = line.split(" | ")[1]
    seconds = {
        name: [_record(name, line, language, suffix="2") for line in entry[name]]
        for name in _PAIRED
    }
    return System(entry["id"], values, records, seconds)


def _record(name: str, line: str, language: Language, suffix: str = "") -> Values:
    values: Values = {}
    for (slot, forms), phrase in zip(_COLUMNS[name], line.split(" | "), strict=True):
        values.update(forms[language](slot + suffix, phrase))
    return values
