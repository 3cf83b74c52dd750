"""What the model sees: the digit image, every pixel a square."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.theme import colours

#: Screen pixels for each of the image's at 1×.
ENLARGED = 4


def digit_as_image(image: NDArray[np.float32]) -> QImage:
    """Return a digit image (28, 28), 0.0 paper to 1.0 ink, in grey, ink light on dark."""
    pixels = np.ascontiguousarray(np.round(image * 255), np.uint8)
    shown = QImage(pixels.data, SIDE_PX, SIDE_PX, SIDE_PX, QImage.Format.Format_Grayscale8)
    return shown.copy()  # The array's memory does not outlive this call.


class DigitView(QWidget):
    """Shows a digit image enlarged by a whole number, without blur, ink light on dark.

    Args:
        enlarged: Screen pixels for each of the image's at 1×.
        parent: Owner of this widget.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Graphic"

    def __init__(self, enlarged: int = ENLARGED, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._enlarged = enlarged
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What the model sees")
        self.setToolTip("The 28×28 image that the model gets: scaled and centred as MNIST's are")
        self.show_image(None)

    def show_image(self, image: NDArray[np.float32] | None) -> None:
        """Show a digit image (28, 28), 0.0 paper to 1.0 ink, or none."""
        text = "Nothing yet." if image is None else "The digit, 28 by 28 pixels, light on dark."
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
        if image is None:
            self._image = None
        else:
            self._image = digit_as_image(image)
        self.update()

    def sizeHint(self) -> QSize:
        """A whole number of screen pixels for each pixel, and a border."""
        side = SIDE_PX * self._enlarged + 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the squares."""
        painter = QPainter(self)
        side = SIDE_PX * self._enlarged
        # Not `fillRect`, for which PySide6 looks through gradients: that costs the start 3 ms.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours().border)
        painter.drawRect(self.rect())
        inner = QRect(1, 1, side, side)
        if self._image is None:
            painter.setBrush(colours().bar_track)
            painter.drawRect(inner)
        else:
            painter.drawImage(inner, self._image)
        painter.end()
