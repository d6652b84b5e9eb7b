"""The collector of cycles rests while texts are masked, and is left as it was found."""

import gc
from collections.abc import Iterator, Sequence

import pytest

from raise_finetune.dataset.sanitize import Finding, KnownValues, SanitizeOptions, Sanitizer
from raise_finetune.dataset.sanitize.collector import paused_collector


@pytest.fixture(params=[True, False], ids=["on", "off"])
def collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Turn the collector on or off for one test."""
    before = gc.isenabled()
    on: bool = request.param
    (gc.enable if on else gc.disable)()
    yield on
    (gc.enable if before else gc.disable)()


class WatchingTier:
    """Notes whether the collector is on, and fails."""

    collecting: bool | None = None

    def findings(self, texts: Sequence[str]) -> list[list[Finding]]:
        self.collecting = gc.isenabled()
        raise OSError(len(texts))


def test_it_rests_within_and_is_as_before_afterwards(collecting: bool):
    with paused_collector():
        assert not gc.isenabled()
        with paused_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() is collecting


def test_masking_that_fails_leaves_it_as_it_was(collecting: bool):
    tier = WatchingTier()
    sanitizer = Sanitizer(SanitizeOptions(), KnownValues(), tiers=[tier])
    with pytest.raises(OSError, match="1"):
        sanitizer.sanitize([["Jean"]])
    assert tier.collecting is False
    assert gc.isenabled() is collecting
