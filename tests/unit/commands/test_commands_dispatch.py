"""The way from request bytes to response bytes, on commands made for the test."""

import logging
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import anyio
import orjson
import pytest

from raise_finetune.commands import registry
from raise_finetune.commands.context import Context, FaceName
from raise_finetune.commands.dispatch import Client, RejectedError, Send, dispatch
from raise_finetune.commands.wire import LongRequest, Progress, Request, Response
from raise_finetune.errors import BadInputError, CancelledError


class InstantFace:
    """A face whose dialogs answer at once."""

    name: FaceName = "browser"
    closed = False

    def choose_folder(self, title: str, start: Path, /) -> Path | None:
        return start / title

    def confirm(self, _question: str, /) -> bool:
        return False

    def choose_file(self, _title: str, _start: Path, _endings: tuple[str, ...], /) -> Path | None:
        return None

    def choose_save_path(self, _title: str, _start: Path, _file_name: str, /) -> Path | None:
        return None

    def close(self) -> None:
        self.closed = True


class EchoRequest(Request):
    some_text: str
    times: int = 1


class EchoResponse(Response):
    whole_text: str
    thread: int


class CountRequest(LongRequest):
    limit: int


class CountProgress(Progress):
    done: int


class CountResponse(Response):
    counted: int


def echo(request: EchoRequest, _context: Context) -> EchoResponse:
    if request.some_text == "crash":
        raise ZeroDivisionError(request.some_text + " secret")
    if request.some_text == "a path":
        Path("/", "x" * 300).is_file()
    if request.some_text == "refuse":
        raise BadInputError("data_folder_missing", path="/nowhere")
    return EchoResponse(whole_text=request.some_text * request.times, thread=threading.get_ident())


def count(request: CountRequest, context: Context) -> CountResponse:
    for done in range(request.limit):
        context.report(CountProgress(done=done + 1))
        context.raise_if_cancelled()
        time.sleep(0.001)
    return CountResponse(counted=request.limit)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RAISE_LANG", "en")
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path))


@pytest.fixture(autouse=True)
def _commands() -> Iterator[None]:
    before = dict(registry.COMMANDS)
    registry.command("test_echo")(echo)
    registry.command("test_count", progress=CountProgress)(count)
    yield
    registry.COMMANDS.clear()
    registry.COMMANDS.update(before)


def no_channel(channel: str) -> Send:
    pytest.fail(f"opened {channel}")


def ask(name: str, body: object, client: Client | None = None) -> dict[str, object]:
    client = client or Client(InstantFace(), no_channel)
    return orjson.loads(anyio.run(dispatch, name, orjson.dumps(body), client))


def refusal(name: str, body: object) -> dict[str, object]:
    with pytest.raises(RejectedError) as caught:
        ask(name, body)
    return orjson.loads(caught.value.to_json())


def test_a_request_whose_channel_cannot_be_opened_does_not_run_for_ever():
    def refuse(_channel: str) -> Send:
        raise ValueError("no such channel")

    client = Client(InstantFace(), refuse)
    body = {"limit": 3, "requestId": "once", "onProgress": "__CHANNEL__:9999999999"}
    with pytest.raises(RejectedError) as caught:
        ask("test_count", body, client)
    assert caught.value.error.code == "internal"
    assert client.requests.jobs() == []
    assert client.requests.cancel("once") is False


def test_runs_a_command_on_a_worker_thread() -> None:
    answer = ask("test_echo", {"someText": "é", "times": 3})
    assert answer["wholeText"] == "ééé"
    assert answer["thread"] != threading.get_ident()


def test_two_commands_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="two commands are called test_echo"):
        registry.command("test_echo")(echo)


def test_unknown_command() -> None:
    assert refusal("nonsense", {}) == {
        "code": "unknown_command",
        "message": "The application knows no command “nonsense”.",
        "hint": "The page and the program are of different versions: restart the application.",
    }


@pytest.mark.parametrize(
    ("body", "field", "problem"),
    [
        ({}, "someText", "it is missing"),
        ({"someText": "a", "more": 1}, "more", "there is no such key"),
        ({"some_text": "a"}, "someText", "it is missing"),
        ({"someText": 1}, "someText", "it must be text"),
        ([], "", "it must be a table of keys and values"),
    ],
)
def test_invalid_request_names_the_field(body: object, field: str, problem: str) -> None:
    error = refusal("test_echo", body)
    assert (error["code"], error["field"]) == ("invalid_request", field)
    assert error["message"] == f"The request “test_echo” is not valid: {field}: {problem}."


def test_a_body_that_is_not_json() -> None:
    with pytest.raises(RejectedError) as caught:
        anyio.run(dispatch, "test_echo", b"\xff{", Client(InstantFace(), no_channel))
    assert caught.value.error.code == "invalid_request"


def test_errors_speak_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAISE_LANG", "fr")
    assert refusal("test_echo", {"someText": "refuse"}) == {
        "code": "data_folder_missing",
        "message": "Le dossier «\u00a0/nowhere\u00a0» n’existe pas.",
        "hint": "Choisissez un dossier existant\u00a0: celui qui contient vos espaces RAISE.",
    }


def test_a_crash_is_logged_without_what_the_user_wrote(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert refusal("test_echo", {"someText": "crash"})["code"] == "internal"
    assert "test_echo raised ZeroDivisionError at echo:" in caplog.text
    assert "secret" not in caplog.text


def test_a_path_that_the_system_refuses_is_named() -> None:
    path = "/" + "x" * 300
    refused = refusal("test_echo", {"someText": "a path"})
    assert refused["code"] == "path_refused"
    assert path in str(refused["message"])


class RecordingChannels:
    def __init__(self) -> None:
        self.messages: list[tuple[float, str, int]] = []

    def open(self, channel: str) -> Send:
        return partial(self._send, channel)

    def _send(self, channel: str, message: bytes) -> None:
        self.messages.append((time.monotonic(), channel, orjson.loads(message)["done"]))


def test_progress_is_throttled_in_order_and_its_last_message_is_sent() -> None:
    channels = RecordingChannels()
    client = Client(InstantFace(), channels.open)
    ask("test_count", {"limit": 300, "onProgress": "__CHANNEL__:7"}, client)
    times, names, values = zip(*channels.messages, strict=True)
    assert set(names) == {"__CHANNEL__:7"}
    assert values == tuple(sorted(set(values)))
    assert values[-1] == 300
    assert len(values) <= (times[-1] - times[0]) / 0.05 + 2


def test_progress_of_a_command_shorter_than_the_interval() -> None:
    channels = RecordingChannels()
    client = Client(InstantFace(), channels.open)
    ask("test_count", {"limit": 1, "onProgress": "__CHANNEL__:0"}, client)
    assert channels.messages[-1][2] == 1


def test_a_long_request_is_cancelled_by_its_id() -> None:
    client = Client(InstantFace(), no_channel)
    body = orjson.dumps({"limit": 60_000, "requestId": "abc"})

    async def run() -> None:
        rejected = anyio.Event()
        async with anyio.create_task_group() as tasks:

            async def long() -> None:
                with pytest.raises(RejectedError) as caught:
                    await dispatch("test_count", body, client)
                assert caught.value.error.code == "cancelled"
                rejected.set()

            tasks.start_soon(long)
            await anyio.sleep(0.05)
            with pytest.raises(RejectedError) as caught:
                await dispatch("test_count", body, client)
            assert caught.value.error.code == "request_id_in_use"
            answer = await dispatch("app_cancel", b'{"requestId": "abc"}', client)
            assert answer == b'{"cancelled":true}'
            with anyio.fail_after(2):
                await rejected.wait()

    anyio.run(run)


def test_a_client_cannot_cancel_what_another_runs() -> None:
    other = Client(InstantFace(), no_channel)
    _, token = other.requests.start("abc")
    assert ask("app_cancel", {"requestId": "abc"}) == {"cancelled": False}
    assert not token.cancelled()


def test_cancel_all_reaches_requests_without_an_id() -> None:
    client = Client(InstantFace(), no_channel)
    _, token = client.requests.start(None)
    client.requests.cancel_all()
    assert token.cancelled()


def test_close_stops_what_runs_and_closes_the_window() -> None:
    face = InstantFace()
    client = Client(face, no_channel)
    _, token = client.requests.start("abc")
    ask("app_close", {}, client)
    assert token.cancelled()
    assert face.closed


def test_raise_if_cancelled() -> None:
    client = Client(InstantFace(), no_channel)
    _, token = client.requests.start(None)
    context = Context(client.face, client.requests, token, lambda: "fr")
    context.raise_if_cancelled()
    token.cancel()
    with pytest.raises(CancelledError):
        context.raise_if_cancelled()
    assert context.language == "fr"
