"""Real trainings: what they learn, how they stop, and that a kill changes nothing."""

# pyright: reportUnknownVariableType=false
# safetensors leaves its types open.

import os
import random
import shutil
from pathlib import Path

import pytest
from safetensors.numpy import load_file

from models.training import DEVICE, events_of, losses, prepare, quick_config, start_trainer, train
from raise_finetune.training.base_model import read_base_model
from raise_finetune.training.events import EventWriter
from raise_finetune.training.memory import adapter_parameters
from raise_finetune.training.runs import AdapterLineage, Run

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
# Of a finished run: its adapter, and what tells how it was made.
WHAT_IS_LEFT = ["adapter", "events.jsonl", "lock", "manifest.json", "parity.json", "run.json",
                "training.toml"]  # fmt: skip


@pytest.fixture(params=["trained_mistral", "trained_llama"])
def trained(request: pytest.FixtureRequest) -> Run:
    return request.getfixturevalue(request.param)


def test_the_loss_falls_by_more_than_half(trained: Run):
    told = losses(trained)
    assert len(told) == 30
    assert sum(told[-3:]) / 3 < told[0] / 2


def test_held_out_rows_are_answered_better_than_without_an_adapter(trained: Run):
    evaluations = events_of(trained, "eval")
    assert [event["step"] for event in evaluations] == [0, 15, 30]
    assert evaluations[-1]["eval_loss"] < evaluations[0]["eval_loss"]


def test_a_finished_run_tells_what_it_did(trained: Run):
    (start,) = events_of(trained, "start")
    (end,) = events_of(trained, "end")
    config = trained.config()
    parameters = adapter_parameters(config.lora, read_base_model(config.model.base))
    assert (start["step"], start["device"], start["trainable_parameters"]) == (
        0,
        DEVICE,
        parameters,
    )
    assert start["rows"] > 0 < start["val_rows"]
    assert (end["state"], end["step"], trained.state()) == ("finished", 30, "finished")
    # Of a card, that counts what torch took; of a processor, all of the process.
    assert end["peak_memory"] > (100_000_000 if DEVICE == "cpu" else 10_000_000)
    assert [event["step"] for event in events_of(trained, "checkpoint")] == [10, 20, 30]
    assert sorted(path.name for path in trained.checkpoints.glob("checkpoint-*")) == [
        "checkpoint-20",
        "checkpoint-30",
    ]


def test_the_adapter_carries_its_lineage(trained: Run, tiny_dataset: Path):
    assert sorted(path.name for path in trained.adapter.iterdir()) == [*ADAPTER_FILES, "raise.json"]
    lineage = AdapterLineage.model_validate_json((trained.adapter / "raise.json").read_bytes())
    best = min(events_of(trained, "eval")[1:], key=lambda event: event["eval_loss"])
    assert lineage == AdapterLineage(
        **dict(trained.lineage()), step=best["step"], eval_loss=best["eval_loss"]
    )
    assert lineage.dataset == str(tiny_dataset)
    assert (lineage.profile.name, lineage.profile.bos, lineage.profile.eos) == (
        "inst",
        "<s>",
        "</s>",
    )
    manifest = tiny_dataset / ".raise/manifest.json"
    assert (trained.folder / "manifest.json").read_bytes() == manifest.read_bytes()


def test_whoever_may_read_a_file_of_an_adapter_may_read_them_all(trained: Run):
    assert len({path.stat().st_mode for path in trained.adapter.iterdir()}) == 1


def test_the_adapter_is_in_float32(trained: Run):
    weights = load_file(trained.adapter / "adapter_model.safetensors")
    assert {str(each.dtype) for each in weights.values()} == {"float32"}
    assert len(weights) == 2 * 2 * 7  # two halves, two layers, seven linear layers in each


def test_a_killed_run_goes_on_to_the_very_same_adapter(
    trained_mistral: Run, tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    run = prepare(quick_config(tiny_dataset, tiny_mistral), tmp_path / "killed")
    step = int(os.environ.get("RAISE_KILL_STEP", random.randint(1, 28)))  # noqa: S311 - any will do
    process = start_trainer(run)
    assert process.stdout is not None
    for line in process.stdout:
        if f'"step":{step},' in line:
            process.kill()
            break
    process.communicate()
    assert run.state() == "interrupted", step
    train(run, resume=True)
    assert run.state() == "finished"
    assert sorted(path.name for path in run.folder.iterdir()) == WHAT_IS_LEFT
    whole = [event["step"] for event in events_of(run, "start")]
    assert whole in ([0, step - step % 10], [0, max(step - step % 10 - 10, 0)]), step
    for name in ADAPTER_FILES:
        expected = (trained_mistral.adapter / name).read_bytes()
        assert (run.adapter / name).read_bytes() == expected, (name, step)


def test_a_paused_run_leaves_a_usable_adapter_and_goes_on(
    trained_mistral: Run, tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    run = prepare(quick_config(tiny_dataset, tiny_mistral), tmp_path / "paused")
    process = start_trainer(run)
    assert process.stdout is not None
    for line in process.stdout:
        if '"step":3,' in line:
            run.request_file("pause").touch()
            assert run.state() == "pausing"
            break
    process.communicate()
    assert process.returncode == 0
    (end,) = events_of(run, "end")
    assert (end["state"], run.state()) == ("paused", "paused")
    assert 3 <= end["step"] < 30
    assert run.requested() is None
    assert run.has_adapter()
    checkpoint = run.checkpoints / f"checkpoint-{end['step']}"
    assert (checkpoint / "adapter_model.safetensors").read_bytes() == (
        run.adapter / "adapter_model.safetensors"
    ).read_bytes()
    kept = [*WHAT_IS_LEFT, "checkpoints", *(["best"] if run.best.exists() else [])]
    assert sorted(path.name for path in run.folder.iterdir()) == sorted(kept)
    train(run, resume=True)
    for name in ADAPTER_FILES:
        assert (run.adapter / name).read_bytes() == (trained_mistral.adapter / name).read_bytes()
    assert sorted(path.name for path in run.folder.iterdir()) == WHAT_IS_LEFT
    process = start_trainer(run, resume=True)
    assert process.communicate()[1] == (
        "Error: The run paused is finished.\nStart a new run to train for longer.\n"
    )
    assert process.returncode == 2
    assert run.state() == "finished"


def test_a_broken_checkpoint_is_passed_over(trained_mistral: Run, tmp_path: Path):
    run = Run(tmp_path / "copy")
    shutil.copytree(trained_mistral.folder, run.folder)
    shutil.rmtree(run.adapter)
    EventWriter(run.events).write("exit", returncode=-9)
    (run.checkpoints / "checkpoint-30/complete").unlink()
    (run.checkpoints / "checkpoint-30/optimizer.pt").write_bytes(b"half")
    train(run, resume=True)
    assert [event["step"] for event in events_of(run, "start")] == [0, 20]
    for name in ADAPTER_FILES:
        assert (run.adapter / name).read_bytes() == (trained_mistral.adapter / name).read_bytes()
