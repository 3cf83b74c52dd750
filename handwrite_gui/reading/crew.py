"""The crew: the reading processes, started, heard and ended."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from handwrite_gui.reading.reader import Reader
from handwrite_gui.reading.reading_process import Hears, Says, work

_log = logging.getLogger(__name__)
#: Whether a process may start copies of itself: this takes a tenth of the time, but what numerical
#: libraries do after it is documented to work on Linux alone.
_CAN_FORK = sys.platform == "linux"


class Process:
    """A reading process, from here."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        #: Its number among the system's processes, once it is ready.
        self.number: int | None = None
        #: When it began what it does, by the monotonic clock, and whether its last item was quick.
        self.began = 0.0
        self.is_quick = False

    def has_done(self, now: float, quick_s: float) -> None:
        """Note that it has done an item; it goes on with the next, if it has one."""
        self.is_quick = now - self.began < quick_s
        self.began = now

    def tell(self, kind: Hears, what: object) -> bool:
        """Tell it an item or an answer; False where the process has ended."""
        try:
            self.connection.send((kind, what))
        except OSError:
            return False
        return True

    def hear(self) -> tuple[Says, Any] | None:
        """Return what it says next, or None where it has ended."""
        try:
            said: tuple[Says, Any] = self.connection.recv()
        except (EOFError, OSError):
            return None
        except Exception:  # Whatever half a message or one too large raises.
            _log.exception("A reading process could not be understood")
            return None
        return said


class Crew:
    """The reading processes; there may be none where none can be started.

    Args:
        do: As for `work`.
    """

    def __init__(self, do: Callable[[Reader, Any], Any]) -> None:
        self._do = do
        self._started: list[BaseProcess] = []
        self.processes: list[Process] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.connection.close()  # It ends when it hears or says something next.

    def start(self, count: int) -> None:
        """Start so many processes, unless some were started, which may have ended."""
        if not self._started:
            for group in [count] if _CAN_FORK else [1] * count:
                self._start(group)

    def replace(self, process: Process) -> None:
        """Put another in the place of one that has ended, unless it never got as far as to work."""
        self.processes.remove(process)
        process.connection.close()
        if process.number is not None:
            self._start(1)

    def said(self, patience: float | None) -> Iterator[tuple[Process, tuple[Says, Any] | None]]:
        """Give what each says that says something, or has ended.

        Args:
            patience: Seconds to wait for one, or None to wait as long as it takes.
        """
        ready = wait([process.connection for process in self.processes], patience)
        for process in [each for each in self.processes if each.connection in ready]:
            yield process, process.hear()

    def _start(self, count: int) -> None:
        """Start one process, and have it start copies."""
        context = multiprocessing.get_context("spawn")
        pipes = [context.Pipe() for _ in range(count)]
        theirs = [their for _, their in pipes]
        started = context.Process(target=work, args=(theirs, self._do), daemon=True)
        # What cannot be shared out is done alone.
        with contextlib.suppress(OSError), _without_ctrl_c():
            started.start()
            self._started.append(started)
            self.processes += [Process(ours) for ours, _ in pipes]
        for their in theirs:
            their.close()


@contextlib.contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Start processes that do not hear Ctrl+C, whose traceback would be nobody's.

    On Windows they do until they get to `work`. Nor shall NumPy start threads in them: the
    matrices are small.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
