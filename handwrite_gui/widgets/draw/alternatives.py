"""The alternatives of one digit: a small list that opens beside it, to choose the right one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from handwrite_gui.domain.prediction import NO_DIGIT, percent
from handwrite_gui.domain.reading import Digit
from handwrite_gui.widgets.digit_keys import typed_digit
from handwrite_gui.widgets.draw.digit_label import LEAST_SIDE
from handwrite_gui.widgets.theme import SPACING, font

#: As wide as a digit.
FIGURE_SPACE = "\u2007"
_DIGIT = Qt.ItemDataRole.UserRole


class Alternatives(QFrame):
    """Lists what a digit might be, likeliest first, with its probabilities.

    A click, Enter or a digit's key chooses one; Escape or a click elsewhere closes the list. "No
    digit" is listed for its probability, and cannot be chosen.

    Args:
        parent: Whose window it belongs to.

    Signals:
        chosen: The digit that a person says it is.

    Thread:
        The window's.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._list = _List()
        self._list.setAccessibleName("What else it might be")
        self._list.setFont(font("body"))
        self._list.itemClicked.connect(self._on_chosen)
        self._list.itemActivated.connect(self._on_chosen)
        self._list.typed.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._list)
        self.setFocusProxy(self._list)

    def open_for(self, digit: Digit, letter: str | None, at: QPoint) -> None:
        """Show a digit's alternatives.

        Args:
            digit: What was read.
            letter: What it is in its Number's text, or None where it is no digit.
            at: Where the list's upper left corner is, as far as the screen has room, in pixels of
                the whole desktop.
        """
        listed = self._list
        listed.clear()
        height = max(listed.fontMetrics().height() + SPACING // 2, LEAST_SIDE)
        for kind in digit.prediction.ranked():
            # In columns; what is no figure stands where notes do.
            figure_or_gap = FIGURE_SPACE if kind == NO_DIGIT else str(kind)
            chance = percent(float(digit.prediction.probabilities[kind])).rjust(6, FIGURE_SPACE)
            note = "  (you said so)" if kind == digit.said else ""
            if kind == NO_DIGIT:
                note = "  no digit"
            item = QListWidgetItem(f"{figure_or_gap}    {chance}{note}", listed)
            item.setData(_DIGIT, kind)
            item.setSizeHint(QSize(0, height))
            if kind == NO_DIGIT:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            elif str(kind) == letter:
                listed.setCurrentItem(item)
        screen = self.screen().availableGeometry()
        self.resize(listed.sizeHint().boundedTo(screen.size()))
        left = min(at.x(), screen.right() - self.width())
        top = min(at.y(), screen.bottom() - self.height())
        self.move(max(left, screen.left()), max(top, screen.top()))
        self.show()
        listed.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:  # Qt tells of clicks on others, too.
            self._choose(item.data(_DIGIT))

    @Slot(int)
    def _choose(self, digit: int) -> None:
        if self.isVisible():  # A double click is also two clicks.
            self.close()
            self.chosen.emit(digit)


class _List(QListWidget):
    """As large as what it lists, and a digit's key chooses at once."""

    typed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)

    def sizeHint(self) -> QSize:
        frame = 2 * (self.frameWidth() + SPACING // 2)
        advance = self.fontMetrics().horizontalAdvance
        width = max(advance(self.item(row).text()) for row in range(self.count()))
        return QSize(width + frame + 2 * SPACING, self.sizeHintForRow(0) * self.count() + frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = typed_digit(event)
        if digit is not None:
            self.typed.emit(digit)
        elif event.key() == Qt.Key.Key_Escape:
            self.window().close()
        else:
            super().keyPressEvent(event)
