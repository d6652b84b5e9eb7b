"""What a page may send: commands with odd bodies, and frames that are none."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from domains.asking import refusal
from domains.fuzzing import damaged, encoded, tries, wrong
from domains.tree import Tree, exchange
from raise_finetune.bridge import server
from raise_finetune.bridge.access import Access
from raise_finetune.commands.registry import COMMANDS

# They open a program of the desktop, wait for one, or write as much as they are told to.
_LEFT_OUT = {"demo_create", "export_follow", "training_start", "training_resume"} | {
    name for name in COMMANDS if name.endswith("reveal")
}
_TEXTS = st.sampled_from(
    [
        *("", "x", "x.jsonl", "train", "un2/default/conversations/c", "c#1", "chats/main", "9"),
        *("un2/default/conversations/c#1", "../../x", "/dev/null/x", "~nobody-here/x", "\0", "a/b"),
        *(
            "é\u2028" * 100,
            "\ud800",
            "{",
            "[[",
            "<script>",
            "__CHANNEL__:1",
            "2026-01-01",
            "*" * 300,
        ),
    ]
)
_PLAIN: dict[object, st.SearchStrategy[Any]] = {
    "integer": st.sampled_from([0, 1, 2, 5, 100, -1]),
    "number": st.sampled_from([0.0, 0.5, 1, 3, 5, -1]),
    "boolean": st.booleans(),
    "null": st.none(),
}


@pytest.fixture(autouse=True, scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    folder = tmp_path_factory.mktemp("home")
    tree = Tree(folder / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "RAISE_FINETUNE_CONFIG"):
            patch.setenv(variable, str(folder / variable))
        patch.setenv("PATH_RAISE_DOMAIN", str(tree.root))
        patch.setenv("PATH_RAISE_DATASET", str(folder / "datasets"))
        yield folder


def body_of(name: str) -> st.SearchStrategy[Any]:
    """Return bodies of the shape that a command asks for, with odd values in them."""
    schema: Any = COMMANDS[name].request.model_json_schema(by_alias=True)
    return _of(schema, schema.get("$defs", {}))


def _of(schema: Any, types: Any) -> st.SearchStrategy[Any]:
    match schema:
        case {"$ref": str(name)}:
            return _of(types[name.rpartition("/")[2]], types)
        case {"enum": values}:
            return st.sampled_from(values)
        case {"const": value}:
            return st.just(value)
        case {"anyOf": kinds}:
            return st.one_of([_of(kind, types) for kind in kinds])
        case {"type": "object", "properties": fields}:
            needed = set(schema.get("required", ()))
            return st.fixed_dictionaries(
                {key: _of(each, types) for key, each in fields.items() if key in needed},
                optional={
                    key: _of(each, types) for key, each in fields.items() if key not in needed
                },
            )
        case {"type": "array"}:
            return st.lists(_of(schema.get("items", {}), types), max_size=3)
        case _:
            return _PLAIN.get(schema.get("type"), _TEXTS)


@cache
def bodies() -> st.SearchStrategy[tuple[str, bytes]]:
    def of(name: str) -> st.SearchStrategy[tuple[str, bytes]]:
        good = body_of(name)
        odd = good.flatmap(lambda body: wrong(_plain(body)))
        return st.tuples(st.just(name), (good | odd).map(encoded))

    return st.sampled_from(sorted(COMMANDS.keys() - _LEFT_OUT)).flatmap(of)


def _plain(value: Any) -> Any:
    """Return the value without lone surrogates, which the sender of JSON cannot hold either."""
    return orjson.loads(encoded(value).replace(b"\\ud800", b"?"))


@tries(150)
@given(asked=bodies())
@example(asked=("app_choose_file", b'{"purpose": "base_gguf", "start": "~nobody-here/x"}'))
@example(asked=("app_choose_file", encoded({"purpose": "base_gguf", "start": "x" * 300})))
def test_no_command_fails_for_what_it_is_asked(asked: tuple[str, bytes]):
    name, body = asked
    assert refusal(name, body) != "internal", body


# The bridge

FRAME: dict[str, Any] = {"id": 1, "command": "app_about", "body": {}}
FRAMES = (
    wrong(FRAME).map(encoded)
    | damaged(orjson.dumps(FRAME))
    | st.tuples(st.sampled_from([2**64, 2**70, 10**4200, 10**4299]), _TEXTS).map(
        lambda drawn: (
            encoded({**FRAME, "id": 7, "body": {"n": drawn[0], "t": drawn[1]}})
            if drawn[0] < 10**100
            else b'{"id":1,"command":"app_about","body":{"n":1%s}}' % (b"0" * 4000)
        )
    )
)


@tries(40)
@given(frames=st.lists(FRAMES, min_size=1, max_size=4))
def test_the_bridge_answers_or_ends_the_connection(frames: list[bytes]):
    """Whatever it was sent, it then answers to the next tab."""

    async def action(access: Access) -> None:
        async with socket_of(access) as socket:
            with suppress(ConnectionClosed):
                for frame in frames:
                    await socket.send(frame.decode("utf-8", "replace"))
                    answer = orjson.loads(await socket.recv())
                    assert answer.keys() <= {"id", "response", "error"}
                    assert answer.get("error", {}).get("code") != "internal"
        async with socket_of(access) as socket:
            await socket.send(orjson.dumps(FRAME).decode())
            assert orjson.loads(await socket.recv())["response"]["face"] == "browser"

    asyncio.run(while_serving(action))


def socket_of(access: Access) -> connect:
    return connect(
        f"ws://127.0.0.1:{access.port}/ipc",
        origin=Origin(f"http://127.0.0.1:{access.port}"),
        open_timeout=None,  # a busy machine is not what is looked for
        subprotocols=[Subprotocol("raise-finetune"), Subprotocol(f"token.{access.token}")],
    )


async def while_serving(action: Callable[[Access], Awaitable[None]]) -> None:
    ready: asyncio.Queue[Access] = asyncio.Queue()
    serving = asyncio.create_task(server.serve_forever(0, ready.put_nowait))
    try:
        await action(await ready.get())
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@pytest.fixture(autouse=True, scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<!doctype html>")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "page_folder", lambda: folder)
        yield
