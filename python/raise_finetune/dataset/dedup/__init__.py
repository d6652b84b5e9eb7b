"""Duplicates: of rows that are the same, or nearly, the best-rated stays, then the newest."""

from raise_finetune.dataset.dedup.grouping import Grouping
from raise_finetune.dataset.dedup.showcase import Showcase
from raise_finetune.dataset.dedup.stage import Deduplication, NearSearch, drop_duplicates

__all__ = ["Deduplication", "Grouping", "NearSearch", "Showcase", "drop_duplicates"]
