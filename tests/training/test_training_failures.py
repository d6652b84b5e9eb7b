"""What goes wrong in a training: a clear message each time, and the last good checkpoint stays."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# safetensors leaves its types open.

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from safetensors.torch import load_file, save_file

from domains.process import complaint, run
from domains.tree import Tree, exchange
from models.peft_adapters import random_adapter
from models.training import DEVICE, events_of, prepare, quick_config, start_trainer
from models.training import train as train_to_the_end
from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.adapters.convert import convert_adapter
from raise_finetune.adapters.peft_adapter import read_peft_adapter
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.errors import BadInputError, FailedError
from raise_finetune.messages import Phrase
from raise_finetune.training.base_model import read_base_model
from raise_finetune.training.config import DataSection, TrainingConfig
from raise_finetune.training.estimate import estimate_training
from raise_finetune.training.events import EventWriter
from raise_finetune.training.process import resume_run, start_run
from raise_finetune.training.runs import Run, create_run, list_runs
from raise_finetune.training.source import open_dataset
from raise_finetune.training.status import RunFailure, run_status


def failed(prepared: Run, *, resume: bool = False) -> Any:
    """Run a trainer that fails, and return its error event."""
    process = start_trainer(prepared, resume=resume)
    _, errors = process.communicate(timeout=300)
    assert process.returncode in (1, 2), errors
    assert prepared.state() == "failed"
    return events_of(prepared, "error")[-1]


def told_exit(prepared: Run) -> Any:
    """Return what is told of the end of a trainer that said nothing itself."""
    deadline = time.monotonic() + 120
    while not (told := events_of(prepared, "exit")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return told[-1]


def refused(action: Callable[[], object]) -> BadInputError:
    with pytest.raises(BadInputError) as caught:
        action()
    return caught.value


# Before anything starts


def without_weights(base: Path) -> None:
    (base / "model.safetensors").unlink()


def without_configuration(base: Path) -> None:
    (base / "config.json").unlink()


def without_tokenizer(base: Path) -> None:
    for end in ("json", "model"):
        (base / f"tokenizer.{end}").unlink()


def half_configured(base: Path) -> None:
    (base / "config.json").write_text("{")


def cut_off(base: Path) -> None:
    os.truncate(base / "model.safetensors", 100_000)


def left_as_a_pointer(base: Path) -> None:
    (base / "model.safetensors").write_text("version https://git-lfs")


def without_a_tensor(base: Path) -> None:
    weights = load_file(base / "model.safetensors")
    del weights["model.layers.1.mlp.up_proj.weight"]
    save_file(weights, base / "model.safetensors", {"format": "pt"})


def of_another_shape(base: Path) -> None:
    config = orjson.loads((base / "config.json").read_bytes())
    config["intermediate_size"] *= 2
    (base / "config.json").write_bytes(orjson.dumps(config))


def of_another_architecture(base: Path) -> None:
    (base / "config.json").write_text('{"architectures": ["GPT2LMHeadModel"]}')


def quantised(base: Path) -> None:
    config = orjson.loads((base / "config.json").read_bytes())
    config["quantization_config"] = {"quant_method": "awq"}
    (base / "config.json").write_bytes(orjson.dumps(config))


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (without_weights, "base_incomplete"),
        (without_configuration, "base_incomplete"),
        (without_tokenizer, "base_incomplete"),
        (half_configured, "base_unreadable"),
        (cut_off, "weights_unreadable"),
        (left_as_a_pointer, "weights_unreadable"),
        (without_a_tensor, "base_incomplete"),
        (of_another_shape, "base_unreadable"),
        (of_another_architecture, "base_architecture_unknown"),
        (quantised, "base_quantised_already"),
        (shutil.rmtree, "base_missing"),
    ],
)
def test_a_base_that_is_not_whole_is_refused(
    damage: Callable[[Path], None], code: str, tiny_mistral: Path, tmp_path: Path
):
    base = tmp_path / "base"
    shutil.copytree(tiny_mistral, base)
    assert read_base_model(str(base)).config.kv_heads == 2
    damage(base)
    error = refused(lambda: read_base_model(str(base)))
    assert error.code == code
    assert str(base) in error.message("en")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (without_a_tensor, "is incomplete: model.layers.1.mlp.up_proj.weight is missing."),
        (of_another_shape, "model.layers.0.mlp.gate_proj.weight: (128, 64) ≠ (256, 64)."),
    ],
)
def test_a_base_that_lacks_a_tensor_is_neither_trained_nor_converted(
    damage: Callable[[Path], None], said: str, tiny_mistral: Path, tmp_path: Path
):
    base = tmp_path / "base"
    shutil.copytree(tiny_mistral, base)
    damage(base)
    assert refused(lambda: read_base_model(str(base))).message("en").endswith(said)
    assert refused(lambda: convert_base(base, tmp_path / "base.gguf")).message("en").endswith(said)
    assert not (tmp_path / "base.gguf").exists()


def test_what_was_not_named_is_not_called_missing():
    assert refused(lambda: read_base_model("")).code == "base_unnamed"
    assert refused(lambda: open_dataset(DataSection(dataset=""))).code == "training_dataset_unnamed"


def test_a_changed_dataset_is_refused_unless_told(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    dataset = tmp_path / "dataset"
    shutil.copytree(tiny_dataset, dataset)
    train = dataset / "data/train.jsonl"
    train.write_bytes(train.read_bytes() + b'{"text":"<s>[INST] a [/INST] b </s>"}\n')
    config = quick_config(dataset, tiny_mistral)
    error = refused(lambda: estimate_training(config))
    assert (error.code, error.params["path"]) == ("training_file_changed", train)
    told = quick_config(dataset, tiny_mistral, {"data": {"verify": False}})
    before = estimate_training(quick_config(tiny_dataset, tiny_mistral)).train
    assert estimate_training(told).train.rows == before.rows + 1


def test_a_dataset_without_a_manifest_needs_a_profile(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    shutil.copytree(tiny_dataset / "data", tmp_path / "dataset/data")

    def opened(**data: object) -> object:
        changes = {"data": data}
        return open_dataset(quick_config(tmp_path / "dataset", tiny_mistral, changes).data)

    assert refused(opened).code == "manifest_missing"
    assert refused(lambda: opened(verify=False)).code == "training_profile_unknown"
    opened(verify=False, profile="inst")
    assert refused(lambda: open_dataset(quick_config(tmp_path, tmp_path).data)).code == (
        "manifest_missing"
    )


def test_a_dataset_without_validation_rows(tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path):
    dataset = tmp_path / "dataset"
    shutil.copytree(tiny_dataset, dataset)
    path = dataset / ".raise/manifest.json"
    manifest = orjson.loads(path.read_bytes())
    manifest["files"] = [file for file in manifest["files"] if file["split"] != "val"]
    path.write_bytes(orjson.dumps(manifest))
    error = refused(lambda: estimate_training(quick_config(dataset, tiny_mistral)))
    assert error.code == "training_no_validation"
    without = quick_config(dataset, tiny_mistral, {"training": {"eval_strategy": "no"}})
    assert estimate_training(without).val.rows == 0


@pytest.mark.parametrize(("task", "trainer"), [("dpo", "DPOTrainer"), ("kto", "KTOTrainer")])
def test_preferences_are_not_for_this_trainer(
    task: str, trainer: str, tiny_mistral: Path, tmp_path: Path
):
    tree = Tree(tmp_path / "domain")
    tree.conversation("good", *exchange("What is a requirement?", "A need, stated.", rating=5))
    tree.conversation("bad", *exchange("What is a requirement?", "No idea at all.", rating=1))
    recipe = ExportRecipe.model_validate({"output": {"task": task, "val_fraction": 0.0}})
    export_dataset(recipe, tmp_path / "dataset", root=tree.root)
    config = quick_config(tmp_path / "dataset", tiny_mistral, {"training": {"eval_strategy": "no"}})
    told = refused(lambda: estimate_training(config))
    assert (told.code, told.params["path"]) == ("training_task", tmp_path / "dataset")
    assert told.hint("en") == (
        f"Train on them with TRL’s {trainer}, whose columns they have; "
        "to train here, export again with --task sft."
    )
    # Without a manifest the rows themselves tell.
    (tmp_path / "dataset/.raise/manifest.json").unlink()
    anyhow = config.model_copy(
        update={"data": config.data.model_copy(update={"verify": False, "profile": "inst"})}
    )
    seen = refused(lambda: estimate_training(anyhow))
    assert (seen.code, seen.params["task"]) == ("training_task", task)


def test_rows_that_are_all_too_long(tiny_dataset: Path, tiny_mistral: Path):
    config = quick_config(tiny_dataset, tiny_mistral, {"data": {"max_length": 16}})
    error = refused(lambda: estimate_training(config))
    assert error.message("en") == "Every training row is longer than max_length, 16 tokens."


def test_another_familys_dataset(tiny_dataset: Path, tiny_model: Any):
    config = quick_config(tiny_dataset, tiny_model("llama3"))
    assert refused(lambda: estimate_training(config)).code == "training_token_unknown"


def test_a_run_is_never_written_over(tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path):
    config = quick_config(tiny_dataset, tiny_mistral)
    (tmp_path / "thesis.txt").touch()
    assert refused(lambda: prepare(config, tmp_path)).code == "run_exists"
    assert list_runs(tmp_path) == []


def test_a_missing_extra_is_answered_with_the_command_that_installs_it(tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name in ('torch', 'peft') else find(name)\n"
    )
    environment = {**os.environ, "RAISE_LANG": "en"}
    environment["PYTHONPATH"] = f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}"
    done = subprocess.run(
        [sys.executable, "-m", "raise_finetune.trainer", "--output", tmp_path / "run"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "Error: Training needs packages that are not installed: torch, peft.",
        'Install them with: pip install torch, then pip install "raise-finetune[trainer]"; or '
        "name another installation’s raise-trainer in RAISE_TRAINER.",
    ]


def test_the_command_line_refuses_before_it_starts(tiny_dataset: Path, tmp_path: Path):
    environment = {"PATH_RAISE_DATASET": str(tmp_path), "RAISE_LANG": "en"}
    done = run(
        "train", "--dataset", tiny_dataset, "--base", tmp_path / "no", environment=environment
    )
    assert (done.returncode, complaint(done)) == (
        2,
        f"There is no base model folder “{tmp_path / 'no'}”.",
    )
    done = run("train", "--preset", "gpt", environment=environment)
    assert (done.returncode, complaint(done)) == (2, "There is no preset “gpt”.")
    done = run("runs", "show", "nope", environment=environment)
    assert (done.returncode, complaint(done)) == (2, "There is no run nope.")
    done = run("runs", "list", "--json", environment=environment)
    assert (done.returncode, done.stdout) == (0, '{"runs":[]}\n')


@pytest.mark.parametrize(
    ("arguments", "package", "sentences"),
    [
        (
            ("adapter", "convert", "a", "--base", "b", "-o", "c.gguf"),
            "gguf",
            (
                "Error: Adapters need packages that are not installed: gguf.",
                'Install them with: pip install "raise-finetune[adapters]"',
            ),
        ),
        (
            ("compare", "ADAPTER", "--base", "BASE", "--prompt", "?", "--profile", "inst"),
            "xllamacpp",
            (
                "Error: Asking a model needs a package that is not installed: xllamacpp.",
                'Install it with: pip install "raise-finetune[inference]"',
            ),
        ),
    ],
)
def test_each_missing_extra_is_named(
    arguments: tuple[str, ...],
    package: str,
    sentences: tuple[str, str],
    tiny_mistral: Path,
    tmp_path: Path,
):
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        f"util.find_spec = lambda name, *rest: None if name == {package!r} else find(name, *rest)\n"
    )
    places = {"BASE": tmp_path / "base.gguf", "ADAPTER": tmp_path / "adapter.gguf"}
    if package == "xllamacpp":
        convert_base(tiny_mistral, places["BASE"])
        adapter = read_peft_adapter(random_adapter(tiny_mistral, tmp_path / "adapter"))
        convert_adapter(adapter, read_base(tiny_mistral), places["ADAPTER"])
    environment = {
        "PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}",
        "RAISE_LANG": "en",
    }
    done = run(*(str(places.get(each, each)) for each in arguments), environment=environment)
    assert (done.returncode, tuple(done.stderr.splitlines())) == (2, sentences)


def test_a_trainer_elsewhere_that_is_not_there(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_TRAINER", str(tmp_path / "raise-trainer"))
    with pytest.raises(FailedError) as caught:
        start_run(quick_config(tiny_dataset, tiny_mistral), tmp_path / "run")
    assert caught.value.code == "trainer_not_started"
    assert caught.value.params["reason"] == Phrase("system.ENOENT", {})
    assert Run(tmp_path / "run").state() == "interrupted"


def test_a_card_that_is_not_there(monkeypatch: pytest.MonkeyPatch):
    import torch

    from raise_finetune.trainer.model import choose_device

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    config = TrainingConfig.model_validate({"model": {"device": "cuda"}})
    assert refused(lambda: choose_device(config)).code == "training_no_gpu"


# While it runs


def test_a_trainer_asks_nothing_of_the_network_and_leaves_room_for_others(
    trained_mistral: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    names = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "OMP_WAIT_POLICY")
    for name in names:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "show.py").write_text(f"import os; print([os.environ[n] for n in {names}])")
    monkeypatch.setenv("RAISE_TRAINER", f"{sys.executable} {tmp_path / 'show.py'}")
    prepared = Run(tmp_path / "run")
    shutil.copytree(trained_mistral.folder, prepared.folder)
    EventWriter(prepared.events).write("end", state="paused", step=30)
    resume_run(prepared)
    assert told_exit(prepared)["returncode"] == 0
    assert prepared.log.read_text().splitlines()[-1] == "['1', '1', 'PASSIVE']"


def test_a_trainer_that_is_killed_leaves_word_and_its_checkpoint(
    trained_mistral: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As a system that is short of memory does it to a trainer that the application started."""
    prepared = Run(tmp_path / "run")
    shutil.copytree(trained_mistral.folder, prepared.folder)
    EventWriter(prepared.events).write("end", state="paused", step=30)
    killed = f"{sys.executable} -c 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)'"
    monkeypatch.setenv("RAISE_TRAINER", killed)
    resume_run(prepared)
    assert told_exit(prepared)["returncode"] == -signal.SIGKILL
    status = run_status(prepared)
    assert (status.state, status.failure) == (
        "interrupted",
        RunFailure(code="trainer_died", params={"returncode": "-9"}),
    )
    assert (prepared.checkpoints / "checkpoint-30/complete").is_file()


def paused_with_a_copy_of(folder: Path, trained: Run, tmp_path: Path) -> tuple[Run, Path]:
    """Return a copy of a run, and the copy of its dataset or base that it goes on with."""
    copied = Path(shutil.copytree(folder, tmp_path / "copy"))
    prepared = Run(tmp_path / "run")
    shutil.copytree(trained.folder, prepared.folder)
    EventWriter(prepared.events).write("end", state="paused", step=30)
    config = prepared.folder / "training.toml"
    config.write_text(config.read_text().replace(str(folder), str(copied)))
    return prepared, copied


def test_a_dataset_that_became_another_while_a_run_was_paused(
    trained_mistral: Run, tiny_dataset: Path, tmp_path: Path
):
    prepared, dataset = paused_with_a_copy_of(tiny_dataset, trained_mistral, tmp_path)
    manifest = dataset / ".raise/manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    error = failed(prepared, resume=True)
    assert error["code"] == "run_dataset_changed"
    assert (prepared.checkpoints / "checkpoint-30/complete").is_file()


def test_a_base_whose_weights_became_others_while_a_run_was_paused(
    trained_mistral: Run, tiny_mistral: Path, tmp_path: Path
):
    import safetensors.numpy

    prepared, base = paused_with_a_copy_of(tiny_mistral, trained_mistral, tmp_path)
    weights = safetensors.numpy.load_file(base / "model.safetensors")
    safetensors.numpy.save_file(
        {name: each * 2 for name, each in weights.items()},
        base / "model.safetensors",
        {"format": "pt"},
    )
    error = failed(prepared, resume=True)
    assert error["code"] == "run_base_changed"
    assert error["params"] == {"path": str(base), "name": "run"}
    assert (prepared.checkpoints / "checkpoint-30/complete").is_file()


def test_a_loss_that_is_no_number_ends_the_run_and_spoils_nothing(
    trained_mistral: Run, tmp_path: Path
):
    """The weights of the last whole checkpoint are made infinite: the next loss is no number."""
    import safetensors.numpy

    prepared = Run(tmp_path / "run")
    shutil.copytree(trained_mistral.folder, prepared.folder)
    EventWriter(prepared.events).write("exit", returncode=-9)
    shutil.rmtree(prepared.checkpoints / "checkpoint-30")
    weights_file = prepared.checkpoints / "checkpoint-20/adapter_model.safetensors"
    weights = safetensors.numpy.load_file(weights_file)
    safetensors.numpy.save_file(
        {name: each * float("inf") for name, each in weights.items()}, weights_file
    )
    adapter = (prepared.adapter / "adapter_model.safetensors").read_bytes()
    error = failed(prepared, resume=True)
    assert (error["code"], error["params"]) == ("training_diverged", {"step": "21"})
    assert [path.name for path in prepared.checkpoints.glob("check*")] == ["checkpoint-20"]
    assert (prepared.adapter / "adapter_model.safetensors").read_bytes() == adapter
    status = run_status(prepared)
    assert status.failure is not None
    assert status.failure.code == "training_diverged"


def test_a_base_whose_own_loss_is_no_number_is_told_apart(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path
):
    import safetensors.numpy

    base = shutil.copytree(tiny_mistral, tmp_path / "base")
    weights = safetensors.numpy.load_file(base / "model.safetensors")
    safetensors.numpy.save_file(
        {name: each * float("nan") for name, each in weights.items()},
        base / "model.safetensors",
        {"format": "pt"},
    )
    error = failed(prepare(quick_config(tiny_dataset, base), tmp_path / "run"))
    assert (error["code"], error["params"]) == ("training_base_not_finite", {})


def test_too_little_memory(tmp_path: Path):
    """The allocators' own errors, as torch and Python raise them."""
    import torch

    from raise_finetune.trainer.failures import as_training_error

    def out_of_memory() -> object:
        return torch.empty(2**60, dtype=torch.uint8)

    def no_memory() -> object:
        return bytearray(2**62)

    for allocate in (out_of_memory, no_memory):
        with pytest.raises((RuntimeError, MemoryError)) as caught:
            allocate()
        assert as_training_error(caught.value, tmp_path).code == "training_out_of_memory"
    other = as_training_error(RuntimeError("something else\nmore"), tmp_path)
    assert (other.code, other.params) == (
        "training_failed",
        {"kind": "RuntimeError", "reason": "something else"},
    )


def test_a_row_that_memory_does_not_hold(tiny_mistral: Path, tmp_path: Path):
    """A real trainer, whose attention over a row of 110,000 words needs more than it is given."""
    rows = tmp_path / "dataset/data/train.jsonl"
    rows.parent.mkdir(parents=True)
    words = ["a" * 3] * 7 + ["a " * 110_000]
    lines = [{"text": f"<s>[INST] {question}? [/INST] yes </s>"} for question in words]
    rows.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    changes = {
        "model": {"attn_implementation": "eager"},
        "data": {"verify": False, "profile": "inst", "max_length": 1_000_000},
        "training": {
            "per_device_train_batch_size": 1,
            "eval_strategy": "no",
            "save_steps": 1,
            "max_steps": 8,
        },
    }
    prepared = prepare(quick_config(tmp_path / "dataset", tiny_mistral, changes), tmp_path / "run")

    def limit_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (8 * 2**30, 8 * 2**30))

    # No card has that much; the processor's memory is limited to less.
    process = start_trainer(prepared, before=limit_memory if DEVICE == "cpu" else None)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1
    assert errors.splitlines()[-2:] == [
        "Error: There was not enough memory.",
        "Lower per_device_train_batch_size or max_length, or turn gradient_checkpointing on; "
        "the last whole checkpoint, if there is one, is kept.",
    ]
    last = events_of(prepared, "checkpoint")[-1]["step"]
    assert prepared.state() == "failed"
    assert (prepared.checkpoints / f"checkpoint-{last}/complete").is_file()
    assert not prepared.has_adapter()


def test_a_full_disk_at_a_checkpoint(tiny_dataset: Path, tiny_mistral: Path, tmp_path: Path):
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("mounting a small file system needs root")
    try:
        config = quick_config(tiny_dataset, tiny_mistral, {"training": {"save_steps": 5}})
        base = read_base_model(config.model.base)
        prepared = create_run(config, open_dataset(config.data), base, disk / "run")
        error = failed(prepared)
        assert error["code"] == "training_disk_full"
        steps = [event["step"] for event in events_of(prepared, "checkpoint")]
        assert steps
        for step in steps[-2:]:
            assert (prepared.checkpoints / f"checkpoint-{step}/complete").is_file()
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        train_to_the_end(prepared, resume=True)
        assert events_of(prepared, "start")[-1]["step"] == steps[-1]
        assert prepared.state() == "finished"
    finally:
        subprocess.run(["umount", disk], check=True)
