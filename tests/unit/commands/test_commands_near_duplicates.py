"""Near-duplicates side by side, as the page asks for them."""

from pathlib import Path
from random import Random

import pytest

from corpus.edits import edited, pair, words
from domains.asking import ask
from domains.tree import Tree, exchange, message, snapshot
from raise_finetune.commands.registry import COMMANDS

COMMAND = "dataset_near_duplicates"


@pytest.fixture
def tree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tree:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "domain"))
    return Tree(tmp_path / "domain")


def test_what_goes_stands_beside_what_stays(tree: Tree):
    random = Random(1)  # noqa: S311
    texts = [words(random, 80) for _ in range(2)]
    close, far = pair(edited(random, texts[0], 0.02)), pair(edited(random, texts[1], 0.06))
    system = message("system", "You help.")
    for name, rating, text in (
        ("a", 5, pair(texts[0])),
        ("b", 4, close),
        ("c", 5, pair(texts[1])),
        ("d", 4, far),
    ):
        tree.conversation(name, system, *exchange("Hi", "Hello"), *exchange(*text, rating=rating))
    before = snapshot(tree.root)
    found = ask(COMMAND, recipe={"dedup": {"near": "off"}})
    assert found["total"] == 2
    least, most = found["pairs"]
    assert 0.7 <= least["similarity"] < most["similarity"] < 1
    assert least == {
        "gone": {
            "record": "un2/default/conversations/d#4",
            "rating": 4.0,
            "date": "",
            "question": far[0],
            "answer": far[1],
        },
        "stays": {
            "record": "un2/default/conversations/c#4",
            "rating": 5.0,
            "date": "",
            "question": pair(texts[1])[0],
            "answer": pair(texts[1])[1],
        },
        "similarity": least["similarity"],
    }
    assert most["gone"]["record"].endswith("b#4")
    assert ask(COMMAND, recipe={}, pairs=1) == {"total": 2, "pairs": [least]}
    assert ask(COMMAND, recipe={"dedup": {"threshold": 0.99}}) == {"total": 0, "pairs": []}
    assert snapshot(tree.root) == before


def test_whole_conversations_are_shown_whole(tree: Tree):
    random = Random(2)  # noqa: S311
    text = words(random, 200)
    for name, rating in (("a", 5), ("b", 4)):
        turns = exchange(*pair(edited(random, text, 0.01)), rating=rating)
        tree.conversation(name, *exchange("First?", "Yes."), *turns)
    (shown,) = ask(COMMAND, recipe={"examples": {"unit": "conversation"}})["pairs"]
    assert shown["gone"]["question"].startswith("First?\n\n")
    assert shown["stays"]["answer"].startswith("Yes.\n\n")


def test_sensitive_data_is_masked_in_them(tree: Tree):
    text = words(Random(3), 60)  # noqa: S311
    for name, rating in (("a", 5), ("b", 4)):
        answer = " ".join([*text, f"{name}.martin@example.org", name])
        tree.conversation(name, *exchange("Who?", answer, rating=rating))
    (shown,) = ask(COMMAND, recipe={})["pairs"]
    assert shown["gone"]["answer"] == " ".join([*text, "<EMAIL_1>", "b"])


def test_it_only_reads():
    assert not COMMANDS["dataset_near_duplicates"].is_job
