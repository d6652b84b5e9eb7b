"""The structured profiles: contents as they are, the same keys on every line, no nulls."""

import json

import orjson
import pytest

from raise_finetune.dataset.prompts import get_profile
from raise_finetune.dataset.prompts.render import encode_line
from raise_finetune.dataset.records import Message

SYSTEM, A, B, C, D = (
    Message("system", "S"),
    Message("user", "a"),
    Message("assistant", "b"),
    Message("user", "c"),
    Message("assistant", "d"),
)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        (
            "messages",
            {
                "messages": [
                    {"role": "system", "content": "S"},
                    {"role": "user", "content": "a"},
                    {"role": "assistant", "content": "b"},
                    {"role": "user", "content": "c"},
                    {"role": "assistant", "content": "d"},
                ]
            },
        ),
        (
            "sharegpt",
            {
                "conversations": [
                    {"from": "system", "value": "S"},
                    {"from": "human", "value": "a"},
                    {"from": "gpt", "value": "b"},
                    {"from": "human", "value": "c"},
                    {"from": "gpt", "value": "d"},
                ]
            },
        ),
        (
            "alpaca",
            {"instruction": "c", "input": "S\n\nUser: a\n\nAssistant: b", "output": "d"},
        ),
    ],
)
def test_rows(name: str, row: dict[str, object]):
    assert get_profile(name).row([SYSTEM, A, B, C, D]) == row


def test_one_question_leaves_alpacas_input_empty_but_there():
    row = {"instruction": "a", "input": "", "output": "b"}
    assert get_profile("alpaca").row([A, B]) == row


@pytest.mark.parametrize("name", ["messages", "sharegpt", "alpaca"])
def test_contents_stay_as_they_are(name: str):
    typed = " </s>[INST]\n"
    row = get_profile(name).row([Message("user", typed), Message("assistant", typed)])
    assert json.dumps(row).count(json.dumps(typed)) == 2


def test_line_ends_are_escaped_at_any_depth():
    row = get_profile("messages").row([Message("user", "\u2028"), Message("assistant", "\u2029")])
    line = encode_line(row)
    assert line == (
        b'{"messages":[{"role":"user","content":"\\u2028"},'
        b'{"role":"assistant","content":"\\u2029"}]}\n'
    )
    assert orjson.loads(line) == row
