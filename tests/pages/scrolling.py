"""Where things stand on the screen."""

from playwright.sync_api import Locator


def centre(place: Locator) -> Locator:
    """Scroll a place to the middle of the window, and return it.

    A list that opens below a field is hidden once its field is scrolled away: with the field in the
    middle there is room for both.
    """
    place.evaluate("place => place.scrollIntoView({ block: 'center' })")
    return place
