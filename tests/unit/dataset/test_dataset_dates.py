"""Every spelling of a date on disk becomes text that sorts."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.sources.dates import normal_date


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05"),
        ("2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05"),
        ("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123456789"),
        ("2026-01-02T03:04:05.123+00:00", "2026-01-02T03:04:05.123"),
        ("2026-01-02T03:04:05", "2026-01-02T03:04:05"),
        (" 2026-01-02T03:04:05Z\n", "2026-01-02T03:04:05"),
        ("2026-01-02", "2026-01-02"),
        ("2026-01-02T01:30:00+02:00", "2026-01-01T23:30:00"),
        ("2026-01-02T23:30:00-05:00", "2026-01-03T04:30:00"),
        ("2026-01-02T01:30:00.123456789+02:00", "2026-01-01T23:30:00.123456"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("2026-13-45T99:99:99+01:00", ""),
        ("yesterday", ""),
        ("2026-01-02T03:04:05.Z", ""),
        ("２０２６-01-02", ""),
        ("", ""),
        (None, ""),
        (1767323045, ""),
        (True, ""),
        (["2026-01-02"], ""),
    ],
)
def test_normal_date(written: object, normal: str):
    assert normal_date(written) == normal


offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(
    min_value=datetime(1900, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=offsets,
)


@given(moments, moments)
def test_normal_dates_sort_as_the_moments_do(one: datetime, other: datetime):
    one, other = one.replace(microsecond=0), other.replace(microsecond=0)
    first, second = normal_date(one.isoformat()), normal_date(other.isoformat())
    assert first == one.astimezone(UTC).replace(tzinfo=None).isoformat()
    assert (first < second) == (one < other)
