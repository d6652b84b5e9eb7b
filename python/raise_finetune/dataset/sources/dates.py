"""Dates as text that sorts: every spelling on disk → ``YYYY-MM-DDTHH:MM:SS[.fraction]``, UTC."""

import re
from datetime import UTC, datetime

_UTC = re.compile(
    r"(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)?)(?:Z|\+00:00)?", re.ASCII
)
_OFFSET = re.compile(r".+T.+(?!\+00:00)[+-]\d{2}:\d{2}", re.ASCII)


def normal_date(value: object) -> str:
    """Return an RFC 3339 date in UTC without its suffix, or "" for anything else.

    The fraction is kept as written (nine digits occur, more than ``datetime`` can hold).
    """
    if not isinstance(value, str):
        return ""
    utc = _UTC.fullmatch(value) or _UTC.fullmatch(value.strip())
    if utc is not None:
        return utc[1]
    return _to_utc(value.strip()) if _OFFSET.fullmatch(value.strip()) else ""


def _to_utc(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.replace(tzinfo=None).isoformat()
