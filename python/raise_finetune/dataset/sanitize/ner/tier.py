"""The tier of the sanitizer that asks a model; see ``Tier``."""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from raise_finetune.dataset.sanitize.findings import Finding, FindingType
from raise_finetune.dataset.sanitize.ner.folder import is_model_folder
from raise_finetune.dataset.sanitize.ner.labels import EntityKind
from raise_finetune.dataset.sanitize.ner.pieces import pieces
from raise_finetune.dataset.sanitize.ner.process import NerProcess
from raise_finetune.dataset.sanitize.ner.spans import Entity
from raise_finetune.dataset.sanitize.placeholders import in_placeholder
from raise_finetune.errors import BadInputError

# A request takes seconds with a large model: small enough to show progress, large enough to batch.
_CHARACTERS_AT_ONCE = 32_000
_TYPES: dict[EntityKind, FindingType] = {
    "person": FindingType.PERSON,
    "place": FindingType.ADDRESS,
    "organisation": FindingType.PRIVATE,
}
_RULES: dict[EntityKind, str] = {kind: f"model-{kind}" for kind in _TYPES}


class _Piece(NamedTuple):
    """Part of a text, by the text's number and the part's offset in it."""

    text: int
    offset: int
    content: str


class NerTier:
    """Names that a model finds. A context manager: the process lives as long as it is open.

    ``beat`` is called many times a second while the model loads and works; what it raises stops it.
    """

    def __init__(
        self,
        folder: Path,
        kinds: Collection[EntityKind] = ("person",),
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._kinds = frozenset(kinds)
        self._beat = beat
        self._last: dict[str, list[Finding]] = {}
        self._process: NerProcess | None = None

    def __enter__(self) -> Self:
        """Load the model. Raises ``BadInputError`` when it is no model for what is wanted."""
        if not is_model_folder(self._folder):
            raise BadInputError("ner_model_missing", path=self._folder)
        self._process = NerProcess(self._folder, self._beat)
        try:
            missing = sorted(self._kinds - self._process.load())
            if missing:
                raise BadInputError("ner_kind_missing", path=self._folder, kinds=", ".join(missing))
        except BaseException:
            self._process.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.close()

    @property
    def pid(self) -> int | None:
        """The id of the model's process."""
        return None if self._process is None else self._process.pid

    def findings(self, texts: Sequence[str]) -> list[list[Finding]]:
        """See ``Tier``. Raises ``FailedError`` when the process has died.

        What was found the last time is not asked again: a review looks twice at the same texts,
        and system prompts come back in every conversation.
        """
        if self._process is None:
            raise RuntimeError("the tier is not open")
        unknown = [text for text in dict.fromkeys(texts) if text not in self._last]
        if unknown:
            known = {text: self._last[text] for text in texts if text in self._last}
            self._last = known | self._ask(self._process, unknown)
        return [list(self._last[text]) for text in texts]

    def _ask(self, process: NerProcess, texts: Sequence[str]) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {text: [] for text in texts}
        for request in _requests(texts):
            recognized = process.recognize([piece.content for piece in request])
            for piece, entities in zip(request, recognized, strict=True):
                text = texts[piece.text]
                found[text] += self._findings(text, piece.offset, entities)
        return found

    def _findings(self, text: str, offset: int, entities: Sequence[Entity]) -> Iterator[Finding]:
        for kind, start, end in entities:
            if kind in self._kinds and not in_placeholder(text, offset + start):
                yield Finding(_TYPES[kind], _RULES[kind], offset + start, offset + end)


def _requests(texts: Sequence[str]) -> Iterator[list[_Piece]]:
    """Yield the pieces of the texts, as many at once as the model is given in one request."""
    request: list[_Piece] = []
    size = 0
    for number, text in enumerate(texts):
        for offset, content in pieces(text):
            if request and size + len(content) > _CHARACTERS_AT_ONCE:
                yield request
                request, size = [], 0
            request.append(_Piece(number, offset, content))
            size += len(content)
    if request:
        yield request
