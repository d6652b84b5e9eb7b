"""The lock holds every dependency that pyproject.toml declares, with the hashes of its files."""

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK: list[dict[str, Any]] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
OURSELVES = next(package for package in LOCK if package["name"] == "raise-finetune")
OTHERS = [package for package in LOCK if package is not OURSELVES]

BASE = PROJECT["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
GROUPS: dict[str, list[str]] = PROJECT["dependency-groups"]
DECLARED = [*BASE, *chain(*EXTRAS.values()), *chain(*GROUPS.values())]

NPM = "https://registry.npmjs.org/"

Environment = dict[str, str]
MACHINES: dict[str, Environment] = {
    "Linux": {"sys_platform": "linux", "platform_machine": "x86_64", "os_name": "posix"},
    "macOS": {"sys_platform": "darwin", "platform_machine": "arm64", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_machine": "AMD64", "os_name": "nt"},
    "Windows on Arm": {"sys_platform": "win32", "platform_machine": "ARM64", "os_name": "nt"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ENVIRONMENTS: dict[str, Environment] = {
    f"{machine}, {python}": {
        **{name: str(value) for name, value in default_environment().items()},
        **values,
        "python_version": python,
        "python_full_version": f"{python}.1",
    }
    for machine, values in MACHINES.items()
    for python in PYTHONS
}


class Locked(NamedTuple):
    name: str
    version: str


class Line(NamedTuple):
    """One requirement of a file in requirements/."""

    package: Locked
    marker: str
    hashes: set[str]


@cache
def lines_of(part: str) -> list[Line]:
    text = (ROOT / f"requirements/{part}.txt").read_text("utf-8")
    without_comments = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    lines: list[Line] = []
    for line in without_comments.replace("\\\n", " ").splitlines():
        requirement, *hashes = line.split(" --hash=")
        name_and_version, _, marker = requirement.partition(" ; ")
        name, _, version = name_and_version.strip().partition("==")
        lines.append(Line(Locked(name, version), marker.strip(), {each.strip() for each in hashes}))
    return lines


def applies(marker: str, environment: Environment) -> bool:
    return not marker or Marker(marker).evaluate(environment)


def listed(part: str, environment: Environment) -> set[Locked]:
    return {line.package for line in lines_of(part) if applies(line.marker, environment)}


def needed(edges: list[dict[str, Any]], environment: Environment) -> set[Locked]:
    """Follow the lock from these dependencies to whatever they need in turn."""
    found: dict[tuple[str, ...], Locked] = {}
    waiting = list(edges)
    while waiting:
        edge = waiting.pop()
        key = (edge["name"], *edge.get("extra", ()))
        if key in found or not applies(edge.get("marker", ""), environment):
            continue
        package = package_of(edge)
        found[key] = Locked(package["name"], package["version"])
        waiting += package.get("dependencies", [])
        for extra in edge.get("extra", ()):
            waiting += package.get("optional-dependencies", {}).get(extra, [])
    return set(found.values())


def package_of(edge: dict[str, Any]) -> dict[str, Any]:
    (package,) = (
        package
        for package in OTHERS
        if package["name"] == edge["name"]
        and edge.get("version", package["version"]) == package["version"]
    )
    return package


def files_of(package: dict[str, Any]) -> Iterator[dict[str, str]]:
    yield from package.get("wheels", [])
    if "sdist" in package:
        yield package["sdist"]


def test_every_file_has_a_hash_and_lies_on_pypi():
    for package in OTHERS:
        assert package["source"] == {"registry": "https://pypi.org/simple"}
        files = list(files_of(package))
        assert files, package["name"]
        for file in files:
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]), package["name"]
            assert file["url"].startswith("https://files.pythonhosted.org/packages/")


def test_what_is_installed_comes_as_a_wheel():
    assert [package["name"] for package in OTHERS if not package.get("wheels")] == []


@pytest.mark.parametrize("requirement", sorted(set(DECLARED)))
def test_each_declared_dependency_is_locked_at_a_version_that_is_allowed(requirement: str):
    wanted = Requirement(requirement)
    versions = [
        package["version"]
        for package in OTHERS
        if package["name"] == canonicalize_name(wanted.name)
    ]
    assert versions
    assert [version for version in versions if version not in wanted.specifier] == []


def test_the_guide_names_the_torch_that_is_locked():
    guide = (ROOT / "docs/training.md").read_text("utf-8")
    assert re.findall(r"torch==[\w.]+", guide) == GROUPS["torch"]


def test_the_build_is_locked():
    wanted = {Requirement(each).name for each in PROJECT["build-system"]["requires"]}
    assert wanted <= {Requirement(each).name for each in GROUPS["build"]}


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_the_lock_was_made_from_this_pyproject(environment: Environment):
    def names(requirements: list[str]) -> set[str]:
        wanted = [Requirement(each) for each in requirements]
        return {each.name for each in wanted if applies(str(each.marker or ""), environment)}

    def locked_names(edges: list[dict[str, Any]]) -> set[str]:
        return {each["name"] for each in edges if applies(each.get("marker", ""), environment)}

    extras = {extra: locked_names(of) for extra, of in OURSELVES["optional-dependencies"].items()}
    groups = {group: locked_names(of) for group, of in OURSELVES["dev-dependencies"].items()}
    assert locked_names(OURSELVES["dependencies"]) == names(BASE)
    assert extras == {extra: names(of) for extra, of in EXTRAS.items()}
    assert groups == {group: names(of) for group, of in GROUPS.items()}


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_each_file_of_requirements_lists_exactly_what_is_needed(environment: Environment):
    base, extras = OURSELVES["dependencies"], OURSELVES["optional-dependencies"]
    assert listed("base", environment) == needed(base, environment)
    assert listed("desktop", environment) == needed([*base, *extras["desktop"]], environment)
    for group in GROUPS:
        edges = OURSELVES["dev-dependencies"][group]
        assert listed(group, environment) == needed(edges, environment), group


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_the_extras_lack_torch_and_its_cuda_alone(environment: Environment):
    extras = OURSELVES["optional-dependencies"]
    all_but_the_window = chain(*(extras[name] for name in EXTRAS if name != "desktop"))
    every = needed([*OURSELVES["dependencies"], *all_but_the_window], environment)
    missing = every - listed("extras", environment)
    assert listed("extras", environment) < every
    assert missing <= listed("torch", environment)
    others = {name for name, _ in missing if not re.match("cuda-|nvidia-|triton$", name)}
    assert others == {"torch"}


@pytest.mark.parametrize("part", sorted({"base", "desktop", "extras", *GROUPS}))
def test_each_line_of_requirements_has_the_hashes_of_the_lock(part: str):
    hashes = {
        Locked(package["name"], package["version"]): {file["hash"] for file in files_of(package)}
        for package in OTHERS
    }
    for line in lines_of(part):
        assert line.hashes == hashes[line.package], line.package


def test_nothing_else_lies_in_requirements():
    files = {path.name for path in (ROOT / "requirements").iterdir()}
    assert files == {f"{part}.txt" for part in ("base", "desktop", "extras", *GROUPS)}


def test_every_package_of_the_page_has_a_hash():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]
    for name, package in packages.items():
        if not name:  # the page itself
            continue
        assert re.fullmatch(r"sha512-[0-9A-Za-z+/]{86}==", package["integrity"]), name
        assert package.get("resolved", NPM).startswith(NPM), name


def test_the_page_is_locked_as_it_is_declared():
    declared = json.loads((ROOT / "frontend/package.json").read_text("utf-8"))
    locked = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert locked[kind] == declared[kind]
