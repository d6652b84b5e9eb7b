"""All anchors in one Hyperscan pass, compiled once and kept on disk for this machine."""

import os
import platform
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import hyperscan
import xxhash

from raise_finetune.dataset.sanitize.anchors import Anchor, Candidates

_DIGEST_SIZE = 16


class HyperscanEngine:
    """Hyperscan. ``cache``: a folder for the compiled database; ``None`` keeps it in memory."""

    def __init__(self, anchors: Sequence[Anchor], cache: Path | None = None) -> None:
        self._database = _compiled(tuple(anchors)) if cache is None else _cached(anchors, cache)
        self._scratch = hyperscan.Scratch(self._database)

    def scan(self, data: bytes) -> Candidates:
        """Return all candidates."""
        found: defaultdict[int, set[int]] = defaultdict(set)

        def remember(anchor: int, start: int, _end: int, _flags: int, _context: object) -> None:
            found[anchor].add(start)

        self._database.scan(data, match_event_handler=remember, scratch=self._scratch)
        return {anchor: sorted(found[anchor]) for anchor in sorted(found)}


# A window asks for the same rules with each preview. Scanning changes no database, so that several
# threads may share one.
@lru_cache(maxsize=2)
def _compiled(anchors: tuple[Anchor, ...]) -> hyperscan.Database:
    expressions = [
        (pattern, number, hyperscan.HS_FLAG_CASELESS if anchor.caseless else 0)
        for number, anchor in enumerate(anchors)
        for pattern in anchor.patterns
    ]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[pattern for pattern, _, _ in expressions],
        ids=[number for _, number, _ in expressions],
        flags=[hyperscan.HS_FLAG_SOM_LEFTMOST | flag for _, _, flag in expressions],
    )
    return database


def _cached(anchors: Sequence[Anchor], cache: Path) -> hyperscan.Database:
    """Load the compiled database; compile and keep it where it is missing, damaged or foreign."""
    path = cache / f"{_key(anchors)}.hsdb"
    with suppress(OSError, ValueError, hyperscan.error):
        return _loaded(path, path.stat().st_mtime_ns)
    database = _compiled(tuple(anchors))
    _keep(path, hyperscan.dumpb(database))
    return database


def _key(anchors: Sequence[Anchor]) -> str:
    """Name rules, engine and machine: a database runs only on the kind of CPU it was made for."""
    machine = f"{platform.machine()} {platform.processor()} {platform.node()}"
    rules = repr([(anchor.patterns, anchor.caseless) for anchor in anchors])
    return xxhash.xxh3_128_hexdigest(f"{version('hyperscan')} {machine} {rules}".encode())


@lru_cache(maxsize=2)
def _loaded(path: Path, _changed: int) -> hyperscan.Database:
    content = path.read_bytes()
    digest, body = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
    if xxhash.xxh3_128_digest(body) != digest:
        raise ValueError(digest)
    database = hyperscan.loadb(body, hyperscan.HS_MODE_BLOCK)
    # A database that was made for another CPU fails here, not in the middle of an export.
    hyperscan.Scratch(database)
    return database


def _keep(path: Path, body: bytes) -> None:
    """Write the database beside its name, then rename; a read-only cache is no error."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(xxhash.xxh3_128_digest(body) + body)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
