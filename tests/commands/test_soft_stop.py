import io
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from handwrite_gui.commands.soft_stop import SoftStop

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signal")


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    """Gives every signal back the handler that it had."""
    numbers = [signal.SIGINT, *([signal.SIGTTIN] if hasattr(signal, "SIGTTIN") else [])]
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.FileIO]:
    """What is written into it is read from standard input."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as stdin, io.FileIO(writing, "w") as typed:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield typed
        typed.close()
        all_read()


def all_read() -> None:
    for thread in threading.enumerate():
        if thread.name == "soft stop":
            thread.join(10)
            assert not thread.is_alive()


def asked(stop: SoftStop) -> bool:
    """Whether a stop is asked for, soon."""
    until = time.monotonic() + 10
    while not stop() and time.monotonic() < until:
        time.sleep(0.002)
    return stop()


@pytest.mark.parametrize(
    "said", [[b"stop\n"], [b"  stop \r\n"], [b"go on\nst", b"op\nmore"], [b"x" * 5000, b"\nstop\n"]]
)
def test_line_stops(typed: io.FileIO, said: list[bytes]) -> None:
    stop = SoftStop()
    with stop.listening():
        assert not stop()
        for part in said:
            typed.write(part)
            time.sleep(0.01)
        assert asked(stop)
    assert stop()


@pytest.mark.parametrize("said", [b"", b"\n\n", b"stopped\nnonstop\nSTOP!\n", b"\xff\x00\n"])
def test_other_lines_and_the_end_of_input_do_not_stop(typed: io.FileIO, said: bytes) -> None:
    stop = SoftStop()
    with stop.listening():
        typed.write(said)
        typed.close()
        all_read()
        assert not stop()


def test_without_an_input_nothing_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull) as devnull:
        closed = open(os.devnull)  # noqa: SIM115
        closed.close()
        for stdin in (devnull, closed, None, io.StringIO("stop\n")):
            monkeypatch.setattr(sys, "stdin", stdin)
            stop = SoftStop()
            with stop.listening():
                all_read()
                assert not stop()


def test_first_ctrl_c_asks_and_second_leaves(typed: io.FileIO) -> None:
    stop = SoftStop()
    with stop.listening():
        signal.raise_signal(signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_after_a_stop_line_leaves(typed: io.FileIO) -> None:
    stop = SoftStop()
    with stop.listening():
        typed.write(b"stop\n")
        assert asked(stop)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_ctrl_c_is_as_before_even_after_a_failure(typed: io.FileIO) -> None:
    with pytest.raises(OSError, match="full"), SoftStop().listening():
        raise OSError("full")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ignored_ctrl_c_stays_ignored(typed: io.FileIO) -> None:
    """As a shell gives it to a job in the background."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop = SoftStop()
    with stop.listening():
        signal.raise_signal(signal.SIGINT)
        assert not stop()
        typed.write(b"stop\n")
        assert asked(stop)
    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN


@POSIX
def test_reading_from_a_terminal_suspends_no_job_in_the_background(typed: io.FileIO) -> None:
    with SoftStop().listening():
        assert signal.getsignal(signal.SIGTTIN) == signal.SIG_IGN
