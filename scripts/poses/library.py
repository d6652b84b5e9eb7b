"""The conversations, the privacy screen and the settings."""

from .screen import Screen, pose


@pose("welcome")
def welcome(screen: Screen) -> None:
    """Show what a newcomer sees."""
    screen.go_to("conversations")


@pose("conversations")
def _conversations(screen: Screen) -> None:
    screen.go_to("conversations")
    screen.page.locator("[role=option][aria-posinset]").nth(2).click()
    screen.page.get_by_role("article").first.wait_for()


@pose("filters")
def _filters(screen: Screen) -> None:
    _conversations(screen)
    screen.button("conversations.filter.toggle").click()
    screen.page.get_by_text(screen.say("conversations.state.unrated"), exact=True).click()


@pose("folders")
def _folders(screen: Screen) -> None:
    _conversations(screen)
    screen.button("conversations.folder.all").click()


@pose("correction")
def _correction(screen: Screen) -> None:
    _conversations(screen)
    screen.page.keyboard.press("Enter")
    screen.page.keyboard.press("c")
    screen.page.get_by_role("dialog").wait_for()


@pose("keys")
def _keys(screen: Screen) -> None:
    _conversations(screen)
    screen.page.keyboard.press("?")
    screen.page.get_by_role("dialog").wait_for()


@pose("documentation")
def _documentation(screen: Screen) -> None:
    screen.go_to("conversations")
    screen.button("conversations.filter.toggle").click()
    kind = screen.say("conversations.kind.article")
    screen.page.locator("label").filter(has_text=kind).first.click()
    screen.page.locator("[role=option][aria-posinset]").first.click()


@pose("unreadable")
def _unreadable(screen: Screen) -> None:
    screen.go_to("conversations")
    label = screen.say("conversations.unusable.count_one").rpartition(" ")[2]
    screen.page.get_by_role("button", name=label).click()
    screen.page.get_by_role("dialog").wait_for()


@pose("settings")
def _settings(screen: Screen) -> None:
    screen.go_to("settings")


@pose("privacy")
def _privacy(screen: Screen) -> None:
    screen.go_to("privacy")
    screen.page.get_by_role("heading", level=2).first.wait_for()
    screen.page.locator("li dl").first.wait_for()


@pose("privacy-list")
def _privacy_list(screen: Screen) -> None:
    screen.go_to("privacy")
    screen.page.get_by_text(screen.say("privacy.view.own"), exact=True).click()


@pose("privacy-coverage")
def _privacy_coverage(screen: Screen) -> None:
    screen.go_to("privacy")
    screen.page.get_by_text(screen.say("privacy.view.coverage"), exact=True).click()
