"""The size of all text, in per cent of the system's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QWidget

_PROPERTY = "text_size"
#: The font that a widget gets back with another style sheet: the one that it had when it was first
#: shown, for Qt does not keep up with later ones (qstylesheetstyle.cpp, 6.11).
_KEPT_BY_QT = "_q_styleSheetWidgetFont"

_TICKED = (QCheckBox, QRadioButton)


def apply_text_size(app: QApplication, percent: float) -> None:
    """Show all text in a size, now and until another is applied.

    Each widget gets QEvent.FontChange after those in it, and measures anew what depends on text. A
    font that was set on a widget grows with the others.

    Args:
        app: The application.
        percent: 100.0 is the system's size.
    """
    before = app.property(_PROPERTY) or 100.0
    if percent == before:
        return
    app.setProperty(_PROPERTY, percent)
    app.setFont(_scaled(app.font(), percent / before))
    for window in app.topLevelWidgets():
        _follow(window, percent / before)


def text_ratio() -> float:
    """How many times as large as the system's all text is."""
    app = QApplication.instance()
    return float((app and app.property(_PROPERTY)) or 100.0) / 100.0


def _follow(widget: QWidget, ratio: float) -> None:
    """Let a widget and those in it have the new size, innermost first.

    Under a style sheet Qt tells windows of the application's font, but nothing in them (6.11).
    """
    for child in widget.children():
        if isinstance(child, QWidget):
            _follow(child, ratio)
    if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
        scaled = _scaled(widget.font(), ratio)
        widget.setFont(scaled)
        widget.setProperty(_KEPT_BY_QT, scaled)
    else:
        widget.setFont(QFont())  # Which stands for the one that it has by itself.
    if isinstance(widget, _TICKED):
        # Qt keeps how large 1em was for their boxes.
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _scaled(font: QFont, ratio: float) -> QFont:
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(font.pointSizeF() * ratio)
    else:
        scaled.setPixelSize(round(font.pixelSize() * ratio))
    return scaled
