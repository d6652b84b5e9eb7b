"""``import { invoke } from '@tauri-apps/api/core'``, built and run as anyone would write it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

HERE = Path(__file__).parent
FRONTEND = HERE.parents[1] / "frontend"
PLACEHOLDER = "/path/to/save/dataset.jsonl"


@pytest.fixture
def domain(environment: dict[str, str], tmp_path: Path) -> Path:
    """A demo data folder, which the application is told of."""
    folder = tmp_path / "domain"
    environment["PATH_RAISE_DOMAIN"] = str(folder)
    raise_finetune(environment, "demo", str(folder), "--conversations", "40")
    return folder


def raise_finetune(environment: dict[str, str], *arguments: str) -> None:
    program = str(Path(sys.executable).parent / "raise-finetune")
    subprocess.run([program, *arguments], env=environment, check=True, capture_output=True)


def build(tmp_path: Path, output: Path) -> str:
    """Build the snippet with the application's own Vite configuration; return the folder."""
    source = tmp_path / "snippet"
    shutil.copytree(HERE / "snippet", source)
    script = source / "main.ts"
    script.write_text(script.read_text().replace(PLACEHOLDER, str(output)))
    config = ["--config", "vite.config.ts", "--outDir", str(tmp_path / "built"), "--emptyOutDir"]
    command = ["npx", "vite", "build", str(source), *config]
    subprocess.run(command, cwd=FRONTEND, check=True, capture_output=True)
    return str(tmp_path / "built")


def outcome(window: Any) -> dict[str, Any]:
    shown = WebDriverWait(window.driver, 20).until(
        lambda driver: driver.find_element(By.ID, "outcome").text
    )
    return json.loads(shown)


def test_exports_what_the_command_line_exports(
    open_window: Any, environment: dict[str, str], domain: Path, tmp_path: Path
) -> None:
    output = tmp_path / "raise_dataset/training/dataset.jsonl"
    output.parent.mkdir(parents=True)
    window = open_window(str(HERE / "page_app.py"), build(tmp_path, output))
    answer = outcome(window)
    assert "response" in answer, answer
    response = answer["response"]
    assert response["report"]["output"] == str(output)
    raise_finetune(environment, "export", str(tmp_path / "cli.jsonl"), "--root", str(domain))
    assert output.read_bytes() == (tmp_path / "cli.jsonl").read_bytes()
    assert response["report"]["rows"] == len(output.read_bytes().splitlines()) > 0


@pytest.mark.parametrize("allowed", [True, False])
def test_writing_elsewhere_is_asked_outside_the_page(
    open_window: Any, domain: Path, tmp_path: Path, allowed: bool
) -> None:
    output = tmp_path / "elsewhere/dataset.jsonl"
    output.parent.mkdir()
    assert domain.is_dir()
    window = open_window(str(HERE / "page_app.py"), build(tmp_path, output))
    window.from_outside("xdotool", "search", "--sync", "--onlyvisible", "--name", "fine-tuning")
    window.from_outside("xdotool", "key", "alt+y" if allowed else "Escape")
    answer = outcome(window)
    assert output.exists() is allowed
    assert answer.get("error", {}).get("code") == (None if allowed else "output_not_chosen")
