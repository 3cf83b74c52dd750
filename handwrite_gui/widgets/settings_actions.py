"""Settings actions: what is changed on the Settings page, started from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot

from handwrite_gui.settings import Settings, setting
from handwrite_gui.widgets.key_choices import KeyChoices
from handwrite_gui.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from handwrite_gui.widgets.settings_page import SettingsPage


class SettingsActions(QObject):
    """Opens the keys dialog, steps through the sizes of text, and has the Settings page ask.

    Thread:
        The window's.
    """

    def __init__(self, window: MainWindow, settings: Settings, keys: KeyChoices) -> None:
        super().__init__(window)
        self._window, self._settings, self._keys = window, settings, keys
        window.actions_.larger.triggered.connect(self._on_larger)
        window.actions_.smaller.triggered.connect(self._on_smaller)
        window.actions_.keys.triggered.connect(self._on_keys)
        window.actions_.reset.triggered.connect(self._on_reset)
        window.actions_.forget.triggered.connect(self._on_forget)

    @Slot()
    def _on_larger(self) -> None:
        self._step_text_size(1)

    @Slot()
    def _on_smaller(self) -> None:
        self._step_text_size(-1)

    def _step_text_size(self, step: int) -> None:
        sizes = setting("text_size").choices
        wanted = sizes.index(self._settings.value("text_size")) + step
        size = sizes[min(max(wanted, 0), len(sizes) - 1)]
        self._settings.set_value("text_size", size)
        self._window.say(f"Text size: {size} %")

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
