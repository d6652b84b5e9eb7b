"""The dataset card: what ``datasets`` reads to load the folder, and people to understand it."""

from collections.abc import Sequence

from raise_finetune.dataset.prompts.profile import Feature
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.split import SPLITS
from raise_finetune.dataset.writing.streams import Stream
from raise_finetune.storage.layout import printable

# ``datasets`` knows the side "val" under the name that trainers expect.
LOADED_AS = {"train": "train", "val": "validation", "test": "test"}
_MARKUP = str.maketrans({"&": "&amp;", **{mark: f"\\{mark}" for mark in "`*[]!"}})


def dataset_card(name: str, files: Sequence[WrittenFile], streams: Sequence[Stream]) -> str:
    """Return the text of ``README.md``: YAML that pins files, splits and types, then words.

    ``streams`` are those of one folder, so of one format; ``files`` may hold others' too.
    """
    first, *others = streams
    files = [file for file in files if file.format == first.format]
    front = ["---"]
    if files:
        front.append("configs:")
        for stream in streams:
            front += _config(stream, files)
    front.append("dataset_info:")
    for stream in streams:
        front += _info(stream, alone=not others)
    columns = ", ".join(f"`{column}`" for column in first.columns)
    profiles = [f"Prompt profile: `{first.profile}`. Columns: {columns}."]
    profiles += [f"Configuration `{other.config}`: profile `{other.profile}`." for other in others]
    table = [
        f"| {LOADED_AS[file.split]} | {file.path.removeprefix(first.root)} | {file.rows} |"
        for file in files
    ]
    return "\n".join(
        [
            *front,
            "---",
            "",
            f"# {_plain(name)}",
            "",
            "Training data exported from a RAISE domain by `raise-finetune`.",
            "",
            *profiles,
            "",
            "| split | file | rows |",
            "|---|---|---|",
            *table,
            "",
            "```python",
            "from datasets import load_dataset",
            "",
            'dataset = load_dataset("path/to/this/folder")',
            *(f'dataset = load_dataset("path/to/this/folder", "{each.config}")' for each in others),
            "```",
            "",
            "The recipe, the report and the fate of every source record lie in `.raise/`.",
            "",
        ]
    )


def _plain(name: str) -> str:
    """Return a name that somebody chose as words on one line, never as HTML or a link."""
    shown = printable(name).translate(_MARKUP)
    return shown.replace("<", "&lt;").replace(">", "&gt;")


def _config(stream: Stream, files: Sequence[WrittenFile]) -> list[str]:
    """Return the YAML that says which files are which side of a configuration."""
    lines = [f"- config_name: {stream.config}", "  data_files:"]
    for split in SPLITS:
        paths = [
            file.path.removeprefix(stream.root)
            for file in files
            if (file.config, file.split) == (stream.config, split)
        ]
        if len(paths) == 1:
            lines += [f"  - split: {LOADED_AS[split]}", f"    path: {paths[0]}"]
        elif paths:
            lines += [f"  - split: {LOADED_AS[split]}", "    path:"]
            lines += [f"    - {path}" for path in paths]
    return lines


def _info(stream: Stream, *, alone: bool) -> list[str]:
    """Return the YAML of a configuration's types; a single one needs no name."""
    lines = ["  features:"] if alone else [f"- config_name: {stream.config}", "  features:"]
    for column, feature in stream.columns.items():
        lines += _feature(column, feature)
    return lines


def _feature(column: str, feature: Feature) -> list[str]:
    """Return the YAML lines that ``datasets`` reads for one column."""
    if isinstance(feature, str):
        return [f"  - name: {column}", f"    dtype: {feature}"]
    lines = [f"  - name: {column}", "    list:"]
    for struct in feature:
        for name, dtype in struct.items():
            lines += [f"    - name: {name}", f"      dtype: {dtype}"]
    return lines
