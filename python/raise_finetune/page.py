"""Where the built page and the shell's configuration lie: in the package, or in the checkout."""

from pathlib import Path

from raise_finetune.errors import BadInputError

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def page_folder() -> Path:
    """Return the folder of the built page; raise ``BadInputError`` where it was not built."""
    for folder in (_PACKAGE / "page", _CHECKOUT / "frontend" / "dist"):
        if (folder / "index.html").is_file():
            return folder
    raise BadInputError("page_not_built")


def shell_folder() -> Path:
    """Return the folder of ``tauri.conf.json``, ``capabilities/`` and ``icons/``."""
    packaged = _PACKAGE / "shell"
    return packaged if packaged.is_dir() else _CHECKOUT / "src-tauri"
