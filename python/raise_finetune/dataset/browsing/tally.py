"""What a preview says, counted from its rows and its ledger."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeVar, cast

import orjson

from raise_finetune.dataset.ledger import Fate, Ledger
from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.records import Row
from raise_finetune.dataset.report import Problem
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.split import Split
from raise_finetune.dataset.tokens.report import TokenReport

_Key = TypeVar("_Key", bound=Hashable)

# Characters of a row; the last bar takes all that is longer.
LENGTH_EDGES = (0, 250, 500, 1000, 2000, 4000, 8000, 16000)


class PreviewRow(ReportModel):
    """One row as it would be written; ``line`` is the JSON of the file, without its end."""

    record: str
    split: str
    rating: float
    line: str


class LengthBar(ReportModel):
    """How many rows have at least ``at_least`` characters and fewer than the next bar."""

    at_least: int
    rows: int


class ExportPreview(ReportModel):
    """What an export would do.

    ``conversations`` and ``documentation`` count what the rows were made from; ``ratings`` counts
    the rows by rating, where "0" stands for none; ``masked`` the values masked in them by type.
    ``tokens`` is there when the recipe names a tokenizer. ``estimated_from`` is how many documents
    the counts are estimated from, None where all were read.
    """

    documents_read: int
    records_read: int
    rows: int
    conversations: int
    documentation: int
    splits: dict[str, int]
    fates: dict[str, int]
    repairs: dict[str, int]
    masked: dict[str, int]
    ratings: dict[str, int]
    lengths: tuple[LengthBar, ...]
    sample: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    tokens: TokenReport | None
    estimated_from: int | None


class Counts(NamedTuple):
    """What became of the records; in an estimate, each counts for all that it stands for."""

    documents: int
    fates: Mapping[Fate, float]
    repairs: Mapping[str, float]
    masked: Mapping[str, float]


class Tally:
    """Counts the rows of a preview, and keeps the first ``most_shown`` to be shown.

    ``weight`` says for how many a record or a group stands.
    """

    def __init__(self, most_shown: int, weight: Callable[[str], float] = lambda _name: 1) -> None:
        self.shown: list[tuple[Split, Row]] = []
        self._most_shown = most_shown
        self._weight = weight
        self._places: Counter[str] = Counter()
        self.splits: dict[str, float] = defaultdict(float)
        self._ratings: defaultdict[float, float] = defaultdict(float)
        self._lengths = dict.fromkeys(LENGTH_EDGES, 0.0)
        self._conversations: set[str] = set()
        self._documentation: set[str] = set()

    def take(
        self, batches: Iterable[list[tuple[Split, Row]]], ledger: Ledger, pulse: Pulse
    ) -> None:
        """Take all rows, and mark them as exported."""
        for batch in batches:
            for split, row in batch:
                ledger.mark_exported(row, split, self._places[split])
                self._places[split] += 1
                weight = self._weight(row.record)
                self.splits[split] += weight
                self._ratings[row.rating] += weight
                is_conversation = row.kind == "conversation"
                (self._conversations if is_conversation else self._documentation).add(row.group)
                length = _length(orjson.loads(row.line))
                self._lengths[LENGTH_EDGES[bisect_right(LENGTH_EDGES, length) - 1]] += weight
                if len(self.shown) < self._most_shown:
                    self.shown.append((split, row))
            pulse.beat("writing", self._places.total())

    def preview(
        self,
        counts: Counts,
        problems: tuple[Problem, ...],
        notices: Sequence[Notice],
        tokens: TokenReport | None = None,
        estimated_from: int | None = None,
    ) -> ExportPreview:
        """Return the preview; its numbers add up, estimated or not."""
        fates = {fate: round(count) for fate, count in _by_count(counts.fates)}
        rows = fates.get("exported", 0)
        ratings = _shared_out(self._ratings, rows)
        documents = round(sum(map(self._weight, self._documentation)))
        return ExportPreview(
            documents_read=counts.documents,
            records_read=sum(fates.values()),
            rows=rows,
            conversations=min(round(sum(map(self._weight, self._conversations))), rows - documents),
            documentation=documents,
            splits=_shared_out(self.splits, rows),
            fates=dict(fates),
            repairs={name: round(count) for name, count in _by_count(counts.repairs)},
            masked={name: round(count) for name, count in _by_count(counts.masked)},
            ratings={f"{rating:g}": ratings[rating] for rating in sorted(ratings)},
            lengths=tuple(
                LengthBar(at_least=edge, rows=rows)
                for edge, rows in _shared_out(self._lengths, rows).items()
            ),
            sample=tuple(_preview_row(split, row) for split, row in self.shown),
            problems=problems,
            notices=tuple(notices),
            tokens=tokens,
            estimated_from=estimated_from,
        )


def _by_count(counts: Mapping[_Key, float]) -> list[tuple[_Key, float]]:
    return sorted(counts.items(), key=itemgetter(1), reverse=True)


def _shared_out(parts: Mapping[_Key, float], total: int) -> dict[_Key, int]:
    """Round the parts so that they add up to the total: up where most is missing."""
    rounded = {key: int(part) for key, part in parts.items()}
    missing = total - sum(rounded.values())
    for key in sorted(parts, key=lambda key: rounded[key] - parts[key])[: max(missing, 0)]:
        rounded[key] += 1
    return rounded


def _length(value: object) -> int:
    """Return how many characters a row's texts have, in whatever lists and objects they stand."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_length, cast("dict[str, object]", value).values()))
    return sum(map(_length, cast("list[object]", value))) if isinstance(value, list) else 0


def _preview_row(split: Split, row: Row) -> PreviewRow:
    line = row.line.decode().removesuffix("\n")
    return PreviewRow(record=row.record, split=split, rating=row.rating, line=line)
