"""Rows of a chat template of one's own, trained on as those of the profile that writes the same."""

import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from models.tiny import Kind
from models.training import events_of, make_dataset, prepare, quick_config, train
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.adapters.gguf_file import open_gguf
from raise_finetune.cli.application import app
from raise_finetune.dataset.manifest import read_manifest
from raise_finetune.training.runs import Run

TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
FEW_STEPS = {"max_steps": 4, "eval_steps": 4, "save_steps": 4}


@pytest.fixture(scope="module")
def base(tiny_model: Callable[[Kind], Path]) -> Path:
    return tiny_model("qwen2")


@pytest.fixture(scope="module")
def trained(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a finished run on the rows of a template, which is gone since they were exported."""
    folder = tmp_path_factory.mktemp("own-template")
    template = folder / "own.jinja"
    template.write_text(TEMPLATE, "utf-8")
    dataset = make_dataset(folder, f"template:{template}")
    template.unlink()
    return train(prepare(quick_config(dataset, base, {"training": FEW_STEPS}), folder / "run"))


def _command(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_the_adapter_is_the_one_that_the_profiles_own_rows_make(
    trained: Run, base: Path, tmp_path: Path
):
    dataset = make_dataset(tmp_path, "chatml")
    own = train(prepare(quick_config(dataset, base, {"training": FEW_STEPS}), tmp_path / "run"))
    assert len(events_of(trained, "log")) == 4
    assert trained.parity.read_bytes() == own.parity.read_bytes()
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        assert (trained.adapter / name).read_bytes() == (own.adapter / name).read_bytes()
    assert trained.lineage().profile == own.lineage().profile


def test_the_run_and_its_dataset_name_the_profile_each_in_its_own_way(trained: Run):
    dataset = Path(trained.config().data.dataset)
    assert read_manifest(dataset).profile.name == "template:own.jinja"
    assert trained.config().data.profile == ""
    profile = trained.lineage().profile
    assert (profile.name, profile.bos, profile.eos, profile.llama_cpp_template) == (
        "chatml",
        "",
        "<|im_end|>",
        "chatml",
    )


@pytest.mark.parametrize("is_from_elsewhere", [False, True])
def test_its_gguf_file_carries_the_profile_and_is_compared_by_it(
    trained: Run,
    base: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_from_elsewhere: bool,
):
    dataset, adapter = trained.config().data.dataset, tmp_path / "adapter.gguf"
    folder, named = trained.adapter, []
    if is_from_elsewhere:
        monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path))
        shutil.copytree(dataset, tmp_path / "training/own")
        folder, named = tmp_path / "adapter", ["--dataset", "own"]
        shutil.copytree(trained.adapter, folder, ignore=shutil.ignore_patterns("raise.json"))
    _command("adapter", "convert", folder, "--base", base, "-o", adapter, *named)
    told = open_gguf(adapter)
    keys = ("profile", "bos", "eos", "special_tokens_written_by", "system_placement",
            "llama_cpp_template", "dataset.manifest_sha256")  # fmt: skip
    assert [told.string(f"raise.{key}") for key in keys] == [
        "chatml",
        "",
        "<|im_end|>",
        "export",
        "own_turn",
        "chatml",
        trained.lineage().manifest_sha256,
    ]
    gguf = tmp_path / f"{base.name}.gguf"  # by which an adapter from elsewhere knows its base
    convert_base(base, gguf)
    found = orjson.loads(
        _command(
            *("compare", adapter, "--base", gguf, "--parity", trained.parity),
            *("--dataset", dataset, "--rows", 1, "--score", 2, "--max-tokens", 2, "--json"),
        )
    )
    assert (found["profile"], found["loss"]["rows"]) == ("chatml", 2)
    assert found["answers"][0]["prompt"].startswith("<|im_start|>")
