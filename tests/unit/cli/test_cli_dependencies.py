"""Every dependency that the project names has its reason in the documentation."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).parents[3]
EXPLAINED = set(re.findall(r"`([^`]+)`", (ROOT / "docs/dependencies.md").read_text("utf-8")))


def python_packages() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [
        project["project"]["dependencies"],
        *project["project"].get("optional-dependencies", {}).values(),
        *project.get("dependency-groups", {}).values(),
    ]
    return {
        re.split(r"[\s\[<>=!~;@]", requirement, maxsplit=1)[0]
        for group in groups
        for requirement in group
        if isinstance(requirement, str)
    }


def page_packages() -> set[str]:
    package = cast("dict[str, Any]", json.loads((ROOT / "frontend/package.json").read_bytes()))
    return {*package["dependencies"], *package["devDependencies"]}


def test_every_package_of_the_page_is_explained() -> None:
    assert page_packages() - EXPLAINED == set()


def test_every_python_package_is_explained() -> None:
    assert python_packages() - EXPLAINED - {"raise-finetune"} == set()
