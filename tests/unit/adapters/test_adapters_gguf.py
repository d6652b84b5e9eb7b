"""The GGUF files that are written, and those that are refused."""

import math
from contextlib import suppress
from pathlib import Path

import gguf
import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.handmade import HIDDEN, QUERY, pair, write_adapter, write_base
from raise_finetune.adapters.base import Base, read_base
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.adapters.convert import convert_adapter
from raise_finetune.adapters.fitting import check_fits
from raise_finetune.adapters.peft_adapter import read_peft_adapter
from raise_finetune.adapters.provenance import Provenance, profile_of
from raise_finetune.adapters.row_order import to_llama_cpp_order
from raise_finetune.dataset.manifest import ManifestProfile
from raise_finetune.errors import BadInputError, CancelledError, FailedError

PROFILE = ManifestProfile(
    name="inst",
    family="llama2, mistral",
    columns=("text",),
    bos="<s>",
    eos="</s>",
    special_tokens_written_by="export",
    system_placement="first_question",
    llama_cpp_template="llama2",
)


TOKENIZER = orjson.dumps(
    {
        "added_tokens": [{"id": 1, "content": "<s>", "special": True}],
        "model": {
            "type": "BPE",
            "byte_fallback": True,
            "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, "a": 3, "b": 4},
            "merges": [],
        },
    }
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


@pytest.fixture
def converted(base: Path, tmp_path: Path) -> Path:
    return convert(write_adapter(tmp_path / "adapter"), base)


def convert(adapter: Path, base: Path) -> Path:
    output = adapter.with_suffix(".gguf")
    metadata = Provenance(PROFILE, input_hash="1234").metadata()
    convert_adapter(read_peft_adapter(adapter), read_base(base), output, metadata)
    return output


def values(path: Path) -> dict[str, object]:
    reader = gguf.GGUFReader(path)
    return {name: field.contents() for name, field in reader.fields.items() if "GGUF" not in name}


def test_what_stands_in_the_file(converted: Path):
    assert values(converted) == {
        "general.architecture": "llama",
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 4.0,
        "raise.tool_version": "0.1.0",
        "raise.profile": "inst",
        "raise.bos": "<s>",
        "raise.eos": "</s>",
        "raise.special_tokens_written_by": "export",
        "raise.system_placement": "first_question",
        "raise.llama_cpp_template": "llama2",
        "raise.dataset.input_hash": "1234",
    }
    a, b = gguf.GGUFReader(converted).tensors
    assert (a.name, b.name) == ("blk.0.attn_q.weight.lora_a", "blk.0.attn_q.weight.lora_b")
    expected = pair()
    assert np.array_equal(a.data, expected[f"{QUERY}.lora_A.weight"])
    # Four heads of two rows each: their two halves are one row, so the order stays.
    assert np.array_equal(b.data, expected[f"{QUERY}.lora_B.weight"])


def test_the_same_adapter_gives_the_same_bytes(converted: Path, base: Path, tmp_path: Path):
    first = converted.read_bytes()
    assert convert(tmp_path / "adapter", base).read_bytes() == first


def test_rslora_takes_the_square_root_of_the_rank_into_alpha(base: Path, tmp_path: Path):
    adapter = write_adapter(tmp_path / "adapter", pair(rank=3), r=3, use_rslora=True)
    assert values(convert(adapter, base))["adapter.lora.alpha"] == np.float32(4 * math.sqrt(3))


def test_tensors_follow_the_order_of_the_base(base: Path, tmp_path: Path):
    up = QUERY.replace("self_attn.q_proj", "mlp.up_proj")
    value = QUERY.replace("q_proj", "v_proj")
    adapter = write_adapter(
        tmp_path / "adapter", {**pair(up, outputs=12), **pair(value, outputs=4), **pair()}
    )
    names = [tensor.name for tensor in gguf.GGUFReader(convert(adapter, base)).tensors]
    order = [name for name in read_base(base).shapes if f"{name}.lora_a" in names]
    assert names == [f"{name}.{half}" for name in order for half in ("lora_a", "lora_b")]


def test_rows_change_places_within_their_head():
    rows = np.arange(16).reshape(8, 2)
    assert to_llama_cpp_order(rows, 2)[:, 0].tolist() == [0, 4, 2, 6, 8, 12, 10, 14]


@given(heads=st.integers(1, 5), half=st.integers(1, 5), width=st.integers(1, 3))
def test_every_row_is_kept_once(heads: int, half: int, width: int):
    rows = np.arange(heads * 2 * half * width).reshape(-1, width)
    ordered = to_llama_cpp_order(rows, heads)
    assert np.array_equal(np.sort(ordered, axis=0), rows)


def test_a_file_that_fits_tells_its_profile(converted: Path, base: Path):
    assert profile_of(check_fits(converted, read_base(base))) == "inst"


def test_an_adapter_for_another_base(converted: Path, tmp_path: Path):
    wider = write_base(tmp_path / "wider")
    shapes = {**read_base(wider).shapes, "blk.0.attn_q.weight": (HIDDEN, 2 * HIDDEN)}
    base = read_base(wider)
    other = type(base)(base.path, base.architecture, base.layers, base.heads, base.kv_heads, shapes)
    with pytest.raises(BadInputError) as caught:
        check_fits(converted, other)
    assert caught.value.code == "adapter_shape"


def test_an_adapter_for_another_architecture(converted: Path, tmp_path: Path):
    qwen = read_base(write_base(tmp_path / "qwen", architectures=["Qwen2ForCausalLM"]))
    with pytest.raises(BadInputError) as caught:
        check_fits(converted, qwen)
    assert caught.value.code == "adapter_architecture"


@pytest.mark.parametrize("kept", [0, 3, 20, 200, -1])
def test_a_file_that_is_cut_off(kept: int, converted: Path, base: Path):
    converted.write_bytes(converted.read_bytes()[:kept])
    with pytest.raises(BadInputError) as caught:
        check_fits(converted, read_base(base))
    assert caught.value.code == "gguf_unreadable"


def test_an_adapter_is_no_base(converted: Path):
    with pytest.raises(BadInputError) as caught:
        read_base(converted)
    assert caught.value.code == "base_is_adapter"


def test_an_empty_file(tmp_path: Path, base: Path):
    (tmp_path / "adapter.gguf").touch()
    with pytest.raises(BadInputError) as caught:
        check_fits(tmp_path / "adapter.gguf", read_base(base))
    assert str(caught.value.params["reason"]) == "the file is empty"


def test_a_file_that_is_not_there(tmp_path: Path, base: Path):
    with pytest.raises(BadInputError) as caught:
        check_fits(tmp_path / "adapter.gguf", read_base(base))
    assert caught.value.code == "gguf_missing"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Base]:
    folder = tmp_path_factory.mktemp("whole")
    base = write_base(folder / "base")
    return convert(write_adapter(folder / "adapter"), base), read_base(base)


@given(position=st.integers(0), value=st.integers(0, 255))
def test_a_damaged_file_is_refused_or_read(whole: tuple[Path, Base], position: int, value: int):
    path, base = whole
    content = bytearray(path.read_bytes())
    content[position % len(content)] = value
    damaged = path.with_name("damaged.gguf")
    damaged.write_bytes(content)
    with suppress(BadInputError):
        check_fits(damaged, base)


def test_a_base_that_is_cancelled_half_way_leaves_nothing(base: Path, tmp_path: Path):
    output = tmp_path / "base.gguf"
    (base / "tokenizer.json").write_bytes(TOKENIZER)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        convert_base(base, output, stop)
    assert told == [(0, 12), (1, 12), (2, 12)]
    assert [path.name for path in tmp_path.iterdir()] == ["base"]
    assert convert_base(base, output) == output.stat().st_size
    assert read_base(output).shapes == read_base(base).shapes


def test_a_folder_that_cannot_be_written(base: Path, tmp_path: Path):
    adapter = read_peft_adapter(write_adapter(tmp_path / "adapter"))
    with pytest.raises(FailedError) as caught:
        convert_adapter(adapter, read_base(base), tmp_path / "base" / "config.json" / "a.gguf")
    assert caught.value.code == "write_failed"
