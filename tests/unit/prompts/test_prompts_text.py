"""The exact text of each profile, for the smallest conversations."""

from pathlib import Path

import pytest

from raise_finetune.dataset.prompts import (
    get_profile,
    get_text_profile,
    profile_names,
    text_profile_names,
)
from raise_finetune.dataset.records import Message

SYSTEM, A, B, C, D = (
    Message("system", "S"),
    Message("user", "a"),
    Message("assistant", "b"),
    Message("user", "c"),
    Message("assistant", "d"),
)


def llama3(role: str, content: str) -> str:
    return f"<|start_header_id|>{role}<|end_header_id|>\n\n{content}<|eot_id|>"


DATES = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"
BEGIN = "<|begin_of_text|>"

# One turn; two turns; two turns with a system prompt.
TEXTS = {
    "inst": (
        "<s>[INST] a [/INST] b </s>",
        "<s>[INST] a [/INST] b </s>[INST] c [/INST] d </s>",
        "<s>[INST] S\n\na [/INST] b </s>[INST] c [/INST] d </s>",
    ),
    "llama2": (
        "<s>[INST] a [/INST] b </s>",
        "<s>[INST] a [/INST] b </s><s>[INST] c [/INST] d </s>",
        "<s>[INST] <<SYS>>\nS\n<</SYS>>\n\na [/INST] b </s><s>[INST] c [/INST] d </s>",
    ),
    "mistral-v1": (
        "<s> [INST] a [/INST] b</s>",
        "<s> [INST] a [/INST] b</s> [INST] c [/INST] d</s>",
        "<s> [INST] S\n\na [/INST] b</s> [INST] c [/INST] d</s>",
    ),
    "mistral-v3": (
        "<s>[INST] a[/INST] b</s>",
        "<s>[INST] a[/INST] b</s>[INST] c[/INST] d</s>",
        "<s>[INST] a[/INST] b</s>[INST] S\n\nc[/INST] d</s>",
    ),
    "mistral-v3-tekken": (
        "<s>[INST]a[/INST]b</s>",
        "<s>[INST]a[/INST]b</s>[INST]c[/INST]d</s>",
        "<s>[INST]a[/INST]b</s>[INST]S\n\nc[/INST]d</s>",
    ),
    "mistral-v7": (
        "<s>[INST] a[/INST] b</s>",
        "<s>[INST] a[/INST] b</s>[INST] c[/INST] d</s>",
        "<s>[SYSTEM_PROMPT] S[/SYSTEM_PROMPT][INST] a[/INST] b</s>[INST] c[/INST] d</s>",
    ),
    "llama3": (
        "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\na<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\nb<|eot_id|>",
        BEGIN
        + llama3("user", "a")
        + llama3("assistant", "b")
        + llama3("user", "c")
        + llama3("assistant", "d"),
        BEGIN
        + llama3("system", "S")
        + llama3("user", "a")
        + llama3("assistant", "b")
        + llama3("user", "c")
        + llama3("assistant", "d"),
    ),
    **dict.fromkeys(
        ["llama3.1", "llama3.2"],
        (
            BEGIN + llama3("system", DATES) + llama3("user", "a") + llama3("assistant", "b"),
            BEGIN
            + llama3("system", DATES)
            + llama3("user", "a")
            + llama3("assistant", "b")
            + llama3("user", "c")
            + llama3("assistant", "d"),
            BEGIN
            + llama3("system", DATES + "S")
            + llama3("user", "a")
            + llama3("assistant", "b")
            + llama3("user", "c")
            + llama3("assistant", "d"),
        ),
    ),
    "chatml": (
        "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n",
        "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n"
        "<|im_start|>user\nc<|im_end|>\n<|im_start|>assistant\nd<|im_end|>\n",
        "<|im_start|>system\nS<|im_end|>\n"
        "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n"
        "<|im_start|>user\nc<|im_end|>\n<|im_start|>assistant\nd<|im_end|>\n",
    ),
    "gemma": (
        "<bos><start_of_turn>user\na<end_of_turn>\n<start_of_turn>model\nb<end_of_turn>\n",
        "<bos><start_of_turn>user\na<end_of_turn>\n<start_of_turn>model\nb<end_of_turn>\n"
        "<start_of_turn>user\nc<end_of_turn>\n<start_of_turn>model\nd<end_of_turn>\n",
        "<bos><start_of_turn>user\nS\n\na<end_of_turn>\n<start_of_turn>model\nb<end_of_turn>\n"
        "<start_of_turn>user\nc<end_of_turn>\n<start_of_turn>model\nd<end_of_turn>\n",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_column(name: str):
    conversations = [[A, B], [A, B, C, D], [SYSTEM, A, B, C, D]]
    texts = tuple(get_profile(name).row(messages)["text"] for messages in conversations)
    assert texts == TEXTS[name]


def test_every_text_profile_is_asserted_above():
    assert text_profile_names() == [*TEXTS, "prompt-completion"]


@pytest.mark.parametrize(
    ("messages", "row"),
    [
        ([A, B], {"prompt": "<s>[INST] a [/INST]", "completion": " b </s>"}),
        (
            [SYSTEM, A, B, C, D],
            {
                "prompt": "<s>[INST] S\n\na [/INST] b </s>[INST] c [/INST]",
                "completion": " d </s>",
            },
        ),
    ],
)
def test_the_prompt_ends_before_the_space(messages: list[Message], row: dict[str, str]):
    profile = get_text_profile("prompt-completion")
    assert profile.row(messages) == row
    assert row["prompt"] + row["completion"] == get_text_profile("inst").line(messages)


def user_and_assistant(text: str) -> list[Message]:
    return [Message("user", text), Message("assistant", text)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("inst", "<s>[INST]  \n x\t  [/INST]  \n x\t  </s>"),
        ("llama2", "<s>[INST] x [/INST] x </s>"),
        ("mistral-v1", "<s> [INST]  \n x\t  [/INST]  \n x\t </s>"),
        ("mistral-v3", "<s>[INST]  \n x\t [/INST]  \n x\t</s>"),
        ("mistral-v3-tekken", "<s>[INST] \n x\t [/INST] \n x\t</s>"),
        ("mistral-v7", "<s>[INST]  \n x\t [/INST]  \n x\t</s>"),
        ("llama3", BEGIN + llama3("user", "x") + llama3("assistant", "x")),
        (
            "chatml",
            "<|im_start|>user\n \n x\t <|im_end|>\n<|im_start|>assistant\n \n x\t <|im_end|>\n",
        ),
        (
            "gemma",
            "<bos><start_of_turn>user\nx<end_of_turn>\n<start_of_turn>model\nx<end_of_turn>\n",
        ),
    ],
)
def test_space_around_contents_goes_where_the_family_takes_it_away(name: str, text: str):
    assert get_profile(name).row(user_and_assistant(" \n x\t ")) == {"text": text}


@pytest.mark.parametrize("messages", [[A, B], [SYSTEM, A, B], [SYSTEM, A, B, C, D]])
def test_a_line_is_made_of_its_parts(messages: list[Message]):
    for name in text_profile_names():
        profile = get_text_profile(name)
        parts = profile.parts(messages)
        assert profile.line(messages) == "".join(part.text for part in parts)


def test_only_answers_and_their_eos_are_trained():
    for name in text_profile_names():
        profile = get_text_profile(name)
        trained = "".join(part.text for part in profile.parts([A, B, C, D]) if part.trained)
        eos = profile.special_tokens.eos
        assert trained.replace(" ", "") == f"b{eos}d{eos}"


def test_each_profile_describes_itself():
    for name in profile_names():
        profile = get_profile(name)
        assert profile.name == name
        assert list(profile.row([SYSTEM, A, B, C, D])) == list(profile.columns)
        bos, eos, written_by = profile.special_tokens
        if written_by == "export":
            assert profile.control_strings
            line = get_text_profile(name).line([A, B])
            assert line.startswith(bos)
            assert line.rstrip().endswith(eos)
            assert eos in profile.control_strings
        else:
            assert (bos, eos, tuple(profile.control_strings)) == ("", "", ())


def test_each_profile_is_documented():
    page = Path(__file__).parents[3].joinpath("docs/profiles.md").read_text("utf-8")
    missing = [name for name in profile_names() if f"`{name}`" not in page]
    assert missing == []


def test_llama_cpp_names():
    assert {name: get_profile(name).llama_cpp_template for name in profile_names()} == {
        "inst": "llama2",
        "llama2": "llama2-sys-bos",
        "mistral-v1": "mistral-v1",
        "mistral-v3": "mistral-v3",
        "mistral-v3-tekken": "mistral-v3-tekken",
        "mistral-v7": "mistral-v7",
        "llama3": "llama3",
        "llama3.1": None,
        "llama3.2": None,
        "chatml": "chatml",
        "gemma": "gemma",
        "prompt-completion": "llama2",
        "messages": None,
        "sharegpt": None,
        "alpaca": None,
    }
