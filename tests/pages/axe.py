"""axe-core, the checker of accessibility, on a page in the browser."""

from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Page

_SCRIPT = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"


def axe_violations(page: Page) -> list[str]:
    """Return what axe-core objects to, as ``rule: element``."""
    page.evaluate(_SCRIPT.read_text())
    found = cast("dict[str, Any]", page.evaluate("axe.run()"))
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
