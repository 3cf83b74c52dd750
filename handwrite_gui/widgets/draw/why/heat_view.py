"""A heat map over the digit image, and the scale of its colours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.reading.explaining.occlusion import PATCH_PX
from handwrite_gui.reading.explaining.parts import HeatMap
from handwrite_gui.widgets.draw.why.ink_picture import ENLARGED
from handwrite_gui.widgets.theme import SPACING, colours

#: The colours are full at the largest drop, or at this one in log-odds if that is less: noise in
#: an answer that nothing changes must not look like much.
LEAST_FULL = 2.0
#: How much of the ink is seen through the colours.
_INK_SEEN = 0.45


class HeatView(QWidget):
    """One heat map; a frame marks the place that matters most."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: HeatMap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_map(self, told: HeatMap | None) -> None:
        """Show a heat map, or none."""
        self._map = told
        self.update()

    def sizeHint(self) -> QSize:
        """A whole number of screen pixels for each pixel, and a border."""
        side = SIDE_PX * ENLARGED + 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the squares and the frame."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours().border)
        inner = QRect(1, 1, SIDE_PX * ENLARGED, SIDE_PX * ENLARGED)
        if self._map is None:
            painter.fillRect(inner, colours().bar_track)
        else:
            painter.drawImage(inner, heat_image(self._map))
        if self._map is not None and self._map.place:
            row, column = np.unravel_index(int(np.argmax(self._map.drop)), self._map.drop.shape)
            # Around the largest drop, moved within the picture.
            left, top = (
                1 + ENLARGED * min(max(int(at) - PATCH_PX // 2 + 1, 0), SIDE_PX - PATCH_PX)
                for at in (column, row)
            )
            painter.setPen(QPen(colours().ink, 1))
            painter.drawRect(left, top, PATCH_PX * ENLARGED - 1, PATCH_PX * ENLARGED - 1)
        painter.end()


class HeatScale(QWidget):
    """The colours from "less sure" to "surer"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(SPACING + 2)
        self.setMinimumWidth(4 * SPACING)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scale, paper in its middle."""
        painter = QPainter(self)
        gradient = QLinearGradient(0, 0, self.width(), 0)
        gradient.setColorAt(0.0, colours().heat)
        gradient.setColorAt(0.5, colours().paper)
        gradient.setColorAt(1.0, colours().heat_against)
        painter.fillRect(self.rect(), colours().border)
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), gradient)
        painter.end()


def heat_image(told: HeatMap) -> QImage:
    """Return a heat map as 28×28 pixels: colours over paper, through which the ink is seen."""
    full = max(float(np.abs(told.drop).max()), LEAST_FULL)
    share = (told.drop / full)[..., None]
    less, more = np.clip(share, 0.0, 1.0), np.clip(-share, 0.0, 1.0)
    paper, ink = _rgb(colours().paper), _rgb(colours().ink)
    tinted = paper + less * (_rgb(colours().heat) - paper)
    tinted += more * (_rgb(colours().heat_against) - paper)
    seen = _INK_SEEN * told.image[..., None]
    pixels = np.ascontiguousarray(np.round(tinted + seen * (ink - tinted)), np.uint8)
    image = QImage(pixels.data, SIDE_PX, SIDE_PX, 3 * SIDE_PX, QImage.Format.Format_RGB888)
    return image.copy()  # The array's memory does not outlive this call.


def _rgb(colour: QColor) -> NDArray[np.float64]:
    return np.array([colour.red(), colour.green(), colour.blue()], np.float64)
