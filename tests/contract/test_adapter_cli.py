"""``raise-finetune adapter``: from what a training left to what Ollama is given."""

from pathlib import Path

import numpy as np
import orjson
import psutil
import pytest
from typer.testing import CliRunner, Result

from domains import process
from models.handmade import pair, write_adapter, write_base
from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.fitting import check_fits
from raise_finetune.adapters.provenance import profile_of
from raise_finetune.adapters.safetensors_file import SafetensorsFile
from raise_finetune.cli.application import app

LINEAGE = {
    "profile": {
        "name": "mistral-v1",
        "family": "mistral",
        "columns": ["text"],
        "bos": "<s>",
        "eos": "</s>",
        "special_tokens_written_by": "export",
        "system_placement": "first_question",
        "llama_cpp_template": "mistral-v1",
    },
    "input_hash": "1234",
    "manifest_sha256": "5678",
    "dataset": "/somewhere",
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["adapter", *map(str, arguments)])


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    folder = write_adapter(tmp_path / "adapter")
    (folder / "raise.json").write_bytes(orjson.dumps(LINEAGE))
    return folder


def test_convert_takes_the_profile_along(base: Path, adapter: Path, tmp_path: Path):
    output = tmp_path / "adapter.gguf"
    done = run("convert", adapter, "--base", base, "-o", output, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert orjson.loads(done.stdout) == {
        "output": str(output),
        "architecture": "llama",
        "rank": 2,
        "alpha": 4.0,
        "rslora": False,
        "tensors": 2,
        "bytes": output.stat().st_size,
    }
    assert profile_of(check_fits(output, read_base(base))) == "mistral-v1"
    made = run("modelfile", output, "--base", base, "-o", tmp_path / "Modelfile")
    assert (made.exit_code, made.stderr) == (0, "")
    lines = (tmp_path / "Modelfile").read_text("utf-8").splitlines()
    assert lines[:3] == [
        "# Prompt profile: mistral-v1. Use: ollama create NAME -f Modelfile",
        f"FROM {base}",
        f"ADAPTER {output}",
    ]


def test_a_refusal_says_why_and_writes_nothing(base: Path, tmp_path: Path):
    dora = write_adapter(tmp_path / "dora", use_dora=True)
    done = run("convert", dora, "--base", base, "-o", tmp_path / "adapter.gguf")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "DoRA" in done.stderr
    assert not (tmp_path / "adapter.gguf").exists()


def test_an_adapter_from_elsewhere_needs_its_profile_named(base: Path, tmp_path: Path):
    output = tmp_path / "adapter.gguf"
    assert (
        run("convert", write_adapter(tmp_path / "own"), "--base", base, "-o", output).exit_code == 0
    )
    unknown = run("modelfile", output, "--base", base)
    assert unknown.exit_code == 2
    named = run("modelfile", output, "--base", base, "--profile", "llama3", "--json")
    assert "<|start_header_id|>" in orjson.loads(named.stdout)["modelfile"]


def test_another_base_than_the_one_it_was_trained_on_is_told(
    base: Path, adapter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_LANG", "en")
    lineage = {**LINEAGE, "base": "/models/Mistral-7B-v0.3"}
    (adapter / "raise.json").write_bytes(orjson.dumps(lineage))
    output = tmp_path / "adapter.gguf"
    modelfile = ("modelfile", output, "-o", tmp_path / "Modelfile", "--base")
    told = "was trained on Mistral-7B-v0.3; on another base of the same shape, as"

    done = run("convert", adapter, "--base", base, "-o", output, "--json")
    assert done.exit_code == 0
    assert orjson.loads(done.stdout)["tensors"] == 2
    assert done.stderr == f"Warning: {adapter} {told} {base} may be, it gives nonsense.\n"
    made = run(*modelfile, base)
    assert made.stderr == f"Warning: {output} {told} {base} may be, it gives nonsense.\n"

    moved = write_base(tmp_path / "mistral-7b-v0.3-Q4")
    assert run("convert", adapter, "--base", moved, "-o", output).stderr == ""
    assert run(*modelfile, moved).stderr == ""


def test_only_files_of_their_own_are_replaced(
    base: Path, adapter: Path, tmp_path: Path, tiny_mistral: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_LANG", "en")
    own = {name: tmp_path / name for name in ("adapter.gguf", "base.gguf", "Modelfile")}
    commands = {
        "adapter.gguf": ("convert", adapter, "--base", base),
        "base.gguf": ("base", tiny_mistral),
        "Modelfile": ("modelfile", own["adapter.gguf"], "--base", base),
    }
    for _ in range(2):  # the second time, each replaces its own
        for name, command in commands.items():
            assert run(*command, "-o", own[name]).exit_code == 0
    others = [tmp_path / "notes.txt", base / "model.safetensors", tmp_path / "missing"]
    others[0].write_text("mine", "utf-8")
    others[2].symlink_to(tmp_path / "nowhere")
    before = {path: path.read_bytes() for path in (*own.values(), *others[:2])}
    for name, command in commands.items():
        for path in (*(own[other] for other in own if other != name), *others, tmp_path):
            done = run(*command, "-o", path)
            assert (done.exit_code, done.stdout) == (2, "")
            assert done.stderr == (
                f"Error: {path} exists already.\nChoose another name, or remove the file first.\n"
            )
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("command", ["convert", "merge"])
def test_an_adapter_that_is_none_is_told_as_such(
    command: str, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_LANG", "en")
    for adapter in (tmp_path / "none", base / "config.json"):
        done = run(command, adapter, "--base", base, "-o", tmp_path / "out")
        assert done.exit_code == 2
        assert str(adapter) in done.stderr
        assert "GGUF" not in done.stderr


def test_an_adapter_trained_elsewhere_tells_its_base_too(base: Path, tmp_path: Path):
    adapter = write_adapter(tmp_path / "adapter", base_model_name_or_path="org/Other-7B")
    done = run("convert", adapter, "--base", base, "-o", tmp_path / "adapter.gguf")
    assert "Other-7B" in done.stderr
    assert done.exit_code == 0


def test_merge_makes_a_whole_model(tiny_mistral: Path, tmp_path: Path):
    module = "base_model.model.model.layers.0.self_attn.q_proj"
    tensors = {
        name: values.repeat(8, axis=1) if "lora_A" in name else values.repeat(8, axis=0)
        for name, values in pair(module).items()
    }
    adapter = write_adapter(
        tmp_path / "adapter", tensors, target_modules=["q_proj"], task_type="CAUSAL_LM"
    )
    output = tmp_path / "merged"
    done = run("merge", adapter, "--base", tiny_mistral, "-o", output)
    assert (done.exit_code, done.stderr) == (0, "")
    weight = "model.layers.0.self_attn.q_proj.weight"
    change = tensors[f"{module}.lora_B.weight"] @ tensors[f"{module}.lora_A.weight"] * 2
    before, after = (
        SafetensorsFile(folder / "model.safetensors").float32(weight)
        for folder in (tiny_mistral, output)
    )
    assert np.allclose(after, before + change, rtol=1e-6)
    assert (output / "tokenizer.json").read_bytes() == (
        tiny_mistral / "tokenizer.json"
    ).read_bytes()
    again = run("merge", adapter, "--base", tiny_mistral, "-o", output)
    assert again.exit_code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"adapter", "merged"}


def test_a_merge_does_not_outlive_who_asked_for_it(tiny_mistral: Path, tmp_path: Path):
    module = "base_model.model.model.layers.0.self_attn.q_proj"
    adapter = write_adapter(tmp_path / "adapter", pair(module), target_modules=["q_proj"])
    output = tmp_path / "merged"
    asking = process.start("adapter", "merge", adapter, "--base", tiny_mistral, "-o", output)
    children: list[psutil.Process] = []
    while not children:
        assert asking.poll() is None
        children = psutil.Process(asking.pid).children()
    asking.kill()
    asking.communicate()
    _, alive = psutil.wait_procs(children, timeout=120)
    assert alive == []
    assert not output.exists()
