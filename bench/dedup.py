"""Near-duplicates among 100,000 pairs: what is found and at which cost, against ``datasketch``.

``python -m bench.dedup`` prints a table; ``--write`` puts it into ``docs/benchmarks.md``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.document import table, write_section
from bench.processes import MEBIBYTE, Usage, machine, measure
from bench.results import keep, plain

OURS = "**`raise_finetune.dataset.near`**"
CONTESTANTS = {OURS: "near_duplicates", "`datasketch` 2.0, MinHash-LSH": "datasketch_lsh"}
THRESHOLD = 0.7


class Result(NamedTuple):
    """What a contestant found: of the planted pairs, and besides them."""

    usage: Usage
    planted: int
    found: int
    others: int

    @property
    def recall(self) -> float:
        """The share of the planted pairs that was found."""
        return self.found / self.planted

    @property
    def precision(self) -> float:
        """The share of what was found that was planted."""
        return self.found / (self.found + self.others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000, metavar="N")
    parser.add_argument("--without-datasketch", dest="with_datasketch", action="store_false")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    contestants = CONTESTANTS if options.with_datasketch else {OURS: CONTESTANTS[OURS]}
    with tempfile.TemporaryDirectory() as temporary:
        texts = Path(temporary) / "texts.jsonl"
        # In a process of its own: see ``processes``.
        command = [sys.executable, "-m", "bench.dedup_corpus", str(texts), str(options.pairs)]
        subprocess.run(command, check=True)
        results = {way: _run(script, texts) for way, script in contestants.items()}
    section = "\n\n".join([_preface(options.pairs), _table(results, options.pairs)])
    print(section)
    if options.write:
        write_section("dedup", section)
        usages = {way: result.usage for way, result in results.items()}
        keep("dedup", {"pairs": options.pairs, "usages": plain(usages)})


def _run(script: str, texts: Path) -> Result:
    output = texts.with_name("pairs.json")
    path = Path(__file__).parent / "contestants" / f"{script}.py"
    command = [sys.executable, str(path), str(texts), str(output), str(THRESHOLD)]
    usage = measure(command)
    with texts.open(encoding="utf-8") as file:
        families = [json.loads(line)[2] for line in file]
    found = {(one, other) for one, other in zip(*json.loads(output.read_text()), strict=True)}
    planted = len(families) - len(set(families))
    right = sum(families[one] == families[other] for one, other in found)
    return Result(usage, planted, right, len(found) - right)


def _preface(pairs: int) -> str:
    return (
        f"{pairs:,} questions with answers of invented words, one in twenty with a copy of which "
        "one word in twenty was replaced, doubled or left out; as many short texts that differ in "
        "a word, and as many forms of which two thirds are the same. Threshold "
        f"{THRESHOLD}, pairs of words; whole processes, one run each; {machine()}."
    )


def _table(results: dict[str, Result], pairs: int) -> str:
    ours = results[OURS].usage.cpu
    rows = [
        [
            way,
            f"{result.usage.cpu:.1f}",
            f"{result.usage.cpu / pairs * 1e6:.0f}",
            f"{result.usage.cpu / ours:.1f}",
            f"{result.usage.peak / MEBIBYTE:.0f}",
            f"{result.found:,} of {result.planted:,}",
            f"{result.recall:.4f}",
            f"{result.precision:.4f}",
        ]
        for way, result in results.items()
    ]
    head = ["way", "CPU s", "µs a pair", "× ours", "peak MiB", "found", "recall", "precision"]
    return table(head, rows)


if __name__ == "__main__":
    main()
