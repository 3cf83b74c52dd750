"""The picture view: a picture as large as there is room, what was read marked on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from handwrite_gui.domain.reading import Box
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.pictures.preview import fit
from handwrite_gui.widgets.theme import LIGHT, SPACING, colours, font

#: Between ink and its frame, and the frame's line, at 1×.
GAP, LINE = 3, 2
# The same in every theme: a picture is as light or dark as it is.
_MARK, _REFUSED, _LIGHT = LIGHT.accent, LIGHT.ink, QColor("white")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a picture.

    Attributes:
        box: Where, in the picture's pixels.
        text: What is written over it.
        is_read: Whether a digit was read there; the frame of others is dashed.
    """

    box: Box
    text: str
    is_read: bool = True


class PictureView(QWidget):
    """Shows one picture, fitted, with marks on it, or a sentence in its place."""

    ACCESSIBLE_ROLE: AccessibleRole = "Graphic"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._size_px = (1, 1)
        self._marks: tuple[Mark, ...] = ()
        self._message = ""
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

    def show_image(
        self, image: QImage, size_px: tuple[int, int], marks: Sequence[Mark] = ()
    ) -> None:
        """Show a picture and what was read in it.

        Args:
            image: The picture, reduced or not; not null.
            size_px: Width and height of the picture itself, which the marks' boxes go by.
            marks: What was read, and where.
        """
        self._image, self._size_px, self._marks = image, size_px, tuple(marks)
        texts = ", ".join(mark.text for mark in marks)
        self.setAccessibleDescription(f"Marked: {texts}." if marks else "Nothing is marked.")
        self.update()

    def show_message(self, text: str) -> None:
        """Show a sentence and no picture."""
        self._image, self._marks, self._message = QImage(), (), text
        self.setAccessibleDescription(text)
        self.update()

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
        for mark, rect in boxes:
            _paint_frame(painter, rect, mark.is_read, ratio)
        painter.scale(ratio, ratio)
        for mark, rect in boxes:
            self._paint_label(painter, mark, QRectF(rect.topLeft() / ratio, rect.size() / ratio))

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
        painter.setBrush(_MARK if mark.is_read else _REFUSED)
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


def _paint_frame(painter: QPainter, frame: QRect, is_read: bool, ratio: float) -> None:
    """Paint a line with a white one on either side of it, which shows on any picture."""
    line, halo = round(LINE * ratio), max(1, round(ratio))
    whole = line + 2 * halo
    middle = QRectF(frame).adjusted(whole / 2, whole / 2, -whole / 2, -whole / 2)
    outline = QPen(_LIGHT, whole)
    outline.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    outline.setCapStyle(Qt.PenCapStyle.FlatCap)
    core = QPen(outline)
    core.setWidth(line)
    core.setColor(_MARK if is_read else _REFUSED)
    core.setStyle(Qt.PenStyle.SolidLine if is_read else Qt.PenStyle.DashLine)
    for pen in (outline, core):
        painter.setPen(pen)
        painter.drawRect(middle)
