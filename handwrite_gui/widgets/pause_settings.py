"""The settings of writing digit after digit: whether, and after which pause."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from handwrite_gui.settings import Settings, setting
from handwrite_gui.widgets.hint import hint
from handwrite_gui.widgets.slider import Slider
from handwrite_gui.widgets.theme import SPACING, font

#: The slider's steps to a second.
_STEPS = 10


class PauseSettings(QWidget):
    """Shows these settings and changes them at once.

    Signals:
        chosen: The person has changed a setting.

    Thread:
        The window's.
    """

    chosen = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        row, pause = setting("digit_after_digit"), setting("pause_s")
        assert pause.limits is not None
        self._box, self._slider = QCheckBox(row.label), Slider()
        self._box.setAccessibleDescription(row.help)
        self._box.toggled.connect(self._on_toggled)
        self._slider.setRange(*(round(limit * _STEPS) for limit in pause.limits))
        self._slider.setAccessibleName(pause.label)
        self._slider.setAccessibleDescription(pause.help)
        self._slider.valueChanged.connect(self._on_slid)
        self._shown, name = QLabel(), QLabel(pause.label)
        self._shown.setFont(font("body"))
        self._shown.setMinimumWidth(self._shown.fontMetrics().horizontalAdvance("0.00 s"))
        name.setBuddy(self._slider)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACING)
        grid.setVerticalSpacing(SPACING)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._box, 0, 0, 1, 3)
        grid.addWidget(hint(row.help), 1, 0, 1, 3)
        for column, widget in enumerate((name, self._slider, self._shown)):
            grid.addWidget(widget, 2, column)
        grid.addWidget(hint(pause.help), 3, 0, 1, 3)
        for key in (row.key, pause.key):
            self._on_changed(key)
        settings.changed.connect(self._on_changed)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.chosen.emit()
        self._settings.set_value("digit_after_digit", on)

    @Slot(int)
    def _on_slid(self, steps: int) -> None:
        self.chosen.emit()
        self._settings.set_value("pause_s", steps / _STEPS)

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        """Show a value, whoever changed it."""
        value = self._settings.value(key)
        if key == "digit_after_digit":
            self._box.setChecked(value)
        elif key == "pause_s":
            # The slider knows tenths only, and must not round what is set.
            with QSignalBlocker(self._slider):
                self._slider.setValue(round(value * _STEPS))
            self._shown.setText(f"{value:g} s")
