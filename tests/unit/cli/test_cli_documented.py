"""Nothing a user can type or choose goes undocumented."""

import inspect
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
import typer
from pydantic import BaseModel
from typer.core import TyperGroup
from typer.models import OptionInfo

from raise_finetune.cli.application import app
from raise_finetune.cli.commands import COMMANDS
from raise_finetune.dataset.ledger import Fate
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.templates import TEMPLATE_FIELDS

ROOT = Path(__file__).parents[3]
CLI = (ROOT / "docs/cli.md").read_text("utf-8")
RECIPE = (ROOT / "docs/recipe.md").read_text("utf-8")


def options_of(command: str) -> list[str]:
    """Return the options of a command as the parser knows them."""
    found = typer.main.get_command(app)
    for word in command.split():
        found = getattr(found, "commands", {})[word]
    return [
        name
        for parameter in found.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("-")
    ]


def section_of(page: str, heading: str) -> str:
    found = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL
    )
    assert found is not None, f"no section “{heading}”"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str):
    section = section_of(CLI, command)
    options = options_of(command)
    parameters = inspect.signature(COMMANDS[command]).parameters.values()
    kinds = [get_args(parameter.annotation)[-1] for parameter in parameters]
    assert len(options) >= sum(isinstance(kind, OptionInfo) for kind in kinds)
    for option in options:
        assert re.search(rf"(?<![\w-]){option}(?![\w-])", section), option


def test_no_documented_command_is_gone():
    headings = re.findall(r"^## (\S+(?: \S+)?)$", CLI, re.MULTILINE)
    assert [heading for heading in headings if heading.islower()] == list(COMMANDS)


def test_every_key_of_the_recipe_is_documented():
    for name, field in ExportRecipe.model_fields.items():
        if name in ("version", "templates"):
            assert name in RECIPE
            continue
        section = field.annotation
        assert isinstance(section, type)
        assert issubclass(section, BaseModel)
        assert f"\n[{name}]\n" in RECIPE
        for key in section.model_fields:
            assert re.search(rf"^# .+\n{key} = ", RECIPE, re.MULTILINE), f"{name}.{key}"


def test_every_placeholder_is_documented():
    for field in TEMPLATE_FIELDS:
        assert f"{{{field}}}" in RECIPE


def test_every_fate_is_documented():
    profiles = (ROOT / "docs/profiles.md").read_text("utf-8")
    for fate in get_args(Fate):
        assert f"`{fate}`" in RECIPE + profiles, fate


def test_every_exit_code_is_documented():
    for code in (0, 1, 2, 130):
        assert f"\n| {code} | " in CLI


def commands_of(page: str) -> list[list[str]]:
    """Return the words of each of our commands in a page's examples."""
    blocks = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    words = [
        shlex.split(line.removeprefix("$ "), comments=True) for line in lines if line[0] == "$"
    ]
    return [each for each in words if each[0] == "raise-finetune"]


PAGES = sorted(ROOT.glob("docs/*.md")) + sorted(ROOT.glob("README*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_an_example_can_be_typed(page: Path):
    for _, *words in commands_of(page.read_text("utf-8")):
        command = typer.main.get_command(app)
        while isinstance(command, TyperGroup):
            command = command.commands[words.pop(0)]
        command.make_context(None, words)  # raises for what the parser does not know


def test_the_pages_are_current():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/refresh_docs.py", "--check"],
        env={**os.environ},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
