"""Round trip of a small command from the page of the real window, idle and during an export.

``python bench/ipc.py [--conversations N]``; needs a display, or Xvfb on the path.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import Done, Request
from raise_finetune.demo.domain import write_demo

ROOT = Path(__file__).parents[1]
ALLOWED_MS = 16.0


class BenchReport(Request):
    """Milliseconds of each round trip, and of the export."""

    idle: tuple[float, ...]
    busy: tuple[float, ...]
    export_ms: float
    error: str


@command("bench_report")
def bench_report(request: BenchReport, context: Context) -> Done:
    if request.error:
        print(request.error)
    else:
        print("| round trip | samples | p50 ms | p99 ms | max ms |\n|---|---|---|---|---|")
        idle = _row("idle", request.idle)
        busy = _row(f"during an export of {request.export_ms / 1000:.1f} s", request.busy)
        verdict = "within" if busy - idle <= ALLOWED_MS else "OVER"
        print(f"\np99 grows by {busy - idle:.1f} ms: {verdict} the {ALLOWED_MS:g} ms allowed")
    sys.stdout.flush()
    context.face.close()
    return Done()


def _row(name: str, samples: tuple[float, ...]) -> float:
    percentiles = statistics.quantiles(samples, n=100)
    row = f"{percentiles[49]:.1f} | {percentiles[98]:.1f} | {max(samples):.1f}"
    print(f"| {name} | {len(samples)} | {row} |")
    return percentiles[98]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--conversations", type=int, default=100_000)
    conversations = options.parse_args().conversations
    if "DISPLAY" not in os.environ and shutil.which("xvfb-run"):
        os.execvp("xvfb-run", ["xvfb-run", "-a", sys.executable, *sys.argv])

    from raise_finetune.desktop import window

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_demo(home / "domain", conversations)
        os.environ["PATH_RAISE_DOMAIN"] = str(home / "domain")
        os.environ["PATH_RAISE_DATASET"] = str(home / "dataset")
        os.environ["HOME"] = folder
        page = home / "page"
        build = ["npx", "vite", "build", str(ROOT / "bench/ipc_page"), "--outDir", str(page)]
        build += ["--config", "vite.config.ts", "--logLevel", "error", "--emptyOutDir"]
        subprocess.run(build, cwd=ROOT / "frontend", check=True)
        window.run(page)


if __name__ == "__main__":
    main()
