"""A real training in the real window: from a dataset to two different answers."""

from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from pages.waiting import wait_until
from pages.window import element, field, go_to, wait_for_text

STEPS = 400  # more than the test waits for: it stops the training


def write(window: Any, label: str, value: str) -> None:
    typed = field(window, label)
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys(value)


def click(window: Any, name: str) -> None:
    element(window, f"//main//button[.='{name}']").click()


def when_there(window: Any, xpath: str) -> Any:
    """Return an element that takes a model's time to appear."""
    wait_until(lambda: window.driver.find_elements(By.XPATH, xpath), seconds=90)
    return element(window, xpath)


def curve(window: Any) -> str:
    return str(element(window, "//figure//*[@data-curve='train'][@d]").get_attribute("d"))


def answer(window: Any, side: str) -> str:
    return str(element(window, f"//section[@data-side='{side}']/p").text)


def test_a_training_is_watched_paused_and_stopped_and_its_adapter_answers_differently(
    environment: dict[str, str],
    open_window: Any,
    tiny_dataset: Path,
    tiny_mistral: Path,
    tmp_path: Path,
) -> None:
    environment["PATH_RAISE_DOMAIN"] = str(tiny_dataset.parent / "domain")
    environment["PATH_RAISE_DATASET"] = str(tmp_path / "datasets")
    window = open_window()
    go_to(window, "Training")
    write(window, "Dataset", str(tiny_dataset))
    write(window, "Base model", str(tiny_mistral))
    write(window, "Learning rate", "0.005")
    write(window, "Longest row", "160")
    write(window, "Accumulated batches", "1")
    element(window, "//button[starts-with(., 'Learning')]").click()
    wait_until(lambda: field(window, "Steps at most").is_displayed())
    write(window, "Steps at most", str(STEPS))
    wait_for_text(window, "Trained parameters")
    element(window, "//button[contains(., 'Start training')]").click()

    wait_until(lambda: curve(window).count("L") > 5, seconds=90)
    before = curve(window)
    wait_until(lambda: curve(window) != before, seconds=30)
    click(window, "Pause")
    wait_for_text(window, "PAUSED")
    (run,) = (tmp_path / "datasets/runs").iterdir()
    assert (run / "adapter/adapter_model.safetensors").is_file()
    window.driver.find_element(By.XPATH, "//main//button[.='Resume']")
    click(window, "Stop")
    wait_for_text(window, "STOPPED")

    go_to(window, "Models")
    card = element(window, "//article[.//h2]").text
    assert str(tiny_dataset) in card
    assert str(tiny_mistral) in card
    click(window, "Compare")
    click(window, "Load both")
    when_there(window, "//ul[@aria-label='Questions kept out of the training']//button").click()
    when_there(window, "//button[.='Neither']")
    base, adapter = answer(window, "base"), answer(window, "adapter")
    assert "" not in (base, adapter)
    assert base != adapter
