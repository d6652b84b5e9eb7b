"""What the command line costs before it does anything.

``python -m bench.start`` prints a table; ``--write`` puts it into ``docs/benchmarks.md``.
"""

import argparse
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.document import table, write_section
from bench.processes import Usage, interleaved, machine, measure
from bench.results import keep, plain

PROGRAM = str(Path(sys.executable).with_name("raise-finetune"))
PYTHON = "`python -c pass`"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, metavar="N")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        domain, dataset = f"{temporary}/domain", f"{temporary}/dataset"
        demo = [PROGRAM, "demo", domain, "--conversations", "20"]
        subprocess.run(demo, check=True, capture_output=True)
        usages = interleaved(
            {
                PYTHON: _quiet(sys.executable, "-c", "pass"),
                "`raise-finetune --help`": _quiet(PROGRAM, "--help"),
                "`raise-finetune inspect`": _quiet(PROGRAM, "inspect", "--root", domain),
                "`raise-finetune export`": _quiet(PROGRAM, "export", dataset, "--root", domain),
            },
            options.rounds,
        )
    section = f"{_preface(options.rounds)}\n\n{_table(usages)}"
    print(section)
    if options.write:
        write_section("start", section)
        keep("start", {"rounds": options.rounds, "usages": plain(usages)})


def _quiet(*command: str) -> partial[Usage]:
    return partial(measure, ["sh", "-c", 'exec "$@" >/dev/null', "sh", *command])


def _preface(rounds: int) -> str:
    return f"A domain of 20 conversations; medians of {rounds} runs in turn; {machine()}."


def _table(usages: dict[str, Usage]) -> str:
    rows = [[way, f"{usage.cpu:.2f}", f"{usage.wall:.2f}"] for way, usage in usages.items()]
    return table(["command", "CPU s", "wall s"], rows)


if __name__ == "__main__":
    main()
