"""What the disk is asked to do, and in which order: only some orders survive a power cut."""

import os
import re
import stat
from pathlib import Path

import pytest

_TEMPORARY = re.compile(r"\.raise-[0-9a-f]{16}\.tmp")


def record_disk_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with each sync and each rename; random names are TEMPORARY."""
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def seen_fsync(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        calls.append(f"fsync {kind} {_name(Path(f'/proc/self/fd/{descriptor}').readlink())}")
        fsync(descriptor)

    def seen_replace(source: Path, target: Path) -> None:
        calls.append(f"rename {_name(source)} {_name(target)}")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "replace", seen_replace)
    return calls


def _name(path: Path) -> str:
    return "TEMPORARY" if _TEMPORARY.fullmatch(path.name) else path.name
