"""The digits' labels: under each digit on the paper, small, what it was read as."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Signal, Slot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.reading import Digit, Refusal
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.digit_label import DigitLabel, LabelMark
from handwrite_gui.widgets.draw.label_tool import LabelTool
from handwrite_gui.widgets.draw.read_digits import ReadDigits
from handwrite_gui.widgets.draw.tool import Tool

#: Where more digits are read, only one that is selected has a label: each costs at every move.
MOST_LABELS = 500


class DigitLabels(QObject):
    """Shows under each digit its reading, and which digit is selected.

    Each label is a widget of its own that lets every event through, so that a move of the pen costs
    nothing more. While the pen is down labels only say something else: none comes, goes or moves.
    Where there are more than `MOST_LABELS` digits, only the one that is selected has a label.

    Args:
        canvas: Where they are seen.
        digits: What was read there.

    Signals:
        tapped: The Digit whose label was clicked.

    Thread:
        The window's.
    """

    tapped = Signal(object)

    def __init__(self, canvas: Canvas, digits: ReadDigits) -> None:
        super().__init__(canvas)
        self._canvas, self._digits = canvas, digits
        self._labels: dict[Stroke, DigitLabel] = {}
        self._is_on = True
        self._tool = LabelTool(self)
        self._tool.tapped.connect(self.tapped)
        canvas.set_over(self)
        digits.changed.connect(self.follow)
        canvas.stroke_finished.connect(self._drop_gone)
        canvas.view_control.view_changed.connect(self._place)
        canvas.resized.connect(self._place)

    def set_on(self, on: bool) -> None:
        """Show all labels, or only that of a digit that is selected."""
        self._is_on = on
        self.follow()

    def tool_at(self, at: QPointF, tool: Tool) -> Tool | None:
        """Return what takes a press there in a tool's place, or None where no label is."""
        digit = self.digit_at(at)
        return None if digit is None else self._tool.take(digit, tool)

    def is_at(self, at: QPointF) -> bool:
        """Tell whether a label is there."""
        return self.digit_at(at) is not None

    def digit_at(self, at: QPointF) -> Digit | None:
        """The digit whose label is there, in pixels of the canvas, or None.

        A sign's label may reach over those beside it: then the nearest is meant.
        """
        there = [
            label
            for label in self._labels.values()
            if label.isVisible() and QRectF(label.geometry()).contains(at)
        ]
        middles = [QRectF(label.geometry()).center() - at for label in there]
        if not there:
            return None
        return there[min(range(len(there)), key=lambda n: middles[n].manhattanLength())].digit

    def rect_of(self, digit: Digit) -> QRect:
        """Where a digit's label is, or would be, in pixels of the canvas."""
        return DigitLabel.place_of(digit.box, self._canvas)

    @Slot()
    def follow(self) -> None:
        """Say what is read now."""
        digits, is_drawing = self._digits, self._canvas.is_drawing
        there = set() if is_drawing else set(self._canvas.sheet.strokes)
        selected, found = digits.selected, set[Stroke]()
        reading = digits.reading
        is_dot = reading is not None and reading.refusal is Refusal.DOT
        is_on = self._is_on and len(digits.all) <= MOST_LABELS
        for digit in digits.all if not is_dot else ():
            key = digits.key(digit)
            if key in found or not (is_on or digit is selected):
                continue
            found.add(key)
            label = self._labels.get(key)
            if label is None:
                if key not in there:
                    continue  # It is under the pen, or was when it was read.
                label = self._labels[key] = DigitLabel(self._canvas)
            mark: LabelMark = "doubtful" if digit in digits.doubtful else ""
            if digit.said is not None:
                mark = "said"
            label.say(digit, digits.letter_of(digit), mark, is_selected=digit is selected)
            if not is_drawing:
                label.stand_under(digit.box)
        if not is_drawing:
            self._keep(found & there)
            self._make_room()

    @Slot()
    def _drop_gone(self) -> None:
        self._keep(set(self._labels).intersection(self._canvas.sheet.strokes))

    def _keep(self, keys: set[Stroke]) -> None:
        for key in set(self._labels) - keys:
            label = self._labels.pop(key)
            label.hide()
            label.deleteLater()

    @Slot()
    def _place(self) -> None:
        for label in self._labels.values():
            label.place()
        self._make_room()

    def _make_room(self) -> None:
        """Let "no digit" be legible where no other label is near."""
        for label in [each for each in self._labels.values() if each.is_refused]:
            others = (each for each in self._labels.values() if each is not label)
            label.widen(each.geometry() for each in others if each.isVisible())
