"""Exact ids: of the reference table, and against mistral-common itself."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import mistral_common
import pytest
from mistral_common.protocol.instruct.messages import (
    AssistantMessage,
    SystemMessage,
    UserMessage,
)
from mistral_common.protocol.instruct.request import ChatCompletionRequest
from mistral_common.protocol.instruct.validator import ValidationMode
from mistral_common.tokens.tokenizers.mistral import MistralTokenizer
from sentencepiece import SentencePieceProcessor

from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import Tokenizer, bundled_tokenizers
from raise_finetune.dataset.tokens.reference import reference_ids
from raise_finetune.dataset.tokens.sentencepiece_model import SentencePieceTokenizer

A, B, C, D = (
    Message("user", "a"),
    Message("assistant", "b"),
    Message("user", "c"),
    Message("assistant", "d"),
)
SYSTEM = Message("system", "S")

V1_A_B = [1, 733, 16289, 28793, 264, 733, 28748, 16289, 28793, 287, 2]

IDS = {
    "mistral-v1": (
        V1_A_B,
        [*V1_A_B, 733, 16289, 28793, 277, 733, 28748, 16289, 28793, 281, 2],
        [
            *[1, 733, 16289, 28793, 318, 13, 13, 28708, 733, 28748, 16289, 28793, 287, 2],
            *[733, 16289, 28793, 277, 733, 28748, 16289, 28793, 281, 2],
        ],
    ),
    "mistral-v3": (
        [1, 3, 1032, 4, 1055, 2],
        [1, 3, 1032, 4, 1055, 2, 3, 1045, 4, 1049, 2],
        [1, 3, 1032, 4, 1055, 2, 3, 1086, 781, 781, 29485, 4, 1049, 2],
    ),
    "mistral-v3-tekken": (
        [1, 3, 1097, 4, 1098, 2],
        [1, 3, 1097, 4, 1098, 2, 3, 1099, 4, 1100, 2],
        [1, 3, 1097, 4, 1098, 2, 3, 1083, 1267, 1099, 4, 1100, 2],
    ),
    "mistral-v7": (
        [1, 3, 1032, 4, 1055, 2],
        [1, 3, 1032, 4, 1055, 2, 3, 1045, 4, 1049, 2],
        [1, 16, 1086, 17, 3, 1032, 4, 1055, 2, 3, 1045, 4, 1049, 2],
    ),
}


@pytest.mark.parametrize("name", IDS)
def test_the_ids_of_the_smallest_conversations(name: str, bundled: Callable[[str], Tokenizer]):
    profile, tokenizer = get_text_profile(name), bundled(name)
    conversations = [[A, B], [A, B, C, D], [SYSTEM, A, B, C, D]]
    lines = [tokenizer.encode_line(profile.line(messages)) for messages in conversations]
    assert tuple(lines) == IDS[name]
    assert tuple(reference_ids(profile, tokenizer, one) for one in conversations) == IDS[name]


MODELS = {
    "mistral-v1": "tokenizer.model.v1",
    "mistral-v3": "mistral_instruct_tokenizer_240323.model.v3",
    "mistral-v3-tekken": "tekken_240718.json",
    "mistral-v7": "mistral_instruct_tokenizer_241114.model.v7",
}
CLASSES = {"system": SystemMessage, "user": UserMessage, "assistant": AssistantMessage}


def test_all_bundled_tokenizers_are_compared_below():
    assert list(MODELS) == bundled_tokenizers()


@pytest.mark.parametrize("name", MODELS)
def test_mistral_common_gives_the_same_ids(
    name: str, bundled: Callable[[str], Tokenizer], conversations: Sequence[list[Message]]
):
    path = Path(mistral_common.__file__).parent / "data" / MODELS[name]
    official = cast("Any", MistralTokenizer).from_file(path, mode=ValidationMode.finetuning)
    profile, tokenizer = get_text_profile(name), bundled(name)
    for messages in conversations:
        request = ChatCompletionRequest(
            messages=[CLASSES[role](content=content) for role, content in messages]
        )
        expected = official.encode_chat_completion(request).tokens
        assert tokenizer.encode_line(profile.line(messages)) == expected, messages
        assert reference_ids(profile, tokenizer, messages) == expected, messages


# As Meta's code encodes a dialogue: each question and answer as one text, between BOS and EOS.
LLAMA2_TURNS = {
    "llama2": [
        ["[INST] a [/INST] b "],
        ["[INST] a [/INST] b ", "[INST] c [/INST] d "],
        ["[INST] <<SYS>>\nS\n<</SYS>>\n\na [/INST] b ", "[INST] c [/INST] d "],
    ],
    # The same with BOS at the beginning only, and the system prompt before the first question.
    "inst": [
        ["[INST] a [/INST] b "],
        ["[INST] a [/INST] b ", "[INST] c [/INST] d "],
        ["[INST] S\n\na [/INST] b ", "[INST] c [/INST] d "],
    ],
}


@pytest.mark.parametrize("name", [*LLAMA2_TURNS, "prompt-completion"])
def test_llama2_lines_give_the_ids_of_metas_code(name: str):
    """Checked with SentencePiece itself, on the v1 model, which has Llama 2's rules."""
    path = Path(mistral_common.__file__).parent / "data" / MODELS["mistral-v1"]
    model = SentencePieceProcessor(model_file=str(path))
    tokenizer = SentencePieceTokenizer(path, name="legacy", legacy=True)
    profile = get_text_profile(name)
    conversations = [[A, B], [A, B, C, D], [SYSTEM, A, B, C, D]]
    for messages, turns in zip(
        conversations, LLAMA2_TURNS["llama2" if name == "llama2" else "inst"], strict=True
    ):
        bos = [model.bos_id()]
        expected: list[int] = [] if name == "llama2" else bos
        for turn in turns:
            expected = [
                *expected,
                *(bos if name == "llama2" else []),
                *model.encode(turn),
                model.eos_id(),
            ]
        row = profile.row(messages)
        assert tokenizer.encode_line("".join(map(str, row.values()))) == expected
        assert reference_ids(profile, tokenizer, messages) == expected


def test_every_text_profile_is_compared_with_ids_of_another_hand():
    """The others in ``test_tokens_check``: ids put together there role by role."""
    by_hand = {"llama3", "llama3.1", "llama3.2", "chatml", "gemma"}
    compared = {*IDS, *LLAMA2_TURNS, "prompt-completion", *by_hand}
    assert compared == set(text_profile_names())
