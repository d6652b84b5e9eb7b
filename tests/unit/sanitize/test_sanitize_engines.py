"""Hyperscan, RE2 and re find the same; the compiled database can be lost or damaged."""

import builtins
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.labelled import labelled_texts
from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer
from raise_finetune.dataset.sanitize.anchors import Anchor
from raise_finetune.dataset.sanitize.engine import PatternEngine, best_engine
from raise_finetune.dataset.sanitize.hyperscan_engine import HyperscanEngine

KNOWN = KnownValues().with_list(["Projet Éclipse"])


def without(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make ``import module`` fail, as on a machine without its wheel."""
    real_import, real_import_module = builtins.__import__, importlib.import_module

    def imported(name: str, *args: object, **kwargs: object) -> ModuleType:
        if name == module:
            raise ImportError(name)
        return real_import(name, *args, **kwargs)  # pyright: ignore[reportArgumentType]

    def imported_module(name: str, package: str | None = None) -> ModuleType:
        if name == module:
            raise ImportError(name)
        return real_import_module(name, package)

    monkeypatch.setattr(builtins, "__import__", imported)
    monkeypatch.setattr("raise_finetune.dataset.sanitize.engine.import_module", imported_module)


@pytest.fixture(scope="module")
def hyperscan_sanitizer() -> Sanitizer:
    return Sanitizer(SanitizeOptions(), KNOWN, make_engine=HyperscanEngine)


@pytest.fixture(scope="module")
def re2_sanitizer() -> Sanitizer:
    pytest.importorskip("re2")
    return Sanitizer(SanitizeOptions(), KNOWN, make_engine=PatternEngine)


@pytest.fixture(scope="module")
def re_sanitizer() -> Sanitizer:
    with pytest.MonkeyPatch.context() as monkeypatch:
        without("re2", monkeypatch)
        return Sanitizer(SanitizeOptions(), KNOWN, make_engine=PatternEngine)


TEXTS = [text.text for text in labelled_texts(77, 120, bytes_per_value=150)]


def test_re2_finds_the_same(hyperscan_sanitizer: Sanitizer, re2_sanitizer: Sanitizer):
    assert [re2_sanitizer.findings(text) for text in TEXTS] == [
        hyperscan_sanitizer.findings(text) for text in TEXTS
    ]


def test_re_finds_the_same(hyperscan_sanitizer: Sanitizer, re_sanitizer: Sanitizer):
    some = TEXTS[:15]
    assert [re_sanitizer.findings(text) for text in some] == [
        hyperscan_sanitizer.findings(text) for text in some
    ]


PIECES = """
    @ . - : / 0 6 12 33 + ( ) a é É FR76 mot de passe token = " ' Jean Dupont rue né le 1985 /home/
    C:\\Users\\ sk- eyJ 192 :: https:// <EMAIL_1> projet Éclipse
"""
pieces = st.sampled_from([*PIECES.split(), "\n", "\u00a0", "\u200b", " ", " "])


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=40).map("".join))
def test_re2_finds_the_same_in_any_text(text: str):
    assert _RE2.findings(text) == _HYPERSCAN.findings(text)


_HYPERSCAN = Sanitizer(SanitizeOptions(), KNOWN, make_engine=HyperscanEngine)
_RE2 = Sanitizer(SanitizeOptions(), KNOWN, make_engine=PatternEngine)


def test_without_hyperscan_the_fallback_is_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, "raise_finetune.dataset.sanitize.hyperscan_engine")
    without("hyperscan", monkeypatch)
    engine = best_engine([Anchor((b"a",), caseless=True)], None)
    assert isinstance(engine, PatternEngine)
    assert engine.scan(b"bAa") == {0: [1, 2]}


ANCHORS = [Anchor((b"ab", b"cd+"), caseless=False), Anchor((b"\xc3\xa9",), caseless=True)]
DATA = "ab é cdd AB".encode()
CANDIDATES = {0: [0, 6], 1: [3]}


def test_cache_is_written_once_and_read(tmp_path: Path):
    assert HyperscanEngine(ANCHORS, tmp_path / "rules").scan(DATA) == CANDIDATES
    (file,) = (tmp_path / "rules").iterdir()
    written = file.stat().st_mtime_ns
    assert HyperscanEngine(ANCHORS, tmp_path / "rules").scan(DATA) == CANDIDATES
    assert file.stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 4096])
def test_damaged_cache_is_compiled_again(tmp_path: Path, damage: bytes):
    HyperscanEngine(ANCHORS, tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for content in (damage, whole[:-1], whole[:-1] + b"\xff", whole[:100]):
        file.write_bytes(content)
        assert HyperscanEngine(ANCHORS, tmp_path).scan(DATA) == CANDIDATES
        assert file.read_bytes() == whole


def test_other_rules_have_another_file(tmp_path: Path):
    HyperscanEngine(ANCHORS, tmp_path)
    HyperscanEngine(ANCHORS[:1], tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_cache_that_cannot_be_written_is_no_error(tmp_path: Path):
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    assert HyperscanEngine(ANCHORS, in_the_way / "rules").scan(DATA) == CANDIDATES
