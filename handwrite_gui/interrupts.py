"""Ctrl+C and SIGTERM: the window is closed as if by hand."""

from __future__ import annotations

import contextlib
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class Interrupts(QObject):
    """Turns signals of the system into a signal of Qt.

    Python handles a signal only when it runs Python code, and Qt's event loop may not for hours;
    so the signal's number is written to a socket that the loop watches.

    Signals:
        interrupted: The program is asked to end.

    Thread:
        The main thread.
    """

    interrupted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._came = False
        self._notifier: QSocketNotifier | None = None
        # A job in the background was started with Ctrl+C ignored, and so it stays.
        numbers = (
            n for n in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(n) != signal.SIG_IGN
        )
        self._before = {number: signal.signal(number, self._on_signal) for number in numbers}

    def listen(self) -> None:
        """Begin to tell of signals; one that came since this object was made is told of now."""
        import socket  # Only here: the window is to be seen first.

        self._heard, self._told = socket.socketpair()
        self._heard.setblocking(False)
        self._told.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)
        if self._came:
            self.interrupted.emit()

    def _on_signal(self, *_: object) -> None:
        self._came = True

    def close(self) -> None:
        """Leave signals to Python again."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._heard.close()
            self._told.close()

    @Slot()
    def _on_activated(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._heard.recv(64)
        self.interrupted.emit()
