"""Commands, asked as a page asks them."""

from pathlib import Path
from typing import Any, cast

import anyio
import orjson
import pytest

from raise_finetune.bridge.conversation import BrowserFace
from raise_finetune.commands.context import FaceName
from raise_finetune.commands.dispatch import Client, RejectedError, Send, dispatch

Answer = dict[str, Any]


class QuietWindow:
    """A window whose user dismisses every dialog."""

    name: FaceName = "desktop"

    def choose_folder(self, _title: str, _start: Path, /) -> Path | None:
        return None

    def choose_file(self, _title: str, _start: Path, _endings: tuple[str, ...], /) -> Path | None:
        return None

    def choose_save_path(self, _title: str, _start: Path, _file_name: str, /) -> Path | None:
        return None

    def confirm(self, _question: str, /) -> bool:
        return False

    def close(self) -> None:
        pytest.fail("closed the window")


def ask(name: str, /, **body: object) -> Answer:
    """Return what a command answers, without a channel for progress."""
    client = Client(QuietWindow(), _unexpected_channel)
    return cast("Answer", orjson.loads(anyio.run(dispatch, name, orjson.dumps(body), client)))


def error_of(name: str, /, **body: object) -> Answer:
    """Return the error that a command answers with."""
    with pytest.raises(RejectedError) as caught:
        ask(name, **body)
    return cast("Answer", orjson.loads(caught.value.to_json()))


def refusal(command: str, body: bytes) -> str:
    """Return the code of the error that a command answers with; empty where it does not."""
    try:
        anyio.run(dispatch, command, body, Client(BrowserFace(), _no_channel))
    except RejectedError as rejected:
        return rejected.error.code
    return ""


def _no_channel(_channel: str) -> Send:
    return lambda _message: None


def _unexpected_channel(channel: str) -> Send:
    pytest.fail(f"opened {channel}")
