"""Commands, asked as a page asks them."""

import anyio

from raise_finetune.bridge.conversation import BrowserFace
from raise_finetune.commands.dispatch import Client, RejectedError, Send, dispatch


def refusal(command: str, body: bytes) -> str:
    """Return the code of the error that a command answers with; empty where it does not."""
    try:
        anyio.run(dispatch, command, body, Client(BrowserFace(), _no_channel))
    except RejectedError as rejected:
        return rejected.error.code
    return ""


def _no_channel(_channel: str) -> Send:
    return lambda _message: None
