"""Serves the page and its WebSocket on the loopback address, and nowhere else."""

import asyncio
import errno
import socket
from collections.abc import Callable

from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websocket
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from raise_finetune.bridge.access import ADDRESS, SUBPROTOCOL, Access
from raise_finetune.bridge.conversation import converse
from raise_finetune.bridge.static import StaticPage, plain
from raise_finetune.commands.settings import current_language
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text
from raise_finetune.page import page_folder

MAX_FRAME_BYTES = 1 << 20
"""No request of the page is larger; answers are not limited."""

OPENING_SECONDS = 10.0
"""A connection that has not said by then what it wants is closed."""
ALIVE_SECONDS = 20.0
"""How often a tab is asked whether it still reads, and how long it may take to answer."""


def serve(port: int = 0, announce: Callable[[str], None] = print) -> None:
    """Serve until interrupted; ``announce`` is given the one line that says what is exposed.

    Raises ``BadInputError`` when the page is not built or the port is taken.
    """
    asyncio.run(serve_forever(port, lambda access: announce(_exposure(access))))


async def serve_forever(port: int, on_ready: Callable[[Access], None]) -> None:
    """Serve until cancelled, and call ``on_ready`` once connections are accepted."""
    page = StaticPage(page_folder())
    listener = _listen(port)
    access = Access(listener.getsockname()[1])

    def admit(_connection: ServerConnection, request: Request) -> Response | None:
        refusal = access.check_host(request.headers)
        if refusal is not None:
            return plain(refusal)
        if request.path != "/ipc":
            return page.respond(request.path)
        refusal = access.check_websocket(request.headers)
        return None if refusal is None else plain(refusal)

    async with serve_websocket(
        converse,
        sock=listener,
        process_request=admit,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        compression=None,
        server_header=None,
        max_size=MAX_FRAME_BYTES,
        open_timeout=OPENING_SECONDS,
        ping_interval=ALIVE_SECONDS,
        ping_timeout=ALIVE_SECONDS,
    ):
        on_ready(access)
        await asyncio.get_running_loop().create_future()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((ADDRESS, port))
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise BadInputError("port_in_use", port=port) from error
        raise


def _exposure(access: Access) -> str:
    return text("bridge.exposes", current_language(), link=access.link)
