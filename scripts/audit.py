"""Ask the advisory databases about every locked dependency, Python's and the page's.

    scripts/audit.py [--allow-unreachable] [--osv URL]

The exit code is 0 when nothing is known against any of them, 1 when something is, and 2 when a
database could not be asked. ``--allow-unreachable`` makes the last a warning: a network that is
down says nothing about the dependencies.
"""

import argparse
import json
import subprocess
import sys
from enum import IntEnum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_PATIENCE = 120  # seconds for one database, its client's retries included


class Answer(IntEnum):
    """What a database said; the values are exit codes."""

    NOTHING_KNOWN = 0
    VULNERABLE = 1
    NOT_ASKED = 2


def main(arguments: list[str]) -> int:
    """Print what is known, and return the exit code."""
    parser = argparse.ArgumentParser(description="Ask the advisory databases.")
    parser.add_argument("--allow-unreachable", action="store_true")
    parser.add_argument("--osv", metavar="URL", help="another server of the OSV interface")
    options = parser.parse_args(arguments)

    answers = {"uv.lock": ask_about_python(options.osv), "package-lock.json": ask_about_page()}
    for lock, answer in answers.items():
        print(f"{lock}: {answer.name.lower().replace('_', ' ')}")
    if Answer.VULNERABLE in answers.values():
        return Answer.VULNERABLE
    if Answer.NOT_ASKED in answers.values() and not options.allow_unreachable:
        return Answer.NOT_ASKED
    return 0


def ask_about_python(osv: str | None) -> Answer:
    """Ask OSV about uv.lock: every extra and group, for every platform."""
    uv = Path(sys.executable).with_name("uv")
    server = ["--service-url", osv] if osv else []
    finished = _run(uv, "audit", "--frozen", "--preview-features", "audit-command", *server)
    if finished is None:
        return Answer.NOT_ASKED
    print(finished.stdout + finished.stderr)
    known_codes = (Answer.NOTHING_KNOWN, Answer.VULNERABLE)
    return next((each for each in known_codes if each == finished.returncode), Answer.NOT_ASKED)


def ask_about_page() -> Answer:
    """Ask the npm registry about package-lock.json, what builds and tests the page included."""
    finished = _run("npm", "audit", "--package-lock-only", "--json")
    if finished is None:
        return Answer.NOT_ASKED
    try:
        report = json.loads(finished.stdout)
    except ValueError:  # the registry's refusal, say, or a proxy's page
        report = {}
    if "auditReportVersion" not in report:
        print(report.get("message", finished.stdout + finished.stderr))
        return Answer.NOT_ASKED
    for name, found in report["vulnerabilities"].items():
        print(f"{name}: {found['severity']}, {_titles(found['via'])}")
    return Answer.VULNERABLE if report["vulnerabilities"] else Answer.NOTHING_KNOWN


def _titles(via: list[Any]) -> str:
    """Name the advisories, or the package through which one concerns this one."""
    return "; ".join(
        cause if isinstance(cause, str) else f"{cause['title']} ({cause['url']})" for cause in via
    )


def _run(*command: str | Path) -> subprocess.CompletedProcess[str] | None:
    """Return the finished command, or None when it is still waiting for its database."""
    folder = ROOT / "frontend" if command[0] == "npm" else ROOT
    try:
        return subprocess.run(  # noqa: S603
            command, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"{Path(command[0]).name} got no answer within {_PATIENCE} seconds")
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
