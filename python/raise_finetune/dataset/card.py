"""The dataset card: what ``datasets`` reads to load the folder, and people to understand it."""

from collections.abc import Mapping, Sequence

from raise_finetune.dataset.prompts.profile import Feature
from raise_finetune.dataset.report import WrittenFile

# ``datasets`` knows the side "val" under the name that trainers expect.
LOADED_AS = {"train": "train", "val": "validation", "test": "test"}


def dataset_card(
    name: str, files: Sequence[WrittenFile], profile: str, features: Mapping[str, Feature]
) -> str:
    """Return the text of ``README.md``: YAML that pins files, splits and types, then words."""
    columns = ", ".join(f"`{column}`" for column in features)
    front = ["---"]
    if files:
        front += ["configs:", "- config_name: default", "  data_files:"]
    for file in files:
        front += [f"  - split: {LOADED_AS[file.split]}", f"    path: {file.path}"]
    front += ["dataset_info:", "  features:"]
    for column, feature in features.items():
        front += _feature(column, feature)
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
            f"Prompt profile: `{profile}`. Columns: {columns}.",
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


def _feature(column: str, feature: Feature) -> list[str]:
    """Return the YAML lines that ``datasets`` reads for one column."""
    if isinstance(feature, str):
        return [f"  - name: {column}", f"    dtype: {feature}"]
    lines = [f"  - name: {column}", "    list:"]
    for struct in feature:
        for name, dtype in struct.items():
            lines += [f"    - name: {name}", f"      dtype: {dtype}"]
    return lines
