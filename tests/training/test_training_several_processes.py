"""Two processes share a training, as ``accelerate launch`` starts them on a machine with two cards.

They are real ones that average their gradients; only the cards are missing.
"""

import os
import subprocess
import sys
from pathlib import Path

from models.training import events_of, quick_config
from raise_finetune.training.config_file import format_config
from raise_finetune.training.runs import Run

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
STEPS = 8


def launch(*arguments: str | Path) -> "subprocess.Popen[str]":
    """Start two trainers on a free port."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "accelerate.commands.launch"),
            *("--multi_gpu", "--num_processes", "2", "--main_process_port", "0"),
            *("--module", "raise_finetune.trainer"),
            *arguments,
        ],
        env={**os.environ, "RAISE_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def to_the_end(process: "subprocess.Popen[str]") -> None:
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors


def test_two_processes_pause_together_and_go_on_to_the_very_same_adapter(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    changes = {"training": {"max_steps": STEPS, "eval_steps": 4, "save_steps": 4}}
    config = tmp_path / "training.toml"
    config.write_text(format_config(quick_config(tiny_dataset, tiny_mistral, changes)))

    whole = Run(tmp_path / "whole")
    to_the_end(launch("--config", config, "--output", whole.folder))
    (start,) = events_of(whole, "start")
    logged = events_of(whole, "log")
    # Each step takes a batch of four in each process, and one process alone tells of it.
    assert [event["step"] for event in logged] == list(range(1, STEPS + 1))
    assert logged[0]["epoch"] == 1 / -(-start["rows"] // (2 * 4))
    assert [event["step"] for event in events_of(whole, "eval")] == [0, 4, 8]
    assert [event["step"] for event in events_of(whole, "checkpoint")] == [4, 8]
    assert whole.state() == "finished"
    assert not whole.checkpoints.exists()

    paused = Run(tmp_path / "paused")
    process = launch("--config", config, "--output", paused.folder)
    assert process.stdout is not None
    for line in process.stdout:
        if '"step":2,' in line:
            paused.request_file("pause").touch()
            break
    to_the_end(process)
    assert paused.state() == "paused"
    (end,) = events_of(paused, "end")
    assert 2 <= end["step"] < STEPS
    states = paused.checkpoints.glob(f"checkpoint-{end['step']}/rng_state_*")
    assert sorted(path.name for path in states) == ["rng_state_0.pth", "rng_state_1.pth"]
    to_the_end(launch("--resume", paused.folder))
    assert paused.state() == "finished"
    assert [event["step"] for event in events_of(paused, "start")] == [0, end["step"]]
    for name in ADAPTER_FILES:
        assert (paused.adapter / name).read_bytes() == (whole.adapter / name).read_bytes()
