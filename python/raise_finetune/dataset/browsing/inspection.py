"""What lies in a domain: how many conversations, ratings and documents, and what is wrong."""

from collections import Counter
from collections.abc import Iterable

from raise_finetune.dataset.ledger import NAMED_PROBLEMS
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Conversation
from raise_finetune.dataset.report import Problem
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.sources.documentation import read_documentation
from raise_finetune.dataset.sources.interpret import SourceBatch, read_conversation
from raise_finetune.dataset.sources.overlay import load_ratings
from raise_finetune.dataset.sources.ratings import RatingReader, rating_or_invalid, rating_reader
from raise_finetune.dataset.sources.reading import read_sources
from raise_finetune.dataset.sources.wanted import left_out_folders
from raise_finetune.storage.engine import StorageEngine


class FolderSummary(ReportModel):
    """One collection, or the chats; ``kinds`` counts its documents by what they are."""

    name: str
    documents: int
    answers: int
    rated_answers: int
    kinds: dict[str, int]


class DomainSummary(ReportModel):
    """The contents of a domain.

    ``ratings`` counts the rated answers by rating, rounded down; ``given_here`` are the ratings
    kept by this application. ``problems`` names the first fifty unusable documents. Nothing was
    read from ``left_out_folders``: links, and names that are no Unicode text.
    """

    root: str
    folders: tuple[FolderSummary, ...]
    ratings: dict[str, int]
    given_here: int
    leftover_transactions: tuple[str, ...]
    left_out_folders: tuple[str, ...]
    problems: tuple[Problem, ...]


def inspect_domain(
    engine: StorageEngine, recipe: ExportRecipe, pulse: Pulse | None = None
) -> DomainSummary:
    """Read everything that the recipe's source names, and count it."""
    read_rating = rating_reader(recipe.rating)
    census = _Census(read_rating)
    census.take(read_sources(engine, recipe.source, pulse or Pulse()))
    given = load_ratings(engine)
    return DomainSummary(
        root=str(engine.root),
        folders=tuple(folder.summary() for _, folder in sorted(census.folders.items())),
        ratings={str(stars): census.ratings[stars] for stars in sorted(census.ratings)},
        given_here=sum(len(answers) for answers in given.values()),
        leftover_transactions=tuple(
            f"{space}/{database}/wal/{leftover.file}"
            for space in engine.spaces()
            for database in engine.databases(space)
            for leftover in engine.leftover_transactions(space, database)
        ),
        left_out_folders=tuple(left_out_folders(engine, recipe.source)),
        problems=tuple(census.problems),
    )


class _Folder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.documents = self.answers = self.rated_answers = 0
        self.kinds: Counter[str] = Counter()

    def summary(self) -> FolderSummary:
        return FolderSummary(
            name=self.name,
            documents=self.documents,
            answers=self.answers,
            rated_answers=self.rated_answers,
            kinds=dict(sorted(self.kinds.items())),
        )


class _Census:
    def __init__(self, read_rating: RatingReader) -> None:
        self.folders: dict[str, _Folder] = {}
        self.ratings: Counter[int] = Counter()
        self.problems: list[Problem] = []
        self._read_rating = read_rating

    def take(self, batches: Iterable[SourceBatch]) -> None:
        for batch in batches:
            name = batch.prefix.rstrip("/")
            folder = self.folders.setdefault(name, _Folder(name))
            for document in batch.documents:
                folder.documents += 1
                record = batch.prefix + document.stem
                if document.value is None:
                    folder.kinds["problem"] += 1
                    if document.problem and len(self.problems) < NAMED_PROBLEMS:
                        self.problems.append(
                            Problem(record=record, fate=document.problem, detail=document.detail)
                        )
                    continue
                conversation = read_conversation(record, document.value, self._read_rating)
                if conversation is not None:
                    folder.kinds["conversation"] += 1
                    self._count_answers(folder, conversation)
                    continue
                item = read_documentation(record, batch.database, document.value, self._read_rating)
                folder.kinds[item if isinstance(item, str) else item.kind] += 1

    def _count_answers(self, folder: _Folder, conversation: Conversation) -> None:
        of_all, _ = rating_or_invalid(conversation.document, self._read_rating)
        folder.answers += len(conversation.answers)
        for index in conversation.answers:
            own = conversation.rating_of(index)
            rating = of_all if own is None else own
            if rating is not None:
                folder.rated_answers += 1
                self.ratings[int(rating)] += 1
