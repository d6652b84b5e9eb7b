"""A dataset's manifest tells by which rules it was masked."""

import shutil
from pathlib import Path

import pytest

from raise_finetune.dataset import sanitize
from raise_finetune.dataset.sanitize.rules_version import rules_version


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return Path(shutil.copytree(Path(sanitize.__path__[0]), tmp_path / "sanitize"))


def test_the_same_rules_have_the_same_version_wherever_they_are_installed(package: Path):
    shutil.rmtree(package / "__pycache__", ignore_errors=True)
    assert rules_version(package) == rules_version()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules/papers.py", "if ", "if  "),  # a check
        ("checksums.py", "10", "11"),
        ("resources/surnames.txt", "a", "b"),
    ],
)
def test_other_checks_and_other_words_have_another_version(
    package: Path, file: str, old: str, new: str
):
    text = (package / file).read_text()
    assert old in text
    (package / file).write_text(text.replace(old, new, 1))
    assert rules_version(package) != rules_version()


def test_a_file_more_has_another_version(package: Path):
    (package / "rules/empty.py").touch()
    assert rules_version(package) != rules_version()
