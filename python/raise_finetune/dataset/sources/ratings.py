"""Inline ratings: where they may stand in a message or a document, and what counts as one."""

import reprlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

from raise_finetune.dataset.recipe import RatingSection
from raise_finetune.dataset.records import HIGHEST_RATING, LOWEST_RATING

_THUMBS = {"up": HIGHEST_RATING, "down": LOWEST_RATING}


class InvalidRatingError(ValueError):
    """A value stands where a rating belongs and is none; the message holds it, shortened."""

    def __init__(self, value: object) -> None:
        super().__init__(reprlib.repr(value))  # however long or deeply nested it is


class RatingReader:
    """Reads the rating of a message or a document.

    The first path that holds a value decides; ``metadata.rating`` is a path of two keys. Stars
    are numbers from 1 to 5, thumbs map to 5 and 1. ``keys`` are those under which one may stand:
    most messages have none of them.
    """

    def __init__(self, paths: Sequence[str], thumbs_paths: Sequence[str]) -> None:
        self._readers = [(*_first_and_rest(path), _stars) for path in paths]
        self._readers += [(*_first_and_rest(path), _thumb) for path in thumbs_paths]
        self.keys = frozenset(key for key, _, _ in self._readers)

    def __call__(self, holder: Mapping[str, Any]) -> float | None:
        """Return the rating, None where no path holds a value; raise ``InvalidRatingError``."""
        for key, rest, convert in self._readers:
            if key in holder:
                value = _follow(holder[key], rest) if rest else holder[key]
                if value is not None:
                    return convert(value)
        return None


NO_RATINGS = RatingReader((), ())
"""Finds none: for who looks at the messages alone."""


def rating_reader(options: RatingSection) -> RatingReader:
    """Return what reads ratings from where a recipe says that they stand."""
    return RatingReader(options.paths, options.thumbs_paths)


def rating_or_invalid(
    holder: Mapping[str, Any], read_rating: RatingReader
) -> tuple[float | None, str]:
    """Return the rating and "", or None and what stood in its place."""
    if read_rating.keys.isdisjoint(holder):
        return None, ""
    try:
        return read_rating(holder), ""
    except InvalidRatingError as error:
        return None, str(error)


def _first_and_rest(path: str) -> tuple[str, tuple[str, ...]]:
    first, *rest = path.split(".")
    return first, tuple(rest)


def _follow(value: object, path: tuple[str, ...]) -> object:
    for key in path:
        if not isinstance(value, dict):
            return None
        value = cast("dict[str, object]", value).get(key)
    return value


def _stars(value: object) -> float:
    if isinstance(value, str) and value in _THUMBS:
        return _THUMBS[value]
    # A bool is an int to Python, but no number of stars.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidRatingError(value)
    if not LOWEST_RATING <= value <= HIGHEST_RATING:
        raise InvalidRatingError(value)
    return float(value)


def _thumb(value: object) -> float:
    if isinstance(value, str) and value in _THUMBS:
        return _THUMBS[value]
    if isinstance(value, bool):
        return HIGHEST_RATING if value else LOWEST_RATING
    if value == 1:
        return HIGHEST_RATING
    if value == -1:
        return LOWEST_RATING
    raise InvalidRatingError(value)
