"""Training as the window asks for it: presets, estimate, start, follow, stop, resume, delete."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import anyio
import orjson
import pytest
from typer.testing import CliRunner

from domains.process import start
from models.training import events_of, quick_config, trainer_of
from raise_finetune.cli.application import app
from raise_finetune.commands.context import Face
from raise_finetune.commands.dispatch import Client, RejectedError, dispatch
from raise_finetune.messages import LANGUAGES
from raise_finetune.paths import runs_home
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.config_file import format_config
from raise_finetune.training.devices import Gpu
from raise_finetune.training.estimate import estimate_training
from raise_finetune.training.events import EventWriter, last_event
from raise_finetune.training.presets import PRESET_NAMES
from raise_finetune.training.runs import Run, find_run
from raise_finetune.training.sizes import size_said

Answer = dict[str, Any]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "home"))
    monkeypatch.setenv("RAISE_LANG", "en")


def ask(name: str, /, **body: object) -> Answer:
    client = Client(cast("Face", None), lambda channel: pytest.fail(f"opened {channel}"))
    return cast("Answer", orjson.loads(anyio.run(dispatch, name, orjson.dumps(body), client)))


def refusal(name: str, /, **body: object) -> Answer:
    with pytest.raises(RejectedError) as caught:
        ask(name, **body)
    return cast("Answer", orjson.loads(caught.value.to_json()))


def on_the_wire(config: TrainingConfig) -> Answer:
    return config.model_dump(mode="json", by_alias=True)


def wait_for(name: str, *states: str) -> Answer:
    deadline = time.monotonic() + 300
    while (view := ask("training_run", name=name))["run"]["status"]["state"] not in states:
        assert time.monotonic() < deadline, view
        time.sleep(0.2)
    return view


def test_presets_are_for_this_machine():
    answer = ask("training_presets")
    assert [preset["name"] for preset in answer["presets"]] == list(PRESET_NAMES)
    assert answer["missing"] is None
    assert answer["presets"][0]["config"]["quantization"]["loadIn4Bit"] is True


def test_a_configuration_goes_to_toml_and_back():
    config = ask("training_presets")["presets"][2]["config"]
    written = ask("training_config_format", config=config)["toml"]
    assert written.startswith("# Training configuration")
    assert ask("training_config_parse", toml=written)["config"] == config
    error = refusal("training_config_parse", toml="[lora]\nr = 0")
    assert (error["code"], error["message"]) == (
        "training_config_invalid",
        "“lora.r” in the configuration’s text is not valid: it must be at least 1.",
    )


def test_an_estimate_is_what_happens(trained_mistral: Run, tiny_dataset: Path, tiny_mistral: Path):
    changes = {"training": {"max_steps": -1, "num_train_epochs": 2.0}}
    config = quick_config(tiny_dataset, tiny_mistral, changes)
    answer = ask("training_estimate", config=on_the_wire(config))
    estimate = answer["estimate"]
    (start,) = events_of(trained_mistral, "start")
    assert estimate["train"]["keptRows"] == start["rows"]
    assert estimate["val"]["keptRows"] == start["val_rows"]
    assert estimate["trainableParameters"] == start["trainable_parameters"]
    assert estimate["stepsPerEpoch"] == -(-start["rows"] // 4)
    assert estimate["steps"] == 2 * estimate["stepsPerEpoch"]
    checkpoint = trained_mistral.checkpoints / "checkpoint-30"
    taken = [sum(file.stat().st_size for file in each.iterdir())
             for each in (checkpoint, trained_mistral.adapter)]  # fmt: skip
    # Beside the weights lie some small files, which count for nothing in a model of a real size.
    assert 0 < taken[0] - estimate["checkpointBytes"] < 50_000
    assert 0 < taken[1] - estimate["adapterBytes"] < 20_000
    assert estimate["diskBytes"] == 3 * estimate["checkpointBytes"] + 3 * estimate["adapterBytes"]
    dropped = estimate["train"]["droppedRows"]
    assert dropped == estimate["train"]["rows"] - start["rows"] > 0
    trimmed = estimate["train"]["trimmedRows"]
    assert [event["params"]["rows"] for event in events_of(trained_mistral, "notice")] == [
        str(dropped),
        str(trimmed),
    ]
    *others, last = answer["notices"]
    assert last.startswith("The base’s tokenizer reads ")  # see test_training_exactness
    assert others == [
        f"{dropped} rows are left out: the answer would lose its end at max_length. "
        "A larger one keeps more of them.",
        f"{trimmed} rows are trained on without the oldest exchanges of their context, "
        "to fit into max_length.",
    ]


def test_an_estimate_knows_the_machine_it_is_made_on(tiny_dataset: Path, tiny_mistral: Path):
    changes = {
        "model": {"device": "auto"},
        "data": {"max_length": 4096},
        "training": {"gradient_accumulation_steps": 4},
    }
    config = quick_config(tiny_dataset, tiny_mistral, changes)
    without = estimate_training(config)
    (inexact,) = without.notices
    assert (without.memory.context, inexact.code) == (640 * 2**20, "profile_inexact")
    large, small = (Gpu(name="card", memory=size * 2**20) for size in (80_000, 500))
    with_cards = estimate_training(config, [small, large])
    assert with_cards.memory.context == 800 * 2**20
    _, notice = with_cards.notices
    assert (notice.code, notice.params["rows"], notice.params["accumulation"]) == (
        "gpu_has_room",
        "16",
        "1",
    )
    assert notice.said("en").startswith("The card has room for 16 rows at a time (")
    estimate = estimate_training(config, [small])
    _, notice = estimate.notices
    assert (notice.code, notice.params) == (
        "gpu_too_small",
        {"needed": estimate.memory.total, "available": 500 * 2**20},
    )
    assert [notice.said(language) for language in LANGUAGES] == [
        f"Il faut environ {size_said(estimate.memory.total, 'fr')} de mémoire de la carte\u00a0; "
        "elle en a 0,5\u00a0Gio.",
        f"This takes about {size_said(estimate.memory.total, 'en')} of the card’s memory; "
        "it has 0.5\u00a0GiB.",
    ]


def test_a_run_from_the_window(tiny_dataset: Path, tiny_mistral: Path, trained_mistral: Run):
    config = on_the_wire(quick_config(tiny_dataset, tiny_mistral))
    started = ask("training_start", config=config)["run"]["status"]
    name = started["name"]
    assert (started["state"], started["adapter"]) == ("starting", "")
    assert refusal("training_resume", name=name)["code"] == "run_busy"
    assert refusal("training_delete", name=name)["code"] == "run_busy"
    view = wait_for(name, "running", "finished")
    while not view["points"]:
        view = ask("training_run", name=name)
    assert ask("training_pause", name=name)["run"]["status"]["state"] in ("pausing", "paused")
    view = wait_for(name, "paused")
    assert view["run"]["status"]["adapter"].endswith("adapter")
    step = view["run"]["status"]["step"]
    assert 1 <= step < 30
    assert view["points"][-1]["step"] == step
    assert view["evaluations"][0]["step"] == 0
    assert view["run"]["status"]["recipe"] == [
        {"key": "output.val_fraction", "value": "0.2"},
        {"key": "rating.include_unrated", "value": "true"},
        {"key": "source.documentation", "value": "false"},
    ]
    # The application may be another one by now: all it knows is on disk.
    ask("training_resume", name=name)
    after = wait_for(name, "finished")
    assert after["config"]["model"]["base"] == str(tiny_mistral)
    later = ask("training_run", name=name, eventsOffset=view["eventsOffset"])
    assert later["resumedFrom"] == step
    assert [point["step"] for point in later["points"]] == list(range(step + 1, 31))
    (listed,) = ask("training_runs")["runs"]
    assert listed == after["run"]
    assert listed["status"]["evalLoss"] < listed["status"]["baseEvalLoss"]
    adapter = Path(listed["status"]["adapter"]) / "adapter_model.safetensors"
    expected = trained_mistral.adapter / "adapter_model.safetensors"
    assert adapter.read_bytes() == expected.read_bytes()
    assert refusal("training_resume", name=name)["code"] == "run_finished"
    assert ask("training_delete", name=name)["runs"] == []
    assert not adapter.exists()


def copied(run: Run, state: str) -> Run:
    """Return a run of this home that has told such an end."""
    copy = Run(runs_home() / state)
    shutil.copytree(run.folder, copy.folder)
    EventWriter(copy.events).write("end", state=state, step=20)
    return copy


def test_a_paused_run_waits_until_it_is_stopped(trained_mistral: Run):
    paused = copied(trained_mistral, "paused")
    assert ask("training_pause", name="paused")["run"]["status"]["state"] == "paused"
    assert list(paused.folder.glob("PAUSE")) == []
    assert ask("training_stop", name="paused")["run"]["status"]["state"] == "stopped"
    end = last_event(paused.events)
    assert end is not None
    assert (end["event"], end["state"], end["step"]) == ("end", "stopped", 20)
    before = paused.events.read_bytes()
    assert ask("training_stop", name="paused")["run"]["status"]["state"] == "stopped"
    assert paused.events.read_bytes() == before
    assert paused.has_adapter()


def test_to_stop_goes_before_to_pause(trained_mistral: Run):
    run = copied(trained_mistral, "asked")
    EventWriter(run.events).write("log", step=21)
    with run.lock():
        states = [
            ask(command, name="asked")["run"]["status"]["state"]
            for command in ("training_pause", "training_stop", "training_pause")
        ]
    assert states == ["pausing", "stopping", "stopping"]
    assert run.requested() == "stop"


def test_what_a_run_was_made_of_is_said_on_the_command_line(trained_mistral: Run):
    run = copied(trained_mistral, "paused")
    lineage, best = run.lineage(), run.adapter_lineage()
    assert best is not None
    whose = (
        f"It is the adapter of step {best.step}, which had the lowest loss on the validation rows: "
        f"{best.eval_loss:.4f}."
    )
    shown = CliRunner().invoke(app, ["runs", "show", "paused"])
    assert shown.stdout.splitlines()[2:] == [
        "Go on with: raise-finetune train --resume paused",
        f"Adapter: {run.adapter}",
        *([] if best.step == 30 else [whose]),
        f"Dataset: {lineage.dataset}",
        f"Base model: {lineage.base}",
        "Prompt profile: inst",
        "Recipe of the dataset, where it differs from the default one:",
        "  output.val_fraction = 0.2",
        "  rating.include_unrated = true",
        "  source.documentation = false",
    ]
    run.manifest.write_text("{")
    shown = CliRunner().invoke(app, ["runs", "show", "paused"])
    assert shown.stdout.splitlines()[-1] == "Recipe of the dataset: not known"
    stopped = CliRunner().invoke(app, ["runs", "stop", "paused"])
    assert stopped.stdout.splitlines()[0] == "Run paused: stopped, step 30 of 30"


@pytest.mark.parametrize(
    "name", ["training_run", "training_pause", "training_stop", "training_delete"]
)
def test_only_runs_can_be_named(name: str):
    assert refusal(name, name="nope")["code"] == "run_unknown"
    for path in ("../datasets", ".hidden", "a/b", ""):
        assert refusal(name, name=path)["code"] == "invalid_request"


def test_the_application_never_imports_torch():
    program = (
        "import sys, raise_finetune.cli.application\n"
        "import raise_finetune.cli.train, raise_finetune.cli.runs\n"
        "import raise_finetune.commands, raise_finetune.bridge.server\n"
        "from raise_finetune.training import estimate, process, status\n"
        "from raise_finetune.commands.registry import COMMANDS\n"
        "process.check_trainer()\n"
        "assert 'training_start' in COMMANDS\n"
        "heavy = {'torch', 'transformers', 'peft', 'trl', 'bitsandbytes', 'datasets'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout == "[]\n"


def test_the_command_line_says_small_sizes_in_mib(tiny_dataset: Path, tiny_mistral: Path):
    asked = ["train", "--dataset", str(tiny_dataset), "--base", str(tiny_mistral), "--estimate"]
    told = CliRunner().invoke(app, [*asked, "--preset", "small"]).stdout
    sizes = re.search(
        r"Memory: about (\S+)\s(\S+)\. Disk: at most (\S+)\s(\S+) while it trains, "
        r"(\S+)\s(\S+) once it is finished\.$",
        told,
        re.MULTILINE,
    )
    assert sizes is not None, told
    memory, unit, disk, disk_unit, adapter, adapter_unit = sizes.groups()
    assert (unit, disk_unit, adapter_unit) == (
        "GiB",
        "MiB",
        "MiB",
    )  # Python and its libraries take most of it
    assert 0.6 < float(memory) < 1.0
    assert float(adapter) < float(disk) < 102.4


def test_the_command_line_says_what_to_know_before_a_training(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    changes = {"lora": {"bias": "all"}, "training": {"max_steps": 1}}
    file = tmp_path / "training.toml"
    file.write_text(format_config(quick_config(tiny_dataset, tiny_mistral, changes)), "utf-8")
    done = CliRunner().invoke(app, ["train", "--config", str(file)])
    assert done.exit_code == 0
    first, second, third, *_ = done.stderr.splitlines()
    assert first == "Warning: The adapter will not become GGUF, because of bias: all."
    assert second.startswith("Warning: The base’s tokenizer reads ")
    assert third.endswith(" is training; Ctrl-C pauses it.")


def _name_told(lines: Iterable[str]) -> str:
    """Return the name of the run that was started; what to know of it is told before."""
    return next(line.split()[1] for line in lines if line.startswith("Run "))


def _long_training(dataset: Path, base: Path, folder: Path) -> Path:
    """Return the configuration of a training that does not end by itself meanwhile."""
    changes = {"training": {"max_steps": 2000, "num_train_epochs": 2000}}
    file = folder / "training.toml"
    file.write_text(format_config(quick_config(dataset, base, changes)), "utf-8")
    return file


def test_whoever_leaves_the_terminal_is_told_that_the_training_goes_on(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    file = _long_training(tiny_dataset, tiny_mistral, tmp_path)
    with start("train", "--config", file) as terminal:
        assert terminal.stderr is not None
        name = _name_told(terminal.stderr)
        told = [next(line for line in terminal.stderr if line.startswith("step 3 of 2000: "))]
        terminal.terminate()
        told += terminal.stderr.readlines()
        assert terminal.wait() == 130
    assert re.fullmatch(r"step 3 of 2000: loss \d+\.\d{4}, \d+:\d\d:\d\d left\n", told[0])
    assert told[-1] == (
        "The training goes on without this terminal. "
        f"See it with: raise-finetune runs show {name}\n"
    )
    assert wait_for(name, "running")["run"]["status"]["state"] == "running"

    assert ask("training_stop", name=name)["run"]["status"]["state"] in ("stopping", "stopped")
    wait_for(name, "stopped")


def test_ctrl_c_before_the_first_step_does_not_wait_for_it(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    file = _long_training(tiny_dataset, tiny_mistral, tmp_path)
    with start("train", "--config", file) as terminal:
        assert terminal.stderr is not None
        name = _name_told(terminal.stderr)
        terminal.send_signal(signal.SIGINT)
        told, said = terminal.stderr.readlines(), terminal.stdout
        assert terminal.wait() == 130
        assert said is not None
        lines = said.readlines()
    assert told == ["Saving and pausing; Ctrl-C again leaves it to itself.\n"]
    assert lines == [
        f"Run {name}: paused, before its first step\n",
        f"Go on with: raise-finetune train --resume {name}\n",
    ]
    listed = CliRunner().invoke(app, ["runs", "list"]).stdout.splitlines()
    assert listed[1].split()[:3] == [name, "paused", "–"]  # a dataset may be too long for the line


def test_ctrl_c_pauses_and_says_that_the_training_is_not_done(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    file = _long_training(tiny_dataset, tiny_mistral, tmp_path)
    with start("train", "--config", file) as terminal:
        assert terminal.stderr is not None
        name = _name_told(terminal.stderr)
        next(line for line in terminal.stderr if line.startswith("step 1 of 2000: "))
        terminal.send_signal(signal.SIGINT)
        terminal.communicate()
        assert terminal.returncode == 130
    assert find_run(runs_home(), name).state() == "paused"


@pytest.mark.parametrize(("what", "key"), [("base", "base"), ("dataset", "dataset")])
def test_a_run_whose_base_or_dataset_was_moved_stays_paused_and_says_where_to_name_it(
    what: str, key: str, trained_mistral: Run
):
    run = copied(trained_mistral, "paused")
    gone = f"/gone/{what}"
    where = {"base": run.lineage().base, "dataset": run.lineage().dataset}[what]
    config = run.config_file
    config.write_text(config.read_text("utf-8").replace(where, gone), "utf-8")
    before = run.events.read_bytes()
    resumed = CliRunner().invoke(app, ["train", "--resume", "paused"])
    section = {"base": "model", "dataset": "data"}[what]
    named = {"base": "base model", "dataset": "dataset"}[what]
    assert (resumed.exit_code, resumed.stderr.splitlines()) == (
        2,
        [
            f"Error: The {named} that the run paused began with is no longer in {gone}.",
            f"Put its folder back there; or write where it lies now into {config}, "
            f"as {key} in the section {section}.",
        ],
    )
    assert refusal("training_resume", name="paused")["code"] == f"run_{what}_missing"
    assert (run.state(), run.events.read_bytes()) == ("paused", before)


def test_a_second_ctrl_c_says_that_the_trainer_pauses_alone(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    file = _long_training(tiny_dataset, tiny_mistral, tmp_path)
    with start("train", "--config", file) as terminal:
        assert terminal.stderr is not None
        name = _name_told(terminal.stderr)
        next(line for line in terminal.stderr if line.startswith("step 3 of 2000: "))
        trainer = trainer_of(find_run(runs_home(), name))
        trainer.suspend()
        terminal.send_signal(signal.SIGINT)
        pausing = next(line for line in terminal.stderr if not line.startswith("step "))
        terminal.send_signal(signal.SIGINT)
        told = terminal.stderr.readlines()
        assert terminal.wait() == 130
        trainer.resume()
    assert pausing == "Saving and pausing; Ctrl-C again leaves it to itself.\n"
    assert told == [
        "The trainer pauses after its step, without this terminal. "
        f"See it with: raise-finetune runs show {name}\n"
    ]
    wait_for(name, "paused")
