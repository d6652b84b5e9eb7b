"""Questions before what cannot be taken back."""

import sys
from collections.abc import Callable

from raise_finetune.cli.exits import BAD_INPUT
from raise_finetune.errors import CancelledError
from raise_finetune.messages import text

# In both languages, whichever is spoken: who thinks in the other one means the same.
_YES = frozenset({"y", "yes", "o", "oui"})
_NO = frozenset({"", "n", "no", "non"})


def leave_unless_agreed(question: str, undone: Callable[[], None], *, as_json: bool) -> None:
    """Ask, and leave where the answer is no; ``undone`` says that nothing was done."""
    can_be_asked = not as_json and sys.stdin.isatty()
    if can_be_asked and _is_agreed(question):
        return
    undone()
    sys.stdout.flush()
    # A script must not take it for done where nobody could say yes.
    sys.exit(0 if can_be_asked else BAD_INPUT)


def _is_agreed(question: str) -> bool:
    """Ask on standard error, which is seen where the results go to a file, until it is answered."""
    sys.stdout.flush()
    while True:
        sys.stderr.write(f"{question} {text('cli.yes_or_no')} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:  # Ctrl-D
            sys.stderr.write("\n")
            raise CancelledError
        answer = line.strip().casefold()
        if answer in _YES or answer in _NO:
            return answer in _YES
