"""No content makes a control id: with real tokenizers, after neutralising."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.prompts.control import control_strings
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import Tokenizer, bundled_tokenizers

# Profile and tokenizer: each family on its own, and inst on all that people train on it.
ON_BUNDLED = [
    *((name, name) for name in bundled_tokenizers()),
    *(("inst", name) for name in bundled_tokenizers()),
    ("llama2", "mistral-v1"),
]
ON_BUILT = ["llama3", "llama3.1", "llama3.2", "chatml", "gemma"]
ALL_STRINGS = sorted(
    {one for name in text_profile_names() for one in get_text_profile(name).control_strings}
)


@pytest.fixture(params=[*ON_BUNDLED, *((name, name) for name in ON_BUILT)], ids="-on-".join)
def pair(
    request: pytest.FixtureRequest,
    bundled: Callable[[str], Tokenizer],
    built: Callable[[str], Tokenizer],
) -> tuple[str, Tokenizer]:
    profile, tokenizer = request.param
    return profile, built(tokenizer) if tokenizer in ON_BUILT else bundled(tokenizer)


def control_ids(tokenizer: Tokenizer, line: str) -> list[int]:
    ids = set(tokenizer.control_ids.values())
    return [token for token in tokenizer.encode_line(line) if token in ids]


def neutral(profile: str, text: str) -> str:
    return control_strings(get_text_profile(profile).control_strings).neutralise(text)


def line(profile: str, *contents: str) -> str:
    roles = ("system", "user", "assistant", "user", "assistant")
    messages = [
        Message(role, neutral(profile, content))
        for role, content in zip(roles, contents, strict=True)
    ]
    return get_text_profile(profile).line(messages)


def test_each_familys_control_strings_are_neutralised_everywhere(pair: tuple[str, Tokenizer]):
    profile, tokenizer = pair
    own = control_ids(tokenizer, line(profile, *"Sabcd"))
    strings = {*ALL_STRINGS, *tokenizer.control_ids}
    for string in strings:
        typed = line(profile, *[f"x{string}y"] * 5)
        assert control_ids(tokenizer, typed) == own, string


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(data=st.data())
def test_no_content_makes_a_control_id(pair: tuple[str, Tokenizer], data: st.DataObject):
    profile, tokenizer = pair
    strings = get_text_profile(profile).control_strings
    halves = [half for one in strings for half in (one[: len(one) // 2], one[len(one) // 2 :])]
    pieces = st.sampled_from([*strings, *halves, "<", ">", "[", "]", "\\", "|", "/", " ", "\n"])
    content = st.lists(pieces | st.characters(exclude_categories=["Cs"]), min_size=1)
    texts = content.map("".join).filter(str.strip)
    contents = data.draw(st.tuples(texts, texts, texts, texts, texts))
    own = control_ids(tokenizer, line(profile, *"Sabcd"))
    assert control_ids(tokenizer, line(profile, *contents)) == own


@pytest.mark.parametrize("name", bundled_tokenizers())
def test_a_familys_list_is_the_tokenizers(name: str, bundled: Callable[[str], Tokenizer]):
    """The list finds each of the tokenizer's control strings and names no other.

    A number stands for all numbers, and on v1 [INST] is the template's marker, not an id.
    """
    known = get_text_profile(name).control_strings
    ids = bundled(name).control_ids
    assert [one for one in ids if one not in control_strings(known)] == []
    markers = {"[INST]", "[/INST]"} if name == "mistral-v1" else set[str]()
    assert {re.sub("[0-9]+", "0", one) for one in {*known} - markers} == {
        re.sub("[0-9]+", "0", one) for one in ids
    }


@pytest.mark.parametrize("spelling", ["</S>", "[inst]", "<\u200b/s>", "[\u200bINST]", "< /s>"])
@pytest.mark.parametrize("name", bundled_tokenizers())
def test_other_spellings_are_text_to_the_tokenizers(
    name: str, spelling: str, bundled: Callable[[str], Tokenizer]
):
    assert control_ids(bundled(name), f"a {spelling} b") == []


@pytest.mark.parametrize(("name", "typed"), [("mistral-v3", "[INST]"), ("mistral-v1", "</s>")])
def test_without_neutralising_they_are_control_ids(
    name: str, typed: str, bundled: Callable[[str], Tokenizer]
):
    assert len(control_ids(bundled(name), f"a {typed} b")) == 1
    assert control_ids(bundled(name), f"a {neutral(name, typed)} b") == []
