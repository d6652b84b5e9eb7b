"""A page that is used by its keys alone."""

from playwright.sync_api import Locator, Page, expect

_NAME = """() => {
  const focused = document.activeElement;
  return `${focused.tagName} ${focused.ariaLabel ?? focused.innerText.slice(0, 40)}`;
}"""


def tab_to(page: Page, target: Locator, most: int = 40, *, backwards: bool = False) -> int:
    """Press Tab until the target has the focus; return how often."""
    stops: list[str] = []
    for pressed in range(1, most + 1):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if target.evaluate("target => target === document.activeElement"):
            return pressed
        stops.append(page.evaluate(_NAME))
    raise AssertionError(f"not among {stops}")


def press(page: Page, target: Locator, key: str = "Enter", most: int = 40) -> None:
    """Go to the target by Tab and press it."""
    expect(target).to_be_enabled()
    tab_to(page, target, most)
    page.keyboard.press(key)


def go_to(page: Page, screen: str) -> None:
    """Open a screen by the navigation, whose first stop is the way past it."""
    page.evaluate("document.activeElement.blur()")
    page.locator("nav button").first.focus()
    press(page, page.get_by_role("link", name=screen, exact=True), most=10)
    expect(page.get_by_role("heading", level=1)).to_have_text(screen)


def expect_focus_kept(page: Page) -> None:
    """Check that something on the page has the focus, not the page as a whole."""
    expect(page.locator(":focus")).to_have_count(1)


def open_choices(field: Locator) -> Locator:
    """Open a field's list by its arrow key; return its options, wherever it has room to open.

    A list without room is not shown, and can be chosen from all the same.
    """
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    choices = field.page.locator(f"[id='{field.get_attribute('aria-controls')}']")
    return choices.get_by_role("option", include_hidden=True)


def choose_by_keyboard(field: Locator, name: str) -> None:
    """Choose an option of a field's list by the arrow keys."""
    options = open_choices(field)
    option = options.and_(
        field.page.get_by_role("option", name=name, exact=True, include_hidden=True)
    )
    expect(option).to_have_count(1)
    for _ in range(options.count()):
        if option.get_attribute("data-combobox-selected") is not None:
            break
        field.press("ArrowDown")
    field.press("Enter")
    field.press("Escape")
