"""The system's dialogs, as far as the page can ask for them."""

from pathlib import Path
from typing import Any, cast

import anyio
import orjson
import pytest

from raise_finetune.commands.context import FaceName
from raise_finetune.commands.dispatch import Client, RejectedError, Send, dispatch


class Face:
    """A face that writes down how its dialogs were asked for, and picks what it is given."""

    name: FaceName = "desktop"

    def __init__(self, picks: Path | None) -> None:
        self.asked: tuple[object, ...] = ()
        self._picks = picks

    def choose_folder(self, title: str, start: Path, /) -> Path | None:
        self.asked = (title, start)
        return self._picks

    def choose_file(self, title: str, start: Path, endings: tuple[str, ...], /) -> Path | None:
        self.asked = (title, start, endings)
        return self._picks

    def choose_save_path(self, _title: str, _start: Path, _name: str, /) -> Path | None:
        pytest.fail("asked where to save")

    def confirm(self, _question: str, /) -> bool:
        pytest.fail("asked a question")

    def close(self) -> None:
        pytest.fail("closed the window")


def _no_channel(channel: str) -> Send:
    pytest.fail(f"opened {channel}")


def ask(name: str, face: Face, **body: object) -> dict[str, Any]:
    client = Client(face, _no_channel)
    answer = anyio.run(dispatch, name, orjson.dumps(body), client)
    return cast("dict[str, Any]", orjson.loads(answer))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RAISE_LANG", "en")
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("PATH_RAISE_DOMAIN", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("purpose", "title"),
    [
        ("data", "Choose the data folder"),
        ("dataset", "Choose the dataset’s folder"),
        ("base_model", "Choose the base model’s folder"),
        ("ner_model", "Choose the folder of the named-entity model"),
    ],
)
def test_the_dialog_for_a_folder_says_what_it_is_for(purpose: str, title: str, home: Path) -> None:
    face = Face(picks=home / "picked")
    answer = ask("app_choose_folder", face, purpose=purpose, start="~/here")
    assert answer == {"path": str(home / "picked")}
    assert face.asked == (title, home / "here")


def test_a_folder_is_looked_for_from_the_data_folder_on(home: Path) -> None:
    face = Face(picks=None)
    assert ask("app_choose_folder", face) == {"path": None}
    assert face.asked == ("Choose the data folder", home / "raise_domain")


@pytest.mark.parametrize(
    ("start", "shown"),
    [(None, ""), ("", ""), ("models", "models"), ("models/base.gguf", "models")],
)
def test_a_file_is_looked_for_where_the_one_before_lies(
    start: str | None, shown: str, home: Path
) -> None:
    (home / "models").mkdir()
    (home / "models/base.gguf").write_bytes(b"GGUF")
    face = Face(picks=home / "models/other.gguf")
    given = str(home / start) if start else start
    answer = ask("app_choose_file", face, purpose="base_gguf", start=given)
    assert answer == {"path": str(home / "models/other.gguf")}
    assert face.asked == ("Choose the base’s GGUF file", home / shown, ("gguf",))


def test_the_page_has_no_say_in_what_a_dialog_says(home: Path) -> None:
    face = Face(picks=home)
    with pytest.raises(RejectedError) as caught:
        ask("app_choose_file", face, purpose="Type your password", start="")
    assert orjson.loads(caught.value.to_json())["code"] == "invalid_request"
    assert face.asked == ()
