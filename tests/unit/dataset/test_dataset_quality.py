"""What is worth learning, as far as a program can tell."""

from pathlib import Path
from typing import Any

import pytest

from domains.tree import Tree, exchange, export
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.selection.quality import repetition
from raise_finetune.dataset.selection.refusals import is_refusal


@pytest.mark.parametrize(
    "answer",
    [
        "I'm sorry, but I can't help with that.",
        "I’m sorry, I cannot access the model.",
        "I am afraid I do not know.",
        "I cannot provide this document.",
        "Hello! I am unable to respond without the specification.",
        "As an AI language model, I have no opinion.",
        "**As a large language model** I only see text.",
        "Désolé, je ne peux pas répondre à cette question.",
        "Je suis désolée, mais je n'ai pas accès à la base.",
        "Je ne peux pas vous aider sur ce point.",
        "Je ne suis pas en mesure de répondre.",
        "Bonjour, je suis désolé, mais je ne dispose pas de ce document.",
        "En tant qu’IA, je n’ai pas d’avis.",
        "En tant que modèle de langage, je ne vois que du texte.",
    ],
)
def test_refusals(answer: str):
    assert is_refusal(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "I can help: the pump stops after 5 s.",
        "I cannot find a contradiction between the two requirements.",
        "The system cannot answer in time: it is not qualified.",
        "Write: “I'm sorry, but I can't help with that.”",
        "Sorry for the delay; here is the table.",
        "Je ne peux pas conclure sans la mesure : refaites l'essai.",
        "Je ne pense pas que la barrière soit indépendante.",
        "Désolé pour l'attente. Voici le tableau.",
        "L'opérateur dit : « Je ne peux pas répondre. »",
        "As an architect, start with the operational need.",
        "En tant qu'architecte, commencez par le besoin.",
    ],
)
def test_no_refusals(answer: str):
    assert not is_refusal(answer)


def test_repetition():
    prose = " ".join(f"word{number}" for number in range(60))
    assert repetition(prose) == 0
    assert repetition("no no no no") == 0  # too short to judge
    assert repetition("the pump stops at once " * 12) == pytest.approx(1 - 5 / 57)
    assert 0.4 < repetition(f"{prose} {prose}") < 0.5
    ten = " ".join(f"word{number}" for number in range(10))
    assert repetition(f"{ten} {ten} word0 word1 word2") == 0.5  # twenty runs: just enough to judge
    assert repetition(f"{ten} {ten} word0 word1") == 0


LONG = " ".join(f"mot{number}" for number in range(30))
HALF_REPEATED = " ".join(f"mot{number % 10}" for number in range(23))


@pytest.mark.parametrize(
    ("quality", "question", "answer", "fate"),
    [
        ({}, "Write it down: STOP", "write it down: stop.", "repeats_question"),
        ({}, "Stop", "Stop", "repeats_question"),
        ({}, "Stop", "Stop the pump now", "exported"),
        ({}, "ab?", "ac!", "exported"),
        ({"repeated_questions": "keep"}, "Stop", "Stop", "exported"),
        ({"min_answer": 3}, "What is it?", "a pump", "too_short"),
        ({"min_answer": 2}, "What is it?", "a pump", "exported"),
        ({"min_question": 4}, "What is it?", "a pump", "too_short"),
        ({"max_answer": 1}, "What is it?", "a pump", "too_long"),
        ({"max_question": 2}, "What is it?", "a pump", "too_long"),
        ({"max_question": 3, "max_answer": 2}, "What is it?", "a pump", "exported"),
        ({"length_unit": "characters", "min_answer": 7}, "What?", "a pump", "too_short"),
        ({"length_unit": "characters", "max_answer": 6}, "What?", "a pump", "exported"),
        ({}, "What?", "I'm sorry, but I can't help with that.", "exported"),
        ({"refusals": "drop"}, "What?", "I'm sorry, but I can't help with that.", "refusal"),
        ({"max_repetition": 0.5}, "What?", "the pump stops at once " * 12, "repetitive"),
        ({"max_repetition": 0.5}, "What?", LONG, "exported"),
        ({"max_repetition": 0.5}, "What?", HALF_REPEATED, "exported"),
        ({"max_repetition": 0.49}, "What?", HALF_REPEATED, "repetitive"),
        ({"mixed_languages": "drop"}, "Que fait la pompe ?", "It is a pump.", "mixed_languages"),
        ({"mixed_languages": "drop"}, "What does it do?", "Elle est en panne.", "mixed_languages"),
        ({"mixed_languages": "drop"}, "Que fait la pompe ?", "Elle pompe.", "exported"),
        ({"mixed_languages": "drop"}, "Capella?", "It is a tool.", "exported"),
    ],
)
def test_each_check(
    tree: Tree, output: Path, quality: dict[str, Any], question: str, answer: str, fate: str
):
    record = tree.conversation("c", *exchange(question, answer, rating=5))
    assert export(tree.root, output, quality=quality).fates == {f"{record}#1": fate}


def test_only_the_last_exchange_counts(tree: Tree, output: Path):
    turns = [*exchange("What?", "No", rating=5), *exchange("And then?", LONG, rating=5)]
    record = tree.conversation("c", *turns)
    fates = export(tree.root, output, quality={"min_answer": 5}).fates
    assert fates == {f"{record}#1": "too_short", f"{record}#3": "exported"}
    whole = export(tree.root, output, quality={"min_answer": 31}, examples={"unit": "conversation"})
    assert whole.fates == {record: "exported"}


def test_documentation_is_judged_too(tree: Tree, output: Path):
    record = tree.document("un2/default/requirements/r", name="N", statement="short")
    fates = export(tree.root, output, quality={"min_answer": 2}).fates
    assert fates == {record: "too_short"}


def test_answers_to_avoid_are_not_judged(tree: Tree, output: Path):
    tree.conversation("bad", *exchange("What?", "I cannot help with that.", rating=1))
    tree.conversation("good", *exchange("What then?", "I cannot help with that.", rating=5))
    recipe = ExportRecipe.model_validate(
        {
            "quality": {"refusals": "drop"},
            "output": {"task": "kto", "profile": "messages", "val_fraction": 0},
        }
    )
    assert export_dataset(recipe, output, root=tree.root).fates == {"exported": 1, "refusal": 1}
