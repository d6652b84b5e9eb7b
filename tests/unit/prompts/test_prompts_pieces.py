"""A prompt can be read back into the messages that it was written from."""

import pytest

from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.prompts.pieces import read_prompt
from raise_finetune.dataset.records import Message

SYSTEM = Message("system", "S")
TURNS = [Message("user", "a"), Message("assistant", "b"), Message("user", "c\n\nd")]
IN_THE_QUESTION = {
    "inst",
    "prompt-completion",
    "mistral-v1",
    "mistral-v3",
    "mistral-v3-tekken",
    "gemma",
}


@pytest.mark.parametrize("name", text_profile_names())
@pytest.mark.parametrize("turns", [TURNS[:1], TURNS], ids=["one", "two"])
def test_a_conversation_is_read_back(name: str, turns: list[Message]):
    profile = get_text_profile(name)
    assert read_prompt(profile.prompt(turns), profile) == turns


@pytest.mark.parametrize("name", text_profile_names())
@pytest.mark.parametrize("turns", [TURNS[:1], TURNS], ids=["one", "two"])
def test_a_system_prompt_is_read_back_or_stays_in_the_question(name: str, turns: list[Message]):
    profile = get_text_profile(name)
    prompt = profile.prompt([SYSTEM, *turns])
    found = read_prompt(prompt, profile)
    assert found is not None
    assert profile.prompt(found) == prompt
    if name not in IN_THE_QUESTION:
        assert found == [SYSTEM, *turns]


def test_another_profile_s_prompt_is_not_read():
    prompt = get_text_profile("mistral-v1").prompt(TURNS)
    assert read_prompt(prompt, get_text_profile("inst")) is None
    assert read_prompt("a", get_text_profile("inst")) is None
