"""A sanitizer that lets a second core scan while this one reads what comes next."""

import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.options import SanitizeOptions
from raise_finetune.dataset.sanitize.sanitizer import Sanitizer
from raise_finetune.dataset.second_core import SecondCore


class TwoCoreSanitizer(Sanitizer):
    """A ``Sanitizer`` whose ``scan_later`` uses a second core; its numbers begin in each group."""

    def __init__(self, options: SanitizeOptions, known: KnownValues, core: SecondCore) -> None:
        super().__init__(options, known)
        self._core = core
        self._made_of = options, known
        self.setup = pickle.dumps((*self._made_of, False))

    def thorough(self) -> Sanitizer:
        """See ``Sanitizer``."""
        again = super().thorough()
        again.setup = pickle.dumps((*self._made_of, True))
        return again

    def scan_later(self, texts: Sequence[str]) -> Callable[[], Counter[FindingType]]:
        """See ``Sanitizer``."""
        return self._core.begin(
            _scan, self.setup, texts, here=lambda: self.scan(texts), at_once=True
        )


@lru_cache(maxsize=1)
def sanitizer_of(setup: bytes) -> Sanitizer:
    """Return what masks by a ``TwoCoreSanitizer``'s setup."""
    options, known, is_thorough = pickle.loads(setup)  # noqa: S301 - from our own process
    sanitizer = Sanitizer(options, known)
    return sanitizer.thorough() if is_thorough else sanitizer


# What the second core runs; its setup comes with each call, and is unpacked once.
def _scan(setup: bytes, texts: Sequence[str]) -> Counter[FindingType]:
    return sanitizer_of(setup).scan(texts)
