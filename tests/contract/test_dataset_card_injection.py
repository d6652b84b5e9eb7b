"""What somebody called a dataset is words in its card, never markup."""

from pathlib import Path

import pytest

from domains.tree import Tree, exchange, export


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("plain-name_1.2", "# plain-name_1.2"),
        ("<img src=x onerror=alert(1)>", "# &lt;img src=x onerror=alert(1)&gt;"),
        ("a\n---\nconfigs: []", "# a\\n---\\nconfigs: \\[\\]"),
        ("![x](javascript:1) & `y`", "# \\!\\[x\\](javascript:1) &amp; \\`y\\`"),
        ("=cmd", "# =cmd"),
    ],
)
def test_the_name(tree: Tree, tmp_path: Path, name: str, heading: str):
    tree.conversation("c", *exchange("q", "a", rating=5))
    export(tree.root, tmp_path / name)
    lines = (tmp_path / name / "README.md").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("# ")] == [heading]
    assert lines.count("---") == 2
