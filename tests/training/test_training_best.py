"""Which adapter a training leaves: the one that answers the validation rows best."""

# pyright: reportUnknownVariableType=false
# peft leaves its types open.

from pathlib import Path
from typing import cast

import pytest
from peft import PeftModel
from transformers import TrainerControl, TrainerState, TrainingArguments

from models.training import events_of, prepare, quick_config, start_trainer, train
from raise_finetune.adapters.peft_adapter import WEIGHTS_FILE
from raise_finetune.trainer.adapter import KeepingBest, leave_best
from raise_finetune.training.runs import Run
from raise_finetune.training.status import run_status

# So high a rate that the loss on what is held out goes up and down.
_WAVERING = {"learning_rate": 0.1, "max_steps": 4, "eval_steps": 1, "save_steps": 1}


def wavering(dataset: Path, base: Path, folder: Path, **changes: object) -> Run:
    values = {**_WAVERING, "save_total_limit": 10, **changes}
    return prepare(quick_config(dataset, base, {"training": values}), folder)


@pytest.fixture(scope="module")
def run(tiny_dataset: Path, tiny_mistral: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    run = wavering(tiny_dataset, tiny_mistral, tmp_path_factory.mktemp("best") / "run")
    return train(run, keeping=True)


def lowest(run: Run) -> tuple[int, float]:
    """Return the step and the loss of the best validation since the first step."""
    told = {event["step"]: event["eval_loss"] for event in events_of(run, "eval")}
    del told[0]
    step = min(told, key=lambda each: (told[each], each))
    return step, told[step]


def weights(folder: Path) -> bytes:
    return (folder / WEIGHTS_FILE).read_bytes()


def test_the_adapter_of_the_lowest_loss_is_left(run: Run):
    step, loss = lowest(run)
    assert weights(run.adapter) == weights(run.checkpoints / f"checkpoint-{step}")
    lineage = run.adapter_lineage()
    assert lineage is not None
    assert (lineage.step, lineage.eval_loss) == (step, loss)
    (end,) = events_of(run, "end")
    assert (end["step"], end["adapter_step"]) == (4, step)


class _Adapter:
    """Saves what it is called in place of weights."""

    def __init__(self, name: str) -> None:
        self._name = name

    def save_pretrained(self, folder: str) -> None:
        Path(folder).mkdir()
        (Path(folder) / "adapter_config.json").write_text('{"target_modules": ["b", "a"]}')
        (Path(folder) / WEIGHTS_FILE).write_text(self._name)


def test_only_a_lower_loss_takes_the_place_of_the_best(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    run = wavering(tiny_dataset, tiny_mistral, tmp_path / "run")
    keeping, arguments = KeepingBest(run), TrainingArguments(output_dir=str(tmp_path), use_cpu=True)
    kept: list[int | None] = []
    for step, loss in enumerate((1.0, 3.0, 2.0, 2.0, 2.5, 1.5)):
        keeping.on_evaluate(
            arguments,
            TrainerState(global_step=step),
            TrainerControl(),
            model=cast("PeftModel", _Adapter(f"step {step}")),
            metrics={"eval_loss": loss},
        )
        best = run.best_lineage()
        kept.append(None if best is None else best.step)
        if best is not None:
            assert weights(run.best) == f"step {best.step}".encode()
    assert kept == [None, 1, 2, 2, 2, 5]
    assert leave_best(run) == run.best_lineage() == run.adapter_lineage()
    assert sorted(path.name for path in run.adapter.iterdir()) == [
        "adapter_config.json",
        WEIGHTS_FILE,
        "raise.json",
    ]


def test_a_status_tells_which_one_it_is(run: Run):
    step, loss = lowest(run)
    status = run_status(run)
    assert (status.step, status.adapter_step, status.adapter_eval_loss) == (4, step, loss)


def test_a_run_killed_after_its_best_step_leaves_the_same(
    run: Run, tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    killed = wavering(tiny_dataset, tiny_mistral, tmp_path / "killed")
    process = start_trainer(killed)
    assert process.stdout is not None
    for line in process.stdout:
        if '"checkpoint"' in line and '"step":3' in line:
            process.kill()
            break
    process.communicate()
    assert killed.state() == "interrupted"
    train(killed, resume=True)
    assert events_of(killed, "start")[-1]["step"] == 3
    assert weights(killed.adapter) == weights(run.adapter)
    assert killed.adapter_lineage() is not None


def test_the_last_one_is_left_to_whoever_wants_it(
    run: Run, tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    last = train(
        wavering(tiny_dataset, tiny_mistral, tmp_path / "last", load_best_model_at_end=False)
    )
    assert weights(last.adapter) == weights(run.checkpoints / "checkpoint-4")
    assert not last.best.exists()
    lineage = last.adapter_lineage()
    assert lineage is not None
    assert (lineage.step, lineage.eval_loss) == (4, events_of(last, "eval")[-1]["eval_loss"])


def test_the_last_one_is_left_to_whoever_wants_it_only_after_a_pause(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    run = wavering(tiny_dataset, tiny_mistral, tmp_path / "paused", max_steps=12)
    process = start_trainer(run)
    assert process.stdout is not None
    for line in process.stdout:
        if '"eval"' in line and '"step":1,' in line:
            run.request_file("pause").touch()
            break
    process.communicate()
    best = run.best_lineage()
    assert best is not None
    unbeaten = best.model_copy(update={"eval_loss": 0.0})
    (run.best / "raise.json").write_bytes(unbeaten.to_json())
    config = run.config_file.read_text("utf-8")
    run.config_file.write_text(config.replace("model_at_end = true", "model_at_end = false"))
    train(run, resume=True)
    lineage = run.adapter_lineage()
    assert lineage is not None
    assert (lineage.step, events_of(run, "end")[-1]["adapter_step"]) == (12, 12)


def test_without_validation_the_last_one_is_left(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    last = train(
        wavering(tiny_dataset, tiny_mistral, tmp_path / "unseen", eval_strategy="no", max_steps=1)
    )
    lineage = last.adapter_lineage()
    assert lineage is not None
    assert (lineage.step, lineage.eval_loss) == (1, None)


def test_a_share_of_all_steps_is_a_number_of_validations(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    run = train(
        wavering(tiny_dataset, tiny_mistral, tmp_path / "shares", eval_steps=0.4, max_steps=5)
    )
    assert [event["step"] for event in events_of(run, "eval")] == [0, 2, 4, 5]
