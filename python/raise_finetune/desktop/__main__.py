"""``python -m raise_finetune.desktop`` opens the window."""

import sys

from raise_finetune.desktop.launch import open_window
from raise_finetune.errors import BadInputError, RaiseError

try:
    sys.exit(open_window())
except RaiseError as error:
    sys.stderr.write(f"{error.message()}\n{error.hint()}\n")
    sys.exit(2 if isinstance(error, BadInputError) else 1)
