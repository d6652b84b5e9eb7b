"""All documents of an export, prepared with a second core's help: a part here, a part there.

What is done to one conversation or document alone is done here, on whichever core is free; what is
a matter of all rows at once comes after it.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from raise_finetune.dataset.dedup import RenderedRows, render_rows
from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.pipeline import Pipeline
from raise_finetune.dataset.progress import Pulse
from raise_finetune.dataset.prompts.layout import Layout
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.records import Example
from raise_finetune.dataset.second_core import SecondCore, no_second_core
from raise_finetune.dataset.sources.interpret import SourceBatch
from raise_finetune.dataset.sources.overlay import Annotations, Applied, load_annotations
from raise_finetune.dataset.sources.parts import (
    DOCUMENTS_PER_PART,
    Part,
    PartFolder,
    part_folders,
)
from raise_finetune.dataset.sources.reading import count_documents
from raise_finetune.dataset.sources.wanted import wanted_collections
from raise_finetune.dataset.writing.streams import layouts_of
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.folder import Folder

# So many parts are begun before the result of the first is needed.
_BEGUN = 3


def prepare_documents(
    pipeline: Pipeline, core: SecondCore, ledger: Ledger, *, keep_messages: bool
) -> Iterator[RenderedRows]:
    """Yield all rows of an export, rendered; ``keep_messages`` as for ``render``.

    Whether a second core helps or not, the rows and the ledger are the same, in the same order.
    """
    stages = _Stages(pipeline, layouts_of(pipeline.recipe.output), keep_messages)
    if not _is_divisible(pipeline):
        for batch in pipeline.masked_examples(ledger):
            yield stages.render([batch])
        return
    annotations, applied = load_annotations(pipeline.engine, ledger), Applied()
    helper = core if _is_dear(pipeline.recipe) else no_second_core()
    for prepared in _Division(stages, helper, annotations, ledger).prepared():
        ledger.take(prepared.ledger)
        applied |= prepared.applied
        yield prepared.rendered
    for batch in pipeline.masked_copies(annotations, applied, ledger):
        yield stages.render([batch])


def _is_divisible(pipeline: Pipeline) -> bool:
    """Tell whether each document can be prepared without a look at the others."""
    is_masked_alone = pipeline.sanitizer is None or pipeline.sanitizer.setup is not None
    return is_masked_alone and pipeline.recipe.output.task != "dpo"


def _is_dear(recipe: ExportRecipe) -> bool:
    """Tell whether to prepare documents takes much longer than to hand them over."""
    return recipe.sanitize.enabled or recipe.dedup.near != "off"


class _Prepared(NamedTuple):
    """What some documents became, and what was noted of them."""

    rendered: RenderedRows
    applied: Applied
    ledger: Ledger


class _Stages(NamedTuple):
    """All that is done to one conversation or document alone."""

    pipeline: Pipeline
    layouts: Sequence[Layout]
    keep_messages: bool

    def prepare(
        self, batches: Iterable[SourceBatch], annotations: Annotations, ledger: Ledger
    ) -> _Prepared:
        """Prepare documents; ``ledger`` is an empty one, to note what becomes of them."""
        applied = Applied()
        examples = self.pipeline.masked_live(batches, annotations, applied, ledger)
        return _Prepared(self.render(examples), applied, ledger)

    def render(self, examples: Iterable[list[Example]]) -> RenderedRows:
        """Render examples, and keep what is needed of them."""
        recipe = self.pipeline.recipe
        return render_rows(examples, recipe, self.layouts, keep_messages=self.keep_messages)

    def setup(self) -> bytes:
        """Return what another process makes the same stages of."""
        pipeline = self.pipeline
        masks = None if pipeline.sanitizer is None else pipeline.sanitizer.setup
        return pickle.dumps((pipeline.engine.root, pipeline.recipe, masks, self.keep_messages))


class _Division:
    """Divides the documents between this core and a second one."""

    def __init__(
        self, stages: _Stages, core: SecondCore, annotations: Annotations, ledger: Ledger
    ) -> None:
        self._stages = stages
        self._setup = stages.setup()
        self._core = core
        self._annotations = annotations
        self._ledger = ledger
        self._size = DOCUMENTS_PER_PART

    def prepared(self) -> Iterator[_Prepared]:
        """Yield what the documents became, part by part in their order."""
        engine, source = self._stages.pipeline.engine, self._stages.pipeline.recipe.source
        pulse = self._stages.pipeline.pulse
        collections = wanted_collections(engine, source)
        total = count_documents(engine, collections, source, pulse)
        done = 0
        for folder in part_folders(engine, collections, chats=source.chats):
            for prepared in self._folder(folder):
                done += prepared.ledger.documents
                pulse.beat("reading", done, total)
                yield prepared

    def _folder(self, folder: PartFolder | SourceBatch) -> Iterator[_Prepared]:
        if isinstance(folder, SourceBatch):
            yield self._here([folder])
            return
        begun: deque[Iterator[_Prepared]] = deque()
        while (part := folder.part(self._size)) is not None:
            begun.append(self._begin(part, folder.listed.folder))
            if len(begun) > _BEGUN:
                yield from begun.popleft()
        for results in begun:
            yield from results

    def _begin(self, part: Part | SourceBatch, folder: Folder) -> Iterator[_Prepared]:
        if isinstance(part, SourceBatch):
            return iter([self._here([part])])
        here = partial(self._read, part, folder)
        annotations = self._annotations.of(part.records())
        arguments = (self._setup, part, annotations, self._ledger.apart())
        result = self._core.begin(_prepare, *arguments, here=here, at_once=True)
        return self._finished(part, folder, result)

    def _finished(
        self, part: Part, folder: Folder, result: Callable[[], _Prepared | None]
    ) -> Iterator[_Prepared]:
        """Yield what a part became, with what was left of it where its documents are long."""
        prepared = result()
        if prepared is None:
            prepared = self._read(part, folder)
        yield prepared
        while (part := part.after(prepared.ledger.documents)).names:
            self._size = prepared.ledger.documents
            prepared = self._read(part, folder)
            yield prepared
        # One long document must not make all parts small that follow.
        larger = max(self._size, prepared.ledger.documents) * 5 // 4 + 1
        self._size = min(larger, DOCUMENTS_PER_PART)

    def _read(self, part: Part, folder: Folder) -> _Prepared:
        return self._here(part.read(folder))

    def _here(self, batches: Iterable[SourceBatch]) -> _Prepared:
        return self._stages.prepare(
            self._breathing(batches), self._annotations, self._ledger.apart()
        )

    def _breathing(self, batches: Iterable[SourceBatch]) -> Iterator[SourceBatch]:
        for batch in batches:
            self._stages.pipeline.pulse.breathe()
            yield batch


# What the second core runs; its setup comes with each call, and is unpacked once.


def _prepare(
    setup: bytes, part: Part, annotations: Annotations, ledger: Ledger
) -> _Prepared | None:
    """Prepare a part; None where its folder has another name by now."""
    stages = _stages_of(setup)
    with stages.pipeline.engine.same_folder(part.below, part.identity) as folder:
        return None if folder is None else stages.prepare(part.read(folder), annotations, ledger)


@lru_cache(maxsize=1)
def _stages_of(setup: bytes) -> _Stages:
    root, recipe, masks, keep_messages = pickle.loads(setup)  # noqa: S301 - our own process
    sanitizer = None
    if masks is not None:
        from raise_finetune.dataset.sanitize.two_cores import sanitizer_of

        sanitizer = sanitizer_of(masks)
    pipeline = Pipeline(StorageEngine(root), recipe, Path(), Pulse(), sanitizer)
    return _Stages(pipeline, layouts_of(recipe.output), keep_messages)
