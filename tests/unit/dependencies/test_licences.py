"""No package has a licence that docs/dependencies.md does not permit."""

import json
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
_, _, SECTION = (ROOT / "docs/dependencies.md").read_text("utf-8").partition("\n## Licences\n")
_PERMITTED, _, _EXCEPTIONS = SECTION.partition("\nExceptions:\n")
PERMITTED = set(re.findall(r"`([^`]+)`", _PERMITTED))
EXCEPTIONS = [
    name
    for row in re.findall(r"^\| (`.*?) \|", _EXCEPTIONS, re.MULTILINE)
    for name in re.findall(r"`([^`]+)`", row)
]
LOCKED = {each["name"] for each in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]}

# How packages without an SPDX expression put it, in their classifiers or in a word of their own.
SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def licences_in(expression: str) -> set[str]:
    """Return every licence that an SPDX expression names: all of them have to be permitted."""
    words = (word.strip(" ()") for word in re.split(r"\b(?:AND|OR)\b", expression))
    return {SPDX.get(word, word) for word in words}


def licences_of(package: Distribution) -> set[str]:
    def given(field: str) -> list[str]:
        return package.metadata.get_all(field) or []

    if expression := given("License-Expression"):
        return licences_in(expression[0])
    classifiers = [
        found[1]
        for each in given("Classifier")
        if (found := re.fullmatch(r"License :: OSI Approved :: (.*)", each))
    ]
    if classifiers:
        return {SPDX.get(each, each) for each in classifiers}
    words = given("License") or ["none given"]  # some give the whole text, below its name
    return licences_in(words[0].partition("\n")[0])


def installed() -> Iterator[tuple[str, Distribution]]:
    for package in distributions():
        name = canonicalize_name(package.metadata["Name"])
        if name in LOCKED:
            yield name, package


def test_the_licences_of_what_is_installed_are_permitted():
    refused = {
        name: licences_of(package) - PERMITTED
        for name, package in installed()
        if not any(fnmatch(name, exception) for exception in EXCEPTIONS)
    }
    assert {name: licences for name, licences in refused.items() if licences} == {}
    assert len(refused) > 100  # the tests install every extra


def test_each_exception_is_locked_and_needed():
    licences = {name: licences_of(package) for name, package in installed()}
    for exception in EXCEPTIONS:
        named = {name for name in LOCKED if fnmatch(name, exception)}
        assert named, exception
        assert [name for name in named if name in licences and licences[name] <= PERMITTED] == []


def test_the_licences_of_the_page_are_permitted():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]
    assert {
        name: refused
        for name, package in packages.items()
        if name and (refused := licences_in(package.get("license", "none given")) - PERMITTED)
    } == {}
