"""Damaged tokenizers and chat templates: refused by name, when they are opened or first used."""

import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domains.fuzzing import damaged, encoded, files_like, only_bad_input, tries, wrong
from domains.token_checks import check_profile
from models.handmade import CONFIG, write_base
from models.tokenizers import TEKKEN_JSON, TOKENIZER_JSON, sentencepiece_model
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.prompts.chat_template import copy_template, load_template_profile
from raise_finetune.dataset.records import Example, Message
from raise_finetune.dataset.tokens import load_tokenizer, preview_tokens
from raise_finetune.dataset.tokens.load import tokenizer_sha256

CONVERSATION = [
    Message("system", "the ab"),
    Message("user", "12 é\n<s>[INST]"),
    Message("assistant", "the answer </s>"),
]
EXAMPLES = [Example("r", "g", "conversation", CONVERSATION, 5.0, "", "", [])]


def use(file: Path) -> None:
    """Do with a tokenizer all that an export, a preview or a comparison does."""
    with only_bad_input(naming=file):
        tokenizer = load_tokenizer(str(file))
        for name in ("mistral-v3", "chatml"):
            profile = get_text_profile(name)
            check_profile(profile, tokenizer, EXAMPLES)
            preview_tokens(profile, tokenizer, CONVERSATION, 8)
    tokenizer_sha256(str(file))


def with_changed(value: dict[str, Any], *keys: str | int, to: Any) -> bytes:
    """Return the file with another value at the end of the keys."""
    changed: Any = orjson.loads(orjson.dumps(value))
    inner = changed
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = to
    return encoded(changed)


BOS_ALONE = {"SpecialToken": {"id": "<s>", "type_id": 0}}


# Rust's panics, which are no exceptions of Python, and a failure at the first text only.
@tries(200)
@given(content=files_like(TOKENIZER_JSON))
@example(content=with_changed(TOKENIZER_JSON, "post_processor", "special_tokens", to={}))
@example(content=with_changed(TOKENIZER_JSON, "model", "continuing_subword_prefix", to="aaaaaaa"))
@example(content=with_changed(TOKENIZER_JSON, "normalizer", "normalizers", 0, "prepend", to=""))
@example(content=with_changed(TOKENIZER_JSON, "model", "unk_token", to="{"))
@example(content=with_changed(TOKENIZER_JSON, "post_processor", "single", to=[]))  # no tokens
@example(content=with_changed(TOKENIZER_JSON, "post_processor", "single", 1, to=BOS_ALONE))
def test_tokenizer_json(tmp_path: Path, content: bytes):
    (tmp_path / "tokenizer.json").write_bytes(content)
    use(tmp_path / "tokenizer.json")


def tekken(config: Any) -> bytes:
    return encoded({**TEKKEN_JSON, "config": config})


@tries(60)
@given(content=files_like(TEKKEN_JSON) | wrong(TEKKEN_JSON["config"]).map(tekken))
@example(content=tekken({**TEKKEN_JSON["config"], "default_num_special_tokens": 10**10}))
def test_tekken_json(tmp_path: Path, content: bytes):
    (tmp_path / "tekken.json").write_bytes(content)
    use(tmp_path / "tekken.json")


@pytest.fixture(scope="module")
def pieces() -> bytes:
    return sentencepiece_model()


@tries(150)
@given(data=st.data())
def test_sentencepiece_models(tmp_path: Path, pieces: bytes, data: st.DataObject):
    (tmp_path / "tokenizer.model").write_bytes(data.draw(damaged(pieces) | st.just(pieces)))
    settings = data.draw(files_like({"legacy": True, "bos_token": "<s>"}))
    (tmp_path / "tokenizer_config.json").write_bytes(settings)
    use(tmp_path / "tokenizer.model")


BYTE_LEVEL: dict[str, Any] = {
    **TOKENIZER_JSON,
    "model": {**TOKENIZER_JSON["model"], "byte_fallback": False},
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_base(tmp_path_factory.mktemp("models") / "base", vocab_size=8)


@tries(100)
@given(content=files_like(TOKENIZER_JSON) | files_like(BYTE_LEVEL))
@example(content=with_changed(TOKENIZER_JSON, "added_tokens", 0, "id", to=-9))
@example(content=with_changed(TOKENIZER_JSON, "model", "vocab", "ab", to=-(10**30)))
def test_vocabularies_of_bases(base: Path, content: bytes):
    (base / "tokenizer.json").write_bytes(content)
    with only_bad_input(naming=base / "tokenizer.json"):
        convert_base(base, base.parent / "base.gguf")


def config_of(**changes: Any) -> bytes:
    return encoded({**CONFIG, "vocab_size": 8, **changes})


ROPE = {
    "rope_type": "llama3",
    "rope_theta": 500000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 8192,
}
SHAPE = {**CONFIG, "vocab_size": 8, "rope_scaling": ROPE, "rms_norm_eps": 1e-5, "head_dim": 2}


@tries(60)
@given(content=files_like(SHAPE) | wrong(ROPE).map(lambda rope: config_of(rope_scaling=rope)))
@example(content=config_of(vocab_size=2**31))  # a name made for each
@example(content=config_of(hidden_size=2**63))
@example(content=config_of(bos_token_id=-1))
@example(content=config_of(num_attention_heads=16))
@example(content=config_of(num_key_value_heads=3))
@example(content=config_of(rms_norm_eps=1e39))
@example(content=config_of(rope_scaling={**ROPE, "factor": 0}))
@example(content=config_of(rope_scaling={**ROPE, "low_freq_factor": 4.0}))
@example(content=config_of(rope_scaling={**ROPE, "rope_theta": 0}))
@example(content=config_of(rope_scaling=ROPE, head_dim=2**40))
def test_configurations_of_bases(base: Path, content: bytes):
    (base / "tokenizer.json").write_bytes(encoded(TOKENIZER_JSON))
    good = (base / "config.json").read_bytes()
    (base / "config.json").write_bytes(content)
    try:
        with only_bad_input():
            convert_base(base, base.parent / "base.gguf")
    finally:
        (base / "config.json").write_bytes(good)


TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}<|{{ message.role }}|>{{ message.content }}"
    "{% if message.role == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
TOKENIZER_CONFIG: dict[str, Any] = {
    "bos_token": "<s>",
    "eos_token": {"content": "</s>"},
    "chat_template": TEMPLATE,
}
TEMPLATE_FILES: dict[str, st.SearchStrategy[bytes]] = {
    "chat_template.jinja": damaged(TEMPLATE.encode()),
    "tokenizer_config.json": files_like(TOKENIZER_CONFIG),
    "tokenizer.json": files_like({"added_tokens": TOKENIZER_JSON["added_tokens"]}),
}


@tries(15)
@given(
    damage=st.sampled_from(sorted(TEMPLATE_FILES)).flatmap(
        lambda name: st.tuples(st.just(name), TEMPLATE_FILES[name])
    )
)
@example(damage=("tokenizer.json", b'{"added_tokens": [1, null, {"content": 2}]}'))
@example(damage=("tokenizer_config.json", b'{"bos_token": {"content": []}, "chat_template": [1]}'))
@example(damage=("chat_template.jinja", b"{{ messages.x.y }}"))
@example(damage=("chat_template.jinja", b"{{ strftime_now(1) }}"))
@example(damage=("chat_template.jinja", b"{% for a in range(9) %}" * 40))
@example(damage=("chat_template.jinja", b"{{ " + b"(" * 5000))
def test_chat_templates(tmp_path: Path, damage: tuple[str, bytes]):
    folder = tmp_path / "model"
    folder.mkdir(exist_ok=True)
    name, content = damage
    (folder / "tokenizer_config.json").write_bytes(encoded(TOKENIZER_CONFIG))
    (folder / name).write_bytes(content)
    with only_bad_input():
        load_template_profile(str(folder)).line(CONVERSATION)
    with only_bad_input():
        copy_template(str(folder))
    shutil.rmtree(folder)
