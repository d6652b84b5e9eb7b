"""Turns → exchanges, mended visibly."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.tree import exchange, message
from raise_finetune.dataset.recipe import ExamplesSection
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.selection.exchanges import Exchange, read_exchanges

DEFAULT = ExamplesSection()
JOIN = ExamplesSection(doubled_questions="join")


def made(place: int, question: str, answer: str, *repairs: str) -> Exchange:
    return Exchange(place, Message("user", question), Message("assistant", answer), list(repairs))


def user(text: str) -> dict[str, Any]:
    return message("user", text)


def assistant(text: str) -> dict[str, Any]:
    return message("assistant", text)


def test_plain_exchanges():
    found = read_exchanges([*exchange(" a\n", "b "), *exchange("c", "d\0")], DEFAULT)
    assert found.exchanges == [made(1, "a", "b"), made(3, "c", "d")]
    assert (found.system, found.rejected) == ("", [])


def test_a_leading_answer_has_no_question():
    found = read_exchanges([assistant("x"), *exchange("a", "b"), assistant("y")], DEFAULT)
    assert found.exchanges == [made(2, "a", "b")]
    assert found.rejected == [(0, "no_question"), (3, "no_question")]


@pytest.mark.parametrize(
    ("questions", "options", "question", "repairs"),
    [
        (["a", "b"], DEFAULT, "b", ["earlier_questions_left_out"]),
        (["a", "b", "c"], DEFAULT, "c", ["earlier_questions_left_out"]),
        (["a", "a"], DEFAULT, "a", ["earlier_questions_left_out"]),
        (["a", " "], DEFAULT, "a", ["earlier_questions_left_out"]),
        (["a", "b"], JOIN, "a\n\nb", ["questions_joined"]),
        (["a", "b", "a"], JOIN, "a\n\nb", ["questions_joined"]),
        (["a", "a"], JOIN, "a", ["earlier_questions_left_out"]),
        (["", "a", ""], JOIN, "a", ["earlier_questions_left_out"]),
    ],
)
def test_several_questions_before_an_answer(
    questions: list[str], options: ExamplesSection, question: str, repairs: list[str]
):
    messages = [*map(user, questions), assistant("x")]
    found = read_exchanges(messages, options)
    assert found.exchanges == [made(len(questions), question, "x", *repairs)]


def test_empty_questions_and_answers():
    found = read_exchanges(
        [*exchange("", "a"), *exchange("b", " \0\n"), user(" "), user(""), assistant("c")], DEFAULT
    )
    assert found.exchanges == []
    assert found.rejected == [(1, "empty_question"), (3, "empty_answer"), (6, "empty_question")]


def test_the_applications_own_turns_and_their_answers_are_left_out():
    messages = [
        *exchange("a", "b"),
        user("[SYSTEM_FEEDBACK] tool done"),
        assistant("noted"),
        user("  [SYSTEM_FEEDBACK] x"),
        user("c"),
        assistant("d"),
        user("e"),
        assistant("[SYSTEM_FEEDBACK] y"),
        message("system", "[SYSTEM_FEEDBACK] z"),
        assistant("f"),
    ]
    found = read_exchanges(messages, DEFAULT)
    assert found.exchanges == [made(1, "a", "b"), made(6, "c", "d")]
    assert found.rejected == [
        (3, "system_feedback"),
        (8, "system_feedback"),
        (10, "system_feedback"),
    ]


def test_only_the_first_answer_to_the_application_is_its_own():
    messages = [user("[SYSTEM_FEEDBACK] tool done"), assistant("noted"), assistant("more")]
    found = read_exchanges(messages, DEFAULT)
    assert found.rejected == [(1, "system_feedback"), (2, "no_question")]


def test_feedback_in_the_middle_of_a_sentence_is_a_persons():
    found = read_exchanges(exchange("what is [SYSTEM_FEEDBACK]?", "b"), DEFAULT)
    assert len(found.exchanges) == 1


def test_system_prompts_before_the_first_question():
    messages = [message("system", " S "), message("system", "T"), *exchange("a", "b")]
    later = [*messages, message("system", "U"), *exchange("c", "d")]
    assert read_exchanges(messages, DEFAULT).system == "S\n\nT"
    assert read_exchanges(later, DEFAULT).system == "S\n\nT"
    assert read_exchanges(messages, ExamplesSection(system_prompts="drop")).system == ""
    empty = message("system", " ")
    assert read_exchanges([empty, *messages[:1], empty, *messages[1:]], DEFAULT).system == "S\n\nT"
    assert read_exchanges([user("a"), *messages], DEFAULT).system == ""
    assert read_exchanges([assistant("x"), *messages], DEFAULT).system == "S\n\nT"


LEAKED = "Oui.\n\n### NOUVELLE QUESTION ###\nEt"


@pytest.mark.parametrize(
    ("answer", "leaks", "kept"),
    [
        (LEAKED, "cut", "Oui."),
        (LEAKED, "keep", LEAKED),
        ("a ### CONTEXT ### b ### QUESTION ### c", "cut", "a"),
        ("### Heading\ntext", "cut", "### Heading\ntext"),
        ("### Heading\ntext", "drop", "### Heading\ntext"),
    ],
)
def test_leaked_prompts(answer: str, leaks: Any, kept: str):
    found = read_exchanges(exchange("a", answer), ExamplesSection(prompt_leaks=leaks))
    repairs = ["prompt_leak_cut"] if kept != answer else []
    assert found.exchanges == [made(1, "a", kept, *repairs)]


def test_an_answer_that_is_nothing_but_a_leak_is_dropped():
    nothing = exchange("a", "### CONTEXTE ### x")
    assert read_exchanges(nothing, DEFAULT).rejected == [(1, "prompt_leak")]
    drop = ExamplesSection(prompt_leaks="drop")
    assert read_exchanges(exchange("a", LEAKED), drop).rejected == [(1, "prompt_leak")]


def test_leak_markers_are_the_recipes_own():
    own = ExamplesSection(leak_markers=("<ctx>", "", "(?"))
    assert read_exchanges(exchange("a", "b <ctx> c"), own).exchanges == [
        made(1, "a", "b", "prompt_leak_cut")
    ]
    assert read_exchanges(exchange("a", LEAKED), own).exchanges == [made(1, "a", LEAKED)]
    none = ExamplesSection(leak_markers=())
    assert read_exchanges(exchange("a", LEAKED), none).exchanges == [made(1, "a", LEAKED)]


contents = st.one_of(
    st.sampled_from(["", "a", "b", " ", "[SYSTEM_FEEDBACK] x", LEAKED, "### CONTEXT ###"]),
    st.text(max_size=5),
    st.none(),
)
messages = st.lists(
    st.builds(message, st.sampled_from(["user", "assistant", "system", "tool"]), contents)
)
options = st.builds(
    ExamplesSection,
    doubled_questions=st.sampled_from(["last", "join"]),
    prompt_leaks=st.sampled_from(["cut", "drop", "keep"]),
    system_prompts=st.sampled_from(["keep", "drop"]),
)


@given(messages, options)
def test_each_answer_is_in_one_list_and_none_is_empty(
    conversation: list[dict[str, Any]], chosen: ExamplesSection
):
    found = read_exchanges(conversation, chosen)
    places = [exchange.place for exchange in found.exchanges] + [at for at, _ in found.rejected]
    answers = [i for i, each in enumerate(conversation) if each["role"] == "assistant"]
    assert sorted(places) == answers
    for each in found.exchanges:
        question, answer = each.question, each.answer
        assert question.content == question.content.strip() != ""
        assert answer.content == answer.content.strip() != ""
        assert (question.role, answer.role) == ("user", "assistant")
