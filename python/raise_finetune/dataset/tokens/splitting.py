"""Cutting a line at its control strings, as trainers' tokenizers do before anything else."""

import re
from collections.abc import Iterator, Mapping


class ControlSplitter:
    """Cuts texts at control strings, the longest first where several begin at one place."""

    def __init__(self, control_ids: Mapping[str, int]) -> None:
        self._control_ids = control_ids
        # Hundreds of reserved strings differ in a number only: one pattern finds them all.
        patterns = {_any_number(string) for string in control_ids}
        longest_first = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
        self._pattern = re.compile("|".join(longest_first) or r"(?!)")

    def split(self, text: str) -> Iterator[str | int]:
        """Yield texts, none empty, and the ids of the control strings between them."""
        end = 0
        for match in self._pattern.finditer(text):
            control_id = self._control_ids.get(match[0])
            if control_id is None:
                continue
            if match.start() > end:
                yield text[end : match.start()]
            yield control_id
            end = match.end()
        if end < len(text):
            yield text[end:]


def _any_number(string: str) -> str:
    return re.sub("[0-9]+", "[0-9]+", re.escape(string))
