import os
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.interrupts import Interrupts


@pytest.fixture
def interrupts(qapp: QApplication) -> Iterator[Interrupts]:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    interrupts = Interrupts()
    yield interrupts
    interrupts.close()
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process that is sent a signal")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_of_the_system_becomes_one_of_qt(
    interrupts: Interrupts, qtbot: QtBot, number: signal.Signals
) -> None:
    interrupts.listen()
    for _ in range(2):
        with qtbot.waitSignal(interrupts.interrupted):
            os.kill(os.getpid(), number)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process that is sent a signal")
def test_signal_that_comes_early_is_told_of_later(interrupts: Interrupts, qtbot: QtBot) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    with qtbot.waitSignal(interrupts.interrupted):
        interrupts.listen()


def test_program_may_end_before_it_listens(interrupts: Interrupts) -> None:
    interrupts.close()
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ignored_signal_stays_ignored(qapp: QApplication) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    interrupts = Interrupts()
    during = signal.getsignal(signal.SIGINT)
    interrupts.close()
    signal.signal(signal.SIGINT, before)
    assert during == signal.SIG_IGN
