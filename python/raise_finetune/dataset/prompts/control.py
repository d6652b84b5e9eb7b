r"""Control tokens in people's text: neutralise them, drop the record, or refuse.

A typed ``</s>`` becomes a real end of sequence when a trainer tokenizes the finished text, and a
typed ``[INST]`` a turn that nobody took. Neutralised, a backslash follows the first character:
``<\/s>``, ``[\INST]``. No tokenizer reads that as a control token, a person sees it, and
``ControlStrings.restore`` takes it back exactly: where backslashes stood there already, one is
added to them. Only exact spellings count; tokenizers do not see through another case or through
zero-width characters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.records import Example, Message
from raise_finetune.errors import BadInputError

ControlTokens = Literal["neutralise", "drop", "refuse"]

NEUTRALISED = "control_tokens_neutralised"


def neutralise(
    batches: Iterable[list[Example]],
    strings: Sequence[str],
    choice: ControlTokens,
    ledger: Ledger,
) -> Iterator[list[Example]]:
    """Yield the examples without the control strings of the profiles' families.

    What was neutralised gets the repair *control_tokens_neutralised*, what was dropped the fate
    *control_tokens*. With none, as for structured profiles, all pass: their trainer decides how a
    content is tokenized.

    Raises ``BadInputError`` at the first record with a control string, if the choice is to refuse.
    """
    if not strings:
        yield from batches
        return
    finder = control_strings(tuple(strings))
    for batch in batches:
        if choice == "neutralise":
            yield [_neutralised(example, finder) for example in batch]
        else:
            yield [example for example in batch if _is_clean(example, finder, choice, ledger)]


class ControlStrings:
    """Finds a family's control strings in text.

    A number in one stands for all numbers: ``<unused0>`` also finds ``<unused98>``.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._first_characters = {string[0] for string in strings}
        self._written = [string for string in strings if not _NUMBER.search(string)]
        self._exact = re.compile("|".join(_any_number(string) for string in strings))
        self._head = re.compile(_heads(strings))
        self._neutralised_head = re.compile(_heads(strings, neutralised=True))

    def found_in(self, messages: Iterable[Message]) -> list[str]:
        """Return the control strings in the contents, each once, in alphabetical order."""
        found: set[str] = set()
        for message in messages:
            if self._may_hold(message.content):
                found.update(match[0] for match in self._exact.finditer(message.content))
        return sorted(found)

    def __contains__(self, string: str) -> bool:
        """Tell whether the whole string is one of them."""
        return self._exact.fullmatch(string) is not None

    def split(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield the pieces of a text, none empty, and whether each is a control string."""
        end = 0
        for match in self._exact.finditer(text):
            if match.start() > end:
                yield text[end : match.start()], False
            yield match[0], True
            end = match.end()
        if end < len(text):
            yield text[end:], False

    def texts_between(self, text: str) -> list[str]:
        """Return the pieces of a rendered text between its template's tokens; some may be empty.

        Plain searches, one for each string, are ten times as fast as one for all of them. No
        template writes a string with a number in it, and no content holds a NUL.
        """
        for string in self._written:
            text = text.replace(string, "\0")
        return text.split("\0")

    def neutralise(self, text: str) -> str:
        """Return the text with a backslash after the first character of each."""
        return self._head.sub(r"\g<0>\\", text) if self._may_hold(text) else text

    def restore(self, text: str) -> str:
        """Return what ``neutralise`` was given."""
        return self._neutralised_head.sub(lambda head: head[0][:1], text)

    def _may_hold(self, text: str) -> bool:
        for character in self._first_characters:  # noqa: SIM110 - any() takes three times as long
            if character in text:
                return True
        return False


@lru_cache
def control_strings(strings: tuple[str, ...]) -> ControlStrings:
    """Return the finder for these strings; compiling one takes milliseconds."""
    return ControlStrings(strings)


_NUMBER = re.compile("[0-9]+")


def _any_number(string: str) -> str:
    return _NUMBER.sub("[0-9]{1,4}", re.escape(string))


def _heads(strings: Sequence[str], *, neutralised: bool = False) -> str:
    """Return a pattern for what a control string begins with, however many backslashes follow.

    That is its first character, or if ``neutralised`` the first character and a backslash.
    """
    backslash = r"\\" if neutralised else ""
    heads: list[str] = []
    for first, same_first in groupby(sorted(strings), key=lambda string: string[0]):
        rests = "|".join(_any_number(string[1:]) for string in same_first)
        heads.append(rf"{re.escape(first)}{backslash}(?=\\*(?:{rests}))")
    return "|".join(heads)


def _neutralised(example: Example, strings: ControlStrings) -> Example:
    changed = False
    for place, (role, content) in enumerate(example.messages):
        harmless = strings.neutralise(content)
        if harmless != content:
            example.messages[place] = Message(role, harmless)
            changed = True
    if changed:
        example.repairs = [*example.repairs, NEUTRALISED]
    return example


def _is_clean(
    example: Example, strings: ControlStrings, choice: ControlTokens, ledger: Ledger
) -> bool:
    found = ", ".join(strings.found_in(example.messages))
    if found and choice == "refuse":
        raise BadInputError("control_tokens_refused", record=example.record, found=found)
    if found:
        ledger.mark(example.record, "control_tokens", found)
    return not found
