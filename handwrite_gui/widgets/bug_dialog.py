"""The bug dialog: says that something went wrong in Handwrite itself, and helps to tell of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget


class BugDialog(QObject):
    """Shows a bug, once at a time, whichever thread it arose on.

    Thread:
        The window's; `report` may be called on any.
    """

    _reported = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: QMessageBox | None = None
        self._details = ""
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def report(self, details: str) -> None:
        """Show a bug soon.

        Args:
            details: The traceback as text.
        """
        self._reported.emit(details)

    @Slot(str)
    def _on_reported(self, details: str) -> None:
        if self._shown is not None:
            return  # One is on the screen; this one is in the log.
        self._details = details
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Handwrite",
            "Something went wrong in Handwrite itself. Your drawing is safe, and you can go on.",
            QMessageBox.StandardButton.Close,
            self._window,
        )
        box.setInformativeText("The details are in the log; a copy helps whoever mends it.")
        box.setDetailedText(details)
        copy = box.addButton("Copy details", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # Copying leaves the dialog open.
        copy.clicked.connect(self._on_copy)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._on_finished)
        self._shown = box
        box.open()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    @Slot()
    def _on_finished(self) -> None:
        self._shown = None
