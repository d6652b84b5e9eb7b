"""Text templates with choices in them: parsed once, expanded for each conversation.

=============================  ================================================================
``$slot``                      the value of that name
``⟦this¦that¦⟧``               one of the alternatives, which may be empty or hold others
``⟦one pool⟧``                 one text of a pool
``⟦bullets 3-5 pool⟧``         3 to 5 texts of a pool as a list, in any order
``⟦steps 3-5 pool⟧``           3 to 5 texts of a pool as a numbered list, in their order
``⟦each 3-4 records: body⟧``   the body for 3 to 4 of the system's records, one on each line
``⟦list 3-4 records: body⟧``   the same in one sentence: “a, b and c”
=============================  ================================================================
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from raise_finetune.demo.draws import Draws

Values = dict[str, str]
Records = Mapping[str, Sequence[Values]]
Pools = Mapping[str, Sequence["Template"]]

_TOKEN = re.compile(
    r"⟦(?P<verb>one|bullets|steps|each|list) (?:(?P<low>\d+)-(?P<high>\d+) )?(?P<name>\w+)"
    r"(?P<end>⟧|: ?\n?)"
    r"|\$(?P<slot>[A-Za-z_]\w*)|(?P<mark>[⟦¦⟧])"
)


class Scope(dict[str, str]):
    """What a template may name: single values, chosen records, and lists to choose others from.

    The slots of the chosen records are looked up when they are needed: copying them all together
    would cost more than writing the text.
    """

    __slots__ = ("_chosen", "records")

    def __init__(self, values: Values, chosen: Sequence[Values], records: Records) -> None:
        super().__init__(values)
        self._chosen = chosen
        self.records = records

    def __missing__(self, slot: str) -> str:
        for record in self._chosen:
            if slot in record:
                return record[slot]
        raise KeyError(slot)

    def with_record(self, record: Values) -> "Scope":
        """Return a scope in which the record goes before everything else."""
        return Scope({**self, **record}, self._chosen, self.records)


class Part(Protocol):
    """A piece of a template that is not plain text."""

    def write(self, out: list[str], scope: Scope, draws: Draws) -> None:
        """Append the pieces of one expansion to ``out``."""
        ...


class Template:
    """A parsed text."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[str | Part]) -> None:
        self.parts = tuple(parts)

    def write(self, out: list[str], scope: Scope, draws: Draws) -> None:
        """Append the pieces of one expansion to ``out``."""
        for part in self.parts:
            if isinstance(part, str):
                out.append(part)
            else:
                part.write(out, scope, draws)

    def simplest(self) -> str | Part:
        """Return the template without its shell where it has no more than one part."""
        if len(self.parts) > 1:
            return self
        return self.parts[0] if self.parts else ""

    def expand(self, scope: Scope, draws: Draws) -> str:
        """Return one expansion; ``KeyError`` for a slot or a list that is not in scope."""
        out: list[str] = []
        self.write(out, scope, draws)
        return "".join(out)


def parse(source: str, pools: Pools, conjunction: str) -> Template:
    """Return the template of a text; ``conjunction`` is the language's “and”.

    ``pools`` may still be filling: it is only looked up during expansion. Raises ``ValueError``
    for a bracket without its partner.
    """
    return _Parser(source, pools, conjunction).parse()


class _Parser:
    def __init__(self, source: str, pools: Pools, conjunction: str) -> None:
        self._source = source
        self._pools = pools
        self._conjunction = conjunction
        self._position = 0

    def parse(self) -> Template:
        alternatives = self._alternatives(closing="")
        if len(alternatives) != 1:
            msg = f"¦ outside of brackets: {self._source[:60]!r}"
            raise ValueError(msg)
        return alternatives[0]

    def _alternatives(self, closing: str) -> list[Template]:
        """Read up to the closing bracket (or the end): the templates between the bars."""
        found: list[Template] = []
        parts: list[str | Part] = []
        while match := _TOKEN.search(self._source, self._position):
            if match.start() > self._position:
                parts.append(self._source[self._position : match.start()])
            self._position = match.end()
            mark = match["mark"]
            if mark == "¦":
                found.append(Template(parts))
                parts = []
            elif mark == "⟧":
                found.append(Template(parts))
                self._expect(closing, "⟧")
                return found
            elif mark == "⟦":
                options = self._alternatives(closing="⟧")
                parts.append(_Choice(tuple(option.simplest() for option in options)))
            elif match["slot"]:
                parts.append(_Slot(match["slot"]))
            else:
                parts.append(self._command(match))
        self._expect(closing, "")
        parts.append(self._source[self._position :])
        return [*found, Template(parts)]

    def _command(self, match: re.Match[str]) -> Part:
        verb, name = match["verb"], match["name"]
        count = (int(match["low"] or 1), int(match["high"] or 1))
        if verb in ("each", "list"):
            (body,) = self._alternatives(closing="⟧")
            conjunction = self._conjunction if verb == "list" else None
            return _Records(name, count, body, conjunction)
        self._expect(match["end"], "⟧")
        if verb == "one":
            return _One(self._pools, name)
        return _Items(self._pools, name, count, numbered=verb == "steps")

    def _expect(self, found: str, wanted: str) -> None:
        if found != wanted:
            msg = f"brackets do not match before {self._position}: {self._source[:60]!r}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str

    def write(self, out: list[str], scope: Scope, draws: Draws) -> None:  # noqa: ARG002
        out.append(scope[self.name])


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[str | Part, ...]

    def write(self, out: list[str], scope: Scope, draws: Draws) -> None:
        option = draws.choice(self.options)
        if isinstance(option, str):
            out.append(option)
        else:
            option.write(out, scope, draws)


@dataclass(frozen=True, slots=True)
class _One:
    pools: Pools
    name: str

    def write(self, out: list[str], scope: Scope, draws: Draws) -> None:
        draws.choice(self.pools[self.name]).write(out, scope, draws)


@dataclass(frozen=True, slots=True)
class _Items:
    pools: Pools
    name: str
    count: tuple[int, int]
    numbered: bool

    def write(self, out: list[str], scope: Scope, draws: Draws) -> None:
        count = draws.between(*self.count)
        items = draws.sample(self.pools[self.name], count, ordered=self.numbered)
        for number, item in enumerate(items, 1):
            out.append("\n" if number > 1 else "")
            out.append(f"{number}. " if self.numbered else "- ")
            item.write(out, scope, draws)


@dataclass(frozen=True, slots=True)
class _Records:
    name: str
    count: tuple[int, int]
    body: Template
    conjunction: str | None

    def write(self, out: list[str], scope: Scope, draws: Draws) -> None:
        records = draws.sample(scope.records[self.name], draws.between(*self.count))
        for number, record in enumerate(records, 1):
            if number > 1:
                out.append(self._separator(last=number == len(records)))
            self.body.write(out, scope.with_record(record), draws)

    def _separator(self, *, last: bool) -> str:
        if self.conjunction is None:
            return "\n"
        return self.conjunction if last else ", "
