"""All benchmarks, one after another: ``python -m bench [NAME …]``, or ``make bench``.

Each runs in a process of its own, prints its tables, and with ``--write`` puts them into
``docs/benchmarks.md`` and its figures into ``bench/results``.
"""

import argparse
import subprocess
import sys
from pathlib import Path

PEERS_PYTHON = Path(__file__).parents[1] / ".venv" / "peers" / "bin" / "python"

# Which folder keeps the corpora is said to those that make them; ``quick`` is for a first look.
_MAKE_CORPORA = {"export", "default", "stages", "peers", "preview"}
_QUICK = {
    "export": ("--conversations", "10000", "--sizes", "10000", "--rounds", "1"),
    "default": ("--sizes", "1000", "10000", "--rounds", "1"),
    "stages": ("--conversations", "10000", "--rounds", "1"),
    "peers": ("--conversations", "10000", "--rounds", "1"),
    "dedup": ("--pairs", "10000"),
    "preview": ("--conversations", "10000", "--rounds", "2"),
    "start": ("--rounds", "3"),
}
_PEERS = {"peers": "--python", "sanitize": "--presidio"}
BENCHMARKS = ("start", "export", "default", "stages", "peers", "dedup", "preview", "sanitize")


class Options(argparse.Namespace):
    """What the command line asks for."""

    names: list[str]
    quick: bool
    write: bool
    folder: Path | None


def main() -> None:
    options = _options()
    for name in options.names or BENCHMARKS:
        print(f"\n## {name}\n", flush=True)
        subprocess.run(
            [sys.executable, "-m", f"bench.{name}", *_arguments(name, options)], check=True
        )


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="small corpora, one round")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--folder", type=Path, help="make the corpora here, and keep them")
    return parser.parse_args(namespace=Options())


def _arguments(name: str, options: Options) -> list[str]:
    arguments = ["speed"] if name == "sanitize" else []
    if options.quick:
        arguments += _QUICK.get(name, ())
    if options.write and name != "sanitize":
        arguments.append("--write")
    if options.folder is not None and name in _MAKE_CORPORA:
        arguments += ["--folder", str(options.folder)]
    if name in _PEERS:
        if PEERS_PYTHON.exists():
            arguments += [_PEERS[name], str(PEERS_PYTHON)]
        elif name == "peers":
            sys.exit(f"{PEERS_PYTHON} is missing: `make bench` installs the peers there")
    return arguments


if __name__ == "__main__":
    main()
