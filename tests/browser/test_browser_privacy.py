"""The privacy screen: what it shows is what the export masks, and what was decided holds there."""

import stat
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from domains.tree import Tree, exchange
from models.ner import build_onnx
from pages.axe import axe_violations
from pages.gate import Gate
from pages.keyboard import tab_to
from raise_finetune.bridge.access import Access
from raise_finetune.commands.settings import AppSettings, write_settings
from raise_finetune.dataset.sanitize import review

IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.fixture
def training(training: Path, home: Path) -> Path:
    """The folder in which datasets are saved; the data holds two addresses, an IBAN and a name."""
    tree = Tree(home / "raise_domain")
    tree.conversation(
        "mail",
        *exchange(
            "Write to ana@example.net", "Sent to ana@example.net, not bob@example.net.", rating=5
        ),
        title="Mail",
    )
    tree.conversation("bank", *exchange("Pay Lunar Works", f"To {IBAN}.", rating=5), title="Bank")
    return training


@pytest.fixture
def screen(training: Path, page: Page) -> Page:
    assert training.is_dir()
    page.get_by_role("link", name="Privacy").click()
    expect(types(page)).to_have_count(2)
    return page


def types(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Types of sensitive data").get_by_role("listitem")


def value(page: Page, text: str) -> Locator:
    return (
        page.get_by_role("main")
        .get_by_role("listitem")
        .filter(has=page.get_by_text(text, exact=True).first)
    )


def exported(page: Page, training: Path, name: str) -> str:
    """Export by the screen and return the text of the file."""
    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_text("New export").click()
    page.get_by_label("Save as").fill(f"{name}.jsonl")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name=f"{name}.jsonl")).to_be_visible()
    return (training / f"{name}.jsonl").read_text("utf-8")


def test_the_way_to_the_export_leads_to_a_new_one(screen: Page, training: Path) -> None:
    exported(screen, training, "one")  # its report is shown
    screen.get_by_role("link", name="Privacy").click()
    screen.get_by_role("link", name="To the export").click()
    expect(screen.get_by_label("Save as")).to_be_visible()


def test_findings_by_type_in_context_before_and_after(screen: Page) -> None:
    expect(types(screen)).to_have_text(
        ["E-mail addresses32 different values", "IBAN11 different value"]
    )
    expect(
        screen.get_by_text("In 2 examples, duplicates included, 4 places will be masked.")
    ).to_be_visible()
    first = value(screen, "ana@example.net")
    expect(first).to_contain_text("× 2")
    expect(first.get_by_role("definition").first).to_have_text("Write to ana@example.net")
    expect(first.get_by_role("definition").last).to_have_text("Write to <EMAIL_1>")
    expect(first).to_contain_text("un2/default/conversations/mail")
    types(screen).nth(1).get_by_role("button").click()
    expect(value(screen, IBAN).get_by_role("definition").last).to_have_text("To <IBAN_1>.")


def test_where_nothing_would_be_exported_it_is_said_that_nothing_was_searched(
    home: Path, page: Page
) -> None:
    Tree(home / "raise_domain").conversation("c", *exchange("Write to ana@example.net", "Sent."))
    page.reload()
    page.get_by_role("link", name="Privacy").click()
    expect(page.get_by_text("No example matches the recipe")).to_be_visible()
    expect(page.get_by_text("No sensitive data")).to_have_count(0)
    page.get_by_role("link", name="To the export").click()
    expect(page.get_by_label("Save as")).to_be_visible()


def test_no_bar_moves_where_less_motion_is_asked_for(screen: Page, gate: Gate) -> None:
    moving = """
        document.getAnimations().filter(
          ({ effect }) => effect.getComputedTiming().iterations === Infinity,
        ).length
        """
    gate.stage, gate.is_closed = "counting", True
    screen.get_by_role("button", name="Look again").click()
    expect(screen.get_by_role("progressbar")).to_be_visible()
    assert screen.evaluate(moving) > 0
    screen.emulate_media(reduced_motion="reduce")
    assert screen.evaluate(moving) == 0


def test_what_is_decided_is_what_the_export_does(screen: Page, training: Path) -> None:
    masked = exported(screen, training, "masked")
    assert "example.net" not in masked
    assert IBAN not in masked
    report = screen.get_by_role("region", name="Sensitive data masked in these rows")
    expect(report.get_by_role("listitem")).to_have_text(["E-mail addresses 3", "IBAN 1"])

    screen.get_by_role("link", name="Privacy").click()
    screen.get_by_role("button", name="Ignore bob@example.net").click()
    expect(value(screen, "bob@example.net")).to_contain_text("Stays as it is.")
    types(screen).nth(1).get_by_role("button").click()
    screen.get_by_text("Leave out", exact=True).click()
    expect(value(screen, IBAN)).to_contain_text("The record stays out of the dataset.")
    expect(types(screen).nth(1)).to_contain_text("Leave out")
    decided = exported(screen, training, "decided")
    assert "bob@example.net" in decided
    assert "ana@example.net" not in decided
    assert "Lunar" not in decided
    expect(screen.get_by_text("Sensitive data of a type to drop")).to_be_visible()

    screen.get_by_role("link", name="Privacy").click()
    expect(value(screen, IBAN)).to_be_visible()  # where it was left
    types(screen).first.get_by_role("button").click()
    screen.get_by_role("button", name="Mask again bob@example.net").click()
    expect(value(screen, "bob@example.net")).to_contain_text("<EMAIL_2>")
    screen.get_by_label("Mask sensitive data in exports").click()
    expect(screen.get_by_text("Masking is off")).to_be_visible()
    expect(value(screen, "bob@example.net")).to_contain_text("Stays as it is.")
    assert "ana@example.net" in exported(screen, training, "open")
    expect(screen.get_by_text("Sensitive data was not masked.")).to_be_visible()


def test_the_own_list_is_kept_in_the_settings_and_used_at_once(
    screen: Page, training: Path, home: Path
) -> None:
    screen.get_by_text("Your own list", exact=True).click()
    field = screen.get_by_label("Values to mask")
    field.fill("# customers\nLunar Works\n")
    expect(screen.get_by_text("1 value")).to_be_visible()
    screen.get_by_role("button", name="Save").click()
    expect(screen.get_by_text("1 value · saved")).to_be_visible()
    stored = home / "config" / "known_values.txt"
    assert stored.read_text("utf-8").splitlines() == ["# customers", "Lunar Works"]
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    screen.get_by_text("Findings", exact=True).click()
    types(screen).filter(has_text="Your own list").get_by_role("button").click()
    expect(value(screen, "Lunar Works").get_by_role("definition").last).to_have_text(
        "Pay <PRIVATE_1>"
    )
    assert "Lunar" not in exported(screen, training, "mine")


def test_a_list_that_is_not_saved_yet_outlives_another_screen(screen: Page) -> None:
    own = screen.get_by_text("Your own list", exact=True).first
    own.click()
    screen.get_by_label("Values to mask").fill("Lunar Works")
    screen.get_by_text("What is covered", exact=True).click()
    screen.get_by_role("link", name="Export", exact=True).click()
    screen.get_by_role("link", name="Privacy").click()
    own.click()
    expect(screen.get_by_label("Values to mask")).to_have_value("Lunar Works")
    screen.get_by_role("button", name="Save").press("Enter")
    expect(screen.get_by_text("1 value · saved")).to_be_visible()
    expect(screen.get_by_label("Values to mask")).to_be_focused()


def test_what_is_decided_can_be_kept_for_every_export(
    screen: Page, training: Path, bridge: Access
) -> None:
    keep = screen.get_by_role("button", name="Keep it for all exports")
    expect(keep).to_have_count(0)
    screen.get_by_role("button", name="Ignore bob@example.net").click()
    screen.get_by_label("Mask sensitive data in exports").click()
    keep.click()
    expect(screen.get_by_text("What you decided is kept for all exports.")).to_be_visible()
    settle(screen)
    assert axe_violations(screen) == []
    screen.reload()
    expect(screen.get_by_label("Mask sensitive data in exports")).not_to_be_checked()
    later = screen.context.new_page()
    later.goto(bridge.link)
    later.get_by_role("link", name="Privacy").click()
    expect(types(later)).to_have_count(2)
    expect(value(later, "bob@example.net")).to_contain_text("Stays as it is.")
    # Masking itself was turned off for that one time only.
    expect(later.get_by_label("Mask sensitive data in exports")).to_be_checked()
    again = exported(later, training, "again")
    assert "bob@example.net" in again
    assert "ana@example.net" not in again


def test_a_model_looks_for_names_and_the_screen_says_whether_it_does(
    screen: Page, home: Path
) -> None:
    model = build_onnx(home / "names-of-jean")
    Tree(home / "raise_domain").conversation(
        "train", *exchange("le train de dupont", "vu par dupont", rating=5)
    )
    expect(screen.get_by_text("Names are looked for by rules alone.")).to_be_visible()
    screen.get_by_role("button", name="Add a model…").click()
    dialog = screen.get_by_role("dialog", name="A model that finds more names")
    field = dialog.get_by_label("Folder of a named-entity model")
    field.fill(str(home / "nowhere"))
    field.press("Enter")
    expect(screen.get_by_role("alert")).to_contain_text(str(home / "nowhere"))
    field.fill(str(model))
    field.press("Enter")
    expect(dialog.get_by_text("What this model looks for")).to_be_visible()
    settle(screen)
    assert axe_violations(screen) == []
    dialog.get_by_role("button", name="Close").click()
    said = "The named-entity model “names-of-jean” looks for names, too."
    expect(screen.get_by_text(said)).to_be_visible()
    types(screen).filter(has_text="Names of people").get_by_role("button").click(timeout=60_000)
    expect(value(screen, "dupont").get_by_role("definition").last).to_have_text(
        "le train de <PERSON_1>"
    )
    screen.get_by_role("link", name="Export", exact=True).click()
    expect(screen.get_by_text("The preview does without the named-entity model")).to_be_visible()


def test_a_folder_without_a_model_is_refused_beside_its_field(screen: Page, tmp_path: Path) -> None:
    screen.get_by_role("button", name="Add a model…").click()
    dialog = screen.get_by_role("dialog", name="A model that finds more names")
    field = dialog.get_by_label("Folder of a named-entity model")
    field.fill(str(tmp_path / "none"))
    field.press("Enter")
    said = dialog.get_by_text(f"The folder {tmp_path / 'none'} holds no named-entity model.")
    expect(said).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    settle(screen)
    assert axe_violations(screen) == []
    field.fill("")
    field.press("Enter")
    expect(said).to_have_count(0)
    screen.keyboard.press("Escape")
    expect(types(screen)).to_have_count(2)


def test_more_values_than_are_listed_are_said_to_be_more(
    screen: Page, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "_KEPT", 2)
    many = ", ".join(f"person{number}@example.net" for number in range(5))
    Tree(home / "raise_domain").conversation("many", *exchange("Who?", many, rating=5))
    screen.get_by_role("button", name="Look again").click()
    emails = types(screen).filter(has_text="E-mail addresses")
    expect(emails).to_contain_text("more than 2 different values")
    emails.get_by_role("button").click()
    expect(screen.get_by_text("No more than 2 different values are listed")).to_be_visible()


def settle(page: Page) -> None:
    page.wait_for_timeout(300)  # colours in transition have no contrast to judge


def test_a_long_note_leaves_the_button_its_words(training: Path, page: Page, gate: Gate) -> None:
    assert training.is_dir()
    gate.is_closed = True
    page.get_by_role("link", name="Privacy").click()
    stop = page.get_by_role("button", name="Stop")
    stop.evaluate("each => { each.previousElementSibling.textContent = 'word '.repeat(60) }")
    words = stop.locator(".mantine-Button-label")
    assert words.evaluate("each => each.scrollWidth <= each.clientWidth")
    gate.is_closed = False


def test_the_search_is_seen_and_stopped(training: Path, page: Page, gate: Gate) -> None:
    assert training.is_dir()
    gate.is_closed = True
    page.get_by_role("link", name="Privacy").click()
    expect(page.get_by_role("progressbar", name="Looking for sensitive data")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("The search was stopped")).to_be_visible()
    gate.is_closed = False
    page.get_by_role("button", name="Look for sensitive data").click()
    expect(types(page)).to_have_count(2)


def test_by_keyboard_alone(screen: Page) -> None:
    screen.get_by_role("link", name="Privacy").focus()
    buttons = types(screen).get_by_role("button")
    tab_to(screen, buttons.first)
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("heading", level=2, name="IBAN")).to_be_visible()
    tab_to(screen, screen.get_by_role("radio", name="Mask", exact=True))
    screen.keyboard.press("ArrowRight")
    expect(value(screen, IBAN)).to_contain_text("The record stays out of the dataset.")
    tab_to(screen, screen.get_by_role("button", name=f"Ignore {IBAN}"))
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("button", name=f"Mask again {IBAN}")).to_be_focused()


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("fr", "light")])
def test_everyone_can_use_the_screen(training: Path, page: Page, language: str, theme: str) -> None:
    assert training.is_dir()
    write_settings(AppSettings.model_validate({"language": language, "theme": theme}))
    page.set_viewport_size({"width": 1000, "height": 700})
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.locator("nav a[href='#/privacy']").click()
    page.get_by_role("definition").first.wait_for()
    for view in range(3):
        page.locator("header label").nth(view).click()
        page.mouse.move(999, 699)
        page.wait_for_timeout(300)  # colours in transition have no contrast to judge
        assert page.evaluate("document.documentElement.scrollWidth") <= 1000
        assert axe_violations(page) == []
    # Masked is not anonymous, and nothing on the screen says that it were.
    said = page.get_by_role("main").inner_text().lower()
    assert "anonymis" not in said
    assert "not anonymous" in said or "n’est pas anonyme" in said
