"""Exports side by side, and Ctrl-C: real processes, stopped where it matters."""

import os
import signal
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from domains.process import complaint, run, start
from domains.tree import Tree, exchange, snapshot

pytestmark = pytest.mark.usefixtures("heeds_signals")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Tree(tmp_path_factory.mktemp("processes") / "domain")
    for number in range(1500):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a" * 200, rating=5))
    return tree.root


@contextmanager
def halfway(
    root: Path, target: Path, command: Sequence[str | Path] = ()
) -> Generator[subprocess.Popen[str]]:
    """Start an export, or what exports, and stop it in the middle; it goes on afterwards."""
    process = start(*(command or ("export", target)), "--root", root, "--json")
    try:
        deadline = time.monotonic() + 60
        while not list(target.parent.glob(".export-*/rows.*")):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.communicate(timeout=60)


def staged(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_a_second_export_to_the_same_target_is_refused(root: Path, tmp_path: Path, name: str):
    target = tmp_path / name
    with halfway(root, target) as first:
        second = run("export", target, "--root", root)
        assert second.returncode == 2
        assert complaint(second) == f"Another export to {target} is running."
        # Another account or container has another home, and meets the same lock.
        away = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
        assert run("export", target, "--root", root, environment=away).returncode == 2
        assert not target.exists()
        assert len(staged(tmp_path)) == 1
    assert first.returncode == 0
    assert target.exists()
    assert staged(tmp_path) == []
    assert run("export", target, "--root", root).returncode == 0


def test_exports_to_different_targets_do_not_meet(root: Path, tmp_path: Path):
    targets = [tmp_path / "x.jsonl", tmp_path / "x", tmp_path / "x.exporting"]
    with halfway(root, targets[0]) as one, halfway(root, targets[1]) as two:
        assert run("export", targets[2], "--root", root).returncode == 0
    assert (one.returncode, two.returncode) == (0, 0)
    assert staged(tmp_path) == []
    assert snapshot(targets[1] / "data") == snapshot(targets[2] / "data")


@pytest.mark.parametrize(
    ("name", "language", "number"),
    [
        ("x.jsonl", "en", signal.SIGINT),
        ("x", "fr", signal.SIGINT),
        ("x", "en", signal.SIGTERM),
        ("x", "en", signal.SIGHUP),
    ],
)
def test_ctrl_c_and_the_system_leave_the_old_target_and_nothing_else(
    root: Path,
    tmp_path: Path,
    name: str,
    language: str,
    number: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
):
    target = tmp_path / name
    assert run("export", target, "--root", root, "--seed", "1").returncode == 0
    before = snapshot(tmp_path)
    monkeypatch.setenv("RAISE_LANG", language)
    with halfway(root, target) as process:
        process.send_signal(number)
        process.send_signal(signal.SIGCONT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert (
        err
        == {
            "en": "Error: Stopped at your request.\nNothing was changed.\n",
            "fr": "Erreur\u00a0: Arrêté à votre demande.\nRien n’a été modifié.\n",
        }[language]
    )
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_stops_forgetting_hears_what_was_done(
    root: Path, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
):
    target, record = tmp_path / "x", "un2/default/conversations/c7#1"
    assert run("export", target, "--root", root).returncode == 0
    before = snapshot(target)
    monkeypatch.setenv("RAISE_LANG", language)
    with halfway(root, target, ["forget", record, "--yes"]) as process:
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert (
        err
        == {
            "en": f"Error: Stopped at your request: no later export will hold “{record}”, but "
            "datasets that were not yet made again still do.\nForget it again to finish.\n",
            "fr": "Erreur\u00a0: Arrêté à votre demande\u00a0: aucun export ultérieur ne "
            f"contiendra «\u00a0{record}\u00a0», mais les jeux de données pas encore refaits le "
            "contiennent toujours.\nOubliez-le de nouveau pour terminer.\n",
        }[language]
    )
    assert snapshot(target) == before
    undone = run("forget", record, "--root", root, "--undo", "--json")
    assert undone.stdout == f'{{"record":"{record}","was_forgotten":true}}\n'


def test_ctrl_c_before_there_was_a_target(root: Path, tmp_path: Path):
    with halfway(root, tmp_path / "x") as process:
        process.send_signal(signal.SIGINT)
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_was_told_to_ignore_ctrl_c_does(root: Path, tmp_path: Path):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with halfway(root, tmp_path / "x") as process:
            process.send_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    assert process.returncode == 0
