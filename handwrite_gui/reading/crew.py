"""The crew: the reading processes, started, heard and ended."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from typing import Any

from handwrite_gui.reading.reader import Reader
from handwrite_gui.reading.reading_process import Says, work

#: A process that is asked to end does so between two things; one in the midst of a page is ended.
_PATIENCE_SECONDS = 0.2
# A fork of one process that has imported all costs a tenth of a new one's time, but is documented
# to be safe on Linux only.
_METHOD = "forkserver" if sys.platform == "linux" else "spawn"


class Process:
    """A reading process, from here."""

    def __init__(self, do: Callable[[Reader, Any], Any]) -> None:
        context = multiprocessing.get_context(_METHOD)
        if _METHOD == "forkserver":
            context.set_forkserver_preload([work.__module__, do.__module__])
        self.connection, theirs = context.Pipe()
        self.is_ready = False
        self._process = context.Process(target=work, args=(theirs, do), daemon=True)  # type: ignore[attr-defined]
        with theirs, _without_ctrl_c():
            self._process.start()

    def send(self, what: object) -> bool:
        """Send an item or an answer; False where the process has ended."""
        try:
            self.connection.send(what)
        except OSError:
            return False
        return True

    def hear(self) -> tuple[Says, Any] | None:
        """Return what it says next, or None where it has ended."""
        try:
            said: tuple[Says, Any] = self.connection.recv()
        except (EOFError, OSError):
            return None
        return said

    def end(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self._process.join(_PATIENCE_SECONDS)
        self._process.terminate()
        self._process.join()


class Crew:
    """The reading processes; there may be none where none can be started.

    Args:
        do: As for `work`.
    """

    def __init__(self, do: Callable[[Reader, Any], Any]) -> None:
        self._do = do
        self._is_started = False
        self.processes: list[Process] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.end()

    def start(self, count: int) -> None:
        """Start the processes, once."""
        if not self._is_started:
            self._is_started = True
            for _ in range(count):
                self._start_one()

    def replace(self, process: Process) -> None:
        """Put another in the place of one that has ended, unless it never got as far as to read."""
        self.processes.remove(process)
        process.end()
        if process.is_ready:
            self._start_one()

    def said(self) -> Iterator[tuple[Process, tuple[Says, Any] | None]]:
        """Wait until some say something, or have ended, and give what each says."""
        of = {process.connection: process for process in self.processes}
        for connection in wait(list(of)):
            process = of[connection]  # type: ignore[index]
            yield process, process.hear()

    def _start_one(self) -> None:
        with contextlib.suppress(OSError):  # What cannot be shared out is done alone.
            self.processes.append(Process(self._do))


@contextlib.contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Start processes that do not hear Ctrl+C, whose traceback would be nobody's.

    Nor shall NumPy start threads in them: the matrices are small.
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
