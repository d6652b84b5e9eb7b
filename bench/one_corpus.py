"""What the benchmarks of one corpus have in common: their command line, and where it lies."""

import argparse
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.corpus import Corpus, corpus


class Options(argparse.Namespace):
    """What the command line asks for."""

    conversations: int
    rounds: int
    folder: Path | None
    write: bool


class Place(NamedTuple):
    """A corpus, and a folder that goes when the benchmark ends."""

    made: Corpus
    scratch: Path


def options_of(description: str | None) -> Options:
    """Read the command line of a benchmark."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--conversations", type=int, default=100_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--folder", type=Path, help="make the corpus here, and keep it")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args(namespace=Options())


@contextmanager
def place_of(options: Options) -> Generator[Place]:
    """Yield the corpus that is asked for, which is made where it is missing."""
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        scratch = Path(temporary)
        folder = (options.folder or scratch) / f"corpus-{options.conversations}"
        yield Place(corpus(folder, options.conversations), scratch)
