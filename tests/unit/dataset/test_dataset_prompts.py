"""The default profile and the bytes of a row."""

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.prompts import get_profile, profile_names
from raise_finetune.dataset.prompts.layout import layout_of
from raise_finetune.dataset.prompts.render import encode_line, render
from raise_finetune.dataset.records import Example, Message, Row

SYSTEM, A, B, C, D = (
    Message("system", "S"),
    Message("user", "a"),
    Message("assistant", "b"),
    Message("user", "c"),
    Message("assistant", "d"),
)


@pytest.mark.parametrize(
    ("messages", "text"),
    [
        ([A, B], "<s>[INST] a [/INST] b </s>"),
        ([A, B, C, D], "<s>[INST] a [/INST] b </s>[INST] c [/INST] d </s>"),
        ([SYSTEM, A, B], "<s>[INST] S\n\na [/INST] b </s>"),
        ([SYSTEM, A, B, C, D], "<s>[INST] S\n\na [/INST] b </s>[INST] c [/INST] d </s>"),
    ],
)
def test_inst(messages: list[Message], text: str):
    assert get_profile("inst").row(messages) == {"text": text}


def test_inst_is_the_default_and_has_one_column():
    assert profile_names()[0] == "inst"
    assert get_profile("inst").name == "inst"
    assert get_profile("inst").columns == {"text": "string"}
    with pytest.raises(KeyError):
        get_profile("none")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a", b'{"text":"a"}\n'),
        ("é€😀", '{"text":"é€😀"}\n'.encode()),
        ('"\\\n\t', b'{"text":"\\"\\\\\\n\\t"}\n'),
        ("\u2028", b'{"text":"\\u2028"}\n'),
        ("a\u2029b\u2029", b'{"text":"a\\u2029b\\u2029"}\n'),
        ("\u0085", b'{"text":"\\u0085"}\n'),
        ("\x0b\x0c\x1c\x1d\x1e", b'{"text":"\\u000b\\f\\u001c\\u001d\\u001e"}\n'),
        ("Å\xa0\u2027", '{"text":"Å\xa0\u2027"}\n'.encode()),
    ],
)
def test_the_bytes_of_a_line(text: str, line: bytes):
    assert encode_line({"text": text}) == line


texts = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u2028\u2029\u0085\r\n\x1c")
)


@given(st.dictionaries(st.sampled_from(["prompt", "completion"]), texts, min_size=1))
def test_a_line_is_one_line_to_every_reader(row: dict[str, str]):
    line = encode_line(row)
    assert orjson.loads(line) == json.loads(line) == row
    assert len(line.decode().splitlines()) == 1
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")


def test_rendering_keeps_what_the_later_stages_need():
    example = Example(
        record="r", group="g", kind="article", messages=[A, B], rating=4.0, date="d",
        language="fr", repairs=["x"],
    )  # fmt: skip
    rows = render([example], [layout_of(get_profile("inst"), "sft")])
    line = b'{"text":"<s>[INST] a [/INST] b </s>"}\n'
    assert rows == [
        Row(record="r", group="g", kind="article", line=line, rating=4.0, date="d", repairs=["x"])
    ]
