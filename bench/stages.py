"""Where the time of the default recipe goes, stage by stage, on one core.

``python -m bench.stages`` prints a table; ``--write`` puts it into ``docs/benchmarks.md``.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from bench.document import table, write_section
from bench.one_corpus import options_of, place_of
from bench.processes import machine
from bench.results import keep

SCRIPT = Path(__file__).parent / "contestants" / "stages.py"

# In the order of the pipeline, with what each stage does.
STAGES = {
    "start": "Python, imports",
    "read": "list, read and parse the files",
    "interpret": "documents → conversations and documentation",
    "rate": "the ratings given in this application",
    "select": "answers by rating and date, with their context; the fates of the others",
    "judge": "quality filters",
    "control tokens": "made harmless",
    "mask": "sensitive data",
    "render": "the lines to write",
    "group and sign": "what duplicates and leaks are found by",
    "duplicates": "rows wait on disk; copies, near-duplicates and leaks are found",
    "write": "files, card, report, manifest, ledger",
    "prove": "the bytes on disk are scanned again",
    "other": "settings, notes, notices",
}
# All that a cache of masked records could save: what comes before their rendering.
CACHEABLE = ("read", "interpret", "rate", "select", "judge", "control tokens", "mask")


def main() -> None:
    options = options_of(__doc__)
    with place_of(options) as (made, scratch):
        runs = [_run(made.domain, scratch / "exported") for _ in range(options.rounds)]
    seconds = {stage: median(run.get(stage, 0.0) for run in runs) for stage in STAGES}
    section = "\n\n".join([_preface(options.conversations, options.rounds), _table(seconds)])
    print(section)
    if options.write:
        write_section("stages", section)
        keep("stages", {"rounds": options.rounds, "seconds": seconds})


def _run(domain: Path, output: Path) -> dict[str, float]:
    command = [sys.executable, str(SCRIPT), str(domain), str(output)]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    shutil.rmtree(output)
    return json.loads(printed)


def _preface(conversations: int, rounds: int) -> str:
    return (
        f"{conversations:,} conversations of the demo, the default recipe on one core, in the "
        f"cache; medians of {rounds} runs; {machine()}."
    )


def _table(seconds: dict[str, float]) -> str:
    whole = sum(seconds.values())
    cacheable = sum(seconds[stage] for stage in CACHEABLE)
    rows = {
        **{f"{stage}: {STAGES[stage]}": took for stage, took in seconds.items()},
        "**whole**": whole,
        "without all from *read* to *mask*, as with a cache that costs nothing": whole - cacheable,
    }
    return table(
        ["stage", "CPU s", "share"],
        [[name, f"{took:.2f}", f"{took / whole:.0%}"] for name, took in rows.items()],
    )


if __name__ == "__main__":
    main()
