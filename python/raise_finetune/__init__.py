"""RAISE fine-tuning: training sets from rated conversations and documentation.

>>> from raise_finetune import internal_export_process
>>> report = internal_export_process("/tmp/my_dataset.jsonl")  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

from raise_finetune.version import __version__

if TYPE_CHECKING:
    from raise_finetune.dataset.export import export_dataset, internal_export_process
    from raise_finetune.dataset.recipe import ExportRecipe
    from raise_finetune.dataset.report import ExportReport

__all__ = [
    "ExportRecipe",
    "ExportReport",
    "__version__",
    "export_dataset",
    "internal_export_process",
]

_HOMES = {
    "ExportRecipe": "raise_finetune.dataset.recipe",
    "ExportReport": "raise_finetune.dataset.report",
    "export_dataset": "raise_finetune.dataset.export",
    "internal_export_process": "raise_finetune.dataset.export",
}


def __getattr__(name: str) -> object:
    """Import on first use: ``raise-finetune --help`` must not pay for the pipeline."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
