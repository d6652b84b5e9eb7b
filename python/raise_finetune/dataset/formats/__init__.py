"""How rows lie in a file: JSON lines, plain or compressed, or Parquet."""

from raise_finetune.dataset.formats.lines import bounded_lines
from raise_finetune.dataset.formats.registry import (
    Format,
    check_installed,
    open_rows,
    read_json_lines,
    read_rows,
)

__all__ = [
    "Format",
    "bounded_lines",
    "check_installed",
    "open_rows",
    "read_json_lines",
    "read_rows",
]
