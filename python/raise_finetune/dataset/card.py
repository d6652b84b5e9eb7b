"""The dataset card: what ``datasets`` reads to load the folder, and people to understand it."""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.report import WrittenFile

# ``datasets`` knows the side "val" under the name that trainers expect.
LOADED_AS = {"train": "train", "val": "validation", "test": "test"}


def dataset_card(name: str, files: Sequence[WrittenFile], profile: PromptProfile) -> str:
    """Return the text of ``README.md``: YAML that pins files, splits and types, then words."""
    columns = ", ".join(f"`{column}`" for column in profile.columns)
    front = ["---"]
    if files:
        front += ["configs:", "- config_name: default", "  data_files:"]
    for file in files:
        front += [f"  - split: {LOADED_AS[file.split]}", f"    path: {file.path}"]
    front += ["dataset_info:", "  features:"]
    for column, dtype in profile.columns.items():
        front += [f"  - name: {column}", f"    dtype: {dtype}"]
    table = [f"| {LOADED_AS[file.split]} | {file.path} | {file.rows} |" for file in files]
    return "\n".join(
        [
            *front,
            "---",
            "",
            f"# {name}",
            "",
            "Instruction-tuning data exported from a RAISE domain by `raise-finetune`.",
            "",
            f"Prompt profile: `{profile.name}`. Columns: {columns}.",
            "",
            "| split | file | rows |",
            "|---|---|---|",
            *table,
            "",
            "```python",
            "from datasets import load_dataset",
            "",
            'dataset = load_dataset("path/to/this/folder")',
            "```",
            "",
            "The recipe, the report and the fate of every source record lie in `.raise/`.",
            "",
        ]
    )
