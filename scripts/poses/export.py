"""The export form with its preview."""

from .screen import Screen, pose


@pose("export")
def open_export(screen: Screen) -> None:
    """Show the form, with a preview of what it says."""
    screen.go_to("export")
    screen.part("export.fates.title").wait_for()


@pose("export-lines")
def _export_lines(screen: Screen) -> None:
    open_export(screen)
    screen.page.get_by_role("tab").nth(1).click()
    screen.page.locator("[data-line]").first.click()


@pose("export-problems")
def _export_problems(screen: Screen) -> None:
    open_export(screen)
    screen.page.get_by_role("tab").nth(2).click()


@pose("export-form")
def _export_form(screen: Screen) -> None:
    """Every group of the form is open, on a page as long as it needs."""
    open_export(screen)
    for group in screen.page.locator("main h2 button").all():
        if group.get_attribute("aria-expanded") == "false":
            group.click()
    for advanced in screen.button("export.advanced").all():
        advanced.click()
    screen.lengthen(5)


@pose("recipe-text")
def _recipe_text(screen: Screen) -> None:
    open_export(screen)
    screen.button("export.text.open").click()
    screen.page.get_by_role("dialog").wait_for()


@pose("nothing-matches")
def _nothing_matches(screen: Screen) -> None:
    open_export(screen)
    screen.page.locator("main h2 button").nth(2).click()
    screen.page.get_by_label(screen.say("export.filter.since"), exact=True).fill("2199-01-01")
    screen.page.get_by_role("note").wait_for()


@pose("near-duplicates")
def _near_duplicates(screen: Screen) -> None:
    open_export(screen)
    screen.button("export.near.open").click()
    screen.page.get_by_role("dialog").get_by_role("listitem").first.wait_for()


@pose("token-report")
def _token_report(screen: Screen) -> None:
    """Show what the token check found in all rows."""
    open_export(screen)
    screen.page.locator("main h2 button").last.click()
    screen.button("export.advanced").last.click()
    field = screen.page.get_by_role("combobox", name=screen.say("export.tokens.tokenizer"))
    field.fill("mistral-v3")
    field.press("Tab")
    title = screen.say("export.tokens.report.title").replace("{{tokenizer}}", "mistral-v3")
    part = screen.page.get_by_role("region", name=title, exact=True)
    part.wait_for()
    part.evaluate("part => part.scrollIntoView()")


@pose("tokens")
def _tokens(screen: Screen) -> None:
    """Show a row as the trainer reads it, token by token."""
    _token_report(screen)
    screen.page.get_by_role("tab").nth(1).click()
    screen.page.locator("[data-line]").first.click()
    screen.page.get_by_text(screen.say("export.lines.tokens"), exact=True).click()
    screen.page.get_by_text(screen.say("export.tokens.reading")).wait_for(state="detached")
