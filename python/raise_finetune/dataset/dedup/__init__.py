"""Duplicates: of rows that are the same, or nearly, the best-rated stays, then the newest."""

from raise_finetune.dataset.dedup.intake import Intake, take_in
from raise_finetune.dataset.dedup.showcase import Showcase
from raise_finetune.dataset.dedup.stage import Deduplication, NearSearch, near_search

__all__ = ["Deduplication", "Intake", "NearSearch", "Showcase", "near_search", "take_in"]
