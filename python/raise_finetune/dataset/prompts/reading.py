"""A row back into its messages: the inverse of a profile and its layout.

A finished line is cut at what the profile writes between the contents, which is learned by
rendering contents that nobody types. Whether the cut is right is then proved by rendering it again.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from raise_finetune.dataset.prompts.layout import Task, layout_of
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.structured import ALPACA
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Example, Message, Role
from raise_finetune.errors import BadInputError

RowValues = Mapping[str, object]
"""A row as a loader gives it: its values by column."""

_ROLES: Mapping[str, Role] = {
    "system": "system",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "gpt": "assistant",
}
# A character of the private use area: no template strips it.
_CONTENT = "\ue000"
# Where a system prompt stands in a place of its own, a line is first read as one that has it.
_OWN_PLACE = frozenset({"first_question_in_sys_tags", "own_tokens", "own_turn"})
_TEMPLATE = "template"  # a user's own: where it puts a system prompt, it alone knows


class RowReader:
    """Reads rows of one profile and task; ``columns`` are what it expects."""

    def __init__(self, profile: PromptProfile, task: Task) -> None:
        self._profile = profile
        self._task = task
        self._layout = layout_of(profile, task)
        self.columns = self._layout.columns

    @property
    def tells_system_prompts(self) -> bool:
        """Whether a system prompt is read as one, not as the beginning of a question."""
        is_text = isinstance(self._profile, TextProfile)
        return not is_text or self._profile.system_placement in _OWN_PLACE

    @property
    def can_read(self) -> bool:
        """Whether a row tells its contents: a template may write them twice, or not at all."""
        is_text = isinstance(self._profile, TextProfile)
        return not is_text or _frame(self._profile, 1, system=False) is not None

    def read(self, row: RowValues) -> list[Message] | None:
        """Return the messages that are written as this row, None where none are.

        In a pair the rejected answer stands before the chosen one, as in ``Example``. A system
        prompt without a place of its own (before a question's text) is part of that question; so
        is, in an ``alpaca`` row, all that came before.
        """
        for messages in self._readings(row):
            if messages and self._is_written_as(messages, row):
                return messages
        return None

    def _readings(self, row: RowValues) -> Iterator[list[Message]]:
        if self._task == "sft":
            yield from self._read_whole(row, list(self.columns))
            return
        answer = "chosen" if self._task == "dpo" else "completion"
        for messages in self._read_whole(row, ["prompt", answer]):
            if messages and self._task == "dpo":
                for other in self._read_whole(row, ["prompt", "rejected"]):
                    if other:
                        yield [*messages[:-1], other[-1], messages[-1]]
            else:
                yield messages

    def _read_whole(self, row: RowValues, columns: Sequence[str]) -> Iterator[list[Message]]:
        """Yield how the columns, one after another, can be read as one conversation."""
        if isinstance(self._profile, TextProfile):
            line = "".join([cast("str", row[column]) for column in columns])
            placement = self._profile.system_placement
            if placement in _OWN_PLACE:
                yield _read_line(self._profile, line, system=True)
            yield _read_line(self._profile, line, system=False)
            if placement == _TEMPLATE:
                yield _read_line(self._profile, line, system=True)
        elif self._profile is ALPACA:
            yield _read_alpaca(cast("Mapping[str, str]", row))
        else:
            yield _read_turns([turn for column in columns for turn in _turns(row[column])])

    def _is_written_as(self, messages: list[Message], row: RowValues) -> bool:
        if self._profile is ALPACA:
            # What came before has no inverse: any of its lines may begin with a speaker's name.
            return self._layout.row(example_of(messages)) == {**row, "input": ""}
        is_pair, is_good = self._task == "dpo", bool(row.get("label", True))
        example = example_of(messages, paired=is_pair, good=is_good)
        try:
            return self._layout.row(example) == row
        except BadInputError:  # a template of the user's does not take these messages
            return False


def example_of(messages: list[Message], *, paired: bool = False, good: bool = True) -> Example:
    """Return an example that holds nothing but these messages."""
    return Example("", "", "conversation", messages, 0.0, "", "", [], paired=paired, good=good)


def _turns(value: object) -> list[Mapping[str, str]]:
    return cast("list[Mapping[str, str]]", value)


def _read_turns(turns: Sequence[Mapping[str, str]]) -> list[Message]:
    """Return the messages; none where people and assistant do not take turns."""
    messages = [Message(_ROLES.get(role, "system"), content) for role, content in _pairs(turns)]
    roles = [message.role for message in messages]
    taken = roles[1:] if roles[:1] == ["system"] else roles
    return messages if taken and taken == ["user", "assistant"] * (len(taken) // 2) else []


def _pairs(turns: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for turn in turns:
        role, content = turn.values()
        yield role, content


def _read_alpaca(row: Mapping[str, str]) -> list[Message]:
    if not row["instruction"] or not row["output"]:
        return []
    return [Message("user", row["instruction"]), Message("assistant", row["output"])]


class _Frame(NamedTuple):
    """What a profile writes around the contents, for a number of turns."""

    roles: list[Role]
    literals: list[str]


def _read_line(profile: TextProfile, line: str, *, system: bool) -> list[Message]:
    turns = _count_turns(profile, line, system=system)
    frame = _frame(profile, turns, system) if turns > 0 else None
    if frame is None:
        return []
    contents = _cut(line, frame.literals)
    messages = [
        Message(role, content) for role, content in zip(frame.roles, contents, strict=False)
    ]
    return messages[1:] if messages[:1] == [Message("system", "")] else messages


def _count_turns(profile: TextProfile, line: str, *, system: bool) -> int:
    """Tell by what stands between an answer and the next question."""
    one, two = (_frame(profile, turns, system) for turns in (1, 2))
    if one is None or two is None:
        return 0 if one is None else 1
    between = two.literals[len(one.roles)]
    if not between:
        return 1
    # It may stand after a system prompt, too.
    first, second = (sum(each.count(between) for each in frame.literals) for frame in (one, two))
    if second <= first:  # a template of the user's may write it where no turn ends
        return 1
    more, rest = divmod(line.count(between) - first, second - first)
    return 0 if rest else more + 1


@lru_cache(maxsize=256)
def _frame(profile: TextProfile, turns: int, system: bool) -> _Frame | None:
    """Return the frame, None for a template that writes no such conversation content by content."""
    exchange: tuple[Role, ...] = ("user", "assistant")
    roles: list[Role] = ["system"] if system else []
    roles += exchange * turns
    try:
        line = profile.line([Message(role, _CONTENT) for role in roles])
    except BadInputError:
        return None
    literals = line.split(_CONTENT)
    return _Frame(roles, literals) if len(literals) == len(roles) + 1 else None


def _cut(line: str, literals: Sequence[str]) -> list[str]:
    """Return what stands between the literals, each taken where it comes first; [] if they don't.

    The first one begins the line and the last one ends it.
    """
    position = len(literals[0])
    end = len(line) - len(literals[-1])
    if not line.startswith(literals[0]) or not line.endswith(literals[-1]):
        return []
    contents: list[str] = []
    for literal in literals[1:-1]:
        found = line.find(literal, position)
        if found < 0:
            return []
        contents.append(line[position:found])
        position = found + len(literal)
    return [*contents, line[position:end]] if position <= end else []
