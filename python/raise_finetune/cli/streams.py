"""Standard input, output and error, however the program was started."""

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


def prepare_streams() -> None:
    """Make all three usable: one may be closed, or hold less than Unicode."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed, as by >&- or by who starts a service
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's encoding lacks becomes "?" instead of an error.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.stdout is sys.__stdout__:  # and none that was just opened, which nobody else keeps open
        sys.stdout = _for_who_reads(sys.stdout)


class _ForWhoReads(FileIO):
    """A file that loses in silence what nobody reads any more: ``head`` has had enough.

    The command goes on to its end, and its exit code says how that went.
    """

    def write(self, data: "Buffer", /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes


def _for_who_reads(stream: TextIO) -> TextIO:
    """Return the stream over a file that nobody need read; a console of Windows stays as it is."""
    buffer = stream.buffer
    raw = getattr(buffer, "raw", buffer)  # Python's -u leaves the file alone
    if not isinstance(raw, FileIO):
        return stream
    file = _ForWhoReads(raw.fileno(), "w", closefd=False)
    is_buffered = buffer is not raw
    return TextIOWrapper(
        BufferedWriter(file) if is_buffered else file,
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=bool(stream.line_buffering),
        write_through=not is_buffered,
    )
