"""The *Models* and *Compare* screens' commands, on a run whose adapter is random."""

import os
import shlex
import shutil
import signal
import time
from collections.abc import Generator
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any, cast

import anyio
import orjson
import psutil
import pytest
from typer.testing import CliRunner

from models.handmade import double_weights
from models.peft_adapters import random_adapter
from models.training import prepare, quick_config
from raise_finetune.cli.application import app
from raise_finetune.commands.comparison_session import (
    close_comparison,
    new_session,
    open_session,
)
from raise_finetune.commands.context import Context, Face
from raise_finetune.commands.dispatch import Client, RejectedError, Send, dispatch
from raise_finetune.commands.opening import close_domain
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.exports.explanation import explain_row
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sources.feedback import GENERATED, read_feedback
from raise_finetune.dataset.sources.forgotten import Forgotten, keep_forgotten
from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.dataset.verification.existing import open_dataset
from raise_finetune.demo.domain import write_demo
from raise_finetune.errors import CancelledError, FailedError
from raise_finetune.inference.bases import make_base_gguf
from raise_finetune.inference.held_out import held_out_rows
from raise_finetune.paths import bases_home, runs_home
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.training.events import EventWriter
from raise_finetune.training.runs import AdapterLineage, Run, find_run

Answer = dict[str, Any]
NAME = "run-1"


@pytest.fixture(scope="module")
def made_run(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    run = prepare(quick_config(tiny_dataset, tiny_mistral), tmp_path_factory.mktemp("r") / NAME)
    random_adapter(tiny_mistral, run.adapter)
    shutil.copy(run.folder / "run.json", run.adapter / "raise.json")
    tokenizer = load_tokenizer(str(tiny_mistral))
    rows = held_out_rows(tiny_dataset, get_text_profile("inst"), 2)
    prompts = [{"prompt": row.prompt, "ids": tokenizer.encode_line(row.prompt)} for row in rows]
    run.parity.write_bytes(orjson.dumps(prompts))
    return run.folder


@pytest.fixture
def run(made_run: Path) -> Generator[Path]:
    folder = runs_home() / NAME
    shutil.copytree(made_run, folder)
    yield folder
    close_comparison()


@pytest.fixture
def domain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    folder = tmp_path / "domain"
    write_demo(folder, conversations=0, seed=0)
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(folder))
    close_domain()
    yield folder
    close_domain()


def ask(name: str, progress: list[Answer] | None = None, /, **body: object) -> Answer:
    def open_channel(_channel: str) -> Send:
        return lambda message: None if progress is None else progress.append(orjson.loads(message))

    if progress is not None:
        body["onProgress"] = "__CHANNEL__:1"
    client = Client(cast("Face", None), open_channel)
    return cast("Answer", orjson.loads(anyio.run(dispatch, name, orjson.dumps(body), client)))


def refusal(name: str, /, **body: object) -> str:
    with pytest.raises(RejectedError) as caught:
        ask(name, **body)
    return caught.value.error.code


@pytest.mark.usefixtures("run")
def test_a_run_is_listed_with_its_lineage(tiny_dataset: Path, tiny_mistral: Path):
    (model,) = ask("models_list")["models"]
    assert model["run"] == NAME
    assert model["dataset"] == str(tiny_dataset)
    assert model["base"] == str(tiny_mistral)
    assert model["profile"] == "inst"
    assert (model["hasAdapter"], model["datasetExists"], model["baseExists"]) == (True, True, True)
    assert (model["gguf"], model["modelfile"], model["loss"]) == (None, None, None)


def test_a_loss_taken_before_the_first_step_is_not_the_adapters(run: Path):
    events = EventWriter(Run(run).events)
    events.write("eval", step=0, max_steps=9, epoch=0, eval_loss=8.0)
    events.write("log", step=3, max_steps=9, epoch=0.3, loss=7.5)
    (model,) = ask("models_list")["models"]
    assert (model["steps"], model["evalLoss"], model["evalStep"]) == (3, None, None)
    shown = CliRunner().invoke(app, ["runs", "show", NAME]).stdout
    assert "validation rows: 8.0000 before training; not taken since\n" in shown

    events.write("eval", step=3, max_steps=9, epoch=0.3, eval_loss=7.0)
    (model,) = ask("models_list")["models"]
    assert (model["steps"], model["evalLoss"], model["evalStep"]) == (3, 7.0, 3)
    shown = CliRunner().invoke(app, ["runs", "show", NAME]).stdout
    assert "validation rows: 8.0000 before training, 7.0000 at step 3\n" in shown


def test_what_is_told_of_an_adapter_is_of_its_own_step(run: Path):
    events = EventWriter(Run(run).events)
    for step, loss in enumerate((8.0, 8.0, 8.5)):
        events.write("eval", step=step, max_steps=2, epoch=step, eval_loss=loss)
    events.write("log", step=2, max_steps=2, epoch=2.0, loss=1.0)
    of_the_run = Run(run).lineage()
    best = AdapterLineage(**dict(of_the_run), step=1, eval_loss=8.0)
    (run / "adapter" / "raise.json").write_bytes(best.to_json())
    (model,) = ask("models_list")["models"]
    assert (model["steps"], model["evalLoss"], model["evalStep"]) == (2, 8.0, 1)
    shown = CliRunner().invoke(app, ["runs", "show", NAME]).stdout
    assert shown.splitlines()[1:5] == [
        "Loss on the validation rows: 8.0000 before training, 8.5000 at step 2",
        f"Adapter: {run / 'adapter'}",
        "It is the adapter of step 1, which had the lowest loss on the validation rows: 8.0000.",
        "The adapter answers the validation rows no better than the base alone: more rows or "
        "better ones, a lower learning rate or fewer epochs may help.",
    ]


def test_an_adapter_is_converted_described_and_deleted(run: Path, tiny_mistral: Path):
    converted = ask("models_convert", run=NAME)
    (model,) = converted["models"]
    assert converted["notices"] == []
    adapter = run / "adapter.gguf"
    assert model["gguf"] == {"path": str(adapter), "bytes": adapter.stat().st_size}
    described = ask("models_modelfile", run=NAME)
    assert described["notices"] == []
    assert described["path"] == str(run / "Modelfile")
    lines = (run / "Modelfile").read_text("utf-8").splitlines()
    assert lines[1:3] == [f"FROM {tiny_mistral}", f"ADAPTER {adapter}"]
    assert "PARAMETER num_ctx 160" in lines
    (run.parent / "kept").mkdir()
    assert ask("models_delete", run=NAME) == {"models": []}
    assert [path.name for path in runs_home().iterdir()] == ["kept"]


def test_the_line_for_ollama_is_one_whatever_the_folder(
    made_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "my data"))
    shutil.copytree(made_run, runs_home() / NAME)
    described = ask("models_modelfile", run=NAME)
    place = str(runs_home() / NAME / "Modelfile")
    assert described["path"] == place
    assert shlex.split(described["commandLine"]) == ["ollama", "create", NAME, "-f", place]


@pytest.fixture
def other_base(run: Path, tiny_mistral: Path, tmp_path: Path) -> Path:
    """A base of the same name with other weights, in the place of the one that was trained on."""
    folder = tmp_path / "elsewhere" / tiny_mistral.name
    shutil.copytree(tiny_mistral, folder)
    double_weights(folder / "model.safetensors")
    config = (run / "training.toml").read_text("utf-8")
    config = config.replace(str(tiny_mistral), str(folder))
    (run / "training.toml").write_text(config, "utf-8")
    return folder


def test_other_weights_than_those_that_were_trained_on_are_told(
    run: Path, other_base: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_LANG", "en")
    notice = (
        f"{run / 'adapter'} was trained on other weights than those in {{}}, although the name is "
        "the same; with these, its answers may make no sense."
    )
    expected = [notice.format(other_base)]
    assert ask("models_convert", run=NAME)["notices"] == expected
    assert ask("models_modelfile", run=NAME)["notices"] == expected
    assert ask("compare_start", run=NAME, scoreRows=0, rows=1)["notices"] == expected
    close_comparison()

    base = make_base_gguf(other_base, bases_home())
    command = ["compare", run / "adapter.gguf", "--base", base, "--prompt", "a"]
    done = CliRunner().invoke(app, [str(each) for each in (*command, "--max-tokens", 1)])
    assert (done.exit_code, done.stderr) == (
        0,
        f"Warning: {notice.format(base).replace('/adapter was', '/adapter.gguf was')}\n",
    )


@pytest.mark.usefixtures("run")
def test_both_sides_answer_and_the_better_one_is_learned(
    domain: Path, tiny_dataset: Path, tmp_path: Path
):
    steps: list[Answer] = []
    opened = ask("compare_start", steps, run=NAME, scoreRows=2, rows=2)
    assert [each["row"] for each in opened["prompts"]] == [1, 2]
    assert (opened["tooLong"], opened["loss"]["rows"]) == (0, 2)
    assert opened["notices"] == []
    assert opened["loss"]["base"] != opened["loss"]["adapter"]
    assert steps[-1] == {"stage": "scoring", "done": 2, "total": 2}

    so_far: list[Answer] = []
    answers = ask("compare_generate", so_far, run=NAME, row=1, maxTokens=12)["answers"]
    assert answers["base"] != answers["adapter"]
    assert answers["expected"] == opened["prompts"][0]["expected"]
    assert (so_far[-1]["base"].strip(), so_far[-1]["adapter"].strip()) == (
        answers["base"],
        answers["adapter"],
    )
    asked = {key: answers[key] for key in ("base", "adapter")}
    ask("compare_mark", run=NAME, row=1, winner="adapter", **asked)
    question = opened["prompts"][0]["messages"][-1]["content"]
    assert generated(domain) == {answers["adapter"]: 5.0, answers["base"]: 1.0}
    assert exported(domain, tmp_path / "one.jsonl", question, answers["adapter"]) == 1
    assert exported(domain, tmp_path / "two.jsonl", question, answers["base"]) == 0
    origin = explain_row(open_dataset(tiny_dataset), "val:1").origin
    assert origins(domain) == {origin}
    keep_forgotten(StorageEngine(domain), [Forgotten(target=origin)])
    assert exported(domain, tmp_path / "three.jsonl", question, answers["adapter"]) == 0
    ask("compare_mark", run=NAME, row=1, winner=None, **asked)
    assert generated(domain) == {}


def test_questions_that_are_too_long_are_counted_and_not_offered(
    run: Path, tiny_dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_LANG", "en")
    dataset = tmp_path / "dataset"
    shutil.copytree(tiny_dataset, dataset)
    config = (run / "training.toml").read_text("utf-8")
    config = config.replace(str(tiny_dataset), str(dataset)).replace(
        "verify = true", "verify = false"
    )
    (run / "training.toml").write_text(config, "utf-8")
    file = dataset / "data/val.jsonl"
    first, second = file.read_bytes().splitlines()[:2]
    long = first.replace(b"[INST]", b"[INST] " + b"word " * 1600, 1)
    file.write_bytes(b"\n".join((long, second, long, first)) + b"\n")
    opened = ask("compare_start", run=NAME, scoreRows=0, rows=3)
    assert [each["row"] for each in opened["prompts"]] == [2, 4]
    assert (opened["tooLong"], opened["context"]) == (2, 160 + 1024)
    with pytest.raises(RejectedError) as caught:
        ask("compare_generate", run=NAME, row=1)
    assert caught.value.error.code == "prompt_too_long"
    assert caught.value.error.hint.endswith("max_length and 1,024 tokens for the answer.")
    # Later rows fill the list up to as many as are asked for, and no others are counted.
    opened = ask("compare_start", run=NAME, scoreRows=2, rows=1)
    assert [each["row"] for each in opened["prompts"]] == [2]
    loss = opened["loss"]
    assert (opened["tooLong"], loss["rows"], loss["skipped"]) == (1, 1, 1)
    # A dataset of long rows alone is not read to its end for them.
    file.write_bytes(b"\n".join([long] * 10 + [second]) + b"\n")
    opened = ask("compare_start", run=NAME, scoreRows=0, rows=1)
    assert (opened["prompts"], opened["tooLong"]) == ([], 10)
    opened = ask("compare_start", run=NAME, scoreRows=0, rows=2)
    assert [each["row"] for each in opened["prompts"]] == [11]


def test_an_answer_is_of_the_record_that_its_row_was_of_when_it_was_read(
    run: Path, domain: Path, tiny_dataset: Path, tmp_path: Path
):
    dataset = tmp_path / "dataset"
    shutil.copytree(tiny_dataset, dataset)
    config = (run / "training.toml").read_text("utf-8")
    (run / "training.toml").write_text(config.replace(str(tiny_dataset), str(dataset)), "utf-8")
    ask("compare_start", run=NAME, scoreRows=0, rows=1)
    shutil.rmtree(dataset)  # or exported anew, with other rows
    ask("compare_mark", run=NAME, row=1, base="b", adapter="a", winner="adapter")
    assert origins(domain) == {explain_row(open_dataset(tiny_dataset), "val:1").origin}


def generated(domain: Path) -> dict[str, float]:
    """Return the ratings of generated answers that the domain holds."""
    return {
        feedback.conversation.messages[-1]["content"]: feedback.rating
        for _, feedback in read_feedback(StorageEngine(domain))
        if feedback.target.startswith(f"{GENERATED}/")
    }


def origins(domain: Path) -> set[str]:
    """Return what the prompts of the rated answers were taken from."""
    return {feedback.origin for _, feedback in read_feedback(StorageEngine(domain))}


def exported(domain: Path, output: Path, question: str, answer: str) -> int:
    """Return how many rows of an export ask the question and teach the answer."""
    recipe = ExportRecipe.model_validate(
        {"output": {"profile": "messages", "val_fraction": 0}, "sanitize": {"enabled": False}}
    )
    export_dataset(recipe, output, root=domain)
    rows = [orjson.loads(line)["messages"] for line in output.read_bytes().splitlines()]
    return sum((row[-2]["content"], row[-1]["content"]) == (question, answer) for row in rows)


@pytest.mark.usefixtures("run")
def test_equal_answers_cannot_be_better_than_each_other(domain: Path):
    ask("compare_start", run=NAME, scoreRows=0, rows=1)
    asked: dict[str, object] = {"run": NAME, "question": "a", "base": "b", "adapter": "b"}
    assert refusal("compare_mark", winner="base", **asked) == "compare_same_answers"
    ask("compare_mark", winner="both", **asked)
    assert (generated(domain), origins(domain)) == ({"b": 5.0}, {""})


@pytest.mark.usefixtures("run", "domain")
def test_a_reloaded_page_is_told_what_is_open_and_was_answered_and_marked():
    nothing = {"opened": None, "exchange": None}
    assert ask("compare_current") == nothing
    opened = ask("compare_start", run=NAME, scoreRows=0, rows=1)
    assert ask("compare_current") == {"opened": opened, "exchange": None}
    answers = ask("compare_generate", run=NAME, question="a", maxTokens=3)["answers"]
    exchange = {"row": None, "question": "a", "answers": answers, "winner": None}
    assert ask("compare_current") == {"opened": opened, "exchange": exchange}
    marked: dict[str, object] = {"run": NAME, "question": "a"}
    ask("compare_mark", winner="both", base="b", adapter="of another page", **marked)
    assert ask("compare_current")["exchange"] == exchange
    sides = {side: answers[side] for side in ("base", "adapter")}
    ask("compare_mark", winner="neither", **marked, **sides)
    assert ask("compare_current")["exchange"] == {**exchange, "winner": "neither"}
    assert refusal("compare_generate", run=NAME, question="a " * 2000) == "prompt_too_long"
    assert ask("compare_current") == {"opened": opened, "exchange": None}
    os.kill(open_session(NAME).comparer.inference.pid, signal.SIGKILL)
    assert refusal("compare_generate", run=NAME, row=1) == "inference_died"
    assert ask("compare_current") == nothing


@pytest.mark.usefixtures("run")
def test_who_asks_again_ends_the_answer_that_nobody_waits_for_any_more():
    ask("compare_start", run=NAME, scoreRows=0, rows=0)
    session = open_session(NAME)
    context = cast("Context", SimpleNamespace(cancelled=lambda: False))
    entered = Event()

    def wait_for_the_end() -> None:
        with session.asked_by(context):
            entered.set()
            while not session.cancelled():
                time.sleep(0.01)

    left = Thread(target=wait_for_the_end)
    left.start()
    assert entered.wait(10)
    assert ask("compare_generate", run=NAME, question="a", maxTokens=2)["answers"]["row"] is None
    left.join(10)
    assert not left.is_alive()


@pytest.mark.usefixtures("run")
def test_a_killed_process_is_told_and_the_comparison_can_be_opened_again():
    ask("compare_start", run=NAME, scoreRows=0, rows=1)
    os.kill(open_session(NAME).comparer.inference.pid, signal.SIGKILL)
    assert refusal("compare_generate", run=NAME, row=1) == "inference_died"
    assert refusal("compare_generate", run=NAME, row=1) == "compare_not_open"
    ask("compare_start", run=NAME, scoreRows=0, rows=1)
    assert refusal("compare_generate", run=NAME, row=7) == "compare_row_unknown"
    assert ask("compare_generate", run=NAME, question="a", maxTokens=3)["answers"]["row"] is None
    ask("compare_stop")
    assert refusal("compare_generate", run=NAME, row=1) == "compare_not_open"


@pytest.mark.usefixtures("run")
def test_a_comparison_that_fails_leaves_the_one_opened_in_its_place():
    ask("compare_start", run=NAME, scoreRows=0, rows=1)
    first = open_session(NAME)
    ask("compare_start", run=NAME, scoreRows=0, rows=1)
    context = cast("Context", SimpleNamespace(cancelled=lambda: False))
    with pytest.raises(FailedError), first.asked_by(context) as comparer:
        comparer.inference.tokenize("a")
    assert open_session(NAME) is not first
    assert ask("compare_generate", run=NAME, row=1, maxTokens=2)["answers"]["row"] == 1


def test_a_comparison_that_is_closed_while_it_opens_leaves_no_process(
    run: Path, tiny_mistral: Path
):
    adapter = run / "adapter.gguf"
    ask("models_convert", run=NAME)
    base = make_base_gguf(tiny_mistral, bases_home())
    session = new_session(NAME)

    def close_meanwhile() -> bool:
        close_comparison(NAME)
        return False

    session.cancel_with(close_meanwhile)
    before = psutil.Process().children()
    with pytest.raises(CancelledError):
        session.load(find_run(runs_home(), NAME), base, adapter, 512)
    assert psutil.Process().children() == before


def test_a_broken_adapter_file_is_refused(run: Path):
    ask("models_convert", run=NAME)
    (run / "adapter.gguf").write_bytes(b"GGUF")
    assert refusal("compare_start", run=NAME) == "gguf_unreadable"
    assert refusal("compare_generate", run=NAME, row=1) == "compare_not_open"


def test_another_template_than_the_trained_one_is_caught(run: Path):
    prompts = orjson.loads((run / "parity.json").read_bytes())
    changed = [{**each, "prompt": each["prompt"].replace("[INST] ", "[INST]")} for each in prompts]
    (run / "parity.json").write_bytes(orjson.dumps(changed))
    assert refusal("compare_start", run=NAME) == "prompt_differs"
    (base,) = bases_home().iterdir()
    arguments = ["compare", run / "adapter.gguf", "--base", base, "--prompt", "a"]
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "does not write the prompts that were trained on" in done.stderr


def test_a_folder_is_no_base_to_compare_with(
    run: Path, tiny_mistral: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_LANG", "en")
    ask("models_convert", run=NAME)
    arguments = ["compare", run / "adapter.gguf", "--base", tiny_mistral, "--prompt", "a"]
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"Error: {tiny_mistral} is a folder: a comparison needs the base as one GGUF file.\n"
        "“raise-finetune adapter base” makes one of a model’s folder.\n"
    )
    assert refusal("compare_start", run=NAME, baseGguf=str(tiny_mistral)) == "base_is_folder"


def test_a_run_that_cannot_be_read_does_not_hide_the_others(run: Path):
    shutil.copytree(run, run.with_name("damaged"))
    (run.with_name("damaged") / "run.json").write_bytes(b"{")
    assert [model["run"] for model in ask("models_list")["models"]] == [NAME]


def test_an_unknown_run():
    for name in ("models_convert", "models_modelfile", "models_delete", "compare_start"):
        assert refusal(name, run="nope") == "run_unknown"
