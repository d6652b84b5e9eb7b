"""What a user can copy from a report makes the same export again."""

from pathlib import Path
from typing import Any, Literal

import pytest

from raise_finetune.commands.command_line import command_line
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import ExportReport, loader_line


def written(kind: Literal["file", "folder"] = "folder", **sections: Any) -> str:
    recipe = ExportRecipe.model_validate(sections)
    report = ExportReport.model_construct(output="/a b", kind=kind)
    return command_line(recipe, Path("/root"), report).removeprefix("raise-finetune export ")


@pytest.mark.parametrize(
    ("sections", "options"),
    [
        ({}, ""),
        (
            {"rating": {"minimum": 3.5, "include_unrated": True}},
            " --min-rating 3.5 --include-unrated",
        ),
        ({"source": {"documentation": False}}, " --no-documentation"),
        (
            {"source": {"spaces": ["un2", "un3"], "databases": ["d"], "chats": False}},
            " --space un2 --space un3 --db d",
        ),
        (
            {"output": {"val_fraction": 0.2, "test_fraction": 0.1, "task": "kto", "seed": 7}},
            " --val-fraction 0.2 --test-fraction 0.1 --task kto --seed 7",
        ),
        (
            {"output": {"profile": "alpaca", "also_profiles": ["messages"]}},
            " --profile alpaca --also-profile messages",
        ),
        (
            {"output": {"formats": ["parquet", "jsonl"], "shard_megabytes": 5}},
            " --format parquet --format jsonl --shard-megabytes 5",
        ),
        (
            {"tokens": {"tokenizer": "mistral-v3", "max_length": 512, "counting": "all"}},
            " --tokenizer mistral-v3 --max-length 512 --count-all-tokens",
        ),
        # What options cannot say: spaces with the chats, no chats alone, any other key.
        ({"source": {"spaces": ["un2"]}}, " --recipe '/a b/.raise/recipe.toml'"),
        ({"source": {"chats": False}}, " --recipe '/a b/.raise/recipe.toml'"),
        ({"dedup": {"near": "off"}}, " --recipe '/a b/.raise/recipe.toml'"),
    ],
)
def test_the_command_line(sections: dict[str, Any], options: str):
    assert written(**sections) == f"'/a b' --root /root{options}"


def test_beside_one_file_lies_no_recipe():
    assert written("file", dedup={"near": "off"}) == "'/a b' --root /root --recipe recipe.toml"


def test_the_line_that_loads_it():
    folder = ExportReport.model_construct(output="/a 'b'", kind="folder")
    file = ExportReport.model_construct(output="/a.jsonl", kind="file")
    assert loader_line(folder) == """load_dataset("/a 'b'")"""
    assert loader_line(file) == """load_dataset("json", data_files="/a.jsonl")"""
