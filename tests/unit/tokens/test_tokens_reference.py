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

from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import Tokenizer, bundled_tokenizers
from raise_finetune.dataset.tokens.reference import reference_ids

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
