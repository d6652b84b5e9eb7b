"""What people ask and what they are answered, in one language: the parsed text resources."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from raise_finetune.demo.systems import System, systems
from raise_finetune.demo.template import Pools, Template, parse
from raise_finetune.messages import Language

_CONJUNCTIONS: dict[Language, str] = {"fr": " et ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question with its answers, each in several wordings."""

    questions: tuple[Template, ...]
    answers: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that people ask about a system, and what they ask next.

    ``personal``: its texts name people and their data (``$person``, ``$email``…). ``brief``: its
    answers are complete as they stand.
    """

    id: str
    tag: str
    title: Template
    openings: tuple[Exchange, ...]
    follow_ups: tuple[Exchange, ...]
    personal: bool
    brief: bool


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All texts of one language.

    ``topics`` holds a topic as often as its weight says; ``follow_ups`` fit after any topic.
    """

    language: Language
    systems: tuple[System, ...]
    topics: tuple[Topic, ...]
    follow_ups: tuple[Exchange, ...]
    pools: Pools


@cache
def phrasebook(language: Language) -> Phrasebook:
    """Return the texts of a language."""
    pools: dict[str, tuple[Template, ...]] = {}
    topics: list[Topic] = []
    follow_ups: list[Exchange] = []
    folder = files("raise_finetune.demo").joinpath("texts", language)
    for resource in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if resource.name == "systems.toml":
            continue
        content = tomllib.loads(resource.read_text("utf-8"))
        parser = _Parser(pools, _CONJUNCTIONS[language])
        for name, sources in content.get("pools", {}).items():
            pools[name] = parser.templates(sources)
        for entry in content.get("topics", []):
            topics += [parser.topic(entry)] * entry.get("weight", 2)
        follow_ups += parser.exchanges(content.get("then", []))
    return Phrasebook(language, systems(language), tuple(topics), tuple(follow_ups), pools)


class _Parser:
    def __init__(self, pools: Pools, conjunction: str) -> None:
        self._pools = pools
        self._conjunction = conjunction

    def topic(self, entry: dict[str, Any]) -> Topic:
        return Topic(
            id=entry["id"],
            tag=entry["tag"],
            title=self._template(entry["title"]),
            openings=self.exchanges(entry["ask"]),
            follow_ups=self.exchanges(entry.get("then", [])),
            personal=entry.get("personal", False),
            brief=entry.get("brief", False),
        )

    def templates(self, sources: list[str]) -> tuple[Template, ...]:
        return tuple(self._template(source) for source in sources)

    def exchanges(self, entries: list[dict[str, Any]]) -> tuple[Exchange, ...]:
        return tuple(self._exchange(entry) for entry in entries)

    def _exchange(self, entry: dict[str, Any]) -> Exchange:
        # A text of several lines ends with the line break before its closing quotes.
        answers = [source.removesuffix("\n") for source in entry["answers"]]
        return Exchange(self.templates(entry["questions"]), self.templates(answers))

    def _template(self, source: str) -> Template:
        return parse(source, self._pools, self._conjunction)
