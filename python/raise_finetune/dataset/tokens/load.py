"""Tokenizers by name or by file. Their libraries are an extra and load only when asked for."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import orjson

from raise_finetune.dataset.formats.hashed import sha256_of
from raise_finetune.dataset.tokens.guarded import GuardedTokenizer, failures_named
from raise_finetune.dataset.tokens.tokenizer import Tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.paths import expand_home

# Files that come with mistral-common, by the profile of the models that they belong to.
_BUNDLED = {
    "mistral-v1": "tokenizer.model.v1",
    "mistral-v3": "mistral_instruct_tokenizer_240323.model.v3",
    "mistral-v3-tekken": "tekken_240718.json",
    "mistral-v7": "mistral_instruct_tokenizer_241114.model.v7",
}
# In a model's folder; the first that is there is what its trainer would load.
_FILES_IN_FOLDER = ("tokenizer.json", "tekken.json", "tokenizer.model")


def bundled_tokenizers() -> list[str]:
    """Return the names that need no file."""
    return list(_BUNDLED)


def tokenizer_name(source: str) -> str:
    """Return what to call a tokenizer where nobody should read the folders of this machine."""
    return source if source in _BUNDLED else Path(source).name


def tokenizer_sha256(source: str) -> str:
    """Return the hash of the file that ``load_tokenizer`` reads."""
    path = _bundled_file(source) if source in _BUNDLED else _find(source)
    return sha256_of(path)


class TokensNotInstalledError(BadInputError):
    """The packages of the extra ``tokens`` are missing."""


def load_tokenizer(source: str) -> Tokenizer:
    """Load a bundled tokenizer by name, or one from a file or a model's folder.

    Raises ``BadInputError`` when there is none and when it is unreadable, and
    ``TokensNotInstalledError``.
    """
    try:
        if source in _BUNDLED:
            return _load_file(_bundled_file(source), name=source, profile=source)
        return _load_file(_find(source), name=source, profile=None)
    except ImportError as error:
        missing = error.name or str(error)
        raise TokensNotInstalledError(
            "tokens_not_installed", tokenizer=source, reason=missing
        ) from error


def _bundled_file(name: str) -> Path:
    """Find the file without importing the package, which takes a second."""
    spec = importlib.util.find_spec("mistral_common")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("mistral-common")
    return Path(spec.origin).parent / "data" / _BUNDLED[name]


def _find(source: str) -> Path:
    path = expand_home(source)
    for candidate in (path, *(path / name for name in _FILES_IN_FOLDER)):
        if source and candidate.is_file():
            return candidate
    known = ", ".join(_BUNDLED)
    raise BadInputError("tokenizer_unknown", tokenizer=source, known=known)


def _load_file(path: Path, name: str, profile: str | None) -> Tokenizer:
    with failures_named(path):
        if path.suffix != ".json":
            loaded = _load_sentencepiece(path, name, profile)
        elif "tekken" in path.name:
            loaded = _load_tekken(path, name, profile)
        else:
            loaded = _load_huggingface(path, name)
    return GuardedTokenizer(loaded, path)


def _load_sentencepiece(path: Path, name: str, profile: str | None) -> Tokenizer:
    from raise_finetune.dataset.tokens.sentencepiece_model import SentencePieceTokenizer

    return SentencePieceTokenizer(path, name=name, profile=profile, legacy=_is_legacy(path))


def _load_tekken(path: Path, name: str, profile: str | None) -> Tokenizer:
    from raise_finetune.dataset.tokens.tekken import TekkenTokenizer

    return TekkenTokenizer(path, name=name, profile=profile)


def _load_huggingface(path: Path, name: str) -> Tokenizer:
    from raise_finetune.dataset.tokens.huggingface import HuggingFaceTokenizer

    return HuggingFaceTokenizer(path, name=name)


def _is_legacy(path: Path) -> bool:
    """Tell whether the model's configuration asks for a space after each control token."""
    config = path.with_name("tokenizer_config.json")
    if not config.is_file():
        return False
    settings: object = orjson.loads(config.read_bytes())
    return isinstance(settings, Mapping) and bool(
        cast("Mapping[str, object]", settings).get("legacy")
    )
