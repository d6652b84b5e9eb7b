"""Rows are read back into the messages they were written from, or into none."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.prompts import get_profile, profile_names
from raise_finetune.dataset.prompts.control import control_strings
from raise_finetune.dataset.prompts.layout import Task, layout_of
from raise_finetune.dataset.prompts.reading import RowReader
from raise_finetune.dataset.prompts.reserved import all_control_strings
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.records import Example, Message

TASKS: tuple[Task, ...] = ("sft", "dpo", "kto")


def forms() -> list[tuple[str, Task]]:
    found: list[tuple[str, Task]] = []
    for name, task in product(profile_names(), TASKS):
        try:
            layout_of(get_profile(name), task)
        except ValueError:
            continue
        found.append((name, task))
    return found


# What people type, line ends and template-like words included, but no control string of a family.
contents = (
    st.text(st.sampled_from("ab é\n:?[]<|>/INST_user🚀"), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: text and not list(_CONTROL.split(text))[1:] and not _whole(text))
)
_CONTROL = control_strings(all_control_strings())


def _whole(text: str) -> bool:
    return text in _CONTROL


turns = st.lists(st.tuples(contents, contents), min_size=1, max_size=3)


def written(name: str, task: Task, messages: list[Message]) -> tuple[RowReader, dict[str, Any]]:
    reader = RowReader(get_profile(name), task)
    example = Example("", "", "conversation", messages, 0, "", "", [], task == "dpo", good=False)
    row = dict(layout_of(get_profile(name), task).row(example))
    assert list(reader.columns) == list(row)
    return reader, row


@pytest.mark.parametrize(("name", "task"), forms())
@given(turns, st.none() | contents, contents)
def test_each_row_is_read_back(
    name: str, task: Task, said: list[tuple[str, str]], system: str | None, rejected: str
):
    messages = [Message("system", system)] if system else []
    for question, answer in said:
        messages += [Message("user", question), Message("assistant", answer)]
    if task == "dpo":
        messages.insert(-1, Message("assistant", rejected))
    reader, row = written(name, task, messages)
    read = reader.read(row)
    assert read is not None
    placement = get_profile(name).system_placement
    if name == "alpaca":
        assert read == messages[-2:]
    elif not system or placement not in ("first_question", "last_question"):
        assert read == messages
    else:
        place = 0 if placement == "first_question" else -2 - (task == "dpo")
        rest = messages[1:]
        rest[place] = Message("user", f"{system}\n\n{rest[place].content}")
        assert read == rest


@pytest.mark.parametrize(("name", "task"), forms())
def test_each_changed_character_of_the_template_is_seen(name: str, task: Task):
    """Nothing but contents may change and leave a row of the profile."""
    messages = [Message("user", "Q"), Message("assistant", "A")]
    messages += [Message("user", "R"), Message("assistant", "C")]
    if task == "dpo":
        messages.insert(-1, Message("assistant", "B"))
    reader, row = written(name, task, messages)
    for column, value in row.items():
        if not isinstance(value, str):
            continue
        for place, character in enumerate(value):
            if character in "QABRC" and name != "alpaca":
                continue
            for other in (
                value[:place] + value[place + 1 :],
                value[:place] + "~" + value[place + 1 :],
            ):
                read = reader.read({**row, column: other})
                said = "".join(message.content for message in read or [])
                assert read is None or said != "".join(message.content for message in messages)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("inst", {"text": ""}),
        ("inst", {"text": "<s>[INST] a [/INST] b"}),
        ("inst", {"text": "<s>[INST] a [/INST] b </s></s>"}),
        ("inst", {"text": "<s>[INST] a [/INST] b </s>\n"}),
        ("inst", {"text": "<s><s>[INST] a [/INST] b </s>"}),
        ("prompt-completion", {"prompt": "<s>[INST] a [/INST] ", "completion": "b </s>"}),
        ("llama3", {"text": "<|begin_of_text|>"}),
        ("gemma", {"text": "<bos><start_of_turn>user\na <end_of_turn>\n"}),
        ("messages", {"messages": []}),
        ("messages", {"messages": [{"role": "user", "content": "a"}]}),
        ("messages", {"messages": [{"role": "bot", "content": "a"}]}),
        ("alpaca", {"instruction": "", "input": "", "output": "a"}),
    ],
)
def test_what_no_profile_writes_is_none(name: str, row: dict[str, object]):
    assert RowReader(get_profile(name), "sft").read(row) is None


def test_a_template_may_write_the_end_of_a_turn_where_none_ends(tmp_path: Path):
    template = tmp_path / "odd.jinja"
    template.write_text(
        "{% for m in messages %}{% if m.role == 'user' %}{% if not loop.first %}A{% endif %}["
        "{% else %}]{% endif %}{{ m.content }}{% endfor %}"
        "{% if messages | length == 2 %}A[{% endif %}"
    )
    reader = RowReader(resolve_profile(f"template:{template}"), "sft")
    assert reader.can_read
    assert reader.read({"text": "[q]aA["}) == [Message("user", "q"), Message("assistant", "a")]
    assert reader.read({"text": "[q]aA[r]b"}) is None


def test_a_typed_control_string_stays_in_the_contents():
    read = RowReader(get_profile("inst"), "sft").read(
        {"text": "<s>[INST] a [/INST] b [/INST] c </s>"}
    )
    assert read == [Message("user", "a"), Message("assistant", "b [/INST] c")]
