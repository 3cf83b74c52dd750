"""A soft stop: Ctrl+C, or a line `stop` on standard input."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType


class SoftStop:
    """Whether a stop was asked for. Called without arguments it tells."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __call__(self) -> bool:
        """Tell whether a stop was asked for."""
        return self._asked.is_set()

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Listen meanwhile. A second Ctrl+C ends the command at once, as the first one does else.

        Must be entered in the main thread.
        """
        before = signal.getsignal(signal.SIGINT)
        # A job in the background was started with Ctrl+C ignored, and so it stays.
        listens = before is signal.default_int_handler
        if listens:
            signal.signal(signal.SIGINT, self._on_ctrl_c)
        if hasattr(signal, "SIGTTIN"):
            # Reading from its terminal would suspend a job in the background; so it just fails.
            signal.signal(signal.SIGTTIN, signal.SIG_IGN)
        threading.Thread(target=self._read_lines, name="soft stop", daemon=True).start()
        try:
            yield
        finally:
            if listens:
                signal.signal(signal.SIGINT, before)

    def _on_ctrl_c(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked.is_set():
            raise KeyboardInterrupt
        self._asked.set()

    def _read_lines(self) -> None:
        # Not through sys.stdin, whose lock a thread that waits would hold when Python ends.
        rest = b""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            while block := os.read(sys.stdin.fileno(), 1024):
                *lines, rest = (rest + block).split(b"\n")
                if any(line.strip() == b"stop" for line in lines):
                    self._asked.set()
                rest = rest[-1024:]
