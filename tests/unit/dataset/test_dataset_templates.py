"""Templates: one question for each record, and no trace of what is empty."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raise_finetune.dataset.templates import (
    TEMPLATE_FIELDS,
    choose_question,
    default_templates,
    fill,
)


@pytest.mark.parametrize(
    ("template", "fields", "filled"),
    [
        ("Q {id} « {name} » ?", {"id": "R1", "name": "N"}, "Q R1 « N » ?"),
        ("Q {id} « {name} » ?", {"id": "R1", "name": ""}, "Q R1 ?"),
        ("Q {id} « {name} » ?", {"id": "", "name": "N"}, "Q « N » ?"),
        ("Q {id} « {name} » ?", {}, "Q ?"),
        ("What is “{name}” ({type})?", {"name": "N", "type": ""}, "What is “N”?"),
        ("What is “{name}” ({type})?", {"name": "", "type": "T"}, "What is (T)?"),
        ("{name}", {}, ""),
        ("{{literal}} {text}", {"text": "x"}, "{literal} x"),
        ("{{literal}} {id} {text}", {"text": "x"}, "{literal} x"),
        ("{text}", {"text": "{name} {"}, "{name} {"),
    ],
)
def test_fill(template: str, fields: dict[str, str], filled: str):
    assert fill(template, fields) == filled


CODE = "def f ():\n    return  “”  # « »"


def test_a_text_keeps_its_spaces_and_brackets_when_another_field_is_empty():
    assert fill("{name} ({type})\n{text}", {"name": "N", "text": CODE}) == f"N\n{CODE}"


texts = st.text(min_size=1)


@given(st.sampled_from(sorted(TEMPLATE_FIELDS)), texts)
def test_a_single_field_comes_out_as_it_went_in(field: str, value: str):
    assert fill(f"{{{field}}}", {field: value}) == value


def all_templates() -> list[str]:
    return [
        template
        for languages in default_templates().values()
        for values in languages.values()
        for template in (*values["questions"], values["answer"])
    ]


@pytest.mark.parametrize("template", all_templates())
def test_default_templates_leave_no_empty_quotes_or_brackets(template: str):
    for empty in ({}, {"type": "T"}, {"name": "N"}, {"id": "I"}, {"text": "x"}):
        filled = fill(template, empty)
        assert not any(trace in filled for trace in ("« »", "«  »", "“”", "()", "  "))


def test_every_kind_has_templates_in_both_languages():
    defaults = default_templates()
    assert sorted(defaults) == ["article", "chunk", "element", "requirement"]
    for languages in defaults.values():
        assert sorted(languages) == ["en", "fr"]
        for values in languages.values():
            assert sorted(values) == ["answer", "questions"]
            assert len(set(values["questions"])) == len(values["questions"]) >= 2


def test_the_question_of_a_record_is_always_the_same():
    questions = ("a", "b", "c")
    assert [choose_question(f"un2/sa/functions/{n}", questions) for n in range(12)] == list(
        "acaacbcccbac"
    )


def test_every_question_is_chosen_about_as_often():
    chosen = Counter(choose_question(f"r{n}", ("a", "b", "c")) for n in range(3000))
    assert all(850 < count < 1150 for count in chosen.values())
