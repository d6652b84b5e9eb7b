"""Ctrl-C and what the system says as a request, then as an order."""

import signal
from collections.abc import Callable

import pytest

from raise_finetune import bridge
from raise_finetune.cli import application
from raise_finetune.cli.app import main
from raise_finetune.cli.interrupts import cancelled_by_signals, end_as_ctrl_c_does

pytestmark = pytest.mark.usefixtures("heeds_signals")


def test_the_first_is_a_request_and_the_second_an_order():
    with cancelled_by_signals() as cancelled:
        assert not cancelled()
        signal.raise_signal(signal.SIGINT)
        assert cancelled()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_the_system_asks_as_ctrl_c_does(name: str):
    number = signal.Signals[name]
    assert signal.getsignal(number) is signal.SIG_DFL
    end_as_ctrl_c_does()
    try:
        with cancelled_by_signals() as cancelled:
            signal.raise_signal(number)
            assert cancelled()
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(number)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        with cancelled_by_signals("SIGINT") as cancelled, pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        assert not cancelled()
    finally:
        for each in ("SIGTERM", "SIGHUP"):
            signal.signal(signal.Signals[each], signal.SIG_DFL)


def test_who_is_told_to_ignore_a_closed_terminal_does():
    """``nohup`` does so."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        end_as_ctrl_c_does()
        with cancelled_by_signals() as cancelled:
            signal.raise_signal(signal.SIGHUP)
            assert not cancelled()
    finally:
        for each in ("SIGTERM", "SIGHUP"):
            signal.signal(signal.Signals[each], signal.SIG_DFL)


def test_ctrl_c_before_a_command_has_begun(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(application, "run", interrupted)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 130
    assert capsys.readouterr() == ("", "Error: Stopped at your request.\nNothing was changed.\n")


def test_it_is_over_after_the_task():
    with cancelled_by_signals():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_another_handler_is_left_alone():
    seen: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: seen.append(number))
    try:
        with cancelled_by_signals() as cancelled:
            signal.raise_signal(signal.SIGINT)
            assert not cancelled()
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    assert seen == [signal.SIGINT]


def test_ctrl_c_is_how_a_served_page_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def serve(port: int, announce: Callable[[str], None]) -> None:
        announce(f"served on {port}")
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(bridge, "serve", serve)
    monkeypatch.setattr("sys.argv", ["raise-finetune", "serve", "--port", "8123"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code in (0, None)
    assert capsys.readouterr() == ("served on 8123\nThe page is no longer served.\n", "")
