"""The picture's surface: a picture at any size and over it what was read, to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from handwrite_gui.domain.confirming import box_at
from handwrite_gui.domain.reading import Box, Number
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.pictures.box_tool import paint_box
from handwrite_gui.widgets.pictures.levels import Levels
from handwrite_gui.widgets.pictures.mark_painter import GAP, LINE, MarkPainter
from handwrite_gui.widgets.pictures.marks import describe, marks_of
from handwrite_gui.widgets.pictures.picture_control import PictureControl
from handwrite_gui.widgets.theme import SPACING, colours, font


class PictureSurface(QWidget):
    """Shows one picture with what was read marked on it, or a sentence in its place.

    Attributes:
        control: Moves and enlarges the picture.
        levels: The picture's pixels; empty for none.
        marks: What is marked on it.
        numbers: The Numbers among those marks, which come first.

    Thread:
        The window's.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Graphic"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.levels = Levels((1, 1))
        self.marks = MarkPainter()
        self.numbers: tuple[Number, ...] = ()
        self.control = PictureControl(self)
        self._key: object = None
        self._within: Box | None = None
        self._name = self._message = ""
        self._ratio = 0.0
        self.control.view_changed.connect(self.update)
        self.control.zoom_rested.connect(self._on_zoom_rested)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._measure()
        self.setAccessibleName("Picture")

    def show_picture(self, levels: Levels, name: str, key: object = None) -> None:
        """Show a picture.

        Args:
            levels: Its pixels, the largest ones reduced or not; not empty.
            name: What a person calls it.
            key: Where this is another than before, the whole picture is shown, with nothing marked
                on it until `show_numbers`.
        """
        is_other = key != self._key or self.levels.is_empty
        self.levels, self._name, self._key = levels, name, key
        if is_other:
            self.control.show(levels.size_px)
            self.show_numbers(())
        self.update()

    def show_numbers(self, numbers: tuple[Number, ...], refused: tuple[Box, ...] = ()) -> None:
        """Mark what was read; none of it is selected any more.

        Args:
            numbers: The Numbers of the Reading, in its order.
            refused: Where something was looked at and is no digit.
        """
        self.numbers = numbers
        self.marks.show(marks_of(numbers, refused))
        self.control.choose(None)
        self.setAccessibleDescription(describe(self._name, numbers))
        self.update()

    def show_within(self, box: Box | None) -> None:
        """Dim what was not read: all but a box in the picture's pixels; None dims nothing."""
        self._within = box
        self.update()

    def select_number(
        self, index: int | None, place: int | None = None, *, brings: bool = True
    ) -> None:
        """Mark one of the Numbers as selected; None selects none.

        Args:
            index: Of the Number.
            place: Of the letter in its text that is spoken of, if one is: keys zoom about that.
            brings: Whether it is brought into view.
        """
        self.marks.select(index)
        self.control.choose(None)
        if index is not None:
            number, room = self.numbers[index], self._label_room()
            self.control.choose(number.box if place is None else box_at(number, place), room)
            if brings:
                self.control.bring_into_view(number.box, room)
        self.update()

    def show_message(self, text: str, key: object = None) -> None:
        """Show a sentence and no picture.

        Args:
            text: The sentence.
            key: Of the picture that it is said of; where both are as before, the Numbers stay.
        """
        if self.levels.is_empty and (text, key) == (self._message, self._key):
            return
        self.levels, self._message, self._key = Levels((1, 1)), text, key
        self.show_numbers(())
        self.setAccessibleDescription(text)

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the marks, in pixels of the widget: here nothing."""

    def paint_under(self, painter: QPainter) -> None:
        """Paint what lies under the marks, in pixels of the widget: all but a box is dimmed."""
        if self._within is not None:
            paint_box(painter, self.control.viewport.to_widget(self._within), self.size())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size and the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.marks.forget_looks()
            self._measure()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less of the picture."""
        super().resizeEvent(event)
        self._resize()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture and its marks on whole pixels of the screen."""
        painter = QPainter(self)
        if self.levels.is_empty:
            self._paint_message(painter)
        else:
            self._paint_picture(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours().selection, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        if ratio != self._ratio:
            self._resize()
        # At a scale such as 1.5 a widget may begin between two pixels of the screen.
        origin = painter.deviceTransform().map(QPointF(0, 0))
        painter.save()
        shift = (QPointF(origin.toPoint()) - origin) / ratio
        painter.translate(shift)
        painter.scale(1 / ratio, 1 / ratio)
        room = QRect(QPoint(), (QSize(self.size()) * ratio))
        whole = self._whole(ratio)
        visible = whole & room
        if not visible.isEmpty():
            self.levels.paint(painter, whole, visible)
        # A white picture on a light ground needs an edge.
        painter.setPen(QPen(colours().line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(whole.adjusted(0, 0, -1, -1))
        painter.restore()
        self.paint_under(painter)
        painter.save()
        painter.translate(shift)
        painter.scale(1 / ratio, 1 / ratio)
        self.marks.paint(painter, self.control.viewport, self.size(), ratio)
        painter.restore()
        self.paint_over(painter)

    def _whole(self, ratio: float) -> QRect:
        """Where the whole picture lies, in pixels of the screen."""
        viewport = self.control.viewport
        width, height = (round(side * viewport.scale * ratio) for side in viewport.size)
        left = -round(viewport.left * viewport.scale * ratio)
        top = -round(viewport.top * viewport.scale * ratio)
        return QRect(left, top, max(1, width), max(1, height))

    def _paint_message(self, painter: QPainter) -> None:
        words = QTextOption(Qt.AlignmentFlag.AlignCenter)
        words.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.setFont(font("body"))
        painter.setPen(colours().text)
        margin = 4 * SPACING
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter.drawText(room, self._message, words)

    @Slot()
    def _on_zoom_rested(self) -> None:
        self.marks.settle()
        self.update()

    def _resize(self) -> None:
        self._ratio = self.devicePixelRatioF()
        self.control.resize(self._ratio, self._label_room())

    def _label_room(self) -> float:
        """Room for a label above a frame."""
        return QFontMetricsF(font("heading")).height() + 2.0 + 2 * GAP + LINE + 1.0

    def _measure(self) -> None:
        # Room for the longest label of a single digit.
        widest = QFontMetricsF(font("heading")).horizontalAdvance("no digit") + 4 * SPACING
        self.setMinimumSize(max(160, round(widest)), 88)
        self._resize()
