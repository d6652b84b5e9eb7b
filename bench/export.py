"""What an export costs: against reading the same files, and against ``datasets``.

``python -m bench.export`` prints two tables; ``--write`` puts them into ``docs/benchmarks.md``.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.corpus import COLLECTION, Corpus, corpus
from bench.document import table, write_section
from bench.processes import MEBIBYTE, Usage, interleaved, machine, measure

CONTESTANTS = Path(__file__).parent / "contestants"
SIZES = (10_000, 100_000, 1_000_000)

READING = "reading alone: `os.open`, `os.read`, `os.close`"
EXPORT = "**`export_dataset`**"
DATASETS = "`datasets`: one JSONL, filter, map, to_json"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        folder = options.folder or Path(scratch)
        made = corpus(folder / f"corpus-{options.conversations}", options.conversations)
        speed = _speed(made, Path(scratch), options)
        memory = _memory(folder, Path(scratch), options)
    section = "\n\n".join([_preface(options), speed, memory])
    print(section)
    if options.write:
        write_section("export", section)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--folder", type=Path, help="make the corpora here, and keep them")
    parser.add_argument("--no-datasets", action="store_true", help="leave the slow one out")
    parser.add_argument("--million", action="store_true", help="memory at 1,000,000, too (4 GB)")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args()


def _preface(options: argparse.Namespace) -> str:
    return (
        f"`python -m bench.export`, {machine()}; {options.conversations:,} conversations of the "
        f"demo, one file each, in the cache; medians of {options.rounds} runs in turn, each a "
        "process of its own from start to exit."
    )


def _speed(made: Corpus, scratch: Path, options: argparse.Namespace) -> str:
    exported, loaded = scratch / "exported", scratch / "loaded"
    contestants: dict[str, Callable[[], Usage]] = {
        READING: lambda: _run("reading", made.conversations),
        EXPORT: lambda: _export(made, exported),
    }
    if not options.no_datasets:
        contestants[DATASETS] = lambda: _datasets(made, loaded, scratch / "cache")
    usages = interleaved(contestants, options.rounds)
    if not options.no_datasets:
        _check_equal(_texts(exported / "data"), _texts(loaded))
    floor, ours = usages[READING].cpu, usages[EXPORT].cpu
    return table(
        ["way", "CPU s", "× reading", "× export", "wall s", "peak MiB"],
        [
            [
                name,
                f"{usage.cpu:.2f}",
                f"{usage.cpu / floor:.1f}",
                f"{usage.cpu / ours:.1f}",
                f"{usage.wall:.2f}",
                f"{usage.peak / MEBIBYTE:.0f}",
            ]
            for name, usage in usages.items()
        ],
    )


def _memory(folder: Path, scratch: Path, options: argparse.Namespace) -> str:
    rows: list[list[str]] = []
    for size in SIZES if options.million else SIZES[:-1]:
        made = corpus(folder / f"corpus-{size}", size)
        usage = _export(made, scratch / "exported")
        rows.append([f"{size:,}", f"{usage.peak / MEBIBYTE:.1f}", f"{usage.cpu / size * 1e6:.1f}"])
    return table(["conversations", "peak MiB", "CPU µs a conversation"], rows)


def _export(made: Corpus, output: Path) -> Usage:
    return _run("exporting", made.domain, output, *COLLECTION)


def _datasets(made: Corpus, output: Path, cache: Path) -> Usage:
    """Run it without what it kept from the run before."""
    shutil.rmtree(cache, ignore_errors=True)
    output.mkdir(exist_ok=True)
    environment = {
        "HF_HOME": str(cache),
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }
    return _run("huggingface", made.records, output, environment=environment)


def _run(contestant: str, *arguments: object, environment: dict[str, str] | None = None) -> Usage:
    script = CONTESTANTS / f"{contestant}.py"
    return measure([sys.executable, str(script), *map(str, arguments)], environment)


def _texts(folder: Path) -> set[str]:
    files = [(folder / f"{split}.jsonl").open(encoding="utf-8") for split in ("train", "val")]
    texts: set[str] = set()
    for file in files:
        with file:
            texts.update(json.loads(line)["text"] for line in file)
    return texts


def _check_equal(ours: set[str], theirs: set[str]) -> None:
    if ours != theirs:
        odd = min(ours ^ theirs)
        sys.exit(
            f"{len(ours - theirs)} lines are only ours, {len(theirs - ours)} only theirs: {odd}"
        )


if __name__ == "__main__":
    main()
