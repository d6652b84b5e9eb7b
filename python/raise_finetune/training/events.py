"""What a trainer tells: one JSON object a line, appended to the run's ``events.jsonl``.

===========  ==============================================================================
event        besides ``event`` and ``t`` (seconds since 1970)
===========  ==============================================================================
queued       a process was started: ``resume``
start        ``step`` it goes on from, ``max_steps``, ``rows``, ``val_rows``, ``device``,
             ``trainable_parameters``
notice       ``code`` and ``params`` of an entry ``training.notice.<code>``
log          ``step``, ``max_steps``, ``epoch``, ``loss``, ``grad_norm``, ``learning_rate``,
             ``tokens``
eval         ``step``, ``max_steps``, ``epoch``, ``eval_loss``
checkpoint   ``step``: it can be resumed from here
end          ``state``: finished, paused or stopped; ``step``; unless a paused run was stopped, or
             one before its first step, ``adapter_step``, the one whose adapter is the result, and
             ``peak_memory`` in bytes
error        ``code`` and ``params`` of an entry ``error.<code>``: the training failed
exit         the process ended without a word, with ``returncode``
===========  ==============================================================================
"""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import orjson

Event = dict[str, Any]

_TAIL = 65_536
# Without O_BINARY, Windows would end lines with two bytes.
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
# What the values are that readers reckon with; each may be missing.
_WHOLE = ("step", "max_steps")
_NUMBERS = ("t", "epoch", "loss", "grad_norm", "learning_rate", "tokens", "eval_loss")


class EventWriter:
    """Appends events; each is one write, so that a reader sees whole lines or none.

    Raises ``OSError``, which names the file.

    ``echo`` prints them too, for who runs a trainer by hand.
    """

    def __init__(self, path: Path, *, echo: bool = False) -> None:
        self._path = path
        self._echo = echo

    def write(self, event: str, **values: object) -> None:
        """Append an event."""
        content: Mapping[str, object] = {"event": event, "t": round(time.time(), 3), **values}
        line = orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)
        descriptor = os.open(self._path, _APPEND, 0o666)
        try:
            _write_all(descriptor, line if self._ends_whole() else b"\n" + line)
        except OSError as error:
            error.filename = str(self._path)
            raise
        finally:
            os.close(descriptor)
        if self._echo:
            sys.stdout.write(line.decode())
            sys.stdout.flush()

    def _ends_whole(self) -> bool:
        """Tell whether the last line is whole; a full disk may have cut it off."""
        with self._path.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return True
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def _write_all(descriptor: int, content: bytes) -> None:
    """Write to the end: what a disk that fills up takes a part of, it refuses when asked again."""
    while content:
        content = content[os.write(descriptor, content) :]


def read_events(path: Path, offset: int = 0) -> tuple[list[Event], int]:
    """Return the events from a byte offset on, and the offset to go on from."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            content = file.read()
    except FileNotFoundError:
        return [], 0
    whole = content[: content.rfind(b"\n") + 1]
    events = [event for line in whole.splitlines() if (event := _parse(line)) is not None]
    return events, offset + len(whole)


def last_event(path: Path) -> Event | None:
    """Return the newest event, or None where there is none."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return None
    events, _ = read_events(path, max(size - _TAIL, 0))
    return events[-1] if events else None


def find_event(path: Path, kind: str, *, first: bool = False) -> Event | None:
    """Return the last event of a kind, or the ``first``; None where there is none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    mark = b'{"event":"%s"' % kind.encode()
    start = content.find(mark) if first else content.rfind(mark)
    end = content.find(b"\n", start)
    return None if start < 0 or end < 0 else _parse(content[start:end])


def _parse(line: bytes) -> Event | None:
    try:
        event = orjson.loads(line)
    except orjson.JSONDecodeError:  # the rest of a line, or one that a full disk cut off
        return None
    if not isinstance(event, dict):
        return None
    event = cast("Event", event)
    is_told = (
        isinstance(event.get("event"), str)
        and event.get("t") is not None
        and all(isinstance(event.get(key), int | None) for key in _WHOLE)
        and all(isinstance(event.get(key), int | float | None) for key in _NUMBERS)
    )
    return event if is_told else None
