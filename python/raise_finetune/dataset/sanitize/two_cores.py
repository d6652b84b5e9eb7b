"""A sanitizer that lets a second core mask while this one reads, renders and writes."""

import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.sanitize.sanitizer import SanitizedGroup, Sanitizer, untouched
from raise_finetune.dataset.second_core import SecondCore


class TwoCoreSanitizer(Sanitizer):
    """A ``Sanitizer`` whose ``…_later`` methods use a second core."""

    def __init__(self, options: SanitizeOptions, known: KnownValues, core: SecondCore) -> None:
        super().__init__(options, known)
        self._core = core
        self._setup = pickle.dumps((options, known))

    def sanitize_later(self, groups: Sequence[Sequence[str]]) -> Callable[[], list[SanitizedGroup]]:
        """See ``Sanitizer``."""
        touched = self._core.begin(
            _sanitize, self._setup, groups, here=lambda: _touched(self, groups)
        )
        return lambda: [
            untouched(group) if result is None else result
            for group, result in zip(groups, touched(), strict=True)
        ]

    def scan_later(self, texts: Sequence[str]) -> Callable[[], Counter[FindingType]]:
        """See ``Sanitizer``."""
        return self._core.begin(
            _scan, self._setup, texts, here=lambda: self.scan(texts), at_once=True
        )


# What the second core runs; its setup comes with each call, and is unpacked once.


def _sanitize(setup: bytes, groups: Sequence[Sequence[str]]) -> list[SanitizedGroup | None]:
    return _touched(_sanitizer(setup), groups)


def _scan(setup: bytes, texts: Sequence[str]) -> Counter[FindingType]:
    return _sanitizer(setup).scan(texts)


@lru_cache(maxsize=1)
def _sanitizer(setup: bytes) -> Sanitizer:
    options, known = pickle.loads(setup)  # noqa: S301 - from our own process
    return Sanitizer(options, known)


def _touched(sanitizer: Sanitizer, groups: Sequence[Sequence[str]]) -> list[SanitizedGroup | None]:
    """Mask groups; None stands for each that stays as it is: most do, and need not travel."""
    return [
        None if result.texts == group else result
        for group, result in zip(groups, sanitizer.sanitize(groups), strict=True)
    ]
