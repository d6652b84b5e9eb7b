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

from bench.corpus import COLLECTION, Corpus, corpus, written_texts
from bench.document import table, write_section
from bench.processes import MEBIBYTE, Usage, interleaved, machine, measure
from bench.results import keep, plain
from raise_finetune.dataset.prompts import get_profile
from raise_finetune.dataset.prompts.control import control_strings

CONTESTANTS = Path(__file__).parent / "contestants"

READING = "reading alone: `os.open`, `os.read`, `os.close`"
BARE = "a bare loop with `orjson`: no context, no ledger, nothing mended"
EXPORT = "**`export_dataset`**"
DATASETS = "`datasets`: the same records in one JSONL file"
CLEANED = "`datasets`: records prepared for it beforehand"


class Options(argparse.Namespace):
    """What the command line asks for."""

    conversations: int
    sizes: list[int]
    rounds: int
    folder: Path | None
    with_datasets: bool
    write: bool


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        scratch = Path(temporary)
        corpora = {
            size: corpus((options.folder or scratch) / f"corpus-{size}", size)
            for size in sorted({options.conversations, *options.sizes})
        }
        # The memory first: the check of the lines swells this process (see ``processes``).
        memory = _memory({size: corpora[size] for size in options.sizes}, scratch)
        speed = _speed(corpora[options.conversations], scratch, options)
    section = "\n\n".join([_preface(options), speed, memory])
    print(section)
    if options.write:
        write_section("export", section)


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000, metavar="N")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[10_000, 100_000],
        metavar="N",
        help="measure memory here; 1000000 takes 5 GB of disk and some minutes",
    )
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--folder", type=Path, help="make the corpora here, and keep them")
    parser.add_argument("--without-datasets", dest="with_datasets", action="store_false")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args(namespace=Options())


def _preface(options: Options) -> str:
    return (
        f"{options.conversations:,} conversations of the demo, in the cache; medians of "
        f"{options.rounds} runs in turn; {machine()}."
    )


def _speed(made: Corpus, scratch: Path, options: Options) -> str:
    exported, loaded, cleaned = scratch / "exported", scratch / "loaded", scratch / "cleaned"
    contestants: dict[str, Callable[[], Usage]] = {
        READING: lambda: _run("reading", made.conversations),
        BARE: lambda: _run("bare_loop", made.conversations, scratch / "bare"),
        EXPORT: lambda: _export(made, exported),
    }
    if options.with_datasets:
        contestants[DATASETS] = lambda: _datasets(made.records, loaded, scratch / "cache")
        contestants[CLEANED] = lambda: _datasets(made.cleaned, cleaned, scratch / "cache")
    usages = interleaved(contestants, options.rounds)
    if options.with_datasets:
        _check_equal(exported, written_texts(loaded))
        _check_equal(exported, written_texts(cleaned))
    if options.write:
        keep("export", {"rounds": options.rounds, "usages": plain(usages)})
    floor, export = usages[READING].cpu, usages[EXPORT].cpu
    rows = [
        [
            way,
            f"{usage.cpu:.2f}",
            f"{usage.cpu / floor:.1f}",
            f"{usage.cpu / export:.1f}",
            f"{usage.wall:.2f}",
            f"{usage.peak / MEBIBYTE:.0f}",
        ]
        for way, usage in usages.items()
    ]
    return table(["way", "CPU s", "× reading", "× export", "wall s", "peak MiB"], rows)


def _memory(corpora: dict[int, Corpus], scratch: Path) -> str:
    rows: list[list[str]] = []
    for size, made in corpora.items():
        usage = _export(made, scratch / "exported")
        rows.append([f"{size:,}", f"{usage.peak / MEBIBYTE:.1f}", f"{usage.cpu / size * 1e6:.1f}"])
    return table(["conversations", "peak MiB", "CPU µs a conversation"], rows)


def _export(made: Corpus, output: Path) -> Usage:
    return _run("exporting", made.domain, output, *COLLECTION)


def _datasets(records: Path, output: Path, cache: Path) -> Usage:
    """Run it without what it kept from the run before."""
    shutil.rmtree(cache, ignore_errors=True)
    output.mkdir(exist_ok=True)
    settings = {
        "HF_HOME": str(cache),
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }
    return _run("huggingface", records, output, environment=settings)


def _run(contestant: str, *arguments: object, environment: dict[str, str] | None = None) -> Usage:
    script = CONTESTANTS / f"{contestant}.py"
    return measure([sys.executable, str(script), *map(str, arguments)], environment)


def _check_equal(exported: Path, theirs: set[str]) -> None:
    """Check that both wrote the same lines, but for what only we take care of.

    That is control tokens in people's texts, which we make harmless, and copies that would stand
    on both sides of the split, which we leave out.
    """
    strings = control_strings(tuple(get_profile("inst").control_strings))
    ours = {strings.restore(text) for text in written_texts(exported / "data")}
    report = json.loads((exported / ".raise/report.json").read_bytes())
    leaks = report["fates"].get("split_leak", 0)
    if ours - theirs or len(theirs - ours) != leaks:
        sys.exit(
            f"{len(ours - theirs)} lines are only ours, {len(theirs - ours)} theirs, {leaks} leaks"
        )


if __name__ == "__main__":
    main()
