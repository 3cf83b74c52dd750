"""Settings actions: what is changed on the Settings page, started from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot

from handwrite_gui.widgets.key_choices import KeyChoices
from handwrite_gui.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from handwrite_gui.widgets.settings_page import SettingsPage


class SettingsActions(QObject):
    """Opens the keys dialog, and has the Settings page ask before something is lost.

    Thread:
        The window's.
    """

    def __init__(self, window: MainWindow, keys: KeyChoices) -> None:
        super().__init__(window)
        self._window, self._keys = window, keys
        window.actions_.keys.triggered.connect(self._on_keys)
        window.actions_.reset.triggered.connect(self._on_reset)
        window.actions_.forget.triggered.connect(self._on_forget)

    @Slot()
    def _on_keys(self) -> None:
        # Imported only here: the window is to be seen at once.
        from handwrite_gui.widgets.keys_dialog import KeysDialog

        KeysDialog(self._keys, self._window.actions_, self._window).open()

    @Slot()
    def _on_reset(self) -> None:
        self._page().ask_to_reset()

    @Slot()
    def _on_forget(self) -> None:
        self._page().ask_to_delete_corrections()

    def _page(self) -> SettingsPage:
        self._window.show_page("settings")
        return cast("SettingsPage", self._window.page_if_made("settings"))
