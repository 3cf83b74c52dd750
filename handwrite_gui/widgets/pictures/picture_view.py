"""The picture view: a picture as large as there is room, what was read marked on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from handwrite_gui.domain.reading import Box, Number
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.pictures.marks import Mark, describe, marks_of
from handwrite_gui.widgets.pictures.preview import fit
from handwrite_gui.widgets.theme import LIGHT, SPACING, colours, font

#: Between ink and its frame, and the frame's line, at 1×.
GAP, LINE = 3, 2
# The same in every theme: a picture is as light or dark as it is.
_MARK, _REFUSED, _LIGHT = LIGHT.accent, LIGHT.ink, QColor("white")


class PictureView(QWidget):
    """Shows one picture, fitted, with what was read marked on it, or a sentence in its place.

    Signals:
        number_clicked: The index of a Number, among those shown, that a person clicked on.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Graphic"
    number_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._size_px = (1, 1)
        self._marks: tuple[Mark, ...] = ()
        self._selected: int | None = None
        self._name = self._message = ""
        #: The frames painted last, in pixels of the widget.
        self._frames: list[QRectF] = []
        #: The image at the size shown last, so that painting again scales nothing.
        self._fitted = QPixmap()
        self._fitted_for = (0, QSize())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._measure()
        self.setAccessibleName("Picture")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        # Room for the longest label.
        widest = QFontMetricsF(font("heading")).horizontalAdvance("you said 0") + 4 * SPACING
        self.setMinimumSize(max(160, round(widest)), 88)

    def show_image(self, image: QImage, size_px: tuple[int, int], name: str) -> None:
        """Show a picture, with nothing marked on it until `show_numbers`.

        Args:
            image: The picture, reduced or not; not null.
            size_px: Width and height of the picture itself, which boxes go by.
            name: What a person calls it.
        """
        self._image, self._size_px, self._name = image, size_px, name
        self.show_numbers(())

    def show_numbers(self, numbers: tuple[Number, ...], refused: tuple[Box, ...] = ()) -> None:
        """Mark what was read; none of it is selected any more.

        Args:
            numbers: The Numbers of the Reading, in its order.
            refused: Where something was looked at and is no digit.
        """
        self._marks, self._selected = marks_of(numbers, refused), None
        self.setAccessibleDescription(describe(self._name, numbers))
        self.update()

    def select_number(self, index: int | None) -> None:
        """Mark one of the Numbers as selected and bring it into view; None selects none."""
        self._selected = index
        self.update()

    def show_message(self, text: str) -> None:
        """Show a sentence and no picture."""
        self._image, self._message = QImage(), text
        self.show_numbers(())
        self.setAccessibleDescription(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of a Number that is clicked on."""
        for index, frame in enumerate(self._frames[: len(self._marks)]):
            if self._marks[index].is_read and frame.contains(event.position()):
                self.number_clicked.emit(index)
                return
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture and its marks on whole pixels of the screen."""
        painter = QPainter(self)
        if self._image.isNull():
            self._paint_message(painter)
            return
        ratio = self.devicePixelRatioF()
        # At a scale such as 1.5 a widget may begin between two pixels of the screen.
        origin = painter.deviceTransform().map(QPointF(0, 0))
        painter.translate((QPointF(origin.toPoint()) - origin) / ratio)
        painter.scale(1 / ratio, 1 / ratio)
        place = self._paint_picture(painter, ratio)
        boxes = [(mark, self._frame_rect(mark.box, place, ratio)) for mark in self._marks]
        for index, (mark, rect) in enumerate(boxes):
            line = 2 * LINE if index == self._selected else LINE
            _paint_frame(painter, rect, mark.is_plain, round(line * ratio), max(1, round(ratio)))
        painter.scale(ratio, ratio)
        self._frames = [QRectF(r.topLeft() / ratio, r.size() / ratio) for _, r in boxes]
        for mark, frame in zip(self._marks, self._frames, strict=True):
            self._paint_label(painter, mark, frame)

    def _paint_picture(self, painter: QPainter, ratio: float) -> QRect:
        """Paint the picture, below room for a label, and return where, in pixels of the screen."""
        above = round((_label_height() + 2 * GAP + LINE) * ratio)
        room = QRect(QPoint(), self.size() * ratio).adjusted(0, above, 0, 0)
        if self._fitted_for != (self._image.cacheKey(), room.size()):
            self._fitted = QPixmap.fromImage(fit(self._image, room.size()))
            self._fitted_for = (self._image.cacheKey(), room.size())
        place = self._fitted.rect()
        place.moveCenter(room.center())
        painter.drawPixmap(place.topLeft(), self._fitted)
        # A white picture on a light ground needs an edge.
        painter.setPen(QPen(colours().line, 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        return place

    def _frame_rect(self, box: Box, place: QRect, ratio: float) -> QRect:
        """The outside of the frame around a box, in pixels of the screen."""
        x, y, width, height = box
        across, down = place.width() / self._size_px[0], place.height() / self._size_px[1]
        inner = QRectF(x * across, y * down, width * across, height * down).toAlignedRect()
        pad = round((GAP + LINE) * ratio)
        frame = inner.translated(place.topLeft()).adjusted(-pad, -pad, pad, pad)
        return frame.intersected(QRect(QPoint(), self.size() * ratio))

    def _paint_label(self, painter: QPainter, mark: Mark, frame: QRectF) -> None:
        """Write a mark's text above its frame."""
        painter.setFont(font("heading"))
        width = QFontMetricsF(painter.font()).horizontalAdvance(mark.text) + 12
        left = max(1.0, min(frame.left() + 1, self.width() - width - 1))
        label = QRectF(left, frame.top() - GAP - _label_height(), width, _label_height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(_LIGHT, 1))
        painter.setBrush(_MARK if mark.is_plain else _REFUSED)
        painter.drawRoundedRect(label, 4, 4)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, mark.text)

    def _paint_message(self, painter: QPainter) -> None:
        words = QTextOption(Qt.AlignmentFlag.AlignCenter)
        words.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.setFont(font("body"))
        painter.setPen(colours().text)
        margin = 4 * SPACING
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter.drawText(room, self._message, words)


def _label_height() -> float:
    return QFontMetricsF(font("heading")).height() + 4


def _paint_frame(painter: QPainter, frame: QRect, is_plain: bool, line: int, halo: int) -> None:
    """Paint a line with a white one on either side of it, which shows on any picture."""
    whole = line + 2 * halo
    middle = QRectF(frame).adjusted(whole / 2, whole / 2, -whole / 2, -whole / 2)
    outline = QPen(_LIGHT, whole)
    outline.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    outline.setCapStyle(Qt.PenCapStyle.FlatCap)
    core = QPen(outline)
    core.setWidth(line)
    core.setColor(_MARK if is_plain else _REFUSED)
    core.setStyle(Qt.PenStyle.SolidLine if is_plain else Qt.PenStyle.DashLine)
    for pen in (outline, core):
        painter.setPen(pen)
        painter.drawRect(middle)
