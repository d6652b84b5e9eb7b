"""Damaged adapters, base models and GGUF files: refused with a reason, and never for ever."""

import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.fuzzing import damaged, encoded, files_like, only_bad_input, tries, wrong
from models.handmade import ADAPTER_CONFIG, CONFIG, write_adapter, write_base
from models.tokenizers import TOKENIZER_JSON
from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.adapters.convert import convert_adapter
from raise_finetune.adapters.fitting import check_fits
from raise_finetune.adapters.gguf_file import open_gguf
from raise_finetune.adapters.peft_adapter import read_peft_adapter
from raise_finetune.adapters.provenance import provenance_of
from raise_finetune.errors import BadInputError
from raise_finetune.training.base_model import read_base_model

KEYS = (
    "general.architecture",
    "general.type",
    "adapter.type",
    "adapter.lora.alpha",
    "raise.profile",
)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a base, an adapter and the same adapter as GGUF, and bad ones to be."""
    folder = tmp_path_factory.mktemp("models")
    write_base(folder / "base")
    (folder / "base/tokenizer.json").write_bytes(encoded(TOKENIZER_JSON))
    convert_base(folder / "base", folder / "base.gguf")
    write_adapter(folder / "adapter")
    convert_adapter(
        read_peft_adapter(folder / "adapter"), read_base(folder / "base"), folder / "a.gguf"
    )
    for name in ("base", "adapter"):
        shutil.copytree(folder / name, folder / f"bad-{name}")
    return folder


def header_of(weights: Path) -> tuple[Any, bytes]:
    """Return a safetensors file's header and the bytes of its tensors."""
    content = weights.read_bytes()
    length = int.from_bytes(content[:8], "little")
    return orjson.loads(content[8 : 8 + length]), content[8 + length :]


@st.composite
def weights_like(draw: st.DrawFn, weights: Path) -> bytes:
    header, tensors = header_of(weights)
    if draw(st.booleans()):
        return draw(damaged(weights.read_bytes()))
    written = encoded(draw(wrong(header)))
    return len(written).to_bytes(8, "little") + written + tensors


def use_adapter(folder: Path, base: Path) -> None:
    with only_bad_input():
        convert_adapter(read_peft_adapter(folder), read_base(base), folder.parent / "out.gguf")
    with only_bad_input():
        provenance_of(folder)


@tries(60)
@given(data=st.data())
def test_adapters(models: Path, data: st.DataObject):
    name = data.draw(st.sampled_from(["adapter_config.json", "adapter_model.safetensors"]))
    good = models / "adapter" / name
    content = (
        data.draw(files_like(ADAPTER_CONFIG))
        if name.endswith(".json")
        else data.draw(weights_like(good))
    )
    bad = models / "bad-adapter"
    (bad / name).write_bytes(content)
    use_adapter(bad, models / "base")
    shutil.copyfile(good, bad / name)


@pytest.mark.parametrize("change", [{"lora_alpha": 3.5e38}, {"r": 10**400}])
def test_an_adapter_whose_numbers_fit_no_file(change: dict[str, Any], models: Path):
    bad = models / "bad-adapter"
    (bad / "adapter_config.json").write_bytes(encoded({**ADAPTER_CONFIG, **change}))
    use_adapter(bad, models / "base")
    shutil.copyfile(models / "adapter/adapter_config.json", bad / "adapter_config.json")


def use_base(folder: Path) -> None:
    with only_bad_input():
        read_base(folder)
    with only_bad_input():
        read_base_model(str(folder))


@tries(80)
@given(data=st.data())
def test_base_models(models: Path, data: st.DataObject):
    name = data.draw(
        st.sampled_from(["config.json", "model.safetensors", "model.safetensors.index.json"])
    )
    bad, good = models / "bad-base", models / "base" / name
    if name == "model.safetensors":
        content = data.draw(weights_like(good))
    elif name == "config.json":
        content = data.draw(files_like(CONFIG))
    else:
        content = data.draw(files_like({"weight_map": {"a": "model.safetensors"}}))
        (bad / "model.safetensors").unlink(missing_ok=True)
    (bad / name).write_bytes(content)
    use_base(bad)
    (bad / name).unlink()
    shutil.copytree(models / "base", bad, dirs_exist_ok=True)


@pytest.mark.parametrize("layers", [10**9, 2**63, 10**30])
def test_a_base_that_says_it_has_a_billion_layers(layers: int, models: Path):
    bad = models / "bad-base"
    (bad / "config.json").write_bytes(encoded({**CONFIG, "num_hidden_layers": layers}))
    use_base(bad)
    shutil.copyfile(models / "base/config.json", bad / "config.json")


def test_an_index_of_weights_whose_names_are_too_long(models: Path):
    bad = models / "bad-base"
    index = encoded({"weight_map": {"a": "é" * 300}})
    (bad / "model.safetensors").unlink()
    (bad / "model.safetensors.index.json").write_bytes(index)
    use_base(bad)
    (bad / "model.safetensors.index.json").unlink()
    shutil.copytree(models / "base", bad, dirs_exist_ok=True)


def use_gguf(path: Path, base: Path) -> None:
    with only_bad_input():
        check_fits(path, read_base(base))
    with only_bad_input():
        read_base(path)
    with only_bad_input():
        file = open_gguf(path)
        file.shapes()
        for key in KEYS:
            file.string(key)
            file.number(key, 0)


@tries(150)
@given(data=st.data())
def test_gguf_files(models: Path, data: st.DataObject):
    bad = models / "bad.gguf"
    bad.write_bytes(data.draw(damaged((models / "a.gguf").read_bytes())))
    use_gguf(bad, models / "base")


@tries(80)
@given(data=st.data())
def test_gguf_files_of_bases(models: Path, data: st.DataObject):
    bad = models / "bad-base.gguf"
    bad.write_bytes(data.draw(damaged((models / "base.gguf").read_bytes())))
    with only_bad_input():
        base = read_base(bad)
        check_fits(models / "a.gguf", base)
        convert_adapter(read_peft_adapter(models / "adapter"), base, models / "out.gguf")


@pytest.mark.parametrize("heads", [0, 3, 2**31])
def test_a_gguf_base_whose_heads_do_not_fit(heads: int, models: Path):
    content = (models / "base.gguf").read_bytes()
    key = b"llama.attention.head_count" + (4).to_bytes(4, "little")  # an unsigned number
    before, found, after = content.partition(key)
    assert found
    (models / "bad-base.gguf").write_bytes(before + key + heads.to_bytes(4, "little") + after[4:])
    base, adapter = read_base(models / "bad-base.gguf"), read_peft_adapter(models / "adapter")
    with pytest.raises(BadInputError) as caught:
        convert_adapter(adapter, base, models / "out.gguf")
    assert caught.value.code == "base_unreadable"
    assert caught.value.params["path"] == models / "bad-base.gguf"


@pytest.mark.parametrize("kind", [0, 8, 9])
@pytest.mark.parametrize("number", [2**32, 2**63, 2**64 - 1])
def test_a_gguf_file_that_says_it_holds_more_than_it_can(kind: int, number: int, models: Path):
    """The library that reads them believes any count, and reads on past the end."""
    size = number.to_bytes(8, "little")
    key = (1).to_bytes(8, "little") + b"k" + (9).to_bytes(4, "little")
    start = b"GGUF" + (3).to_bytes(4, "little")
    for content in (
        start + size + (0).to_bytes(8, "little"),
        start + (0).to_bytes(8, "little") + size,
        start + bytes(8) + (1).to_bytes(8, "little") + key + kind.to_bytes(4, "little") + size,
        start + bytes(8) + (1).to_bytes(8, "little") + size + b"k",
    ):
        (models / "big.gguf").write_bytes(content)
        with only_bad_input():
            open_gguf(models / "big.gguf")
            raise AssertionError("it was read")
