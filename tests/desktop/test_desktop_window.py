"""The window itself: it opens, answers, keeps its settings, and closes as it should."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from pages.waiting import wait_until
from pages.window import field, go_to

SLOW_JOB_APP = str(Path(__file__).parent / "slow_job_app.py")


def test_opens_on_the_conversations(window: Any) -> None:
    assert window.driver.find_element(By.TAG_NAME, "h1").text == "Conversations"
    assert window.driver.title == "Conversations · RAISE"


def test_speaks_french_to_a_french_user(open_window: Any, environment: dict[str, str]) -> None:
    environment["RAISE_LANG"] = "fr"
    window = open_window()
    go_to(window, "Réglages")
    assert window.driver.find_element(By.TAG_NAME, "h1").text == "Réglages"
    assert window.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "fr"


def test_a_data_folder_is_stored_and_a_missing_one_is_refused(window: Any, tmp_path: Path) -> None:
    go_to(window, "Settings")
    typed = field(window, "Data folder")
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys(str(tmp_path / "nowhere"), Keys.ENTER)
    refusal = f"There is no folder “{tmp_path / 'nowhere'}”."
    wait_until(lambda: refusal in window.driver.page_source)
    (tmp_path / "domain").mkdir()
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys(str(tmp_path / "domain"), Keys.ENTER)
    wait_until((tmp_path / "config/settings.json").exists)
    stored = json.loads((tmp_path / "config/settings.json").read_text())
    assert stored["dataFolder"] == str(tmp_path / "domain")


def page_width(window: Any) -> int:
    return int(window.driver.execute_script("return window.innerWidth"))


def test_the_window_zooms_by_keys_and_wheel_and_stays_so(open_window: Any, tmp_path: Path) -> None:
    window = open_window()
    whole = page_width(window)

    def is_zoomed(percent: int) -> bool:
        return abs(page_width(window) - whole * 100 / percent) <= 1

    window.from_outside("wmctrl", "-F", "-a", "RAISE")
    for keys, percent in (("ctrl+plus", 110), ("ctrl+minus", 100), ("ctrl+minus", 90)):
        window.from_outside("xdotool", "key", keys)
        wait_until(lambda wanted=percent: is_zoomed(wanted))
    window.from_outside("xdotool", "key", "ctrl+0")
    wait_until(lambda: is_zoomed(100))
    window.from_outside("xdotool", "mousemove", "700", "400")
    window.from_outside("xdotool", "keydown", "ctrl", "click", "4", "keyup", "ctrl")
    wait_until(lambda: is_zoomed(110))

    # Zoomed, the driver clicks beside what it should.
    window.driver.execute_script("location.hash = '#/settings'")
    assert field(window, "Zoom").get_attribute("value") == "110%"
    wait_until(lambda: json.loads((tmp_path / "config/settings.json").read_text())["zoom"] == 110)
    window.driver.quit()
    window = open_window()
    wait_until(lambda: is_zoomed(110))


def test_a_zoom_that_cannot_be_stored_goes_back_and_says_why(window: Any, tmp_path: Path) -> None:
    whole = page_width(window)
    (tmp_path / "config").write_text("a file where the folder should be")
    window.from_outside("wmctrl", "-F", "-a", "RAISE")
    window.from_outside("xdotool", "key", "ctrl+plus")
    said = "The settings cannot be saved in"
    wait_until(lambda: said in window.driver.find_element(By.TAG_NAME, "body").text)
    wait_until(lambda: page_width(window) == whole)
    toast = window.driver.find_element(By.XPATH, f"//*[@role='status'][contains(., '{said}')]")
    below = window.driver.execute_script("return innerHeight") - toast.rect["y"]
    assert toast.rect["height"] < below < 200  # in the corner, and not cut off
    toast.find_element(By.XPATH, ".//button").click()
    wait_until(lambda: said not in window.driver.find_element(By.TAG_NAME, "body").text)


def test_a_folder_is_picked_in_the_systems_dialog(window: Any, tmp_path: Path) -> None:
    (tmp_path / "raise_domain").mkdir()
    (tmp_path / "picked").mkdir()
    go_to(window, "Settings")
    window.driver.find_element(By.XPATH, "//button[.='Browse…']").click()
    window.from_outside("xdotool", "search", "--sync", "--name", "Choose the data folder")
    time.sleep(0.5)
    window.from_outside("xdotool", "type", "--delay", "20", str(tmp_path / "picked"))
    time.sleep(0.5)
    window.from_outside("xdotool", "key", "Return")
    wait_until((tmp_path / "config/settings.json").exists)
    stored = json.loads((tmp_path / "config/settings.json").read_text())
    assert stored["dataFolder"] == str(tmp_path / "picked")
    assert field(window, "Data folder").get_attribute("value") == str(tmp_path / "picked")


def test_a_file_is_picked_in_the_systems_dialog(window: Any, tmp_path: Path) -> None:
    (tmp_path / "base.gguf").write_bytes(b"GGUF")
    window.driver.execute_script(
        """
        const body = new TextEncoder().encode('{"purpose": "base_gguf"}');
        window.__TAURI_INTERNALS__
          .invoke('plugin:pytauri|pyfunc', body, { headers: { pyfunc: 'app_choose_file' } })
          .then((answer) => { window.picked = answer; });
        """
    )
    window.from_outside("xdotool", "search", "--sync", "--name", "GGUF file")
    time.sleep(0.5)
    window.from_outside("xdotool", "type", "--delay", "20", str(tmp_path / "base.gguf"))
    time.sleep(0.5)
    window.from_outside("xdotool", "key", "Return")
    wait_until(lambda: window.driver.execute_script("return window.picked") is not None)
    assert window.driver.execute_script("return window.picked") == {
        "path": str(tmp_path / "base.gguf")
    }


def test_errors_are_json_in_the_users_language(window: Any) -> None:
    answer = window.invoke("app_settings_write", {"settings": {"theme": "pink"}})
    assert json.loads(answer["error"]) == {
        "code": "invalid_request",
        "message": "The request “app_settings_write” is not valid: "
        "settings.theme: it must be 'system', 'light' or 'dark'.",
        "hint": "Correct this value and try again.",
        "field": "settings.theme",
    }


def test_the_page_may_call_nothing_else(window: Any) -> None:
    refused = window.driver.execute_async_script(
        """
        const done = arguments[0];
        const call = (command, args) =>
          window.__TAURI_INTERNALS__.invoke(command, args).then(() => 'allowed', String);
        Promise.all([
          call('plugin:dialog|open', { options: {} }),
          call('plugin:window|create', { options: { label: 'second' } }),
          call('plugin:webview|create_webview_window', { options: { label: 'second' } }),
        ]).then(done);
        """
    )
    assert len(refused) == 3
    assert all("not allowed" in answer or "not found" in answer for answer in refused), refused


def test_the_page_can_reach_no_network(window: Any) -> None:
    outcome = window.driver.execute_async_script(
        "fetch('http://127.0.0.1:9/').then(() => arguments[0]('sent'), "
        "(error) => arguments[0](String(error)))"
    )
    assert outcome != "sent"
    violated = window.driver.execute_async_script(
        """
        const done = arguments[0];
        document.addEventListener('securitypolicyviolation', (event) =>
          done(event.effectiveDirective), { once: true });
        fetch('http://127.0.0.1:9/').catch(() => {});
        """
    )
    assert violated == "connect-src"


def start_counting(window: Any, home: Path) -> None:
    window.driver.execute_script(
        """
        window.__TAURI_INTERNALS__
          .invoke('plugin:pytauri|pyfunc', new TextEncoder().encode('{"requestId": "job"}'), {
            headers: { pyfunc: 'test_count' },
          })
          .then(() => { window.ended = 'done' }, (error) => { window.ended = error });
        """
    )
    wait_until((home / "counting").exists)


def close_request(window: Any) -> None:
    """Close the window as its title bar's button would."""
    window.from_outside("wmctrl", "-F", "-c", "RAISE")


def test_a_job_is_cancelled(open_window: Any, tmp_path: Path) -> None:
    window = open_window(SLOW_JOB_APP)
    start_counting(window, tmp_path)
    assert window.invoke("app_cancel", {"requestId": "job"}) == {"value": {"cancelled": True}}
    wait_until(lambda: window.driver.execute_script("return window.ended"))
    assert json.loads(window.driver.execute_script("return window.ended"))["code"] == "cancelled"
    assert not (tmp_path / "counting").exists()


def test_closing_on_a_job_asks_first(open_window: Any, tmp_path: Path) -> None:
    window = open_window(SLOW_JOB_APP)
    start_counting(window, tmp_path)
    close_request(window)
    window.driver.find_element(By.XPATH, "//button[.='Keep running']").click()
    assert (tmp_path / "counting").exists()
    time.sleep(5.1)
    close_request(window)
    leave = window.driver.find_element(By.XPATH, "//button[.='Stop and close']")
    # Later, since the driver does not outlive the window that answers its click.
    window.driver.execute_script("setTimeout(() => arguments[0].click(), 100)", leave)
    wait_until(lambda: not (tmp_path / "counting").exists())


def test_insisting_closes_and_stops_the_job(open_window: Any, tmp_path: Path) -> None:
    window = open_window(SLOW_JOB_APP)
    start_counting(window, tmp_path)
    close_request(window)
    window.driver.find_element(By.XPATH, "//button[.='Keep running']")
    close_request(window)
    wait_until(lambda: not (tmp_path / "counting").exists())


def test_a_second_start_shows_the_first_window(
    open_window: Any, environment: dict[str, str]
) -> None:
    open_window()
    command = [sys.executable, "-m", "raise_finetune.desktop"]
    second = subprocess.run(command, env=environment, timeout=60, capture_output=True, check=False)
    assert (second.returncode, second.stderr) == (0, b"")


def test_without_a_display_it_says_what_to_do(environment: dict[str, str]) -> None:
    del environment["DISPLAY"]
    environment.pop("WAYLAND_DISPLAY", None)
    command = [sys.executable, "-m", "raise_finetune.desktop"]
    done = subprocess.run(command, env=environment, timeout=60, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "No window can be opened: there is no display.\n"
        "Use raise-finetune serve and open the link that it prints in a browser.\n"
    )
