"""Whole processes measured: what a command costs from its start to its exit.

This module imports the standard library only, and so should the benchmarks: the system starts
counting the peak of a child's memory before the child's own program is loaded, so a large parent
would hide a small child.
"""

import os
import platform
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

# Linux counts the peak in KiB, macOS in bytes.
_PEAK_UNIT = 1 if platform.system() == "Darwin" else 1024
MEBIBYTE = 1024 * 1024
# Some shells set it; then our modules, and not the installed peers', would be compiled every time.
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


class Usage(NamedTuple):
    """What one process took; ``peak`` is its resident memory at its largest, in bytes."""

    cpu: float  # seconds, user and system, of all its threads
    wall: float  # seconds
    peak: int


def measure(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    *,
    cores: int | None = None,
) -> Usage:
    """Run a command to its end; raises ``CalledProcessError`` when it fails.

    ``cores`` is how many it may use, where the system can say so (Linux); None for all.
    """
    if cores is not None:
        command = ["taskset", "--cpu-list", f"0-{cores - 1}", *command]
    inherited = {key: value for key, value in os.environ.items() if key != _NO_BYTECODE}
    began = time.perf_counter()
    with subprocess.Popen(command, env={**inherited, **(environment or {})}) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Usage(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * _PEAK_UNIT)


def interleaved(contestants: Mapping[str, Callable[[], Usage]], rounds: int) -> dict[str, Usage]:
    """Run all contestants in turn, ``rounds`` times; return the median of each quantity.

    In turn, so that a slow minute of the machine slows all of them alike.
    """
    usages: dict[str, list[Usage]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            usages[name].append(run())
    return {name: _median(each) for name, each in usages.items()}


def machine() -> str:
    """Return what matters about this machine, in words."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def _median(usages: list[Usage]) -> Usage:
    cpu, wall, peak = zip(*usages, strict=True)
    return Usage(median(cpu), median(wall), round(median(peak)))
