"""Kills what children of a ``fault_server`` do, at a moment of one's choice."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from domains import fault_server
from domains.process import python_path


class Server:
    """Does tasks in child processes; see ``fault_server``."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", fault_server.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **python_path()},
        )

    def do(self, *task: object, kill_after: float | None = None) -> int:
        """Do a task, killed after so many seconds, and return the exit status."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(task, default=str) + "\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()
        assert self._process.returncode == 0
