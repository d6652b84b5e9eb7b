"""How rows lie in a file: JSON lines, plain or compressed, or Parquet."""

from raise_finetune.dataset.formats.registry import Format, check_installed, open_rows, read_rows

__all__ = ["Format", "check_installed", "open_rows", "read_rows"]
