"""The real window on another page: the folder given as the only argument."""

import sys
from pathlib import Path

from raise_finetune.desktop import window

sys.exit(window.run(Path(sys.argv[1])))
