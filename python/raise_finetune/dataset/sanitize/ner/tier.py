"""The tier of the sanitizer that asks a model; see ``Tier``."""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from raise_finetune.dataset.sanitize.findings import Finding, FindingType
from raise_finetune.dataset.sanitize.ner.labels import EntityKind
from raise_finetune.dataset.sanitize.ner.model import is_model_folder
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

    ``beat`` is called with the number of texts looked at so far, now and then also while the model
    works; it may raise to stop.
    """

    def __init__(
        self,
        folder: Path,
        kinds: Collection[EntityKind] = ("person",),
        beat: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._folder = folder
        self._kinds = frozenset(kinds)
        self._beat = beat
        self._done = 0
        self._process: NerProcess | None = None

    def __enter__(self) -> Self:
        """Load the model. Raises ``BadInputError`` when it is no model for what is wanted."""
        if not is_model_folder(self._folder):
            raise BadInputError("ner_model_missing", path=self._folder)
        self._process = NerProcess(self._folder, lambda: self._beat(self._done))
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
        """See ``Tier``. Raises ``FailedError`` when the process has died."""
        if self._process is None:
            raise RuntimeError("the tier is not open")
        different = list(dict.fromkeys(texts))
        found: dict[str, list[Finding]] = {text: [] for text in different}
        for request in _requests(different):
            recognized = self._process.recognize([piece.content for piece in request])
            for piece, entities in zip(request, recognized, strict=True):
                text = different[piece.text]
                found[text] += self._findings(text, piece.offset, entities)
            self._beat(self._done + request[-1].text + 1)
        self._done += len(different)
        return [list(found[text]) for text in texts]

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
