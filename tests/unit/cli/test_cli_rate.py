"""``rate`` as a process."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import pytest

from domains.process import complaint, run
from domains.tree import Tree, exchange, snapshot
from raise_finetune.cli.rate import Said, store_rating
from raise_finetune.dataset.sources.judgements import Judgement, feedback_on, rate
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.locking import writing_lock

LINE = b'{"text":"<s>[INST] q [/INST] a </s>"}\n'


def test_rate_and_take_it_away(tree: Tree, tmp_path: Path):
    tree.put("chats/main_session.json", {"history": exchange("q", "a")})
    here = ["--root", tree.root, "--chat", "main_session", "--message", "1"]
    done = run("rate", *here, "--rating", "2", "--correction", "better", "--note", "n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Rated message 1 of chats/main_session: 2\n"
    done = run("export", tmp_path / "x.jsonl", "--root", tree.root, "--json")
    assert (tmp_path / "x.jsonl").read_bytes() == LINE.replace(b"] a", b"] better")
    done = run("rate", *here, "--remove")
    assert done.stdout == "Removed the rating of message 1 of chats/main_session\n"
    done = run("rate", *here, "--remove", "--json")
    assert orjson.loads(done.stdout) == {
        "target": "chats/main_session",
        "message_index": 1,
        "removed": False,
    }
    assert run("rate", *here, "--remove").stdout == (
        "Message 1 of chats/main_session had no rating given here\n"
    )


def test_rate_as_json(root: Path):
    target = "un2/default/conversations/c"
    here = ["--root", root, "--document", target, "--message", "1", "--json"]
    done = run("rate", *here, "--rating", "4.5", "--tag", "a", "--tag", "b")
    stored = orjson.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(stored.pop("answer_hash")) == 32
    assert stored == {
        "target": target,
        "message_index": 1,
        "rating": 4.5,
        "correction": "",
        "tags": ["a", "b"],
        "note": "",
    }


def test_another_rating_leaves_what_else_was_said_of_the_answer(root: Path):
    here = ("--root", root, "--document", "un2/default/conversations/c", "--message", "1")

    def say(*said: str) -> tuple[float, str, list[str], str]:
        done = run("rate", *here, *said, "--json")
        assert done.returncode == 0, done.stderr
        stored = orjson.loads(done.stdout)
        return stored["rating"], stored["correction"], stored["tags"], stored["note"]

    refused = run("rate", *here, "--correction", "better")
    assert (refused.returncode, complaint(refused)) == (2, "No rating was given.")
    said = ("--rating", "2", "--correction", "better", "--tag", "a", "--tag", "b", "--note", "n")
    assert say(*said) == (2.0, "better", ["a", "b"], "n")
    assert say("--rating", "4") == (4.0, "better", ["a", "b"], "n")
    assert say("--correction", "best") == (4.0, "best", ["a", "b"], "n")
    assert say("--tag", "c", "--note", "") == (4.0, "best", ["c"], "")
    assert say("--tag", "", "--correction", "") == (4.0, "", [], "")


def test_two_who_speak_of_an_answer_at_once_are_both_heard(root: Path):
    record = "un2/default/conversations/c"
    engine = StorageEngine(root)
    rate(engine, record, 1, Judgement(2))

    def say(said: Said) -> None:
        store_rating(root, record, 1, said, as_json=True)

    with ThreadPoolExecutor() as pool, writing_lock(root / "un2/finetune"):
        waiting = [
            pool.submit(say, Said(None, "better", None, None)),
            pool.submit(say, Said(None, None, None, "n")),
        ]
        time.sleep(0.5)  # until both would have read what had been said
    for each in waiting:
        each.result()
    found = feedback_on(engine, record, 1)
    assert found is not None
    assert (found.rating, found.correction, found.note) == (2.0, "better", "n")


@pytest.mark.parametrize("chat", ["main_session", "main_session.json", "chats/main_session.json"])
def test_a_chat_is_named_as_a_file_or_by_its_stem(tree: Tree, chat: str):
    tree.put("chats/main_session.json", {"history": exchange("q", "a")})
    done = run("rate", "--root", tree.root, "--chat", chat, "--message", "1", "--rating", "5")
    assert done.stdout == "Rated message 1 of chats/main_session: 5\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--message 1 --rating 5", "Name the conversation to rate, just one."),
        ("--message 1 --chat a --document b/c/d/e", "Name the conversation to rate, just one."),
        ("--message 1 --chat none --rating 5", "There is no conversation “chats/none”."),
        ("--message 1 --document x --rating 5", "“x” does not name a conversation."),
        ("--message 1 --document= --rating 5", "“” does not name a conversation."),
        ("--message 1 --document un2/default/conversations/c --rating 5 --remove",
         "A rating cannot be given and taken away at once."),
        ("--message 1 --document un2/default/conversations/c --note= --remove",
         "A rating cannot be given and taken away at once."),
        ("--message 1 --document un2/default/conversations/c", "No rating was given."),
        ("--message 1 --document un2/default/conversations/c --rating 6", "6 is not a rating."),
        ("--message 0 --document un2/default/conversations/c --rating 5",
         "Message 0 of “un2/default/conversations/c” is not an answer of the assistant."),
        ("--message 1 --document un2/default/conversations/../c --rating 5",
         "“un2/default/conversations/../c” does not name a conversation."),
    ],
)  # fmt: skip
def test_what_cannot_be_rated(root: Path, arguments: str, sentence: str):
    before = snapshot(root)
    done = run("rate", "--root", root, *arguments.split(" "))
    assert (done.returncode, complaint(done)) == (2, sentence)
    assert snapshot(root) == before
