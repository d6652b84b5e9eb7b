"""The configuration: what may be chosen, and a file that explains itself."""

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bench.random_base import SHAPES
from bench.training import CASES
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.adapters.model_config import ModelConfig
from raise_finetune.errors import BadInputError
from raise_finetune.messages import LANGUAGES, Language
from raise_finetune.training.base_model import BaseModel
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.config_file import (
    changed_config,
    format_config,
    parse_config,
    read_config,
)
from raise_finetune.training.estimate import check_targets, inconvertible
from raise_finetune.training.memory import adapter_parameters, estimate_memory, with_larger_batch
from raise_finetune.training.presets import PRESET_NAMES, Device, PresetName, preset

MEASURED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "bench/results/training.json").read_text("utf-8")
)["trainings"]
# Rows at a time to learn from, their tokens, rows at a time to validate (0: none), peak in MiB.
TAKEN_ON_A_PROCESSOR = ((1, 256, 0, 931), (1, 1024, 0, 1724), (2, 1024, 0, 2816),
                        (4, 1024, 0, 4976), (1, 1024, 4, 2876))  # fmt: skip

MISTRAL_7B = BaseModel(
    Path(),
    ModelConfig(
        architectures=("MistralForCausalLM",),
        hidden_size=4096,
        intermediate_size=14336,
        num_hidden_layers=32,
        num_attention_heads=32,
        num_key_value_heads=8,
        vocab_size=32000,
    ),
)


@pytest.mark.parametrize(
    ("content", "key", "reason"),
    [
        ("nope = 1", "nope", "there is no such key"),
        ("[lora]\nr = 0", "lora.r", "it must be at least 1"),
        ("[lora]\nr = 'x'", "lora.r", "it must be a whole number"),
        ("[lora]\nrank = 4", "lora.rank", "there is no such key"),
        (
            "[lora]\nlora_alfa = 4",
            "lora.lora_alfa",
            "there is no such key; the most similar one is “lora_alpha”",
        ),
        ("[lora]\ntarget_modules = []", "lora", "target_modules must name a module"),
        (
            "[lora]\ntarget_modules = ['all-linear', 'q_proj']",
            "lora",
            "target_modules is either ['all-linear'] or a list",
        ),
        ("[data]\nprofile = 'x'", "data.profile", "there is no profile “x”"),
        ("[data]\nprofile = 'messages'", "data.profile", "there is no profile"),
        ("[training]\nlearning_rate = 0", "training.learning_rate", "it must be more than 0"),
        ("[training]\nlearning_rate = nan", "training.learning_rate", "it must be"),
        ("[training]\nmax_steps = 0", "training", "max_steps is -1"),
        ("[training]\nwarmup_steps = 5", "training", "warmup_steps needs"),
        ("[training]\nsave_total_limit = 1", "training.save_total_limit", "it must be"),
        (
            "[quantization]\nbnb_4bit_quant_type = 'q4'",
            "quantization.bnb_4bit_quant_type",
            "it must be",
        ),
    ],
)
def test_a_wrong_value_is_refused_by_its_key(content: str, key: str, reason: str):
    with pytest.raises(BadInputError) as caught:
        parse_config(content, "t.toml")
    assert (caught.value.code, caught.value.params["key"]) == ("training_config_invalid", key)
    assert str(caught.value.params["reason"]).startswith(reason)


def test_unreadable_files(tmp_path: Path):
    (tmp_path / "bytes.toml").write_bytes(b"\xff")
    for path in (tmp_path / "bytes.toml", tmp_path / "none.toml", tmp_path):
        with pytest.raises(BadInputError) as caught:
            read_config(path)
        assert caught.value.code == "training_config_unreadable"
    with pytest.raises(BadInputError) as caught:
        parse_config("[", "t.toml")
    assert caught.value.message("fr") == (
        "La configuration d’entraînement t.toml n’est pas du TOML valide\u00a0: "
        "il s’arrête au milieu d’une valeur."
    )


@pytest.mark.parametrize("device", ["cpu", "cuda"])
@pytest.mark.parametrize("name", PRESET_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preset_survives_its_file_and_every_key_is_explained(
    name: PresetName, device: Device, language: Language
):
    config = preset(name, device)
    written = format_config(config, language)
    assert parse_config(written, "t") == config
    for before, line in pairwise(written.splitlines()):
        if re.match(r"\w+ =", line) and not line.startswith("version"):
            assert before.startswith("# "), line


@given(
    st.fixed_dictionaries({"r": st.integers(1, 4096), "lora_alpha": st.integers(1, 65536)}),
    st.fixed_dictionaries(
        {"learning_rate": st.floats(1e-9, 1.0), "seed": st.integers(0, 2**32 - 1)}
    ),
    st.fixed_dictionaries({"dataset": st.text(max_size=20), "max_length": st.integers(16, 2**20)}),
)
def test_a_configuration_survives_its_file_and_ipc(
    lora: dict[str, object], training: dict[str, object], data: dict[str, object]
):
    config = TrainingConfig.model_validate({"lora": lora, "training": training, "data": data})
    written = format_config(config, "en")
    assert parse_config(written, "t") == config
    assert TrainingConfig.model_validate(tomllib.loads(written)) == config
    assert TrainingConfig.model_validate_json(config.model_dump_json(by_alias=True)) == config


def test_the_memory_of_mistral_7b():
    estimate = estimate_memory(preset("mistral-7b"), MISTRAL_7B, longest=1024)
    assert adapter_parameters(preset("mistral-7b").lora, MISTRAL_7B) == 41_943_040
    assert round(estimate.base / 2**30, 2) == 3.84
    assert round(estimate.adapter / 2**30, 3) == 0.625
    assert 7 < estimate.total / 2**30 < 9
    assert estimate.total == (
        estimate.base + estimate.adapter + estimate.activations + estimate.context
    )


@pytest.mark.parametrize("measured", MEASURED, ids=lambda each: each["case"])
def test_the_estimate_is_what_a_card_was_measured_to_need(measured: dict[str, Any]):
    """``bench.training`` measured; what pages of the optimizer lie on the card is not in it."""
    shape: dict[str, Any] = SHAPES[measured["shape"]]
    base = BaseModel(Path(), ModelConfig(architectures=("MistralForCausalLM",), **shape))
    config = changed_config(TrainingConfig(), CASES[measured["case"]], "case")
    estimate = estimate_memory(config, base, longest=config.data.max_length)
    taken = measured["peak"] + 8 * adapter_parameters(config.lora, base)
    assert taken * 0.98 < estimate.total - estimate.context < taken * 1.06


def test_on_a_processor_scoring_takes_most_of_a_small_model(tmp_path: Path):
    """What trainings of a model of 64 numbers a token took there, in MiB; see the notes."""
    base = BaseModel(tmp_path, ModelConfig(architectures=("MistralForCausalLM",), **SHAPES["tiny"]))
    for rows, length, validated, measured in TAKEN_ON_A_PROCESSOR:
        config = TrainingConfig.model_validate(
            {
                "model": {"device": "cpu"},
                "training": {
                    "per_device_train_batch_size": rows,
                    "per_device_eval_batch_size": validated or 4,
                    "eval_strategy": "steps" if validated else "no",
                },
            }
        )
        estimate = estimate_memory(config, base, longest=length).total / 2**20
        assert measured * 0.95 < estimate < measured * 1.06


def test_a_large_card_is_given_more_rows_at_a_time():
    config = preset("mistral-7b")

    def rows(card: int) -> tuple[int, int] | None:
        larger = with_larger_batch(config, MISTRAL_7B, longest=1024, card=card * 2**30)
        if larger is None:
            return None
        others = larger.config.model_dump(exclude={"training"})
        assert others == config.model_dump(exclude={"training"})
        taken = estimate_memory(larger.config, MISTRAL_7B, longest=1024).total
        assert larger.memory == taken <= 0.8 * card * 2**30
        training = larger.config.training
        return (training.per_device_train_batch_size, training.gradient_accumulation_steps)

    assert [rows(card) for card in (8, 12, 16, 24, 80)] == [None, None, (8, 2), (16, 1), (16, 1)]


def test_what_cannot_become_gguf_is_named():
    config = TrainingConfig.model_validate(
        {
            "lora": {
                "target_modules": ["q_proj", "lm_head"],
                "use_dora": True,
                "bias": "all",
                "modules_to_save": ["embed_tokens"],
            }
        }
    )
    assert inconvertible(config) == [
        "target_modules: lm_head",
        "modules_to_save: embed_tokens",
        "use_dora",
        "bias: all",
    ]
    assert inconvertible(TrainingConfig()) == []
    wrong = TrainingConfig.model_validate({"lora": {"target_modules": ["query"]}})
    with pytest.raises(BadInputError) as caught:
        check_targets(wrong)
    assert caught.value.code == "training_target_unknown"
