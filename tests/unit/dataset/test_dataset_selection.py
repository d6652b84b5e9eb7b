"""Which answers and conversations become examples, in both units."""

from pathlib import Path

import pytest

from domains.tree import Json, Tree, exchange, export, message

SYSTEM = message("system", "S")
THREE = [
    *exchange("q1", "a1", rating=5),
    *exchange("q2", "a2"),
    *exchange("q3", "a3", rating=4),
]
WHOLE = {"unit": "conversation"}


def row(*turns: str, system: str = "") -> str:
    """Return the ``inst`` text of questions and answers in turn."""
    text = "<s>"
    for question, answer in zip(turns[::2], turns[1::2], strict=True):
        text += f"[INST] {system}{question} [/INST] {answer} </s>"
        system = ""
    return text


def test_each_rated_answer_comes_with_what_was_said_before(tree: Tree, output: Path):
    record = tree.conversation("c", *THREE)
    exported = export(tree.root, output)
    assert exported.rows == [row("q1", "a1"), row("q1", "a1", "q2", "a2", "q3", "a3")]
    assert exported.fates == {
        f"{record}#1": "exported",
        f"{record}#3": "unrated",
        f"{record}#5": "exported",
    }


def test_a_whole_conversation_is_one_example(tree: Tree, output: Path):
    record = tree.conversation("c", SYSTEM, *THREE)
    exported = export(tree.root, output, examples=WHOLE)
    assert exported.rows == [row("q1", "a1", "q2", "a2", "q3", "a3", system="S\n\n")]
    assert exported.fates == {record: "exported"}


@pytest.mark.parametrize(
    ("ratings", "minimum", "fate"),
    [
        ([5, 5], 4, "exported"),
        ([5, 3], 4, "rated_too_low"),
        ([5, None], 4, "exported"),
        ([None, None], 4, "unrated"),
        ([5, "bad"], 4, "invalid_rating"),
        ([5, 3], 3, "exported"),
    ],
)
def test_a_whole_conversation_is_as_good_as_its_worst_answer(
    tree: Tree, output: Path, ratings: list[object], minimum: int, fate: str
):
    turns = [each for rating in ratings for each in exchange("q", "a", rating=rating)]
    record = tree.conversation("c", *turns)
    exported = export(tree.root, output, examples=WHOLE, rating={"minimum": minimum})
    assert exported.fates == {record: fate}


@pytest.mark.parametrize(
    ("own", "of_all", "fate"),
    [
        ({}, {}, "unrated"),
        ({}, {"rating": 5}, "exported"),
        ({}, {"rating": 2}, "rated_too_low"),
        ({}, {"rating": "bad"}, "invalid_rating"),
        ({"rating": 5}, {"rating": 1}, "exported"),
        ({"rating": 1}, {"rating": 5}, "rated_too_low"),
        ({"rating": "bad"}, {"rating": 5}, "invalid_rating"),
        ({"rating": 4}, {}, "exported"),
        ({"rating": 3.9}, {}, "rated_too_low"),
        ({"thumbs": True}, {}, "exported"),
        ({"meta": {"thumbs": "down"}}, {}, "rated_too_low"),
        ({}, {"metadata": {"rating": 4.5}}, "exported"),
    ],
)
@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_the_messages_rating_counts_before_the_conversations(
    tree: Tree, output: Path, own: Json, of_all: Json, fate: str, unit: str
):
    tree.conversation("c", *exchange("q", "a", **own), **of_all)
    assert list(export(tree.root, output, examples={"unit": unit}).fates.values()) == [fate]


@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_unrated_answers_are_in_where_asked_for(tree: Tree, output: Path, unit: str):
    tree.conversation("c", *exchange("q", "a"))
    exported = export(tree.root, output, rating={"include_unrated": True}, examples={"unit": unit})
    assert exported.rows == [row("q", "a")]


@pytest.mark.parametrize(
    ("count", "context"),
    [
        (0, ()),
        (1, ("q2", "a2")),
        (2, ("q1", "a1", "q2", "a2")),
        (32, ("q1", "a1", "q2", "a2")),
    ],
)
def test_so_many_earlier_exchanges_are_context(
    tree: Tree, output: Path, count: int, context: tuple[str, ...]
):
    tree.conversation("c", SYSTEM, *THREE)
    exported = export(tree.root, output, examples={"context_exchanges": count})
    assert exported.rows[-1] == row(*context, "q3", "a3", system="S\n\n")


def test_the_context_begins_after_the_last_answer_rated_too_low(tree: Tree, output: Path):
    tree.conversation(
        "c",
        *exchange("q1", "a1", rating=5),
        *exchange("q2", "a2", rating=1),
        *exchange("q3", "a3"),
        *exchange("q4", "a4", rating=5),
    )
    assert export(tree.root, output).rows == [row("q1", "a1"), row("q3", "a3", "q4", "a4")]


def test_what_cannot_be_an_exchange_is_no_context(tree: Tree, output: Path):
    record = tree.conversation(
        "c",
        message("assistant", "x", rating=5),
        *exchange("q1", "", rating=5),
        *exchange("", "a2", rating=5),
        *exchange("[SYSTEM_FEEDBACK] done", "a3", rating=5),
        *exchange("q4", "### CONTEXT ###", rating=5),
        *exchange("q5", "a5", rating=5),
    )
    exported = export(tree.root, output)
    assert exported.rows == [row("q5", "a5")]
    assert exported.fates == {
        f"{record}#0": "no_question",
        f"{record}#2": "empty_answer",
        f"{record}#4": "empty_question",
        f"{record}#6": "system_feedback",
        f"{record}#8": "prompt_leak",
        f"{record}#10": "exported",
    }


def test_what_was_left_out_of_a_whole_conversation_is_told(tree: Tree, output: Path):
    record = tree.conversation(
        "c",
        message("assistant", "x"),
        *exchange("q1", ""),
        *exchange("[SYSTEM_FEEDBACK] done", "a3"),
        message("user", "lost"),
        *exchange("q5", "a5 ### CONTEXT ### z", rating=5),
    )
    exported = export(tree.root, output, examples=WHOLE)
    assert exported.rows == [row("q5", "a5")]
    assert exported.ledger == [
        {
            "record": record,
            "fate": "exported",
            "split": "train",
            "row": 0,
            "rating": 5.0,
            "repairs": [
                "earlier_questions_left_out",
                "prompt_leak_cut",
                "left_out_no_question",
                "left_out_empty_answer",
                "left_out_system_feedback",
            ],
        }
    ]
    assert exported.report.repairs == dict.fromkeys(sorted(exported.ledger[0]["repairs"]), 1)


@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_a_conversation_without_an_answer(tree: Tree, output: Path, unit: str):
    record = tree.conversation("c", message("user", "q"), rating=5)
    assert export(tree.root, output, examples={"unit": unit}).fates == {record: "no_exchange"}


def test_a_whole_conversation_of_rejected_answers_has_the_fate_of_the_first(
    tree: Tree, output: Path
):
    record = tree.conversation("c", *exchange("q", ""), message("assistant", "b"), rating=5)
    assert export(tree.root, output, examples=WHOLE).fates == {record: "empty_answer"}


DATED = exchange("q", "a", rating=5, createdAt="2026-03-10T12:00:00Z")


@pytest.mark.parametrize("unit", ["answer", "conversation"])
@pytest.mark.parametrize(
    ("filters", "fate"),
    [
        ({"since": "2026-03-10"}, "exported"),
        ({"since": "2026-03-11"}, "outside_dates"),
        ({"until": "2026-03-10"}, "exported"),
        ({"until": "2026-03-09"}, "outside_dates"),
        ({"tags": ["good"]}, "exported"),
        ({"tags": ["other", "good"]}, "exported"),
        ({"tags": ["other"]}, "tag_filtered"),
        ({"exclude_tags": ["good"]}, "tag_filtered"),
        ({"tags": ["good"], "exclude_tags": ["good"]}, "tag_filtered"),
        ({"languages": ["fr"]}, "exported"),
        ({"languages": ["en"]}, "other_language"),
        ({"languages": ["en", "fr"]}, "exported"),
    ],
)
def test_filters(tree: Tree, output: Path, unit: str, filters: Json, fate: str):
    tree.conversation("c", *DATED, tags=["good"], language="fr")
    exported = export(tree.root, output, filter=filters, examples={"unit": unit})
    assert list(exported.fates.values()) == [fate]


@pytest.mark.parametrize(
    ("answer", "document", "date"),
    [
        ({"createdAt": "2026-03-10"}, {"updatedAt": "2020-01-01"}, "2026-03-10"),
        ({"timestamp": "2026-03-10T00:00:00Z"}, {}, "2026-03-10"),
        ({}, {"createdAt": "2020-01-01", "updatedAt": "2026-03-10"}, "2026-03-10"),
        ({}, {"_updated_at": "2026-03-10T00:00:00.123456789Z"}, "2026-03-10"),
        ({"timestamp": 1773100800}, {"updated_at": "2026-03-10T00:00:00Z"}, "2026-03-10"),
    ],
)  # fmt: skip
def test_the_date_of_an_answer_is_its_own_or_its_documents(
    tree: Tree, output: Path, answer: Json, document: Json, date: str
):
    tree.conversation("c", *exchange("q", "a", rating=5, **answer), **document)
    assert export(tree.root, output, filter={"since": date, "until": date}).report.rows == 1


def test_without_a_date_nothing_passes_a_limit(tree: Tree, output: Path):
    tree.conversation("c", *exchange("q", "a", rating=5))
    assert export(tree.root, output, filter={"since": "0001-01-01"}).report.rows == 0
    assert export(tree.root, output, filter={"until": "9999-12-31"}).report.rows == 0


def test_a_language_nobody_declared_is_found_out(tree: Tree, output: Path):
    tree.conversation("fr", *exchange("Quelle est la règle ?", "Elle est ici.", rating=5))
    tree.conversation("en", *exchange("What is the rule?", "It is there.", rating=5))
    tree.conversation("none", *exchange("42", "43", rating=5))
    french = export(tree.root, output, filter={"languages": ["fr"]})
    assert french.rows == [row("Quelle est la règle ?", "Elle est ici.")]
    assert french.report.fates == {"other_language": 2, "exported": 1}
    assert export(tree.root, output).report.rows == 3


def test_the_cheap_tests_decide_first(tree: Tree, output: Path):
    tree.conversation("c", *exchange("", "", rating=1), tags=["x"], language="en")
    everything: Json = {"tags": ["y"], "languages": ["fr"], "since": "2026-01-01"}
    assert export(tree.root, output, filter=everything).report.fates == {"tag_filtered": 1}
    everything.pop("tags")
    assert export(tree.root, output, filter=everything).report.fates == {"rated_too_low": 1}


DOCUMENT: Json = {
    "title": "T",
    "body": {"fr": "le F", "en": "the E"},
    "status": "published",
    "tags": ["good"],
    "updatedAt": "2026-03-10T00:00:00Z",
}


@pytest.mark.parametrize(
    ("changes", "recipe", "fate"),
    [
        ({}, {}, "exported"),
        ({}, {"source": {"documentation": False}}, "documentation_out"),
        ({"body": " "}, {}, "empty_answer"),
        ({"body": {"de": "x"}}, {}, "empty_answer"),
        ({"status": "draft"}, {}, "not_published"),
        ({"status": "draft"}, {"source": {"article_statuses": ["draft"]}}, "exported"),
        ({"status": "draft"}, {"source": {"article_statuses": []}}, "exported"),
        ({"status": None}, {}, "exported"),
        ({"rating": 5}, {}, "exported"),
        ({"rating": 4}, {}, "exported"),
        ({"rating": 3}, {}, "rated_too_low"),
        ({"rating": "x"}, {}, "invalid_rating"),
        ({}, {"filter": {"languages": ["en"]}}, "exported"),
        ({"body": "le F"}, {"filter": {"languages": ["en"]}}, "other_language"),
        ({}, {"filter": {"tags": ["bad"]}}, "tag_filtered"),
        ({}, {"filter": {"since": "2026-03-11"}}, "outside_dates"),
    ],
)
def test_documentation(tree: Tree, output: Path, changes: Json, recipe: Json, fate: str):
    record = tree.document("un2/default/articles/a", **{**DOCUMENT, **changes})
    assert export(tree.root, output, **recipe).fates == {record: fate}


def test_documentation_speaks_the_first_wanted_language(tree: Tree, output: Path):
    tree.document("un2/default/articles/a", **DOCUMENT)
    templates = {
        "article": {
            language: {"questions": [f"{language} {{title}}"], "answer": "{text}"}
            for language in ("fr", "en")
        }
    }
    assert export(tree.root, output, templates=templates).rows == [row("fr T", "le F")]
    english = export(tree.root, output, templates=templates, filter={"languages": ["en"]})
    assert english.rows == [row("en T", "the E")]


@pytest.mark.parametrize(
    ("values", "fate"),
    [
        ({"questions": ["{id}"], "answer": "{text}"}, "empty_question"),
        ({"questions": ["{name}"], "answer": "{category}"}, "empty_answer"),
        ({"questions": ["What is {id} ({type})?"], "answer": "{text}"}, "empty_question"),
        ({"questions": ["What is {id} or {name}?"], "answer": "{text}"}, "exported"),
        ({"questions": ["Sum up this {type}."], "answer": "{text}"}, "exported"),
    ],
)
def test_a_template_that_comes_out_empty_makes_no_row(
    tree: Tree, output: Path, values: Json, fate: str
):
    record = tree.document("un2/sa/functions/f", name="N", description="le D")
    templates = {"element": {"fr": values}}
    assert export(tree.root, output, templates=templates).fates == {record: fate}


@pytest.mark.parametrize(
    "document",
    [
        {"title": " ", "body": "le corps", "slug": None},
        {"name": {"fr": ""}, "description": "le rôle", "type": "SystemFunction"},
        {"statement": "Le lien doit porter.", "category": "Performance"},
        {"content": "le texte", "metadata": {"source": ["a.pdf"], "chunk_index": 0}},
    ],
)
def test_a_question_that_says_not_of_what_is_none(tree: Tree, output: Path, document: Json):
    record = tree.document("un2/default/records/r", **document)
    assert export(tree.root, output).fates == {record: "empty_question"}
