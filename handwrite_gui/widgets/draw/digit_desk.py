"""The digit desk: digit after digit as it is switched on, set, kept and copied."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from handwrite_gui.services.keeper import Keeper
from handwrite_gui.settings import Settings
from handwrite_gui.widgets.draw.digit_after_digit import DigitAfterDigit
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import MainWindow

_ON, _PAUSE = "digit_after_digit", "pause_s"


class DigitDesk(QObject):
    """What goes between the mode, the settings, the menu and the disk.

    The line is kept as it changes, and is there again at the next start. Where several windows are
    open, that is the line that was changed last.

    Thread:
        The window's.
    """

    def __init__(
        self, window: MainWindow, page: DrawPage, settings: Settings, keeper: Keeper
    ) -> None:
        super().__init__(window)
        self._line, self._settings, self._keeper = page.digit_line, settings, keeper
        self._mode = DigitAfterDigit(page, self)
        self._action = window.actions_.digit_after_digit
        settings.set_value(_ON, self._action.isChecked())  # A quick hand may have been here before.
        for key in (_ON, _PAUSE):
            self._on_changed(key)
        settings.changed.connect(self._on_changed)
        self._action.toggled.connect(self._on_toggled)
        self._line.changed.connect(keeper.keep_line)
        keeper.line_found.connect(self._line.restore)
        self._mode.corrected.connect(keeper.keep_correction)

    def find(self) -> None:
        """Look for the line that was kept, and show it unless there is another by then."""
        self._keeper.find_line()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self._settings.set_value(_ON, on)

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        value = self._settings.value(key)
        if key == _ON:
            self._mode.set_on(value)
            self._action.setChecked(value)
        elif key == _PAUSE:
            self._mode.set_pause(value)
