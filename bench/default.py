"""What the default recipe costs, every stage on, as the data grow; and on one core or two.

``python -m bench.default`` prints two tables; ``--write`` puts them into ``docs/benchmarks.md``.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.corpus import Corpus, corpus
from bench.document import table, write_section
from bench.processes import MEBIBYTE, Usage, interleaved, machine, measure
from bench.results import keep, plain

CONTESTANTS = Path(__file__).parent / "contestants"


class Options(argparse.Namespace):
    """What the command line asks for."""

    sizes: list[int]
    rounds: int
    folder: Path | None
    write: bool


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        scratch = Path(temporary)
        usages: dict[str, Usage] = {}
        for size in options.sizes:
            made = corpus((options.folder or scratch) / f"corpus-{size}", size)
            usages |= interleaved(_contestants(size, made, scratch), options.rounds)
            shutil.rmtree(scratch / "exported")
    section = "\n\n".join(
        [_preface(options), _growth(options.sizes, usages), _cores(options.sizes, usages)]
    )
    print(section)
    if options.write:
        write_section("default", section)
        keep("default", {"rounds": options.rounds, "usages": plain(usages)})


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=[10_000, 100_000],
        metavar="N",
        help="conversations; 1000000 takes 10 GB of disk and half an hour",
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--folder", type=Path, help="make the corpora here, and keep them")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args(namespace=Options())


def _contestants(size: int, made: Corpus, scratch: Path) -> dict[str, Callable[[], Usage]]:
    reading = [sys.executable, str(CONTESTANTS / "reading.py"), str(made.conversations)]
    script = [sys.executable, str(CONTESTANTS / "default.py")]
    exporting = [*script, str(made.domain), str(scratch / "exported")]
    return {
        f"reading {size}": partial(measure, reading),
        f"one core {size}": partial(measure, exporting, cores=1),
        f"all cores {size}": partial(measure, exporting),
    }


def _preface(options: Options) -> str:
    return (
        "The default recipe on the demo: ratings, documentation, masking and its proof, exact and "
        f"near-duplicates, split, control tokens, manifest. Medians of {options.rounds} rounds in "
        f"turn, in the cache; {machine()}."
    )


def _growth(sizes: list[int], usages: dict[str, Usage]) -> str:
    rows: list[list[str]] = []
    for size in sizes:
        floor, export = usages[f"reading {size}"].cpu, usages[f"all cores {size}"]
        rows.append(
            [
                f"{size:,}",
                f"{floor:.2f}",
                f"{export.cpu:.2f}",
                f"{export.cpu / floor:.1f}",
                f"{export.cpu / usages[f'all cores {sizes[0]}'].cpu:.1f}",
                f"{export.peak / MEBIBYTE:.0f}",
            ]
        )
    head = ["conversations", "reading, CPU s", "export, CPU s", "× reading", "growth", "peak MiB"]
    return table(head, rows)


def _cores(sizes: list[int], usages: dict[str, Usage]) -> str:
    rows: list[list[str]] = []
    for size in sizes:
        one, both = usages[f"one core {size}"].wall, usages[f"all cores {size}"].wall
        rows.append([str(size), f"{one:.1f}", f"{both:.1f}", f"{both / one:.0%}"])
    return table(["conversations", "one core, wall s", "all cores, wall s", "share"], rows)


if __name__ == "__main__":
    main()
