"""One browser tab's connection: frames in, answers and progress out."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from raise_finetune.commands.context import FaceName
from raise_finetune.commands.dispatch import Client, RejectedError, Send, dispatch
from raise_finetune.errors import BadInputError

LARGEST_ID = 2**53 - 1
"""What a page can count to."""
MOST_AT_ONCE = 1000
"""Requests of one tab that wait for their answers; a page has a handful."""


class Frame(BaseModel):
    """What the page sends: a command and its body, and the number to answer under."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[int, Field(ge=0, le=LARGEST_ID)]
    command: str
    body: dict[str, object]


class BrowserFace:
    """A browser tab: it has no dialogs of the system's, and closes itself."""

    name: FaceName = "browser"

    def choose_folder(self, _title: str, _start: Path, /) -> Path | None:
        """Refuse: a browser cannot."""
        raise BadInputError("no_native_dialog")

    def choose_file(self, _title: str, _start: Path, _endings: tuple[str, ...], /) -> Path | None:
        """Refuse: a browser cannot."""
        raise BadInputError("no_native_dialog")

    def choose_save_path(self, _title: str, _start: Path, _file_name: str, /) -> Path | None:
        """Refuse: a browser cannot."""
        raise BadInputError("no_native_dialog")

    def confirm(self, _question: str, /) -> bool:
        """Refuse: what the page asks for, only the page could confirm."""
        return False

    def close(self) -> None:
        """Leave the tab open: it belongs to the browser."""


async def converse(connection: ServerConnection) -> None:
    """Answer one tab until it goes away.

    What it still had running is then cancelled: at once, or where it is a job that a reloaded
    page may follow, when the page does not come back.
    """
    outbox: asyncio.Queue[bytes] = asyncio.Queue()
    client = Client(BrowserFace(), partial(_open_channel, outbox))
    sending = asyncio.create_task(_send_all(connection, outbox))
    answering: set[asyncio.Task[None]] = set()
    try:
        async for data in connection:
            frame = Frame.model_validate_json(data)
            body = orjson.dumps(frame.body)
            if len(answering) == MOST_AT_ONCE:
                await connection.close(CloseCode.POLICY_VIOLATION)
                break
            task = asyncio.create_task(_answer(frame, body, client, outbox))
            answering.add(task)
            task.add_done_callback(answering.discard)
    except (ValidationError, orjson.JSONEncodeError):  # the latter for a number of 65 bits
        await connection.close(CloseCode.POLICY_VIOLATION)
    except ConnectionClosed:
        pass
    finally:
        client.requests.abandon_all()
        await asyncio.gather(*answering)
        sending.cancel()


async def _answer(frame: Frame, body: bytes, client: Client, outbox: asyncio.Queue[bytes]) -> None:
    try:
        response = await dispatch(frame.command, body, client)
        outbox.put_nowait(b'{"id":%d,"response":%b}' % (frame.id, response))
    except RejectedError as rejected:
        outbox.put_nowait(b'{"id":%d,"error":%b}' % (frame.id, rejected.to_json().encode()))


def _open_channel(outbox: asyncio.Queue[bytes], channel: str) -> Send:
    def send(message: bytes) -> None:
        outbox.put_nowait(b'{"channel":%b,"message":%b}' % (orjson.dumps(channel), message))

    return send


async def _send_all(connection: ServerConnection, outbox: asyncio.Queue[bytes]) -> None:
    try:
        while True:
            await connection.send(await outbox.get(), text=True)
    except ConnectionClosed:
        pass
