"""The tokenizer of a base's folder, as the metadata of a GGUF file.

``tokenizer.json`` is what trainers load, and transformers 5 saves nothing else. Two kinds of it:
SentencePiece's models made into BPE with byte fallback (Llama 2, Mistral), and byte-level BPE
(Llama 3, Qwen 2, Mistral Nemo, SmolLM).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from raise_finetune.errors import BadInputError
from raise_finetune.problems import reason_of

TOKENIZER_FILE = "tokenizer.json"

# llama.cpp splits words by rules of its own; it is told which by name. Each rule is known here by
# a piece of the pattern in tokenizer.json that no other rule has.
_SPLITS_BY_PATTERN = {
    r"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|": "llama-bpe",
    r"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|": "qwen2",
    r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}|": "tekken",
}
# Without a pattern of its own, a file cuts by GPT-2's: at once, or after each digit was set apart.
_GPT2 = {"type": "ByteLevel", "use_regex": True, "add_prefix_space": False}
_DIGITS = {"type": "Digits", "individual_digits": True}
_SPLITS_BY_STEPS = {"gpt-2": [_GPT2], "smollm": [_DIGITS, _GPT2]}
_PADDING = gguf.TokenType.UNUSED


class _AddedToken(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: NonNegativeInt
    content: str
    special: bool


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore")

    type: str
    byte_fallback: bool = False
    vocab: dict[str, NonNegativeInt]
    merges: list[str | tuple[str, str]]


class _TokenizerFile(BaseModel):
    model_config = ConfigDict(extra="ignore")

    added_tokens: list[_AddedToken]
    normalizer: dict[str, Any] | None = None
    pre_tokenizer: dict[str, Any] | None = None
    post_processor: dict[str, Any] | None = None
    model: _Model


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A tokenizer in llama.cpp's terms; ``model`` is ``llama`` (SentencePiece) or ``gpt2`` (BPE).

    ``tokens``, ``scores`` and ``types`` have one entry for each row of the embeddings. ``added``
    is the rule by which special tokens are added to a text, as the file has it.
    """

    model: str
    split: str
    tokens: list[str]
    scores: list[float]
    types: list[gguf.TokenType]
    merges: list[str]
    space_prefix: bool
    added: str

    def adds(self, token: int) -> bool:
        """Tell whether the tokenizer adds this token to a text when asked for special tokens."""
        return repr(self.tokens[token]) in self.added


def read_vocabulary(folder: Path, size: int) -> Vocabulary:
    """Read ``tokenizer.json``; ``size`` is the number of rows of the embeddings.

    Raises ``BadInputError`` when it is missing, unreadable, or of a kind unknown here.
    """
    path = folder / TOKENIZER_FILE
    try:
        file = _TokenizerFile.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise BadInputError("base_incomplete", path=folder, file=TOKENIZER_FILE) from error
    except (OSError, ValidationError) as error:
        raise BadInputError("tokenizer_unreadable", path=path, reason=reason_of(error)) from error
    if file.model.type != "BPE":
        raise BadInputError("tokenizer_unreadable", path=path, reason=file.model.type)
    tokens, types = _tokens(file, size)
    added = str(file.post_processor)
    if file.model.byte_fallback:
        scores, prefix = _scores(file, tokens), prefixes_space(file)
        return Vocabulary("llama", "default", tokens, scores, types, [], prefix, added)
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in file.model.merges]
    split = _split(file, path)
    return Vocabulary("gpt2", split, tokens, [], types, merges, space_prefix=False, added=added)


def add_vocabulary(writer: gguf.GGUFWriter, vocabulary: Vocabulary) -> None:
    """Add the tokenizer to a GGUF file's metadata."""
    writer.add_tokenizer_model(vocabulary.model)
    writer.add_tokenizer_pre(vocabulary.split)
    writer.add_token_list(vocabulary.tokens)
    if vocabulary.scores:
        writer.add_token_scores(vocabulary.scores)
    writer.add_token_types([int(kind) for kind in vocabulary.types])
    if vocabulary.merges:
        writer.add_token_merges(vocabulary.merges)
    if vocabulary.model == "llama":
        writer.add_add_space_prefix(vocabulary.space_prefix)


def _tokens(file: _TokenizerFile, size: int) -> tuple[list[str], list[gguf.TokenType]]:
    tokens = [f"[PAD{index}]" for index in range(size)]
    types = [_PADDING] * size
    for token, index in file.model.vocab.items():
        if index < size:
            is_byte = file.model.byte_fallback and _is_byte(token)
            tokens[index] = token
            types[index] = gguf.TokenType.BYTE if is_byte else gguf.TokenType.NORMAL
    for added in file.added_tokens:
        if added.id < size:
            tokens[added.id] = added.content
            types[added.id] = (
                gguf.TokenType.CONTROL if added.special else gguf.TokenType.USER_DEFINED
            )
    return tokens, types


def _is_byte(token: str) -> bool:
    return len(token) == 6 and token.startswith("<0x") and token.endswith(">")


def _scores(file: _TokenizerFile, tokens: list[str]) -> list[float]:
    """Return each token's SentencePiece score: the earlier its merge, the higher.

    llama.cpp merges the pair whose token scores highest, tokenizers the pair that comes first in
    the list of merges: with these scores both are the same.
    """
    scores = dict.fromkeys(tokens, 0.0)
    for rank, merge in enumerate(file.model.merges):
        merged = "".join(merge.split(" ") if isinstance(merge, str) else merge)
        if scores.get(merged) == 0.0:
            scores[merged] = -1.0 - rank
    return [scores[token] for token in tokens]


def prefixes_space(file: _TokenizerFile) -> bool:
    """Tell whether a text after a control token gets a space, as in Llama 2's first builds."""
    if file.normalizer is not None and '"prepend"' in str(file.normalizer).replace("'", '"'):
        return True
    return (file.pre_tokenizer or {}).get("prepend_scheme") == "always"


def _split(file: _TokenizerFile, path: Path) -> str:
    written = str(file.pre_tokenizer)
    for pattern, name in _SPLITS_BY_PATTERN.items():
        if repr(pattern)[1:-1] in written:
            return name
    first = file.pre_tokenizer or {}
    steps: list[dict[str, Any]] = first.get("pretokenizers", [first])
    for name, known in _SPLITS_BY_STEPS.items():
        if len(steps) == len(known) and all(
            written.get(key) == value
            for written, rule in zip(steps, known, strict=True)
            for key, value in rule.items()
        ):
            return name
    raise BadInputError("base_tokenizer_unknown", path=path)
