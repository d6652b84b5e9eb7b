"""Tables of ``docs/benchmarks.md``, each section between two marks that a benchmark may rewrite."""

import re
from collections.abc import Sequence
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first hold numbers."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def write_section(name: str, content: str) -> None:
    """Replace what stands between the marks of a section; raises ``ValueError`` without them."""
    text = DOCUMENT.read_text("utf-8")
    begin, end = f"<!-- {name}: measured -->", f"<!-- {name}: end -->"
    found = re.search(f"{re.escape(begin)}.*?{re.escape(end)}", text, re.DOTALL)
    if found is None:
        msg = f"{DOCUMENT.name} has no section {name!r}"
        raise ValueError(msg)
    section = f"{begin}\n{content}\n{end}"
    DOCUMENT.write_text(text[: found.start()] + section + text[found.end() :], "utf-8")
