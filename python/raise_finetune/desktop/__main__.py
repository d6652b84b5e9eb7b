"""``python -m raise_finetune.desktop`` opens the window."""

import sys

from raise_finetune.desktop.launch import open_window
from raise_finetune.errors import RaiseError

try:
    sys.exit(open_window())
except RaiseError as error:
    sys.stderr.write(f"{error.message()}\n{error.hint()}\n")
    sys.exit(error.exit_code)
