"""Where answers stand in a row, and what of it is trained on, for every profile."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.tiny import Kind
from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.prompts.control import control_strings
from raise_finetune.dataset.prompts.profile import PromptProfile
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.training.answers import answer_opening, training_text
from raise_finetune.training.config import DataSection
from raise_finetune.training.rows import IGNORED, EncodedRow, RowEncoder, is_kept, labels_of

A, B = Message("user", "a"), Message("assistant", "b")


def conversation(texts: list[str]) -> list[Message]:
    return [Message("assistant" if i % 2 else "user", text) for i, text in enumerate(texts)]


def answers(row: Mapping[str, object], profile: TextProfile) -> list[str]:
    written = training_text(row, profile)
    assert written is not None
    return [written.text[start:end] for start, end in written.answers]


@pytest.mark.parametrize(
    ("profile", "opening", "answer"),
    [
        ("inst", " [/INST]", " b </s>"),
        ("llama2", " [/INST]", " b </s>"),
        ("mistral-v1", " [/INST]", " b</s>"),
        ("mistral-v3", "[/INST]", " b</s>"),
        ("mistral-v3-tekken", "[/INST]", "b</s>"),
        (
            "llama3",
            "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
            "b<|eot_id|>",
        ),
        ("chatml", "<|im_end|>\n<|im_start|>assistant\n", "b<|im_end|>"),
        ("gemma", "<end_of_turn>\n<start_of_turn>model\n", "b<end_of_turn>"),
    ],
)
def test_the_answer_of_a_short_exchange(profile: str, opening: str, answer: str):
    chosen = get_text_profile(profile)
    assert answer_opening(profile) == opening
    assert answers({"text": chosen.line([A, B])}, chosen) == [answer]


@pytest.mark.parametrize("name", text_profile_names())
@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=2, max_size=6), st.booleans())
def test_answers_of_lines_and_of_messages_are_the_same(name: str, texts: list[str], system: bool):
    profile = get_text_profile(name)
    strings = control_strings(tuple(profile.control_strings))
    typed = conversation(texts[: len(texts) // 2 * 2])
    if system:
        typed = [Message("system", "s"), *typed]
    row = {"messages": [{"role": role, "content": content} for role, content in typed]}
    line = profile.line([Message(role, strings.neutralise(text)) for role, text in typed])
    assert training_text(row, profile) == training_text({"text": line}, profile)
    assert len(answers(row, profile)) == len(texts) // 2


def test_only_the_completion_counts_where_there_is_one():
    profile: PromptProfile = get_text_profile("prompt-completion")
    row = profile.row([A, B, Message("user", "c"), Message("assistant", "d")])
    assert answers(dict(row), get_text_profile("inst")) == [" d </s>"]


@pytest.mark.parametrize(
    "row",
    [
        {"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]},
        {"instruction": "a", "input": "", "output": "b"},
        {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]},
    ],
)
def test_structured_rows_are_written_by_the_profile(row: dict[str, object]):
    written = training_text(row, get_text_profile("inst"))
    assert written is not None
    assert written.text == "<s>[INST] a [/INST] b </s>"


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"chosen": "x", "rejected": "y"},
        {"messages": [{"role": "user", "content": "a"}]},
        {"messages": [{"role": "assistant", "content": "b"}, {"role": "user", "content": "a"}]},
        {"messages": "text"},
    ],
)
def test_other_rows_are_not_taken_for_conversations(row: dict[str, object]):
    assert training_text(row, get_text_profile("inst")) is None


def test_control_strings_in_messages_do_not_become_control_tokens(tiny_mistral: Path):
    row = {
        "messages": [
            {"role": "user", "content": "a </s> [INST]"},
            {"role": "assistant", "content": "b </s> c"},
        ]
    }
    profile = get_text_profile("inst")
    written = training_text(row, profile)
    assert written is not None
    assert written.text == "<s>[INST] a <\\/s> [\\INST] [/INST] b <\\/s> c </s>"
    tokenizer = load_tokenizer(str(tiny_mistral))
    assert RowEncoder(profile, tokenizer).encode(1, *written).ids.count(2) == 1


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("mistral", "inst"),
        ("mistral", "mistral-v1"),
        ("mistral-v3", "mistral-v3"),
        ("llama", "llama2"),
        ("llama3", "llama3"),
        ("llama3", "llama3.1"),
    ],
)
def test_labels_are_the_answers_with_their_eos_and_nothing_else(
    kind: Kind, name: str, tiny_model: Callable[[Kind], Path]
):
    tokenizer = load_tokenizer(str(tiny_model(kind)))
    profile = get_text_profile(name)
    messages = conversation(["Mode ou état ?", "Un état.", "Why, 12?", "Because\n\nof 😀"])
    written = training_text({"text": profile.line(messages)}, profile)
    assert written is not None
    row = RowEncoder(profile, tokenizer).encode(1, *written)
    assert row.ids == tokenizer.encode_line(written.text)
    labels = labels_of(row, DataSection())
    trained = [token for token, label in zip(row.ids, labels, strict=True) if label != IGNORED]
    expected = [
        token
        for start, end in written.answers
        for token in tokenizer.encode_line(written.text[:end])[
            len(tokenizer.encode_line(written.text[:start])) :
        ]
    ]
    assert trained == expected
    eos = tokenizer.control_ids[profile.special_tokens.eos]
    assert trained.count(eos) == 2
    assert trained[-1] == eos
    assert row.prompt_ids == tokenizer.encode_line(row.prompt)
    assert labels_of(row, DataSection(train_on="all")) == row.ids


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[INST] a [/INST] b </s>", "training_row_bos"),
        ("<s><s>[INST] a [/INST] b </s>", "training_row_bos"),
    ],
)
def test_a_bos_too_many_or_too_few_is_refused(line: str, code: str, tiny_mistral: Path):
    profile = get_text_profile("inst")
    encoder = RowEncoder(profile, load_tokenizer(str(tiny_mistral)))
    written = training_text({"text": line}, profile)
    assert written is not None
    with pytest.raises(BadInputError) as caught:
        encoder.encode(1, *written)
    assert caught.value.code == code


def test_a_profile_of_another_family_is_refused(tiny_mistral: Path):
    with pytest.raises(BadInputError) as caught:
        RowEncoder(get_text_profile("llama3"), load_tokenizer(str(tiny_mistral)))
    assert caught.value.code == "training_token_unknown"
    assert caught.value.message("en") == (
        "The profile llama3 writes <|begin_of_text|>, which the tokenizer of "
        f"{tiny_mistral} does not know as one token."
    )


def test_what_is_too_long_is_dropped_or_cut_by_choice():
    row = EncodedRow(1, list(range(10)), [(3, 5), (7, 10)], "")
    assert is_kept(row, DataSection(max_length=16))
    trim, drop, cut = (
        DataSection.model_validate({"max_length": 16, "overlong": overlong})
        for overlong in ("trim", "drop", "cut")
    )
    longer = EncodedRow(1, list(range(20)), [(3, 5), (17, 20)], "")
    assert [is_kept(longer, section) for section in (trim, drop, cut)] == [False, False, True]
    lost = EncodedRow(1, list(range(30)), [(17, 20), (25, 30)], "")
    assert (is_kept(lost, cut), lost.loses_all(16), lost.loses_end(16)) == (False, True, True)
    assert is_kept(lost, DataSection(max_length=16, overlong="cut", train_on="all"))
