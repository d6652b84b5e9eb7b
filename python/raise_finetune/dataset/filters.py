"""The tests that a record must pass; each returns the fate of one that fails, else None."""

from collections.abc import Sequence

from raise_finetune.dataset.ledger import Fate
from raise_finetune.dataset.recipe import FilterSection, RatingSection


def fate_by_tags(tags: Sequence[str], filters: FilterSection) -> Fate | None:
    """Ask for one of the wanted tags and none of the excluded ones."""
    if filters.tags and not any(tag in filters.tags for tag in tags):
        return "tag_filtered"
    if any(tag in filters.exclude_tags for tag in tags):
        return "tag_filtered"
    return None


def fate_by_rating(rating: float | None, invalid: str, options: RatingSection) -> Fate | None:
    """Ask for a rating that is high enough, or for none where unrated records are wanted."""
    if invalid:
        return "invalid_rating"
    if rating is None:
        return None if options.include_unrated else "unrated"
    return "rated_too_low" if rating < options.minimum else None


def fate_by_date(date: str, filters: FilterSection) -> Fate | None:
    """Ask for a day between the two given, both included; without a date no record passes."""
    if filters.since and date[:10] < filters.since:
        return "outside_dates"
    if filters.until and not "" < date[:10] <= filters.until:
        return "outside_dates"
    return None
