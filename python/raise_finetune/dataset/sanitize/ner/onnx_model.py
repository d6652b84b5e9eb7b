"""ONNX token classifiers with a HuggingFace tokenizer.

Any architecture will do whose inputs are token ids and masks and whose first output holds one
score for each label: (windows, tokens, labels).
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, Protocol, cast

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
import tokenizers
from pydantic import BaseModel, ConfigDict

from raise_finetune.dataset.sanitize.ner.labels import EntityKind, Label, read_label
from raise_finetune.dataset.sanitize.ner.model import UnfitModelError
from raise_finetune.dataset.sanitize.ner.spans import Entity, Token, entities_of

_LONGEST_WINDOW = 512  # tokens; attention over more costs more than it finds
_SHORTEST_WINDOW = 8
_WINDOWS_AT_ONCE = 16
_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
_TYPES = {"tensor(int64)": np.dtype(np.int64), "tensor(int32)": np.dtype(np.int32)}
# Their position ids begin after the padding's, so fewer tokens fit than there are positions.
_OFFSET_POSITIONS = frozenset({"roberta", "xlm-roberta", "camembert"})


class _Input(Protocol):
    """What the graph says of one of its inputs."""

    name: str
    type: str


class _Session(Protocol):
    """What is used of a session: ``onnxruntime`` has no types."""

    def get_inputs(self) -> Sequence[_Input]: ...

    def run(
        self, output_names: None, input_feed: Mapping[str, npt.NDArray[np.signedinteger]]
    ) -> Sequence[npt.NDArray[np.floating]]: ...


class _Config(BaseModel):
    """What ``config.json`` tells that matters here."""

    model_config = ConfigDict(extra="ignore")

    id2label: dict[int, str]
    model_type: str = ""
    max_position_embeddings: int = _LONGEST_WINDOW
    pad_token_id: int | None = None

    def window(self) -> int:
        """Return how many tokens, special ones counted, the model is given at once."""
        positions = self.max_position_embeddings
        if self.model_type in _OFFSET_POSITIONS:
            positions -= (self.pad_token_id or 1) + 1
        return min(positions, _LONGEST_WINDOW)


class _Window(NamedTuple):
    """A stretch of a text's tokens; neighbours overlap."""

    text: int
    encoding: tokenizers.Encoding

    @property
    def length(self) -> int:
        return len(self.encoding)


class OnnxModel:
    """A token classifier on the processor; see ``NerModel``."""

    def __init__(self, file: Path, tokenizer: Path, config: Path) -> None:
        settings = _Config.model_validate_json(config.read_bytes())
        self._labels = _labels(settings)
        self._padding = settings.pad_token_id or 0
        self._tokenizer = _tokenizer(tokenizer, settings.window())
        self._session = _session(file)
        self._inputs = _inputs(self._session)

    @property
    def kinds(self) -> frozenset[EntityKind]:
        """See ``NerModel``."""
        return frozenset(label.kind for label in self._labels if label is not None)

    def entities(self, texts: Sequence[str]) -> list[list[Entity]]:
        """See ``NerModel``."""
        found = [_Labelled() for _ in texts]
        for windows in self._batches(texts):
            for window, labels in zip(windows, self._classify(windows), strict=True):
                found[window.text].add(window.encoding, [self._labels[label] for label in labels])
        return [entities_of(text, each.tokens()) for text, each in zip(texts, found, strict=True)]

    def _batches(self, texts: Sequence[str]) -> Iterator[list[_Window]]:
        """Yield all windows, those of like length together: little padding has to be computed."""
        encodings = self._tokenizer.encode_batch(list(texts))
        windows = [
            _Window(number, window)
            for number, encoding in enumerate(encodings)
            for window in (encoding, *encoding.overflowing)
        ]
        windows.sort(key=attrgetter("length"))
        for first in range(0, len(windows), _WINDOWS_AT_ONCE):
            yield windows[first : first + _WINDOWS_AT_ONCE]

    def _classify(self, windows: Sequence[_Window]) -> list[list[int]]:
        """Return the number of the likeliest label of each token, padding included."""
        shape = (len(windows), max(window.length for window in windows))
        ids = np.full(shape, self._padding, np.int64)
        mask = np.zeros(shape, np.int64)
        for row, window in enumerate(windows):
            ids[row, : window.length] = window.encoding.ids
            mask[row, : window.length] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        inputs = {name: given[name].astype(kind) for name, kind in self._inputs.items()}
        scores = self._session.run(None, inputs)[0]
        if scores.shape != (*shape, len(self._labels)):
            raise UnfitModelError(f"{scores.shape} scores for {(*shape, len(self._labels))} labels")
        return cast("list[list[int]]", scores.argmax(axis=-1).tolist())


class _Labelled:
    """The labels of one text's tokens, each from the window that shows most around it."""

    def __init__(self) -> None:
        self._best: dict[tuple[int, int], tuple[int, Label | None]] = {}

    def add(self, encoding: tokenizers.Encoding, labels: Sequence[Label | None]) -> None:
        last = len(encoding) - 1
        tokens = zip(encoding.offsets, encoding.special_tokens_mask, labels, strict=False)
        for place, (offsets, is_special, label) in enumerate(tokens):
            context = min(place, last - place)
            known = self._best.get(offsets)
            if not is_special and (known is None or known[0] < context):
                self._best[offsets] = (context, label)

    def tokens(self) -> Iterator[Token]:
        for (start, end), (_, label) in sorted(self._best.items()):
            if label is not None and start < end:
                yield Token(label, start, end)


def _labels(settings: _Config) -> list[Label | None]:
    numbers = sorted(settings.id2label)
    if numbers != list(range(len(numbers))):
        raise UnfitModelError("the numbers of id2label have gaps")
    return [read_label(settings.id2label[number]) for number in numbers]


def _tokenizer(file: Path, window: int) -> tokenizers.Tokenizer:
    if window < _SHORTEST_WINDOW:
        raise UnfitModelError(f"max_position_embeddings leaves {window} tokens")
    tokenizer = tokenizers.Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(window, stride=window // 4)  # pyright: ignore[reportUnknownMemberType]
    # "[SEP]" in a text is text.
    tokenizer.encode_special_tokens = True
    return tokenizer


def _session(file: Path) -> _Session:
    options = ort.SessionOptions()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    # One processor stays for the application.
    options.intra_op_num_threads = max(1, (os.cpu_count() or 2) - 1)
    options.log_severity_level = 3
    session = ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])  # pyright: ignore[reportUnknownArgumentType]
    return cast("_Session", session)


def _inputs(session: _Session) -> dict[str, np.dtype[np.signedinteger]]:
    inputs = {node.name: node.type for node in session.get_inputs()}
    strange = sorted(inputs.keys() - _INPUTS)
    if strange or "input_ids" not in inputs:
        raise UnfitModelError(f"inputs {', '.join(strange) or ', '.join(inputs) or 'none'}")
    unknown = sorted({kind for kind in inputs.values() if kind not in _TYPES})
    if unknown:
        raise UnfitModelError(f"inputs of type {', '.join(unknown)}")
    return {name: _TYPES[kind] for name, kind in inputs.items()}
