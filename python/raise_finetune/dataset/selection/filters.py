"""The tests that a record must pass; each returns the fate of one that fails, else None."""

from collections.abc import Sequence

from raise_finetune.dataset.ledger import Fate
from raise_finetune.dataset.recipe import ExportRecipe


class Filters:
    """What a recipe asks of each record.

    Plain attributes, read for every record: those of a pydantic model cost five times as much.
    """

    def __init__(self, recipe: ExportRecipe) -> None:
        self.minimum = recipe.rating.minimum
        self.include_unrated = recipe.rating.include_unrated
        self.tags = frozenset(recipe.filter.tags)
        self.exclude_tags = frozenset(recipe.filter.exclude_tags)
        self.since = recipe.filter.since
        self.until = recipe.filter.until
        self.languages = recipe.filter.languages
        self.task = recipe.output.task
        self.bad_maximum = recipe.rating.bad_maximum
        self.by_tags = bool(self.tags or self.exclude_tags)

    def fate_by_tags(self, tags: Sequence[str]) -> Fate | None:
        """Ask for one of the wanted tags and none of the excluded ones."""
        if self.tags and self.tags.isdisjoint(tags):
            return "tag_filtered"
        return None if self.exclude_tags.isdisjoint(tags) else "tag_filtered"

    def fate_by_rating(self, rating: float | None, invalid: str) -> Fate | None:
        """Ask for a rating that is high enough, or for none where unrated records are wanted.

        Preference trainers need bad answers too, and nothing that nobody has judged.
        """
        if invalid:
            return "invalid_rating"
        if rating is None:
            return None if self.include_unrated and self.task == "sft" else "unrated"
        if rating >= self.minimum or self.task == "dpo":
            return None
        if self.task == "sft":
            return "rated_too_low"
        return None if rating <= self.bad_maximum else "rated_between"

    def fate_by_date(self, date: str) -> Fate | None:
        """Ask for a day between the two given, both included; without a date no record passes."""
        if self.since and date[:10] < self.since:
            return "outside_dates"
        if self.until and not "" < date[:10] <= self.until:
            return "outside_dates"
        return None
