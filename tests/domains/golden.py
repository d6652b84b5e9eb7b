"""The demo's exports as they are expected, byte for byte.

After a deliberate change of the demo or of what an export writes, make the files anew and read
their differences: ``PYTHONPATH=tests .venv/bin/python -m domains.golden``
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sanitize import KnownValues
from raise_finetune.demo.domain import write_demo

NOBODY = KnownValues()  # the expected bytes are nobody's machine's
EXPECTED = Path(__file__).parents[1] / "contract/expected"
WHOLE = {"rating": {"include_unrated": True}, "examples": {"unit": "conversation"}}


def export_demo(folder: Path) -> dict[str, bytes]:
    """Write the demo (40 conversations, seed 7), export it, and return files by name."""
    write_demo(folder / "domain", conversations=40, seed=7)
    for name, values in (("default", {}), ("whole", WHOLE)):
        recipe = ExportRecipe.model_validate(values)
        export_dataset(recipe, folder / f"{name}.jsonl", root=folder / "domain", known=NOBODY)
    dataset = folder / "dataset"
    export_dataset(ExportRecipe(), dataset, root=folder / "domain", known=NOBODY)
    return {
        "default.jsonl": (folder / "default.jsonl").read_bytes(),
        "whole.jsonl": (folder / "whole.jsonl").read_bytes(),
        "dataset/README.md": (dataset / "README.md").read_bytes(),
        "dataset/data/train.jsonl": (dataset / "data/train.jsonl").read_bytes(),
        "dataset/data/val.jsonl": (dataset / "data/val.jsonl").read_bytes(),
        "dataset/ledger.jsonl": (dataset / ".raise/ledger.jsonl").read_bytes(),
    }


def refresh() -> None:
    with TemporaryDirectory() as folder:
        for name, content in export_demo(Path(folder)).items():
            path = EXPECTED / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    refresh()
