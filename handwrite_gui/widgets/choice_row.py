"""A row of buttons of which one is chosen: the values that a setting may have."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from handwrite_gui.settings import Settings, setting
from handwrite_gui.widgets.theme import SPACING


class ChoiceRow(QWidget):
    """Shows a setting's value and changes it at once.

    Signals:
        chosen: The person has changed the setting.

    Thread:
        The window's.
    """

    chosen = Signal()

    def __init__(
        self, settings: Settings, key: str, unit: str = "", parent: QWidget | None = None
    ) -> None:
        """Make the row.

        Args:
            settings: What is shown and changed.
            key: A setting that has choices.
            unit: What is written after each value.
            parent: Owner of this widget.
        """
        super().__init__(parent)
        self._settings, self._row = settings, setting(key)
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * SPACING)
        for index, value in enumerate(self._row.choices):
            button = QRadioButton(value.capitalize() + unit)
            button.setAccessibleName(f"{self._row.label}: {value}{unit}")
            button.setAccessibleDescription(self._row.help)
            self._group.addButton(button, index)
            line.addWidget(button)
        line.addStretch()
        self._on_changed(key)
        self._group.idClicked.connect(self._on_clicked)
        settings.changed.connect(self._on_changed)

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.chosen.emit()
        self._settings.set_value(self._row.key, self._row.choices[index])

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        """Show the value, whoever changed it."""
        if key == self._row.key:
            chosen = self._row.choices.index(self._settings.value(key))
            self._group.button(chosen).setChecked(True)
            self.setFocusProxy(self._group.button(chosen))
