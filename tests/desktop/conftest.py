"""The real window under Xvfb, driven by WebKitWebDriver."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen of its own, with a window manager, so that dialogs take the focus."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as xvfb:
        os.close(write)
        with os.fdopen(read) as pipe:
            name = f":{pipe.readline().strip()}"
        environment = {**os.environ, "DISPLAY": name}
        with subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL) as openbox:
            yield name
            openbox.terminate()
        xvfb.terminate()


@pytest.fixture
def session_bus() -> Iterator[str]:
    """A D-Bus session bus, by which one start of the application finds another."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().decode().strip()
        daemon.terminate()


@pytest.fixture
def environment(display: str, session_bus: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a user whose home is empty, speaking English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PATH_RAISE")}
    (tmp_path / "runtime").mkdir(mode=0o700)
    return {
        **kept,
        "DISPLAY": display,
        "DBUS_SESSION_BUS_ADDRESS": session_bus,
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "RAISE_FINETUNE_CONFIG": str(tmp_path / "config"),
        "RAISE_LANG": "en",
        "GTK_USE_PORTAL": "0",
        "NO_AT_BRIDGE": "1",
    }


@dataclass
class Window:
    """A running application."""

    driver: Any  # a WebDriver, whose methods are only partly typed
    environment: dict[str, str]

    def invoke(self, command: str, body: dict[str, object]) -> dict[str, Any]:
        """Call a Python command from the page; ``{"value": …}`` or ``{"error": …}``."""
        return cast("dict[str, Any]", self.driver.execute_async_script(_INVOKE, command, body))

    def from_outside(self, *command: str) -> None:
        """Act on the screen with ``xdotool`` or ``wmctrl``."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode()


_INVOKE = """
const [command, body, done] = arguments;
window.__TAURI_INTERNALS__
  .invoke('plugin:pytauri|pyfunc', new TextEncoder().encode(JSON.stringify(body)), {
    headers: { pyfunc: command },
  })
  .then((value) => done({ value }), (error) => done({ error }));
"""


class _WryOptions(ArgOptions):
    """WebKitWebDriver refuses a session with any other capability."""

    def __init__(self, program: Path) -> None:
        super().__init__()
        self._program = str(program)

    def to_capabilities(self) -> Any:
        return {"webkitgtk:browserOptions": {"binary": self._program, "args": []}}

    @property
    def default_capabilities(self) -> dict[str, Any]:
        return {}


OpenWindow = Callable[..., Window]


@pytest.fixture
def open_window(environment: dict[str, str], tmp_path: Path) -> Iterator[OpenWindow]:
    """Start the application: the real one, or another Python file that runs the same window."""
    closing: list[Callable[[], object]] = []

    def start(*program: str) -> Window:
        script = _executable(tmp_path / "application", program or ("-m", "raise_finetune.desktop"))
        port = _free_port()
        automated = {**environment, "TAURI_AUTOMATION": "true", "TAURI_WEBVIEW_AUTOMATION": "true"}
        service = subprocess.Popen(["WebKitWebDriver", f"--port={port}"], env=automated)
        closing.append(lambda: _stop(service))
        _wait_for_port(port)
        driver = webdriver.Remote(
            RemoteConnection(client_config=ClientConfig(f"http://127.0.0.1:{port}")),
            options=_WryOptions(script),
        )
        closing.append(partial(_quit, driver))
        driver.implicitly_wait(20)  # a busy machine is no defect of the window
        driver.set_script_timeout(60)
        driver.find_element(By.TAG_NAME, "h1")
        return Window(driver, environment)

    yield start
    for close in reversed(closing):
        close()


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """The application as a user starts it."""
    return open_window()


def _executable(path: Path, arguments: tuple[str, ...]) -> Path:
    path.write_text(f'#!/bin/sh\ncd "{ROOT}"\nexec "{sys.executable}" {" ".join(arguments)}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def _quit(driver: WebDriver) -> None:
    # A test that closed the window has ended the session.
    with suppress(WebDriverException):
        driver.quit()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=60)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return cast("int", listener.getsockname()[1])


def _wait_for_port(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("WebKitWebDriver did not start")


def pytest_configure() -> None:
    for program in ("Xvfb", "openbox", "WebKitWebDriver", "wmctrl", "xdotool"):
        if shutil.which(program) is None:
            pytest.exit(f"tests/desktop needs {program}", returncode=2)
