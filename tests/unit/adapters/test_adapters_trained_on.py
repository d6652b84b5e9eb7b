"""Which base an adapter was trained on: by its weights where these are known, else by its name."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import orjson
import pytest

from models.handmade import save_weights, weights, write_adapter, write_base
from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.convert import convert_adapter
from raise_finetune.adapters.gguf_file import open_gguf
from raise_finetune.adapters.model_weights import sample_of_weights
from raise_finetune.adapters.peft_adapter import read_peft_adapter
from raise_finetune.adapters.provenance import provenance_of
from raise_finetune.adapters.trained_on import BASE_KEY, WEIGHTS_KEY, TrainedOn, other_base
from raise_finetune.dataset.manifest import ManifestProfile
from raise_finetune.dataset.prompts import get_text_profile

Tensors = dict[str, np.ndarray]
UP = "model.layers.0.mlp.up_proj.weight"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "Mistral-7B")


@pytest.fixture
def adapter(base: Path, tmp_path: Path) -> Path:
    """An adapter as the trainer leaves it: with what it was trained on beside it."""
    folder = write_adapter(tmp_path / "adapter")
    profile = get_text_profile("inst")
    lineage = {
        "profile": ManifestProfile.of(profile, profile.columns).model_dump(by_alias=False),
        "base": f"/models/{base.name}",
        "base_weights": sample_of(base),
    }
    (folder / "raise.json").write_bytes(orjson.dumps(lineage))
    return folder


def sample_of(base: Path) -> str:
    return sample_of_weights(base)


def other(folder: Path, change: Callable[[Tensors], None] = lambda _: None) -> Path:
    """Write a base of the same name elsewhere; ``change`` makes its weights other ones."""
    folder.mkdir()
    base = write_base(folder / "Mistral-7B")
    tensors = weights()
    change(tensors)
    save_weights(tensors, base / "model.safetensors")
    return base


def trained_on(tensors: Tensors) -> None:
    for tensor in tensors.values():
        tensor += 0.001


def warning(adapter: Path, base: Path) -> str:
    phrase = other_base(adapter, base)
    return "" if phrase is None else phrase.key


def test_other_weights_of_the_same_name_are_told(base: Path, adapter: Path, tmp_path: Path):
    assert other_base(adapter, base) is None
    assert other_base(adapter, other(tmp_path / "copy")) is None
    trained = other(tmp_path / "trained", trained_on)
    phrase = other_base(adapter, trained)
    assert phrase is not None
    assert (phrase.key, phrase.params) == (
        "adapter.other_weights",
        {"adapter": adapter, "base": trained},
    )


def test_the_same_weights_under_another_name_are_the_same_base(base: Path, adapter: Path):
    assert other_base(adapter, base.rename(base.with_name("renamed"))) is None


def test_other_weights_under_another_name_are_another_base(adapter: Path, tmp_path: Path):
    trained = other(tmp_path / "trained", trained_on)
    renamed = trained.rename(trained.with_name("Zephyr"))
    phrase = other_base(adapter, renamed)
    assert phrase is not None
    assert (phrase.key, phrase.params) == (
        "adapter.other_base",
        {"adapter": adapter, "name": "Mistral-7B", "base": renamed},
    )


def test_a_converted_adapter_still_knows_it(base: Path, adapter: Path, tmp_path: Path):
    provenance = provenance_of(adapter)
    assert provenance is not None
    assert provenance.base == TrainedOn("Mistral-7B", sample_of(base))
    output = tmp_path / "adapter.gguf"
    convert_adapter(read_peft_adapter(adapter), read_base(base), output, provenance.metadata())
    file = open_gguf(output)
    assert (file.string(BASE_KEY), file.string(WEIGHTS_KEY)) == ("Mistral-7B", sample_of(base))
    assert other_base(output, base) is None
    assert warning(output, other(tmp_path / "trained", trained_on)) == "adapter.other_weights"


def test_names_decide_for_an_adapter_of_an_earlier_version(adapter: Path, tmp_path: Path):
    lineage = orjson.loads((adapter / "raise.json").read_bytes())
    del lineage["base_weights"]
    (adapter / "raise.json").write_bytes(orjson.dumps(lineage))
    trained = other(tmp_path / "trained", trained_on)
    assert other_base(adapter, trained) is None
    assert warning(adapter, trained.rename(trained.with_name("Zephyr"))) == "adapter.other_base"


def test_names_decide_for_a_base_whose_weights_cannot_be_read(adapter: Path, tmp_path: Path):
    for name in ("Mistral-7B", "Mistral-7B-Q4.gguf"):
        assert other_base(adapter, tmp_path / "missing" / name) is None
    damaged = other(tmp_path / "damaged")
    (damaged / "model.safetensors").write_bytes(b"none")
    assert other_base(adapter, damaged) is None


def test_the_sample_is_the_same_however_the_weights_are_cut_into_files(base: Path, tmp_path: Path):
    tensors = weights()
    cut = tmp_path / "cut"
    cut.mkdir()
    names = sorted(tensors, reverse=True)
    files = {name: f"part-{number % 3}.safetensors" for number, name in enumerate(names)}
    for file in set(files.values()):
        save_weights({name: tensors[name] for name in names if files[name] == file}, cut / file)
    index = orjson.dumps({"weight_map": files})
    (cut / "model.safetensors.index.json").write_bytes(index)
    assert sample_of(cut) == sample_of(base)


@pytest.mark.parametrize("name", sorted(weights()))
def test_the_sample_tells_when_one_tensor_has_changed(name: str, base: Path, tmp_path: Path):
    def change(tensors: Tensors) -> None:
        tensors[name] += 1

    assert sample_of(other(tmp_path / "changed", change)) != sample_of(base)


def test_the_sample_tells_number_formats_apart(base: Path, tmp_path: Path):
    def halve(tensors: Tensors) -> None:
        tensors[UP] = np.zeros((24, 8), np.float16)[:12]

    assert sample_of(other(tmp_path / "halved", halve)) != sample_of(base)


def test_a_large_tensor_is_read_in_its_middle_alone(tmp_path: Path):
    def sample(changed: int) -> str:
        numbers = np.zeros(100_000, np.float32)
        numbers[changed] = 1
        save_weights({"a": numbers}, tmp_path / "model.safetensors")
        return sample_of(tmp_path)

    assert sample(0) == sample(99_999)
    assert sample(50_000) != sample(0)
