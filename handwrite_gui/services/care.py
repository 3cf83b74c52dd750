"""Care: the recognition reads as carefully as the settings say."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from handwrite_gui.services.recognition_service import RecognitionService
from handwrite_gui.settings import Settings

KEY = "careful"


class Care(QObject):
    """Passes the setting on, and takes it back where reading carefully is not possible.

    Thread:
        The window's.
    """

    def __init__(
        self, settings: Settings, recognition: RecognitionService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._recognition = settings, recognition
        recognition.care_failed.connect(self._on_failed)
        settings.changed.connect(self._on_changed)
        self._on_changed(KEY)

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        if key == KEY:
            self._recognition.set_careful(self._settings.value(KEY))

    @Slot()
    def _on_failed(self) -> None:
        self._settings.set_value(KEY, False)
