"""Standard input, output and error, however the program was started."""

import os
import sys
from io import TextIOWrapper


def prepare_streams() -> None:
    """Make all three usable: one may be closed, or hold less than Unicode."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed, as by >&- or by who starts a service
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        # What the terminal's encoding lacks becomes "?" instead of an error.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
