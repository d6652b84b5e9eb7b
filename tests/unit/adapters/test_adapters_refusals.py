"""What cannot become a GGUF adapter is refused with the reason, and nothing is written."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.handmade import QUERY, pair, write_adapter, write_base, zeros
from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.adapters.convert import convert_adapter
from raise_finetune.adapters.peft_adapter import read_peft_adapter
from raise_finetune.adapters.provenance import provenance_of
from raise_finetune.adapters.trained_on import LINEAGE_FILE
from raise_finetune.errors import BadInputError
from raise_finetune.training.base_model import read_base_model

HEAD = "base_model.model.lm_head"
EMBEDDINGS = "base_model.model.model.embed_tokens"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


def refusal(adapter: Path, base: Path) -> BadInputError:
    output = adapter.parent / "adapter.gguf"
    output.write_bytes(b"the one before")
    with pytest.raises(BadInputError) as caught:
        convert_adapter(read_peft_adapter(adapter), read_base(base), output)
    assert output.read_bytes() == b"the one before"
    names = {path.name for path in adapter.parent.iterdir()}
    assert names == {"base", "adapter", "adapter.gguf"}
    return caught.value


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({"use_dora": True}, "adapter_dora"),
        ({"bias": "all"}, "adapter_bias"),
        ({"bias": "lora_only"}, "adapter_bias"),
        ({"lora_bias": True}, "adapter_bias"),
        ({"modules_to_save": ["lm_head", "embed_tokens"]}, "adapter_saved_modules"),
        ({"peft_type": "IA3"}, "adapter_kind"),
        ({"alpha_pattern": {"q_proj": 3}}, "adapter_option"),
        ({"fan_in_fan_out": True}, "adapter_option"),
        ({"layer_replication": [[0, 1], [0, 1]]}, "adapter_option"),
        ({"trainable_token_indices": [3]}, "adapter_option"),
        ({"init_lora_weights": "pissa"}, "adapter_option"),
        ({"init_lora_weights": "loftq"}, "adapter_option"),
        ({"use_rslora": True, "rank_pattern": {"q_proj": 3}}, "adapter_option"),
        ({"r": 0}, "adapter_unreadable"),
    ],
)
def test_an_option_that_gguf_cannot_hold(
    config: dict[str, Any], code: str, base: Path, tmp_path: Path
):
    assert refusal(write_adapter(tmp_path / "adapter", **config), base).code == code


@pytest.mark.parametrize(
    ("tensors", "code"),
    [
        ({f"{QUERY}.lora_magnitude_vector.weight": zeros(8)}, "adapter_dora"),
        ({f"{QUERY}.base_layer.bias": zeros(8)}, "adapter_bias"),
        (pair(HEAD, outputs=5), "adapter_output_layer"),
        ({f"{HEAD}.weight": zeros(5, 8)}, "adapter_output_layer"),
        (pair(EMBEDDINGS), "adapter_embeddings"),
        ({f"{EMBEDDINGS}.lora_embedding_A": zeros(2, 5)}, "adapter_embeddings"),
        ({f"{QUERY}.hada_w1_a": zeros(2, 2)}, "adapter_tensor_unknown"),
        ({f"{QUERY}.lora_A.weight": zeros(2, 8)}, "adapter_tensor_unpaired"),
        (
            {f"{QUERY}.lora_A.weight": zeros(2, 8), f"{QUERY}.lora_B.weight": zeros(8, 3)},
            "adapter_tensor_unpaired",
        ),
        ({**pair(), f"{QUERY}.lora_B.weight": np.full((8, 2), np.nan, "f4")}, "adapter_not_finite"),
        ({}, "adapter_empty"),
        (pair(outputs=6), "adapter_shape"),
        (pair(QUERY.replace(".0.", ".7.")), "adapter_module_unknown"),
        (pair(QUERY.replace("q_proj", "rotary")), "adapter_module_unknown"),
    ],
)
def test_a_tensor_that_gguf_cannot_hold(
    tensors: dict[str, np.ndarray], code: str, base: Path, tmp_path: Path
):
    assert refusal(write_adapter(tmp_path / "adapter", tensors), base).code == code


def test_a_shape_that_does_not_match_is_named(base: Path, tmp_path: Path):
    error = refusal(write_adapter(tmp_path / "adapter", pair(outputs=6)), base)
    assert error.message("en") == (
        "The adapter’s model.layers.0.self_attn.q_proj is (6, 8), that of the base model "
        f"{base} is (8, 8)."
    )


@pytest.mark.parametrize("file", ["adapter_config.json", "adapter_model.safetensors"])
def test_a_file_that_is_missing_is_named(file: str, tmp_path: Path):
    adapter = write_adapter(tmp_path / "adapter")
    (adapter / file).unlink()
    with pytest.raises(BadInputError) as caught:
        read_peft_adapter(adapter)
    assert (caught.value.code, caught.value.params["file"]) == ("adapter_incomplete", file)


@pytest.mark.parametrize("kept", [0, 7, 8, 100, -1])
def test_weights_that_are_cut_off(kept: int, tmp_path: Path):
    weights = write_adapter(tmp_path / "adapter") / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:kept])
    with pytest.raises(BadInputError) as caught:
        read_peft_adapter(tmp_path / "adapter")
    assert caught.value.code == "weights_unreadable"


@pytest.mark.parametrize("key", ["hidden_size", "n_embd"])
def test_a_base_of_another_architecture(key: str, tmp_path: Path):
    base = write_base(tmp_path / "base", architectures=["GPT2LMHeadModel"])
    config = base / "config.json"
    config.write_text(config.read_text().replace("hidden_size", key))
    with pytest.raises(BadInputError) as caught:
        read_base(base)
    assert caught.value.code == "base_architecture_unknown"


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("config.json", None, "base_incomplete"),
        ("config.json", b"{", "base_unreadable"),
        ("config.json", b'{"architectures": ["LlamaForCausalLM"]}', "base_unreadable"),
        ("model.safetensors", None, "base_incomplete"),
        ("model.safetensors", b"git-lfs", "weights_unreadable"),
        ("model.safetensors.index.json", b"{}", "base_unreadable"),
        (
            "model.safetensors.index.json",
            b'{"weight_map": {"a": "model-00001-of-00002.safetensors"}}',
            "base_incomplete",
        ),
    ],
)
def test_a_base_that_is_incomplete(file: str, content: bytes | None, code: str, base: Path):
    if file.endswith("index.json"):
        (base / "model.safetensors").unlink()  # which would count before an index
    if content is None:
        (base / file).unlink()
    else:
        (base / file).write_bytes(content)
    with pytest.raises(BadInputError) as caught:
        read_base(base)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "english", "french"),
    [
        (b"{", "it is no valid JSON", "ce n’est pas du JSON valide"),
        (
            b"{}",
            "“architectures”: it is missing",
            "«\u00a0architectures\u00a0»\u00a0: la valeur manque",
        ),
    ],
)
def test_what_is_wrong_with_a_configuration_is_told_in_the_users_language(
    content: bytes, english: str, french: str, base: Path
):
    (base / "config.json").write_bytes(content)
    with pytest.raises(BadInputError) as caught:
        read_base(base)
    assert caught.value.message("en") == f"{base}/config.json cannot be read: {english}."
    assert caught.value.message("fr") == (
        f"{base}/config.json ne peut pas être lu\u00a0: {french}."
    )


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer_config.json"])
def test_a_pipe_in_a_bases_folder_is_refused_instead_of_waited_for(base: Path, name: str):
    (base / name).unlink(missing_ok=True)
    os.mkfifo(base / name)
    readers: list[Callable[[Path], object]] = [read_base, trained_base, converted_base]
    for read in readers:
        with pytest.raises(BadInputError) as caught:
            read(base)
        assert (caught.value.code, caught.value.params) == ("irregular_file", {"path": base / name})
        assert caught.value.message("fr") == (
            f"{base / name} est un tube ou un périphérique, pas un fichier."
        )


def test_a_device_in_an_adapters_folder_is_refused(tmp_path: Path):
    adapter = write_adapter(tmp_path / "adapter", pair(QUERY))
    (adapter / "raise.json").symlink_to("/dev/zero")
    with pytest.raises(BadInputError) as caught:
        read_peft_adapter(adapter)
    assert caught.value.params == {"path": adapter / "raise.json"}


def test_a_device_in_the_place_of_the_lineage_is_not_read(tmp_path: Path):
    adapter = write_adapter(tmp_path / "adapter", pair(QUERY))
    (adapter / LINEAGE_FILE).symlink_to("/dev/zero")
    with pytest.raises(BadInputError) as caught:
        provenance_of(adapter)
    assert caught.value.params == {"path": adapter / LINEAGE_FILE}


def test_a_damaged_lineage_is_told_by_its_damage(tmp_path: Path):
    adapter = write_adapter(tmp_path / "adapter", pair(QUERY))
    (adapter / LINEAGE_FILE).write_bytes(b"{}")
    with pytest.raises(BadInputError) as caught:
        provenance_of(adapter)
    assert caught.value.message("en") == (
        f"{adapter / LINEAGE_FILE} cannot be read: it is missing."
    )


def trained_base(folder: Path) -> object:
    return read_base_model(str(folder))


def converted_base(folder: Path) -> None:
    convert_base(folder, folder.parent / "base.gguf")
