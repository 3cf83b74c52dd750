"""The pace of live reading: at once when the pen is lifted, and with rests while it moves."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

#: While the pen moves, an answer is followed by a rest, in ms: nobody sees more answers than the
#: screen shows pictures. A reading of much ink takes longer and slows the pen meanwhile, so the
#: rest is so many times as long as it took.
LEAST_REST_MS, MOST_REST_MS = 16, 100
REST = 3


class Pace(QObject):
    """Says when ink is to be read while it changes.

    Signals:
        due: The ink is to be read now.

    Thread:
        The window's.
    """

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._on_rested)
        self._asks_after_rest = False
        self._asked = QElapsedTimer()
        self._asked.start()

    def ask(self, *, can_wait: bool) -> None:
        """Ask for a reading: now, or after the rest where that will do."""
        if can_wait and self._rest.isActive():
            self._asks_after_rest = True
            return
        self._asks_after_rest = False
        self._asked.start()
        self._rest.start(MOST_REST_MS)  # Until the answer comes, or none does.
        self.due.emit()

    def rest(self) -> None:
        """Rest after an answer."""
        self._rest.start(min(max(REST * self._asked.elapsed(), LEAST_REST_MS), MOST_REST_MS))

    def forget(self) -> None:
        """Ask no more for what waits."""
        self._asks_after_rest = False

    @Slot()
    def _on_rested(self) -> None:
        if self._asks_after_rest:
            self.ask(can_wait=False)
