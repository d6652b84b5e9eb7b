"""The pages name only files that are there: a table of threats is worth its tests."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = sorted(ROOT.glob("docs/*.md")) + sorted(ROOT.glob("*.md"))
TESTS = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
_IN_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(
    r"\b(?:bench|docs|frontend|python|requirements|scripts|src-tauri|tests)/[\w./-]*\w/?"
)
_TEST = re.compile(r"\btest_\w+\.py\b")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_a_page_names_is_there(page: Path):
    code = " ".join(_IN_CODE.findall(page.read_text("utf-8")))
    assert {path for path in _PATH.findall(code) if not (ROOT / path).exists()} == set()
    assert {name for name in _TEST.findall(code) if name not in TESTS} == set()


def test_every_defence_names_its_tests():
    security = (ROOT / "docs/security.md").read_text("utf-8")
    tables = re.findall(r"\|[^\n]+ (?:test|fuzz)ed in \|\n\|[-|]+\n((?:\|[^\n]+\n)+)", security)
    rows = [row for table in tables for row in table.splitlines()]
    assert len(rows) > 25
    for row in rows:
        tested_in = row.rstrip(" |").rpartition(" | ")[2]
        assert "`tests/" in tested_in or "`frontend/" in tested_in, row
