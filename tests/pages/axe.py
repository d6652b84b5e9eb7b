"""axe-core, the checker of accessibility, on a page in the browser."""

from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Page

_SCRIPT = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"

# What is on its way has no contrast to judge. A mark that turns for ever is not waited for.
_STILL = """async () => {
  await new Promise(requestAnimationFrame);
  const passing = document.getAnimations().filter(
    (each) => each.effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map((each) => each.finished));
}"""
# Every rule runs, but what passes is neither described nor sent, which takes most of the time.
_VIOLATIONS = "axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)"


def axe_violations(page: Page) -> list[str]:
    """Return what axe-core objects to, as ``rule: element``."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT.read_text())
    page.evaluate(_STILL)
    found = cast("list[dict[str, Any]]", page.evaluate(_VIOLATIONS))
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
