"""Ctrl-C as a request, then as an order."""

import signal

import pytest

from raise_finetune.cli.interrupts import cancelled_by_ctrl_c

pytestmark = pytest.mark.usefixtures("heeds_ctrl_c")


def test_the_first_is_a_request_and_the_second_an_order():
    with cancelled_by_ctrl_c() as cancelled:
        assert not cancelled()
        signal.raise_signal(signal.SIGINT)
        assert cancelled()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_it_is_over_after_the_task():
    with cancelled_by_ctrl_c():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_another_handler_is_left_alone():
    seen: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: seen.append(number))
    try:
        with cancelled_by_ctrl_c() as cancelled:
            signal.raise_signal(signal.SIGINT)
            assert not cancelled()
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    assert seen == [signal.SIGINT]
