"""A program that is told to end does so in its own time, and at once when it is told again."""

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("heeds_signals")

_PROGRAM = """
import sys, threading
from raise_finetune.desktop.signals import told_to_end

ended = threading.Event()
with told_to_end(ended.set) as was_told:
    print("running", was_told(), flush=True)
    ended.wait()
    print("told", was_told(), flush=True)
    sys.stdin.read()
"""


def start() -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert said(process) == "running False"
    return process


def said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_once_it_ends_in_its_own_time(number: signal.Signals):
    process = start()
    process.send_signal(number)
    assert said(process) == "told True"
    process.communicate()
    assert process.returncode == 0


def test_told_twice_it_ends_at_once():
    process = start()
    process.send_signal(signal.SIGTERM)
    assert said(process) == "told True"
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 128 + signal.SIGTERM
    process.communicate()


def test_what_our_parent_ignores_stays_ignored():
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    assert said(process) == "running False"
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    assert said(process) == "told True"
    process.communicate()
    assert process.returncode == 0
