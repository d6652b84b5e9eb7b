"""The command line as a process, as a user has it."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

COMMAND = Path(sys.executable).with_name("raise-finetune")


def python_path() -> dict[str, str]:
    """Return what lets another Python import all that this one does, the tests' modules too."""
    return {"PYTHONPATH": os.pathsep.join(sys.path)}


def run(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``raise-finetune`` to its end; ``before`` is called in the new process."""
    return subprocess.run(
        [COMMAND, *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
        preexec_fn=before,
    )


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """Start ``raise-finetune`` and return at once."""
    return subprocess.Popen(
        [COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """Return the sentence of an error, having checked that a remedy follows and no traceback."""
    assert done.stdout == ""
    sentence, remedy, *rest = done.stderr.splitlines()
    assert rest == []
    assert remedy != ""
    for label in ("Error: ", "Erreur\u00a0: "):
        if sentence.startswith(label):
            return sentence.removeprefix(label)
    raise AssertionError(done.stderr)
