"""User names in the addresses of people's pages, and where people talk to each other."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://www.linkedin.com/in/xkcd-4b21a/", "xkcd-4b21a"),
        ("https://fr.linkedin.com/in/h%C3%A9l%C3%A8ne-petit", "h%C3%A9l%C3%A8ne-petit"),
        ("http://jira.acme.fr/secure/ViewProfile.jspa?name=zzyxa", "zzyxa"),
        ("https://acme.sharepoint.com/personal/z_zyxa_acme_fr/Documents/a", "z_zyxa_acme_fr"),
        ("https://github.com/claire.bonnet/outils", "claire.bonnet"),
        ("gitlab.com/jdupont", "jdupont"),
        ("https://twitter.com/jean_dupont31", "jean_dupont31"),
        ("https://x.com/jdupont", "jdupont"),
        ("Skype : live:zzyxa_31", "zzyxa_31"),
        ("mon skype : jean.dupont31", "jean.dupont31"),
        ("Discord zzyxa#4821", "zzyxa#4821"),
        ("Teams: p.lenoir", "p.lenoir"),
        ("mon identifiant Teams est jdupont", "jdupont"),
        ("pseudo : jdupont", "jdupont"),
    ],
)
def test_user_name_is_found(found: Find, text: str, value: str):
    assert found(text) == [("user", value)]


@pytest.mark.parametrize(
    "text",
    [
        "https://github.com/eclipse/capella",
        "https://github.com/ray-project/ray",
        "https://github.com/jgraph/drawio",
        "https://twitter.com/omgsysml",
        "https://www.facebook.com/groups/mbse",
        "Teams : voir plus tard",
        "Slack: general",
        "mon Discord est en panne",
        "this login was produced by the tool",
        "my login is locked",
    ],
)
def test_pages_of_projects_and_words_are_left(found: Find, text: str):
    assert found(text) == NOTHING
