"""The settings page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.settings import Settings, setting
from handwrite_gui.widgets.choice_row import ChoiceRow
from handwrite_gui.widgets.drawing_settings import DrawingSettings
from handwrite_gui.widgets.hint import hint
from handwrite_gui.widgets.notice import Notice
from handwrite_gui.widgets.pause_settings import PauseSettings
from handwrite_gui.widgets.places_list import PlacesList
from handwrite_gui.widgets.theme import SPACING, font

#: Wide enough for a path, narrow enough that a label and its control are seen together.
_COLUMN_CHARACTERS = 120


class SettingsPage(QScrollArea):
    """Shows the settings and changes them at once.

    Signals:
        delete_corrections_requested: The person wants their corrections deleted, and was asked
            whether they mean it.
        keys_requested: The person wants to change keys.

    Thread:
        The window's.
    """

    delete_corrections_requested = Signal()
    keys_requested = Signal()

    def __init__(
        self,
        settings: Settings,
        places: Sequence[tuple[str, Path]],
        parent: QWidget | None = None,
    ) -> None:
        """Make the page.

        Args:
            settings: What is shown and changed.
            places: What lies where, as it is to be shown.
            parent: Owner of this widget.
        """
        super().__init__(parent)
        self._settings = settings
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._column = QWidget(self)
        self._layout = QVBoxLayout(self._column)
        self._layout.setContentsMargins(3 * SPACING, 3 * SPACING, 3 * SPACING, 3 * SPACING)
        self._layout.setSpacing(SPACING)
        self._add_appearance()
        self._add_drawing()
        self._add_reading()
        self._add_keys()
        self._add_heading("Where your data lies")
        self._layout.addWidget(PlacesList(places, self._column))
        self._add_starting_over()
        self._layout.addStretch()
        self.setWidget(self._column)
        self._measure()
        self._column.setAutoFillBackground(False)
        self._on_changed("careful")
        settings.changed.connect(self._on_changed)

    @Slot()
    def show_corrections_deleted(self) -> None:
        """Say, by the button, that the corrections are gone."""
        self._notice.say("Your corrections are deleted.")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        width = self.fontMetrics().averageCharWidth() * _COLUMN_CHARACTERS
        self._column.setMaximumWidth(width)

    def _add_heading(self, text: str) -> None:
        heading = QLabel(text)
        heading.setFont(font("heading"))
        if self._layout.count():
            self._layout.addSpacing(2 * SPACING)
        self._layout.addWidget(heading)

    def _add_appearance(self) -> None:
        rows = ChoiceRow(self._settings, "theme"), ChoiceRow(self._settings, "text_size", " %")
        for key, row in zip(("theme", "text_size"), rows, strict=True):
            self._add_heading(setting(key).label)
            row.chosen.connect(self._on_chosen)
            self._layout.addWidget(row)
            self._layout.addWidget(hint(setting(key).help))
        self.setFocusProxy(rows[0])

    def _add_drawing(self) -> None:
        self._add_heading("Drawing")
        for rows in (DrawingSettings(self._settings), PauseSettings(self._settings)):
            rows.chosen.connect(self._on_chosen)
            self._layout.addWidget(rows)
            self._layout.addSpacing(SPACING)

    def _add_reading(self) -> None:
        row = setting("careful")
        self._add_heading("Reading")
        self._careful = QCheckBox(row.label)
        self._careful.setAccessibleDescription(row.help)
        self._careful.toggled.connect(self._on_careful_toggled)
        self._layout.addWidget(self._careful)
        self._layout.addWidget(hint(row.help))

    def _add_keys(self) -> None:
        self._add_heading("Keys")
        change = QPushButton("Change keys…")
        change.clicked.connect(self.keys_requested)
        self._layout.addWidget(change, alignment=Qt.AlignmentFlag.AlignLeft)
        keys = "Every action has a key, and can have another. Help lists them."
        self._layout.addWidget(hint(keys))

    def _add_starting_over(self) -> None:
        self._add_heading("Start over")
        reset, delete = QPushButton("Reset settings…"), QPushButton("Delete my corrections…")
        reset.setToolTip("Every setting goes back to what it was at the first start.")
        delete.setToolTip("Forgets what you told the program of wrong answers.")
        reset.clicked.connect(self.ask_to_reset)
        delete.clicked.connect(self.ask_to_delete_corrections)
        line = QHBoxLayout()
        line.setSpacing(SPACING)
        line.addWidget(reset)
        line.addWidget(delete)
        line.addStretch()
        self._layout.addLayout(line)
        self._notice = Notice()
        self._layout.addWidget(self._notice)

    def _ask(self, question: str, consequence: str, verb: str, do: Callable[[], None]) -> None:
        self._notice.clear()
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Handwrite", question, parent=self)
        box.setInformativeText(consequence)
        box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(do)
        box.open()

    @Slot()
    def ask_to_reset(self) -> None:
        """Reset all settings if the person means it."""
        self._ask(
            "Reset all settings?",
            "Theme, text, pen, reading, keys, window and the list of recent pictures become as they"
            " were at the first start. Drawings, pictures and corrections stay.",
            "Reset",
            self._settings.reset,
        )

    @Slot()
    def ask_to_delete_corrections(self) -> None:
        """Have all corrections deleted if the person means it."""
        self._ask(
            "Delete all your corrections?",
            "What you told the program of its wrong answers is forgotten for good.",
            "Delete",
            self.delete_corrections_requested.emit,
        )

    @Slot(bool)
    def _on_careful_toggled(self, on: bool) -> None:
        self._notice.clear()
        self._settings.set_value("careful", on)

    @Slot()
    def _on_chosen(self) -> None:
        self._notice.clear()

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        """Show a value, whoever changed it."""
        if key == "careful":
            self._careful.setChecked(self._settings.value(key))
