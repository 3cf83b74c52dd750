"""The settings of drawing: live reading, pen, paper, what may draw, and with which hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.settings import Settings, setting
from handwrite_gui.widgets.draw.guides import GUIDES
from handwrite_gui.widgets.hint import hint
from handwrite_gui.widgets.pen_preview import PenPreview
from handwrite_gui.widgets.slider import Slider
from handwrite_gui.widgets.theme import SPACING, font

#: A slider's row, below it its hint, and some room.
_ROWS = 3


class DrawingSettings(QWidget):
    """Shows the settings of drawing and changes them at once.

    Signals:
        chosen: The person has changed a setting.

    Thread:
        The window's.
    """

    chosen = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._boxes: dict[str, QCheckBox] = {}
        self._papers = QButtonGroup(self)
        self._sliders: dict[str, tuple[Slider, QLabel]] = {}
        self._preview = PenPreview(settings.value("pen_width"), settings.value("stabiliser"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._add_box("live_reading")
        self._layout.addSpacing(SPACING)
        self._add_box("show_readings")
        self._layout.addSpacing(SPACING)
        self._add_sliders("pen_width", "stabiliser")
        self._layout.addSpacing(SPACING)
        self._add_box("pen_only")
        self._layout.addSpacing(SPACING)
        self._add_box("draw_by_moving")
        self._layout.addSpacing(SPACING)
        self._add_box("erase_parts")
        self._layout.addSpacing(SPACING)
        self._add_papers()
        self._layout.addSpacing(SPACING)
        self._add_box("left_handed")
        self._measure()
        for key in (*self._boxes, *self._sliders, "guides"):
            self._on_changed(key)
        settings.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        for _, shown in self._sliders.values():
            shown.setMinimumWidth(shown.fontMetrics().horizontalAdvance("00.0 px"))

    def _add_box(self, key: str) -> None:
        row = setting(key)
        box = QCheckBox(row.label)
        box.setAccessibleDescription(row.help)
        box.toggled.connect(lambda on: self._choose(key, on))
        self._layout.addWidget(box)
        self._layout.addWidget(hint(row.help))
        self._boxes[key] = box

    def _add_papers(self) -> None:
        row = setting("guides")
        line = QHBoxLayout()
        line.setSpacing(3 * SPACING)
        line.addWidget(QLabel(row.label))
        for guides in row.choices:
            button = QRadioButton(GUIDES[guides])
            button.setAccessibleName(f"{row.label}: {GUIDES[guides].lower()}")
            button.setAccessibleDescription(row.help)
            self._papers.addButton(button, row.choices.index(guides))
            line.addWidget(button)
        line.addStretch()
        self._layout.addLayout(line)
        self._layout.addWidget(hint(row.help))
        self._papers.idClicked.connect(lambda i: self._choose("guides", row.choices[i]))

    def _add_sliders(self, *keys: str) -> None:
        """Add sliders below each other and, beside them all, what they do to the pen."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACING)
        grid.setVerticalSpacing(SPACING)
        grid.setColumnStretch(1, 1)
        for index, key in enumerate(keys):
            row = setting(key)
            assert row.limits is not None
            slider, shown, name = Slider(), QLabel(), QLabel(row.label)
            slider.setRange(*map(int, row.limits))
            slider.setAccessibleName(row.label)
            slider.setAccessibleDescription(row.help)
            slider.valueChanged.connect(lambda value, key=key: self._choose(key, value))
            shown.setFont(font("body"))
            name.setBuddy(slider)
            for column, widget in enumerate((name, slider, shown)):
                grid.addWidget(widget, _ROWS * index, column)
            grid.addWidget(hint(row.help), _ROWS * index + 1, 0, 1, 3)
            grid.setRowMinimumHeight(_ROWS * index + 2, SPACING if key != keys[-1] else 0)
            self._sliders[key] = slider, shown
        grid.addWidget(self._preview, 0, 3, _ROWS * len(keys), 1, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addLayout(grid)

    def _choose(self, key: str, value: bool | float | str) -> None:
        self.chosen.emit()
        self._settings.set_value(key, value)

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        """Show a value, whoever changed it."""
        value = self._settings.value(key)
        if key in self._boxes:
            self._boxes[key].setChecked(value)
        elif key == "guides":
            self._papers.button(setting(key).choices.index(value)).setChecked(True)
        elif key in self._sliders:
            slider, shown = self._sliders[key]
            # The slider knows whole numbers only, and must not round what is set.
            with QSignalBlocker(slider):
                slider.setValue(round(value))
            shown.setText(f"{value:g} px" if value else "Off")
            self._preview.show_pen(
                self._settings.value("pen_width"), self._settings.value("stabiliser")
            )
