"""The report of an export, and what is done with its dataset."""

from playwright.sync_api import Locator

from .export import open_export
from .screen import Screen, pose


def _make(screen: Screen, name: str) -> Locator:
    """Export by the form as it stands; return the report."""
    screen.page.get_by_label(screen.say("export.target.label")).fill(name)
    screen.page.keyboard.press("Control+Enter")
    report = screen.page.get_by_role("article", name=name, exact=True)
    report.wait_for()
    return report


@pose("report")
def _report(screen: Screen) -> None:
    open_export(screen)
    _make(screen, "my_dataset")


@pose("report-whole")
def _report_whole(screen: Screen) -> None:
    """Show the report down to its end, verified."""
    _report(screen)
    screen.lengthen(3)
    screen.page.get_by_label(screen.say("exports.verify.rebuild")).check()
    screen.button("exports.verify.start").click()
    screen.page.get_by_text(screen.say("exports.verify.passed"), exact=True).wait_for()


@pose("explain")
def _explain(screen: Screen) -> None:
    _report(screen)
    part = screen.part("exports.explain.title")
    part.get_by_role("textbox").first.fill("3")
    screen.button("exports.explain.start").click()
    screen.part("exports.explain.text").wait_for()
    part.evaluate("part => part.scrollIntoView()")


@pose("forget")
def _forget(screen: Screen) -> None:
    _explain(screen)
    screen.button("exports.forgetting.open").click()
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_text(screen.say("exports.forgetting.holders"), exact=True).wait_for()


@pose("forgotten")
def _forgotten(screen: Screen) -> None:
    _forget(screen)
    screen.button("exports.forgetting.confirm").click()
    screen.button("exports.forgetting.takeBack").wait_for()


@pose("exports-compared")
def _exports_compared(screen: Screen) -> None:
    """Show what differs when the second export asks for better answers."""
    _report(screen)
    screen.page.locator("main").get_by_role("radiogroup").first.locator("label").first.click()
    best = screen.say("export.rating.stars_other").replace("{{count}}", "5")
    screen.page.get_by_role("radio", name=best, exact=True).press("Space")
    _make(screen, "better_answers")
    part = screen.part("exports.compare.title")
    part.get_by_role("combobox").select_option(index=1)
    rows = part.get_by_role("button", name=screen.say("exports.compare.rows"), exact=True)
    rows.first.click()
    part.get_by_role("row").nth(1).wait_for()
    part.evaluate("part => part.scrollIntoView()")


@pose("no-exports")
def _no_exports(screen: Screen) -> None:
    screen.go_to("export")
    screen.page.locator("main").get_by_role("radiogroup").first.locator("label").nth(1).click()
    screen.button("exports.first").wait_for()
