"""``forget``: which known datasets hold a record, and the same datasets made again without it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.formats.hashed import sha256_of
from raise_finetune.dataset.progress import Progress
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.record_names import answer_of
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.sources.feedback import read_feedback
from raise_finetune.dataset.sources.forgotten import (
    Forgotten,
    RecordAmbiguousError,
    entry_of,
    keep_forgotten,
)
from raise_finetune.dataset.sources.targets import read_target
from raise_finetune.dataset.verification.existing import Dataset, LedgerEntry, open_dataset
from raise_finetune.dataset.verification.leaks import group_of
from raise_finetune.dataset.writing.kept_recipe import repeatable
from raise_finetune.dataset.writing.kept_templates import with_kept_templates
from raise_finetune.dataset.writing.remembered import KnownDataset
from raise_finetune.errors import BadInputError, CancelledError, RaiseError
from raise_finetune.messages import Language
from raise_finetune.storage.engine import StorageEngine, UnreadableError

# A row that was left out because another row is the same, or nearly so: it would come back.
_TWIN_FATES = frozenset({"duplicate", "near_duplicate"})
# The records whose text stands in a row: its own, and in a pair the rejected answer's.
_HELD_FATES = frozenset({"exported", "compared"})


class Holder(ReportModel):
    """A dataset that holds what is to be forgotten.

    ``rows`` were made of it; ``contexts`` are other rows of the same conversation, whose context
    may hold it. ``root`` is the data folder that the dataset was made of.
    """

    path: str
    root: str
    rows: int
    contexts: int


class ForgetPlan(ReportModel):
    """What forgetting a record means.

    ``records`` are what goes on the domain's list: the record, and those that gave the very same
    row, or nearly, which would take its place. ``unreadable`` are known datasets that could not be
    searched: they lie there, but not as they were exported.
    """

    record: str
    records: tuple[str, ...]
    holders: tuple[Holder, ...]
    unreadable: tuple[str, ...]


class Remade(ReportModel):
    """A dataset made again: how many rows it had and has, each counted once however many files."""

    path: str
    rows_before: int
    rows: int


class Forgetting(ReportModel):
    """What was done: the plan, and the datasets that were made again.

    ``failed`` names those that could not be, with the reason.
    """

    plan: ForgetPlan
    done: bool
    remade: tuple[Remade, ...]
    failed: dict[str, str]


def plan_forgetting(
    engine: StorageEngine, record: str, known: Iterable[KnownDataset]
) -> ForgetPlan:
    """Say what forgetting ``record`` means; nothing is changed.

    ``record`` is a conversation or document, an answer (``…#3``), or a rating kept by this
    application; ``known`` are datasets made of this data folder. Raises ``BadInputError``
    for a record that neither the data folder nor a dataset knows.
    """
    wanted = _Wanted(engine, record)
    datasets: list[tuple[Dataset, str]] = []
    unreadable: list[str] = []
    for each in known:
        if not Path(each.path).exists():
            continue
        dataset = _open(each)
        if dataset is None:
            unreadable.append(each.path)
        else:
            datasets.append((dataset, each.root))
    wanted.add_twins([dataset for dataset, _ in datasets])
    holders = [wanted.holder(dataset, root) for dataset, root in datasets]
    found = tuple(holder for holder in holders if holder.rows or holder.contexts)
    if not any(holder.rows for holder in found) and not wanted.is_in(engine):
        raise BadInputError("record_unknown", record=record)
    return ForgetPlan(
        record=record,
        records=tuple(sorted(wanted.records)),
        holders=found,
        unreadable=tuple(unreadable),
    )


def forget(
    engine: StorageEngine,
    plan: ForgetPlan,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    made: Callable[[Holder, ExportRecipe, ExportReport], None] | None = None,
    language: Language | None = None,
) -> Forgetting:
    """Put the plan's records on the domain's list, then make each dataset again without them.

    Each dataset is made by its own recipe, of the data as it is now; ``made`` is told of each. One
    that cannot be made again is left as it is, and named with the reason, in ``language``.
    """
    keep_forgotten(engine, list(_entries(engine, plan.records)))
    remade: list[Remade] = []
    failed: dict[str, str] = {}
    for holder in plan.holders:
        try:
            dataset = open_dataset(Path(holder.path))
            recipe = repeatable(dataset.manifest.export_recipe())
            report: ExportReport = export_dataset(
                with_kept_templates(recipe, dataset.side_folder),
                holder.path,
                root=holder.root,
                progress=progress,
                cancel=cancel,
                allow_empty=True,
            )
        except CancelledError:
            raise
        except RaiseError as error:
            failed[holder.path] = error.message(language)
        else:
            before = sum(dataset.rows_by_split().values())
            remade.append(Remade(path=holder.path, rows_before=before, rows=report.rows))
            if made is not None:
                made(holder, recipe, report)
    return Forgetting(plan=plan, done=True, remade=tuple(remade), failed=failed)


class _Wanted:
    """The records to forget, by all the names that ledgers give them."""

    def __init__(self, engine: StorageEngine, record: str) -> None:
        entry = entry_of(engine, record)
        self.records = {record}
        self._whole = {entry.target} if not entry.answer_hash else set[str]()
        # A conversation that was taken as one example holds all its answers.
        self._answers = {record, entry.target}
        self._group = entry.target
        self._asked = set[str]()  # answers of models that were compared, to what was asked there
        for name, feedback in read_feedback(engine):
            if feedback.target == entry.target and entry.answer_hash in ("", feedback.answer_hash):
                self._answers.add(name)
            if feedback.origin == entry.target:
                self._asked.add(name)
        if not entry.answer_hash:
            self._answers |= self._asked

    def is_in(self, engine: StorageEngine) -> bool:
        try:
            read_target(engine, self._group)
        except UnreadableError:
            return True
        except BadInputError:
            return False
        return True

    def add_twins(self, datasets: Sequence[Dataset]) -> None:
        """Add the records whose rows are the same, as far as one dataset leads to another."""
        before = 0
        while before < len(self.records):
            before = len(self.records)
            for dataset in datasets:
                self._add_twins_in(dataset)

    def _add_twins_in(self, dataset: Dataset) -> None:
        """Add those that were left out for one of these, or that it was left out for."""
        kept: set[str] = set()
        for entry in filter(self._is_wanted, dataset.ledger()):
            if entry["fate"] in _TWIN_FATES:
                kept.add(entry.get("detail", ""))
            elif entry["fate"] == "exported":
                kept.add(entry["record"])
        twins = {
            entry["record"]
            for entry in dataset.ledger()
            if entry["fate"] in _TWIN_FATES and entry.get("detail", "") in kept
        }
        new = {name for name in kept | twins if not self._holds(name, answer_of(name)[0])}
        self.records |= new
        self._answers |= new

    def holder(self, dataset: Dataset, root: str) -> Holder:
        """Count the rows that hold the records, and those that may in their context."""
        rows = contexts = 0
        for entry in dataset.ledger():
            if entry["fate"] not in _HELD_FATES:
                continue
            if self._is_wanted(entry):
                rows += 1
            elif group_of(entry) == self._group or entry["record"] in self._asked:
                contexts += 1
        return Holder(path=str(dataset.path), root=root, rows=rows, contexts=contexts)

    def _is_wanted(self, entry: LedgerEntry) -> bool:
        return self._holds(entry["record"], group_of(entry))

    def _holds(self, record: str, group: str) -> bool:
        return record in self._answers or group in self._whole


def _entries(engine: StorageEngine, records: Iterable[str]) -> Iterator[Forgotten]:
    """Yield the entries of the domain's list; what is gone from the data folder needs none."""
    for record in records:
        try:
            yield entry_of(engine, record)
        except (RecordAmbiguousError, UnreadableError):  # it is there: nothing is done by half
            raise
        except BadInputError:
            continue


def _open(known: KnownDataset) -> Dataset | None:
    """Open a dataset if it is still the one that was exported."""
    try:
        dataset = open_dataset(Path(known.path))
        if known.sha256 and sha256_of(dataset.path) != known.sha256:
            return None
        next(dataset.ledger(), None)  # raises where the ledger is gone
    except (BadInputError, OSError):
        return None
    return dataset
