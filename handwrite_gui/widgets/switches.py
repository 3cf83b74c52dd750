"""Switches: actions that turn a setting on and off."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from handwrite_gui.settings import Settings
from handwrite_gui.widgets.actions import Actions

#: Settings that are on or off and have an action of the same name.
SWITCHES = (
    "live_reading",
    "show_readings",
    "careful",
    "pen_only",
    "draw_by_moving",
    "left_handed",
)


class Switches(QObject):
    """Keeps actions and settings of the same name alike.

    Thread:
        The window's.
    """

    def __init__(self, settings: Settings, actions: Actions) -> None:
        super().__init__(actions)
        self._settings = settings
        self._switches: dict[str, QAction] = {name: getattr(actions, name) for name in SWITCHES}
        for name, action in self._switches.items():
            action.setChecked(settings.value(name))
            action.triggered.connect(self._on_triggered)
        settings.changed.connect(self._on_changed)

    @Slot()
    def _on_triggered(self) -> None:
        for name, action in self._switches.items():
            self._settings.set_value(name, action.isChecked())

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        if key in self._switches:
            self._switches[key].setChecked(self._settings.value(key))
