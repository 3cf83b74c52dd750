"""What labels on a picture look like, and the small marks that stand for them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from handwrite_gui.widgets.pictures.marks import Kind
from handwrite_gui.widgets.theme import colours, font

#: The side of a small mark, in pixels at 1×: just legible, and smaller than any digit.
SMALL = 11
#: What is in a small mark, so that its kind shows without colour.
_SIGNS: dict[Kind, str] = {"sure": "", "doubtful": "?", "confirmed": "✓", "refused": "–"}


def draw_label(text: str, kind: Kind, size: QSize, of: QFont, ratio: float) -> QPixmap:
    """Draw a label, in pixels of the screen.

    Args:
        text: What is written on it.
        kind: Of the mark.
        size: At 1×.
        of: The font.
        ratio: Pixels of the screen to one of the widget's.
    """
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    ground, ink = _colours(kind)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(of)
    painter.setPen(QPen(colours().base, 1))
    painter.setBrush(ground)
    edge = QRectF(0.5, 0.5, size.width() - 1.0, size.height() - 1.0)
    painter.drawRoundedRect(edge, 4, 4)
    painter.setPen(ink)
    painter.drawText(edge, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    pixmap.setDevicePixelRatio(1.0)
    return pixmap


def draw_small(kind: Kind, ratio: float) -> QPixmap:
    """Draw a small mark, in pixels of the screen."""
    of = font("strong")
    of.setPixelSize(SMALL - 2)
    return draw_label(_SIGNS[kind], kind, QSize(SMALL, SMALL), of, ratio)


def _colours(kind: Kind) -> tuple[QColor, QColor]:
    """The ground and the ink of a label."""
    shades = colours()
    return {
        "sure": (shades.accent, shades.accent_text),
        "confirmed": (shades.accent, shades.accent_text),
        "doubtful": (shades.warning, shades.base),
        "refused": (shades.text, shades.base),
    }[kind]
