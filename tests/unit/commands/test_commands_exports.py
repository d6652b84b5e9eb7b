"""Exports as the page asks for them: preview, place, result, and the list of past ones."""

import hashlib
from pathlib import Path
from typing import Any, cast

import anyio
import orjson
import pytest

from raise_finetune.commands import history
from raise_finetune.commands.context import FaceName
from raise_finetune.commands.dispatch import Client, RejectedError, Send, dispatch
from raise_finetune.commands.registry import COMMANDS
from raise_finetune.dataset.output import Target
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.writing.unfinished import note_unfinished
from raise_finetune.demo.domain import write_demo
from raise_finetune.messages import text

Answer = dict[str, Any]
ALPACA = (
    '{"instruction":"What is the backup interval?","input":"","output":"Every night at 2 a.m."}'
)


class Face:
    """A face that writes down what it is asked, and says what it was told to."""

    name: FaceName = "desktop"

    def __init__(self, *, confirms: bool = False, picks: Path | None = None) -> None:
        self.confirms, self.picks = confirms, picks
        self.asked: list[str] = []

    def choose_folder(self, _title: str, _start: Path, /) -> Path | None:
        return None

    def choose_file(self, _title: str, _start: Path, _endings: tuple[str, ...], /) -> Path | None:
        return None

    def choose_save_path(self, title: str, start: Path, file_name: str, /) -> Path | None:
        self.asked.append(f"{title}: {start / file_name}")
        return self.picks

    def confirm(self, question: str, /) -> bool:
        self.asked.append(question)
        return self.confirms

    def close(self) -> None:
        pytest.fail("closed the window")


def _no_channel(channel: str) -> Send:
    pytest.fail(f"opened {channel}")


def ask(name: str, face: Face | None = None, /, **body: object) -> Answer:
    client = Client(face or Face(), _no_channel)
    return cast("Answer", orjson.loads(anyio.run(dispatch, name, orjson.dumps(body), client)))


def refusal(name: str, face: Face | None = None, /, **body: object) -> Answer:
    with pytest.raises(RejectedError) as caught:
        ask(name, face, **body)
    return cast("Answer", orjson.loads(caught.value.to_json()))


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "domain"
    write_demo(folder, 40)
    return folder


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, domain: Path) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RAISE_LANG", "en")
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(domain))
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "datasets"))
    return tmp_path


def default_recipe() -> Answer:
    return cast("Answer", ask("recipe_default")["recipe"])


def test_the_preview_shows_the_lines_of_the_file_and_counts_what_they_come_from(
    home: Path,
) -> None:
    recipe = default_recipe()
    preview = ask("export_preview", recipe=recipe, rows=20)["preview"]
    ask("ai_export_dataset", outputPath="all.jsonl", recipe=recipe)
    lines = (home / "datasets/training/all.jsonl").read_text("utf-8").splitlines()
    assert [row["line"] for row in preview["sample"]] == lines[:20]
    assert preview["rows"] == len(lines) == sum(preview["ratings"].values())

    only_conversations = {**recipe, "source": {**recipe["source"], "documentation": False}}
    without = ask("export_preview", recipe=only_conversations, rows=0)["preview"]
    assert (without["documentation"], without["sample"]) == (0, [])
    assert without["conversations"] == preview["conversations"] > 0
    assert without["rows"] == preview["rows"] - preview["documentation"]


def test_a_small_domain_gets_no_first_look_since_the_preview_is_as_quick() -> None:
    assert ask("export_glance", recipe=default_recipe()) == {"preview": None}


def test_only_what_writes_holds_the_window_open() -> None:
    assert COMMANDS["ai_export_dataset"].is_job
    assert not COMMANDS["export_preview"].is_job
    assert not COMMANDS["export_glance"].is_job
    assert not COMMANDS["exports_list"].is_job
    assert not COMMANDS["export_follow"].is_job


def test_a_recipe_with_a_wrong_value_names_its_field() -> None:
    recipe = default_recipe()
    recipe["filter"]["since"] = "yesterday"
    assert refusal("export_preview", recipe=recipe)["field"] == "recipe.filter.since"
    recipe["filter"]["since"] = ""
    recipe["output"]["valFraction"] = recipe["output"]["testFraction"] = 0.5
    assert refusal("export_preview", recipe=recipe)["field"] == "recipe.output"


def test_each_profile_shows_its_line() -> None:
    first, *others = ask("recipe_default")["profiles"]
    assert first == {
        "name": "inst",
        "example": '{"text":"<s>[INST] What is the backup interval? [/INST]'
        ' Every night at 2 a.m. </s>"}',
    }
    assert {"name": "alpaca", "example": ALPACA} in others


def test_lengths_are_those_of_the_texts_in_any_profile() -> None:
    recipe = default_recipe()
    lengths: dict[str, list[int]] = {}
    for profile in ("alpaca", "messages"):
        recipe["output"]["profile"] = profile
        preview = ask("export_preview", recipe=recipe, rows=0)["preview"]
        lengths[profile] = [bar["rows"] for bar in preview["lengths"]]
    # The messages say the same, and the role of each besides.
    assert lengths["messages"][0] <= lengths["alpaca"][0]
    assert sum(lengths["messages"][1:]) >= sum(lengths["alpaca"][1:]) > 0


def test_a_recipe_survives_its_text() -> None:
    recipe = default_recipe()
    recipe["filter"]["tags"] = ["sécurité", 'a"b']
    recipe["rating"]["minimum"] = 4.5
    toml = ask("recipe_format", recipe=recipe)["toml"]
    assert ask("recipe_parse", toml=toml)["recipe"] == recipe
    assert refusal("recipe_parse", toml="rating = 3")["code"] == "recipe_invalid"


def test_a_finished_export_is_on_the_list_under_its_time(home: Path) -> None:
    made = ask("ai_export_dataset", outputPath="first.jsonl")
    (listed,) = ask("exports_list")["exports"]
    assert listed["past"]["when"] == made["when"]
    assert listed["past"]["report"] == made["report"]
    assert (listed["loader"], listed["commandLine"]) == (made["loader"], made["commandLine"])
    assert listed["exists"]
    (file,) = made["report"]["files"]
    path = home / "datasets/training/first.jsonl"
    assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    path.unlink()
    (listed,) = ask("exports_list")["exports"]
    assert not listed["exists"]
    assert refusal("exports_reveal", when=made["when"])["code"] == "export_gone"


def test_an_export_succeeds_also_where_its_report_cannot_be_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "a file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "a file"))
    made = ask("ai_export_dataset", outputPath="mine")
    assert made["report"]["rows"] > 0
    assert (home / "datasets/training/mine/data/train.jsonl").is_file()
    assert ask("exports_list") == {"exports": []}
    assert refusal("exports_reveal", when=made["when"])["message"] == (
        f"The dataset {made['when']} is no longer there."
    )


@pytest.mark.parametrize(("name", "opened"), [("mine", "mine"), ("mine.jsonl", "")])
def test_a_dataset_is_shown_in_its_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, opened: str
) -> None:
    made = ask("ai_export_dataset", outputPath=name)
    opener = home / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {home}/opened\n')
    opener.chmod(0o700)
    monkeypatch.setenv("PATH", str(opener.parent))
    ask("exports_reveal", when=made["when"])
    assert Path((home / "opened").read_text()) == home / "datasets" / "training" / opened

    opener.write_text("#!/bin/sh\nexit 3\n")
    assert refusal("exports_reveal", when=made["when"])["code"] == "no_file_manager"
    opener.unlink()
    assert refusal("exports_reveal", when=made["when"])["code"] == "no_file_manager"


def test_a_forgotten_export_can_be_restored_until_the_next_one() -> None:
    first = ask("ai_export_dataset", outputPath="first.jsonl")["when"]
    second = ask("ai_export_dataset", outputPath="second.jsonl")["when"]
    assert times(ask("exports_forget", when=first)) == [second]
    assert times(ask("exports_restore", when=first)) == [second, first]
    ask("exports_forget", when=first)
    third = ask("ai_export_dataset", outputPath="third.jsonl")["when"]
    assert times(ask("exports_restore", when=first)) == [third, second]


def times(answer: Answer) -> list[str]:
    return [listed["past"]["when"] for listed in answer["exports"]]


@pytest.mark.parametrize("when", ["", "*", "2026-*", "../../etc"])
def test_only_a_time_names_an_export(when: str) -> None:
    for name in ("exports_forget", "exports_restore", "exports_reveal"):
        assert refusal(name, when=when)["field"] == "when"


@pytest.mark.parametrize("path", ["{home}/elsewhere.jsonl", "~/elsewhere.jsonl"])
def test_the_page_may_not_write_where_the_user_did_not_choose(home: Path, path: str) -> None:
    asked = path.format(home=home)
    face = Face()
    assert refusal("ai_export_dataset", face, outputPath=asked)["code"] == "output_not_chosen"
    target = home / "elsewhere.jsonl"
    assert face.asked == [text("dialog.confirm_output", "en", path=target)]
    assert not target.exists()
    ask("ai_export_dataset", Face(confirms=True), outputPath=asked)
    assert target.is_file()


def test_the_folder_for_datasets_itself_is_no_place_in_it(home: Path) -> None:
    face = Face()
    folder = home / "datasets"
    assert refusal("ai_export_dataset", face, outputPath=str(folder))["code"] == "output_not_chosen"
    assert face.asked == [text("dialog.confirm_output", "en", path=folder)]


def test_a_path_picked_in_the_dialog_needs_no_question(home: Path) -> None:
    target = home / "picked.jsonl"
    face = Face(picks=target)
    chosen = ask("export_choose_output", face, name="picked.jsonl")
    assert chosen == {"path": str(target)}
    assert face.asked == [f"Save the dataset: {home}/datasets/training/picked.jsonl"]
    ask("ai_export_dataset", Face(), outputPath=chosen["path"])
    assert target.is_file()


@pytest.mark.parametrize(
    ("path", "code"),
    [("~nobody-has-this-name/x.jsonl", "home_unknown"), ("/x\0.jsonl", "output_path_empty")],
)
def test_what_is_no_path_is_refused_in_words(path: str, code: str) -> None:
    assert refusal("ai_export_dataset", outputPath=path)["code"] == code


def test_a_row_of_the_preview_is_shown_as_tokens() -> None:
    recipe = default_recipe()
    recipe["tokens"].update(tokenizer="mistral-v3", maxLength=8)
    preview = ask("export_preview", recipe=recipe, rows=1)["preview"]
    assert preview["tokens"]["counts"]["rows"] == preview["rows"]
    (row,) = preview["sample"]
    view = ask("dataset_preview_tokens", recipe=recipe, record=row["record"])
    assert (view["profile"], view["maxLength"]) == ("inst", 8)
    first, second = view["tokens"][:2]
    assert first == {"id": 1, "piece": "<s>", "control": True, "state": "masked"}
    assert second == {"id": 3, "piece": "[INST]", "control": True, "state": "masked"}
    assert {token["state"] for token in view["tokens"][8:]} == {"truncated"}


@pytest.mark.parametrize(
    ("tokenizer", "record", "code"),
    [("", "x", "tokenizer_unknown"), ("mistral-v3", "x/y#1", "record_not_exported")],
)
def test_tokens_of_nothing_are_refused(tokenizer: str, record: str, code: str) -> None:
    recipe = default_recipe()
    recipe["tokens"]["tokenizer"] = tokenizer
    assert refusal("dataset_preview_tokens", recipe=recipe, record=record)["code"] == code


def test_only_the_last_exports_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_KEPT", 2)
    ask("ai_export_dataset", outputPath="all.jsonl")
    (first,) = history.past_exports()
    later = [history.remember(Path(first.root), first.recipe, first.report) for _ in range(2)]
    assert [past.when for past in history.past_exports()] == [later[1].when, later[0].when]


def test_of_two_exports_that_were_killed_one_is_dismissed(home: Path, domain: Path) -> None:
    outputs = [home / "a.jsonl", home / "b.jsonl"]
    for output in outputs:
        note_unfinished(domain, Target(output, "file"), ExportRecipe())
    listed = ask("exports_interrupted")["exports"]
    assert sorted(each["output"] for each in listed) == [str(output) for output in outputs]
    assert [each["isOfThisFolder"] for each in listed] == [True, True]
    (left,) = ask("exports_interrupted_dismiss", output=str(outputs[0]))["exports"]
    assert left["output"] == str(outputs[1])
