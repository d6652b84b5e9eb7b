"""Duplicates: of rows that are the same, or nearly, the best-rated stays, then the newest."""

from raise_finetune.dataset.dedup.rendered import RenderedRows, render_rows
from raise_finetune.dataset.dedup.showcase import Showcase
from raise_finetune.dataset.dedup.stage import Deduplication, NearSearch, near_search

__all__ = ["Deduplication", "NearSearch", "RenderedRows", "Showcase", "near_search", "render_rows"]
