"""A child process: asked, answering, ended, and dying in its own ways."""

import signal
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import psutil
import pytest

from raise_finetune.child_process import ChildDiedError, ChildProcess

CHILD = """
import sys, time
print(*sys.argv[1:], flush=True)
for line in sys.stdin:
    if line == "sleep\\n":
        time.sleep(60)
    if line == "die\\n":
        sys.stderr.write("one\\ntwo\\nthree\\n")
        sys.exit(3)
    print(line.upper(), end="", flush=True)
"""


def lines_of(stream: BinaryIO) -> Iterable[str]:
    return (line.decode().rstrip() for line in stream)


@pytest.fixture(autouse=True)
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some_child.py").write_text(CHILD)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def start(*arguments: str, log_lines: int = 0) -> ChildProcess[str]:
    return ChildProcess("some_child", *arguments, read=lines_of, log_lines=log_lines)


def test_it_answers_in_order_and_ends_with_its_input():
    child = start("a", "b c")
    child.send(b"one\ntwo\n")
    assert [child.receive() for _ in range(3)] == ["a b c", "ONE", "TWO"]
    assert child.receive_within(0.01) is None
    assert child.close(patience=30) == 0


def test_replies_wait_until_somebody_receives_them():
    child = start("here")
    child.send(b"last\ndie\n")
    assert psutil.Process(child.pid).wait(30) == 3
    assert child.receive() == "here"
    assert child.unread > 0
    assert child.receive_within(1) == "LAST"
    child.close()


def test_its_death_is_told_to_whoever_asks_and_its_last_words_are_kept():
    child = start(log_lines=2)
    child.send(b"die\n")
    assert child.receive() == ""
    for ask in (child.receive, lambda: child.receive_within(1), lambda: child.send(b"x\n")):
        with pytest.raises(ChildDiedError) as caught:
            ask()
        assert caught.value.status == 3
    assert list(child.log) == ["two", "three"]
    assert child.close() == 3
    with pytest.raises(ChildDiedError):
        child.send(b"x\n")


def test_one_that_is_busy_is_ended_without_patience():
    child = start()
    child.send(b"sleep\n")
    assert child.close() == -signal.SIGKILL


def test_one_that_is_busy_is_ended_when_patience_is_over():
    child = start()
    child.receive()
    child.send(b"sleep\n")
    assert child.close(patience=0.1) == -signal.SIGKILL


def test_a_program_that_is_not_there_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(FileNotFoundError):
        start()
