"""An export from the page: what it promises is what the files hold."""

import hashlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from domains.tree import files_of
from pages.export import report, save_as

PROGRAM = str(Path(sys.executable).parent / "raise-finetune")


def command_line(*arguments: str) -> None:
    subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, timeout=60)


def test_the_default_export_has_the_bytes_of_the_command_lines(
    screen: Page, training: Path, demo: Path, tmp_path: Path
) -> None:
    save_as(screen).fill("mine")
    screen.get_by_role("button", name="Export dataset").click()
    shown = report(screen, "mine")
    command_line("export", str(tmp_path / "theirs"), "--root", str(demo))
    ours, theirs = files_of(training / "mine" / "data"), files_of(tmp_path / "theirs" / "data")
    assert list(ours) == ["train.jsonl", "val.jsonl"]
    assert ours == theirs
    for name, data in ours.items():
        row = shown.get_by_role("row").filter(has_text=f"data/{name}")
        expect(row).to_contain_text(f"{len(data.splitlines()):,}")
        expect(row.get_by_title(hashlib.sha256(data).hexdigest())).to_be_visible()


def test_the_copied_command_makes_the_same_dataset_again(
    screen: Page, training: Path, tmp_path: Path
) -> None:
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.get_by_role("radio", name="3 stars").press("Space")
    screen.get_by_label("Unrated answers too").check()
    save_as(screen).fill("mine.jsonl")
    screen.keyboard.press("Control+Enter")
    shown = report(screen, "mine.jsonl")
    shown.get_by_role("button", name="Copy the command").click()
    expect(shown.get_by_role("button", name="Copied")).to_be_visible()
    program, *words = shlex.split(screen.evaluate("navigator.clipboard.readText()"))
    assert program == "raise-finetune"
    assert words[:2] == ["export", str(training / "mine.jsonl")]
    command_line("export", str(tmp_path / "again.jsonl"), *words[2:])
    assert (tmp_path / "again.jsonl").read_bytes() == (training / "mine.jsonl").read_bytes()
    shown.get_by_role("button", name="Copy the code").click()
    code = screen.evaluate("navigator.clipboard.readText()")
    load = f'load_dataset("json", data_files="{training / "mine.jsonl"}")'
    assert code == f"from datasets import load_dataset\n\ndataset = {load}"


@pytest.mark.parametrize("name", ["mine", "mine.jsonl"])
def test_the_previewed_lines_are_the_first_lines_of_the_files(
    screen: Page, training: Path, name: str
) -> None:
    save_as(screen).fill(name)
    screen.get_by_role("tab", name="Rows").click()
    files = screen.get_by_role("radiogroup", name="File")
    previewed: dict[str, list[str]] = {}
    for label in files.locator("label").all():
        label.click()
        file = label.inner_text().split(" · ")[0]
        heads = screen.locator("[data-line]")
        for place in range(min(4, heads.count())):
            heads.nth(place).click()
        previewed[file] = screen.locator("main li pre").all_inner_texts()
    screen.keyboard.press("Control+Enter")
    report(screen, name)
    assert list(previewed) == (["All rows"] if "." in name else ["train.jsonl", "val.jsonl"])
    for file, lines in previewed.items():
        path = training / name if "." in name else training / name / "data" / file
        assert len(lines) == 4
        assert lines == path.read_text("utf-8").splitlines()[:4]


def test_an_output_in_the_data_folder_is_refused_at_its_field(
    screen: Page, training: Path, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = training / "domain"
    shutil.copytree(demo, inside)
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(inside))
    before = files_of(training)
    save_as(screen).fill("domain/un2/mine.jsonl")
    screen.keyboard.press("Control+Enter")
    expect(save_as(screen)).to_have_attribute("aria-invalid", "true")
    expect(screen.get_by_text("lies inside the data folder")).to_be_visible()
    expect(screen.get_by_text("an export never writes there")).to_be_visible()
    assert files_of(training) == before
    screen.get_by_role("link", name="Settings").click()
    screen.get_by_role("link", name="Export failed").click()
    expect(save_as(screen)).to_have_attribute("aria-invalid", "true")
    save_as(screen).fill("mine.jsonl")
    expect(save_as(screen)).not_to_have_attribute("aria-invalid", "true")


def test_a_browser_explains_why_it_cannot_browse_nor_write_elsewhere(
    screen: Page, training: Path, tmp_path: Path
) -> None:
    expect(screen.get_by_text(str(training))).to_be_visible()  # it knows what it runs in
    screen.get_by_role("button", name="Browse…").click()
    expect(screen.get_by_text(f"the dataset will be saved under {training}")).to_be_visible()
    screen.keyboard.press("Escape")
    save_as(screen).fill(str(tmp_path / "elsewhere.jsonl"))
    expect(screen.get_by_text("One file", exact=True)).to_be_visible()
    screen.get_by_role("button", name="Export dataset").click()
    expect(screen.get_by_text("you have not chosen that place")).to_be_visible()
    assert not (tmp_path / "elsewhere.jsonl").exists()


def test_without_a_data_folder_there_is_the_welcome(page: Page) -> None:
    page.get_by_role("link", name="Export").click()
    expect(page.get_by_role("heading", name="Where are your conversations?")).to_be_visible()
    expect(page.get_by_role("button", name="Export dataset")).to_have_count(0)
