"""Questions with their answers, as training text: our export against polars, DuckDB, datatrove.

``python -m bench.peers --python PYTHON`` prints a table, where PYTHON has the three installed (the
project does not); ``--write`` puts it into ``docs/benchmarks.md``.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.corpus import COLLECTION, Corpus, corpus, written_texts
from bench.document import table, write_section
from bench.processes import MEBIBYTE, Usage, interleaved, machine, measure
from bench.results import keep, plain

CONTESTANTS = Path(__file__).parent / "contestants"
EXPORT = "**`export_dataset`**, one file for each conversation"
PEERS = {
    "polars": "polars_frames",
    "DuckDB": "duckdb_sql",
    "datatrove": "datatrove_pipeline",
}


class Options(argparse.Namespace):
    """What the command line asks for."""

    python: str
    conversations: int
    rounds: int
    folder: Path | None
    write: bool


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        scratch = Path(temporary)
        size = options.conversations
        made = corpus((options.folder or scratch) / f"corpus-{size}", size)
        usages = interleaved(_contestants(made, scratch, options.python), options.rounds)
        ours = written_texts(scratch / "exported" / "data")
        texts = {EXPORT: ours} | {peer: written_texts(scratch / peer) for peer in PEERS}
    section = "\n\n".join([_preface(options), _table(usages, texts)])
    print(section)
    if options.write:
        write_section("peers", section)
        keep("peers", {"rounds": options.rounds, "usages": plain(usages)})


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", required=True, help="one that has the peers installed")
    parser.add_argument("--conversations", type=int, default=100_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--folder", type=Path, help="make the corpora here, and keep them")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args(namespace=Options())


def _contestants(made: Corpus, scratch: Path, python: str) -> dict[str, Callable[[], Usage]]:
    script = [sys.executable, str(CONTESTANTS / "exporting.py"), str(made.domain)]
    ways: dict[str, Callable[[], Usage]] = {}
    ways[EXPORT] = partial(measure, [*script, str(scratch / "exported"), *COLLECTION, "0"])
    for peer, script in PEERS.items():
        (scratch / peer).mkdir()
        command = [python, str(CONTESTANTS / f"{script}.py"), str(made.cleaned)]
        ways[peer] = partial(measure, [*command, str(scratch / peer)])
    return ways


def _preface(options: Options) -> str:
    return (
        f"{options.conversations:,} conversations of the demo; each answer rated 4 or better with "
        "the question before it, as one `inst` line; each line once; a tenth of the conversations "
        "in `val`. The peers read one prepared JSONL file (ratings in one column of numbers), we "
        f"the files as they lie. Medians of {options.rounds} rounds in turn; {machine()}."
    )


def _table(usages: dict[str, Usage], texts: dict[str, set[str]]) -> str:
    rows = [
        [
            way,
            f"{usage.cpu:.2f}",
            f"{usage.cpu / usages[EXPORT].cpu:.2f}",
            f"{usage.wall:.2f}",
            f"{usage.peak / MEBIBYTE:.0f}",
            f"{len(texts[way]):,}",
            f"{len(texts[way] - texts[EXPORT]):,}",
        ]
        for way, usage in usages.items()
    ]
    head = ["way", "CPU s", "× ours", "wall s", "peak MiB", "lines", "not ours"]
    return table(head, rows)


if __name__ == "__main__":
    main()
