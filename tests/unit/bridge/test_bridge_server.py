"""The loopback bridge from outside: who gets in, and what it answers."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from raise_finetune.bridge import conversation, server
from raise_finetune.bridge.access import Access
from raise_finetune.commands import registry
from raise_finetune.commands.context import Context
from raise_finetune.commands.wire import Done, LongRequest, Progress
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text

DEEP = '{"a":' * 5000 + "1" + "}" * 5000
Conversation = Callable[[ClientConnection], Awaitable[None]]


class Counted(Progress):
    done: int


def count(_request: LongRequest, context: Context) -> Done:
    for done in range(6000):
        context.report(Counted(done=done))
        context.raise_if_cancelled()
        time.sleep(0.005)
    return Done()


@pytest.fixture(autouse=True)
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built page of two files, and an English user without settings."""
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><p>é")
    (folder / "assets/index-1.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(server, "page_folder", lambda: folder)
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("RAISE_LANG", "en")
    return folder


@pytest.fixture(autouse=True)
def _job() -> Iterator[None]:
    registry.command("test_count", progress=Counted)(count)
    yield
    del registry.COMMANDS["test_count"]


async def _while_serving(action: Callable[[Access], Awaitable[None]]) -> None:
    ready: asyncio.Queue[Access] = asyncio.Queue()
    serving = asyncio.create_task(server.serve_forever(0, ready.put_nowait))
    try:
        await action(await ready.get())
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


def while_serving(action: Callable[[Access], Awaitable[None]]) -> None:
    asyncio.run(_while_serving(action))


def page_socket(access: Access, **changes: Any) -> connect:
    settings: dict[str, Any] = {
        "origin": Origin(f"http://127.0.0.1:{access.port}"),
        "subprotocols": [Subprotocol("raise-finetune"), Subprotocol(f"token.{access.token}")],
    }
    return connect(f"ws://127.0.0.1:{access.port}/ipc", **{**settings, **changes})


def converse(talk: Conversation) -> None:
    async def action(access: Access) -> None:
        async with page_socket(access) as socket:
            await talk(socket)

    while_serving(action)


async def ask(socket: ClientConnection, frame: object) -> dict[str, Any]:
    await socket.send(orjson.dumps(frame).decode())
    return orjson.loads(await socket.recv())


def test_answers_under_the_frames_number() -> None:
    async def talk(socket: ClientConnection) -> None:
        answer = await ask(socket, {"id": 7, "command": "app_about", "body": {}})
        assert (answer["id"], answer["response"]["face"]) == (7, "browser")
        answer = await ask(socket, {"id": 8, "command": "app_choose_folder", "body": {}})
        assert (answer["id"], answer["error"]["code"]) == (8, "no_native_dialog")
        assert socket.subprotocol == "raise-finetune"

    converse(talk)


def test_progress_comes_before_the_answer_and_a_request_can_be_cancelled() -> None:
    async def talk(socket: ClientConnection) -> None:
        body = {"requestId": "job", "onProgress": "__CHANNEL__:3"}
        answer = await ask(socket, {"id": 1, "command": "test_count", "body": body})
        assert answer["channel"] == "__CHANNEL__:3"
        await socket.send('{"id":2,"command":"app_cancel","body":{"requestId":"job"}}')
        kinds: list[object] = []
        while "error" not in answer:
            answer = orjson.loads(await socket.recv())
            kinds.append(answer.get("id", "progress"))
        assert answer["error"]["code"] == "cancelled"
        assert {1, 2} < set(kinds)
        assert kinds[-1] == 1

    converse(talk)


def test_a_lost_connection_cancels_what_it_had_running() -> None:
    async def action(access: Access) -> None:
        socket = await page_socket(access)
        await socket.send('{"id":1,"command":"test_count","body":{}}')
        await asyncio.sleep(0.1)
        await socket.close()

    started = time.monotonic()
    while_serving(action)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "frame",
    [
        *("", "[]", "{}", '{"id":-1,"command":"app_about","body":{}}', '{"id":1,"command":"a"}'),
        '{"id":9007199254740992,"command":"app_about","body":{}}',
        '{"id":1,"command":"app_about","body":{"n":18446744073709551616}}',
        f'{{"id":1,"command":"app_about","body":{DEEP}}}',
    ],
)
def test_a_frame_of_another_shape_ends_the_connection(frame: str) -> None:
    async def talk(socket: ClientConnection) -> None:
        await socket.send(frame)
        with pytest.raises(ConnectionClosed) as caught:
            await socket.recv()
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 1008

    converse(talk)


def test_a_frame_over_a_mebibyte_ends_the_connection() -> None:
    async def talk(socket: ClientConnection) -> None:
        await socket.send("x" * (server.MAX_FRAME_BYTES + 1))
        with pytest.raises(ConnectionClosed) as caught:
            await socket.recv()
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 1009

    converse(talk)


def test_a_tab_that_asks_without_end_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "MOST_AT_ONCE", 3)

    async def asks(socket: ClientConnection) -> None:
        for number in range(4):
            await socket.send(f'{{"id":{number},"command":"test_count","body":{{}}}}')
        with pytest.raises(ConnectionClosed) as caught:
            await socket.recv()
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 1008

    converse(asks)


@pytest.mark.parametrize("said", ["", "GET / HTTP/1.1\r\nHost: ", "GET /", "\0" * 100])
def test_who_never_says_what_it_wants_is_closed(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "OPENING_SECONDS", 0.1)
    logging.getLogger("websockets").setLevel(logging.CRITICAL)

    async def action(access: Access) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", access.port)
        writer.write(said.encode())
        await reader.read()  # to the end
        writer.close()

    while_serving(action)


def test_a_tab_that_does_not_read_any_more_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "ALIVE_SECONDS", 0.1)

    async def action(access: Access) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", access.port)
        host = f"127.0.0.1:{access.port}"
        request = (
            f"GET /ipc HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            f"Sec-WebSocket-Protocol: raise-finetune, token.{access.token}\r\n\r\n"
        )
        writer.write(request.encode())
        answer = await reader.read()  # to the end, answering no ping
        assert answer.startswith(b"HTTP/1.1 101 ")
        writer.close()

    while_serving(action)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"origin": None}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"subprotocols": None}, 401),
        ({"subprotocols": ["raise-finetune"]}, 401),
        ({"subprotocols": ["raise-finetune", "token."]}, 401),
        ({"subprotocols": ["raise-finetune", "token.guess"]}, 401),
        ({"additional_headers": {"Host": "evil.example"}}, 421),
    ],
)
def test_who_is_kept_out(changes: dict[str, Any], status: int) -> None:
    async def action(access: Access) -> None:
        with pytest.raises(InvalidStatus) as caught:
            await page_socket(access, **changes)
        assert caught.value.response.status_code == status

    logging.getLogger("websockets").setLevel(logging.CRITICAL)
    while_serving(action)


def fetch(access: Access, path: str, host: str | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", access.port, timeout=5)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{access.port}")
    connection.endheaders()
    response = connection.getresponse()
    answer = (response.status, dict(response.getheaders()), response.read())
    connection.close()
    return answer


def test_the_page_over_http() -> None:
    async def action(access: Access) -> None:
        status, headers, body = await asyncio.to_thread(fetch, access, "/")
        assert (status, body.decode()) == (200, "<!doctype html><p>é")
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers
        status, headers, body = await asyncio.to_thread(fetch, access, "/assets/index-1.js")
        assert (status, body, headers["Content-Type"]) == (
            200,
            b"1",
            "text/javascript; charset=utf-8",
        )
        assert headers["Cache-Control"] == "max-age=31536000, immutable"

    while_serving(action)


@pytest.mark.parametrize(
    "path", ["/nothing", "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "//"]
)
def test_no_other_file_is_served(path: str) -> None:
    async def action(access: Access) -> None:
        status, _, body = await asyncio.to_thread(fetch, access, path)
        assert (status, body) == (404, b"Not Found\n")

    while_serving(action)


def test_a_name_that_someone_else_pointed_here_gets_nothing() -> None:
    async def action(access: Access) -> None:
        host = f"evil.example:{access.port}"
        status, _, body = await asyncio.to_thread(fetch, access, "/", host)
        assert (status, body) == (421, b"Misdirected Request\n")

    while_serving(action)


def test_says_what_it_exposes_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []

    async def stop_at_once(_port: int, on_ready: Callable[[Access], None]) -> None:
        on_ready(Access(4711, "abc"))

    monkeypatch.setattr(server, "serve_forever", stop_at_once)
    server.serve(announce=lines.append)
    assert lines == [text("bridge.exposes", "en", link="http://127.0.0.1:4711/#token=abc")]


def test_tokens_differ_and_are_not_shown() -> None:
    first, second = Access(1), Access(1)
    assert first.token != second.token
    assert len(first.token) >= 43
    assert first.token not in repr(first)


def test_a_port_that_is_taken() -> None:
    async def action(access: Access) -> None:
        with pytest.raises(BadInputError) as caught:
            await server.serve_forever(access.port, lambda _: None)
        assert (caught.value.code, caught.value.params) == ("port_in_use", {"port": access.port})

    while_serving(action)
