"""Models of somebody else's that bring code along, as modules or as pickles: it is never run."""

import pickle
import shutil
from pathlib import Path

import orjson
import pytest

from models.peft_adapters import random_adapter
from models.training import prepare, quick_config, train
from raise_finetune.adapters.merge import merge_adapter
from raise_finetune.adapters.peft_adapter import read_peft_adapter
from raise_finetune.errors import BadInputError, FailedError

_MODULE = """
from pathlib import Path
Path({mark!r}).touch()
from transformers import LlamaTokenizerFast as Tokenizer, MistralConfig as Config
from transformers import MistralForCausalLM as Model
"""
_CONFIG = {"AutoConfig": "foreign.Config", "AutoModelForCausalLM": "foreign.Model"}
_TOKENIZER = {"AutoTokenizer": [None, "foreign.Tokenizer"]}


class Touch:
    """What leaves a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """Return the path of a file that is there once foreign code has run."""
    return tmp_path / "code-was-run"


@pytest.fixture
def base(tiny_mistral: Path, tmp_path: Path, mark: Path) -> Path:
    """Return a base that works, and says that it needs the module and the pickle beside it."""
    folder = tmp_path / "base"
    shutil.copytree(tiny_mistral, folder)
    (folder / "foreign.py").write_text(_MODULE.format(mark=str(mark)))
    change(folder / "config.json", auto_map=_CONFIG)
    change(folder / "tokenizer_config.json", auto_map=_TOKENIZER)
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Touch(mark)))
    return folder


def change(file: Path, **values: object) -> None:
    file.write_bytes(orjson.dumps({**orjson.loads(file.read_bytes()), **values}))


def test_the_traps_work(base: Path, mark: Path):
    exec((base / "foreign.py").read_text().splitlines()[2], {"Path": Path})  # noqa: S102
    assert mark.exists()
    mark.unlink()
    pickle.loads((base / "pytorch_model.bin").read_bytes())  # noqa: S301
    assert mark.exists()


def test_training(tiny_dataset: Path, base: Path, mark: Path, tmp_path: Path):
    once = {"training": {"max_steps": 1, "eval_strategy": "no"}}
    run = train(prepare(quick_config(tiny_dataset, base, once), tmp_path / "run"))
    assert run.state() == "finished"
    assert not mark.exists()


@pytest.mark.parametrize("kind", ["module", "pickle"])
def test_merging(kind: str, base: Path, tiny_mistral: Path, mark: Path, tmp_path: Path):
    adapter = random_adapter(tiny_mistral, tmp_path / "adapter")
    if kind == "module":
        change(base / "config.json", model_type="foreign")
    else:
        (base / "model.safetensors").unlink()
    with pytest.raises(FailedError) as caught:
        merge_adapter(adapter, base, tmp_path / "merged")
    assert caught.value.code == "merge_failed"
    assert not mark.exists()
    assert not (tmp_path / "merged").exists()


def test_an_adapter(tiny_mistral: Path, mark: Path, tmp_path: Path):
    adapter = random_adapter(tiny_mistral, tmp_path / "adapter")
    (adapter / "adapter_model.safetensors").unlink()
    (adapter / "adapter_model.bin").write_bytes(pickle.dumps(Touch(mark)))
    for read in (
        lambda: read_peft_adapter(adapter),
        lambda: merge_adapter(adapter, tiny_mistral, tmp_path / "merged"),
    ):
        with pytest.raises(BadInputError) as caught:
            read()
        assert caught.value.code == "adapter_incomplete"
        assert caught.value.params["file"] == "adapter_model.safetensors"
    assert not mark.exists()
