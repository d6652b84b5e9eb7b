"""A user's own chat template as a profile; known ones write what the built-in profiles write."""

import json
import sys
from pathlib import Path

import pytest

from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.prompts.built_in import built_in_like
from raise_finetune.dataset.prompts.chat_template import load_template_profile
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.errors import BadInputError

SYSTEM, A, B, C, D = (
    Message("system", "S"),
    Message("user", " a\n"),
    Message("assistant", "b"),
    Message("user", "c"),
    Message("assistant", " d"),
)

LLAMA3 = (
    "{% for message in messages %}"
    "{% if loop.first %}{{ bos_token }}{% endif %}"
    "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' }}"
    "{{ message['content'] | trim }}<|eot_id|>"
    "{% endfor %}"
    "{% if add_generation_prompt %}"
    "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}"
    "{% endif %}"
)
LLAMA3_2 = (
    "{% if messages[0]['role'] == 'system' %}"
    "{% set system = messages[0]['content'] | trim %}{% set messages = messages[1:] %}"
    "{% else %}{% set system = '' %}{% endif %}"
    "{{ bos_token }}"
    "{{ '<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\n' }}"
    "{{ 'Today Date: ' + strftime_now('%d %b %Y') + '\n\n' + system }}<|eot_id|>"
) + LLAMA3.replace("{% if loop.first %}{{ bos_token }}{% endif %}", "")
CHATML = (
    "{% for message in messages %}"
    "<|im_start|>{{ message.role }}\n"
    "{% if message.role == 'assistant' %}"
    "{% generation %}{{ message.content }}<|im_end|>{% endgeneration %}"
    "{% else %}{{ message.content }}<|im_end|>{% endif %}{{ '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant{{ '\n' }}{% endif %}"
)
GEMMA = (
    "{{ bos_token }}"
    "{% if messages[0]['role'] == 'system' %}"
    "{% set lead = messages[0]['content'] + '\n\n' %}{% set messages = messages[1:] %}"
    "{% else %}{% set lead = '' %}{% endif %}"
    "{% for message in messages %}"
    "{% set role = 'model' if message['role'] == 'assistant' else message['role'] %}"
    "{{ '<start_of_turn>' + role + '\n' + (lead if loop.first else '') }}"
    "{{ message['content'] | trim }}{{ '<end_of_turn>\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}"
)
MISTRAL_V3 = (
    "{% if messages[0]['role'] == 'system' %}"
    "{% set system = messages[0]['content'] %}{% set messages = messages[1:] %}{% endif %}"
    "{{ bos_token }}"
    "{% set users = messages | selectattr('role', 'equalto', 'user') | list %}"
    "{% for message in messages %}"
    "{% if message['role'] == 'user' %}"
    "{% if message == users[-1] and system is defined %}"
    "{{ '[INST] ' + system + '\n\n' + message['content'] + '[/INST]' }}"
    "{% else %}{{ '[INST] ' + message['content'] + '[/INST]' }}{% endif %}"
    "{% else %}{{ ' ' + message['content'] + eos_token }}{% endif %}"
    "{% endfor %}"
)


def folder(path: Path, template: str, bos: object = "", eos: object = "</s>") -> str:
    config = {"chat_template": template, "bos_token": bos, "eos_token": eos}
    (path / "tokenizer_config.json").write_text(json.dumps(config))
    return str(path)


@pytest.mark.parametrize(
    ("name", "template", "bos"),
    [
        ("llama3", LLAMA3, "<|begin_of_text|>"),
        ("llama3.2", LLAMA3_2, {"content": "<|begin_of_text|>", "special": True}),
        ("chatml", CHATML, None),
        ("gemma", GEMMA, "<bos>"),
        ("mistral-v3", MISTRAL_V3, "<s>"),
    ],
)
def test_known_templates_write_what_the_profiles_write(
    name: str, template: str, bos: object, tmp_path: Path
):
    own, built_in = load_template_profile(folder(tmp_path, template, bos)), get_text_profile(name)
    for messages in ([A, B], [SYSTEM, A, B], [A, B, C, D], [SYSTEM, A, B, C, D]):
        assert own.row(messages) == {"text": built_in.line(messages)}


def trained(source: str, messages: list[Message]) -> list[str]:
    parts = load_template_profile(source).parts(messages)
    return [part.text for part in parts if part.trained]


def test_every_answer_is_trained(tmp_path: Path):
    source = folder(tmp_path, LLAMA3)
    assert trained(source, [A, B, C, D]) == ["b", "<|eot_id|>", "d", "<|eot_id|>"]


def test_only_the_last_answer_is_trained_where_earlier_turns_are_written_anew(tmp_path: Path):
    source = folder(tmp_path, MISTRAL_V3, "<s>")
    assert trained(source, [A, B, C, D]) == [" b", "</s>", "  d", "</s>"]
    assert trained(source, [SYSTEM, A, B, C, D]) == ["  d", "</s>"]


def test_control_strings_are_the_tokenizers_own(tmp_path: Path):
    tokens = [
        {"content": "<|end|>", "special": True},
        {"content": "<think>", "special": False},
        {"content": "<b>", "special": False},
        {"content": "§", "special": True},
    ]
    (tmp_path / "tokenizer.json").write_text(json.dumps({"added_tokens": tokens}))
    profile = load_template_profile(folder(tmp_path, CHATML))
    assert profile.control_strings == ("<|end|>", "<think>")


def test_a_template_file_alone(tmp_path: Path):
    path = tmp_path / "own.jinja"
    path.write_text(CHATML)
    profile = load_template_profile(str(path))
    assert profile.name == "template:own.jinja"
    assert profile.special_tokens == ("", "", "export")
    assert {"</s>", "<|im_end|>", "<end_of_turn>"} < set(profile.control_strings)
    assert profile.line([A, B]) == get_text_profile("chatml").line([A, B])


def test_the_template_file_of_a_folder_wins(tmp_path: Path):
    source = folder(tmp_path, GEMMA)
    (tmp_path / "chat_template.jinja").write_text(CHATML)
    assert load_template_profile(source).line([A, B]).startswith("<|im_start|>user")


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{% if %}", "chat_template_failed"),
        ("{{ raise_exception('no') }}", "chat_template_failed"),
        ("{{ 1 / 0 }}", "chat_template_failed"),
        ("{{ ''.__class__.__mro__ }}", "chat_template_failed"),
        ("{% for n in range(10000000) %}{% endfor %}", "chat_template_failed"),
        ("{{ messages.append(1) }}", "chat_template_failed"),
        ("never an answer", "chat_template_without_answer"),
        ("{{ messages[-1].content }} and more", "chat_template_without_answer"),
    ],
)
def test_unusable_templates_are_refused_at_once(template: str, code: str, tmp_path: Path):
    with pytest.raises(BadInputError) as caught:
        load_template_profile(folder(tmp_path, template))
    assert caught.value.code == code
    assert str(tmp_path) in caught.value.message("fr")


def test_a_folder_without_a_template(tmp_path: Path):
    for source in (tmp_path, tmp_path / "missing.jinja"):
        with pytest.raises(BadInputError) as caught:
            load_template_profile(str(source))
        assert caught.value.code == "chat_template_missing"


def test_a_damaged_configuration(tmp_path: Path):
    (tmp_path / "tokenizer_config.json").write_text("{")
    with pytest.raises(BadInputError) as caught:
        load_template_profile(str(tmp_path))
    assert caught.value.code == "chat_template_failed"


def test_jinja2_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(BadInputError) as caught:
        load_template_profile(folder(tmp_path, CHATML))
    assert caught.value.code == "chat_template_not_installed"


# Each harmless to the sandbox alone: it takes for ever, or more memory than there is.
NESTED = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def test_a_template_that_runs_for_hours_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("raise_finetune.dataset.prompts.bounded_template._SECONDS", 1.0)
    with pytest.raises(BadInputError) as caught:
        load_template_profile(folder(tmp_path, NESTED))
    assert caught.value.code == "chat_template_too_slow"
    assert caught.value.params == {"path": str(tmp_path)}


def test_a_conversation_that_takes_too_long_does_not_spoil_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    slow = f"{{% if messages[0].content == 'slow' %}}{NESTED}{{% endif %}}"
    profile = load_template_profile(folder(tmp_path, slow + CHATML))
    quick = [Message("user", "q"), Message("assistant", "a")]
    line = profile.line(quick)
    with monkeypatch.context() as patched:
        patched.setattr("raise_finetune.dataset.prompts.bounded_template._SECONDS", 1.0)
        with pytest.raises(BadInputError) as caught:
            profile.line([Message("user", "slow"), Message("assistant", "a")])
    assert caught.value.code == "chat_template_too_slow"
    assert profile.line(quick) == line


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 3000000000 }}",
        "{{ 'a'.center(3000000000) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_a_template_that_fills_the_memory_is_refused(template: str, tmp_path: Path):
    with pytest.raises(BadInputError) as caught:
        load_template_profile(folder(tmp_path, template))
    assert caught.value.code in {"chat_template_failed", "chat_template_too_slow"}


GUARDED = (
    *("[INST]", "[/INST]", "<s>", "</s>", "<bos>", "<start_of_turn>", "<end_of_turn>"),
    *("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
    *("<|im_start|>", "<|im_end|>"),
)


def guarded(path: Path, template: str, bos: object, *left_out: str) -> TextProfile:
    tokens = [{"content": each, "special": True} for each in GUARDED if each not in left_out]
    (path / "tokenizer.json").write_text(json.dumps({"added_tokens": tokens}))
    return load_template_profile(folder(path, template, bos))


@pytest.mark.parametrize(
    ("name", "template", "bos"),
    [
        ("llama3", LLAMA3, "<|begin_of_text|>"),
        ("llama3.1", LLAMA3_2, "<|begin_of_text|>"),
        ("chatml", CHATML, None),
        ("gemma", GEMMA, "<bos>"),
        ("mistral-v3", MISTRAL_V3, "<s>"),
        # Refuses a system prompt: an export by it has none.
        ("chatml", "{% if messages[0].role == 'system' %}{{ 1 / 0 }}{% endif %}" + CHATML, None),
    ],
)
def test_a_template_is_known_for_the_profile_that_writes_the_same(
    name: str, template: str, bos: object, tmp_path: Path
):
    assert built_in_like(guarded(tmp_path, template, bos)) is get_text_profile(name)


@pytest.mark.parametrize(
    ("template", "left_out"),
    [
        # As Qwen 2.5 and SmolLM 2: a system prompt of its own where there is none.
        ("{% if messages[0].role != 'system' %}<|im_start|>system\nHi<|im_end|>\n{% endif %}", ()),
        # A system prompt is written otherwise.
        ("{% if messages[0].role == 'system' %}!{% endif %}", ()),
        # So is a second question.
        ("{% if messages | length > 2 %}!{% endif %}", ()),
        # What marks an answer may stand in somebody's words.
        ("", ("<|im_start|>",)),
        ("{{ 1 / 0 if messages[0].content != 'a' else '' }}", ()),
    ],
)
def test_a_template_that_writes_otherwise_is_like_none(
    template: str, left_out: tuple[str, ...], tmp_path: Path
):
    assert built_in_like(guarded(tmp_path, template + CHATML, None, *left_out)) is None
