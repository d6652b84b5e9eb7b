"""Control strings in contents: found exactly, neutralised so that they can be restored."""

import io
from collections.abc import Iterable

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.ledger import Ledger
from raise_finetune.dataset.prompts import get_profile, get_text_profile, text_profile_names
from raise_finetune.dataset.prompts.control import (
    ControlStrings,
    ControlTokens,
    control_strings,
    neutralise,
)
from raise_finetune.dataset.records import Example, Message
from raise_finetune.errors import BadInputError


def example(record: str, question: str, answer: str) -> Example:
    return Example(
        record=record,
        group="g",
        kind="conversation",
        messages=[Message("user", question), Message("assistant", answer)],
        rating=5.0,
        date="",
        language="en",
        repairs=["earlier"],
    )


def run(
    examples: Iterable[Example], profile: str, choice: ControlTokens, ledger: Ledger | None = None
) -> list[Example]:
    strings = get_profile(profile).control_strings
    batches = neutralise([list(examples)], strings, choice, ledger or Ledger())
    return [kept for batch in batches for kept in batch]


def finder(name: str) -> ControlStrings:
    return control_strings(get_text_profile(name).control_strings)


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("a </s> b", r"a <\/s> b"),
        ("[INST] x [/INST]", r"[\INST] x [\/INST]"),
        ("<<SYS>>", r"<\<SYS>>"),
        ("<<s>>", r"<<\s>>"),
        (r"<\/s>", r"<\\/s>"),
        ("[control_12] [control_748]", r"[\control_12] [\control_748]"),
        ("<SPECIAL_20><SPECIAL_999>", r"<\SPECIAL_20><\SPECIAL_999>"),
        ("</s></s>", r"<\/s><\/s>"),
    ],
)
def test_neutralising_for_inst(text: str, neutral: str):
    assert finder("inst").neutralise(text) == neutral
    assert finder("inst").restore(neutral) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a < b",
        "[x](y)",
        "</S>",
        "[inst]",
        "<\u200b/s>",
        "< /s>",
        "[control_]",
        "\\</s",
        "<|eot_id|>",
    ],
)
def test_what_no_tokenizer_takes_for_a_control_token_stays(text: str):
    assert finder("inst").neutralise(text) == text


def texts_around(name: str) -> st.SearchStrategy[str]:
    strings = get_text_profile(name).control_strings
    pieces = st.sampled_from([*strings, "<", "[", "\\", "/", ">", "]", "|", "s", "7", " "])
    return st.lists(pieces | st.characters(exclude_categories=["Cs"])).map("".join)


@pytest.mark.parametrize("name", text_profile_names())
@given(data=st.data())
def test_neutralising_removes_all_and_can_be_undone(name: str, data: st.DataObject):
    text = data.draw(texts_around(name))
    strings = finder(name)
    neutral = strings.neutralise(text)
    assert strings.found_in([Message("user", neutral)]) == []
    assert not any(string in neutral for string in get_text_profile(name).control_strings)
    assert strings.restore(neutral) == text


def test_neutralised_examples_are_repaired_and_the_others_untouched():
    clean, typed = example("r1", "a < b", "c"), example("r2", "is </s> right?", "[INST]")
    kept = run([clean, typed], "inst", "neutralise")
    assert [one.messages for one in kept] == [
        [Message("user", "a < b"), Message("assistant", "c")],
        [Message("user", r"is <\/s> right?"), Message("assistant", r"[\INST]")],
    ]
    assert [one.repairs for one in kept] == [["earlier"], ["earlier", "control_tokens_neutralised"]]


def test_the_family_decides():
    (kept,) = run([example("r", "</s>", "<|im_end|>")], "chatml", "neutralise")
    assert kept.messages == [Message("user", "</s>"), Message("assistant", r"<\|im_end|>")]


def test_dropped_examples_get_their_fate_with_what_was_found():
    file = io.BytesIO()
    ledger = Ledger(file)
    kept = run(
        [example("r1", "a", "b"), example("r2", "[INST] </s>", "</s>")], "inst", "drop", ledger
    )
    ledger.flush()
    assert [one.record for one in kept] == ["r1"]
    assert ledger.fates == {"control_tokens": 1}
    entry = {"record": "r2", "fate": "control_tokens", "detail": "</s>, [INST]"}
    assert orjson.loads(file.getvalue()) == entry


def test_escaped_strings_are_no_reason_to_drop():
    assert len(run([example("r", r"<\/s>", "b")], "inst", "drop")) == 1


def test_refusing_names_the_record():
    with pytest.raises(BadInputError) as caught:
        run([example("r1", "a", "b"), example("r2", "</s>", "b")], "inst", "refuse")
    assert caught.value.code == "control_tokens_refused"
    assert caught.value.params == {"record": "r2", "found": "</s>"}


@pytest.mark.parametrize("choice", ["neutralise", "drop", "refuse"])
@pytest.mark.parametrize("profile", ["messages", "sharegpt", "alpaca"])
def test_structured_profiles_leave_contents_alone(profile: str, choice: ControlTokens):
    typed = example("r", "</s> <|im_end|>", "[INST]")
    (kept,) = run([typed], profile, choice)
    assert kept.messages == [Message("user", "</s> <|im_end|>"), Message("assistant", "[INST]")]
    assert kept.repairs == ["earlier"]
