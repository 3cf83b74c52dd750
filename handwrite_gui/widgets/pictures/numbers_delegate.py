"""How a Number is painted in the list, and typed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QIcon,
    QImage,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from handwrite_gui.domain.reading import Box, Number
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.pictures.fitting import fit
from handwrite_gui.widgets.pictures.number_editor import NumberEditor
from handwrite_gui.widgets.pictures.numbers_model import (
    BEGINS_ROW,
    NTH_ROW,
    NUMBER,
    Index,
    certainty,
)
from handwrite_gui.widgets.theme import SPACING, colours, font

#: Gives the pixels of a box in the picture, or a null image.
Cut = Callable[[Box], QImage]
#: Cut-outs held at the size they are shown in: more than a tall screen shows.
_MOST_CUT_OUTS = 200


class NumbersDelegate(QStyledItemDelegate):
    """Paints a Number's ink, its text and how sure it is, under a line where a row begins."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._cut: Cut = lambda _: QImage()
        self._cut_outs: dict[tuple[Box, int, int], QImage] = {}
        #: Where in the current Number's text that stands which is spoken of elsewhere.
        self.place = 0
        #: Whether what is being typed was ended by Enter.
        self.is_entered = False
        self._editor: NumberEditor | None = None
        #: What was typed over a Number and can be none, by picture and place.
        self._drafts: dict[tuple[Cut, Box], str] = {}

    def set_cut(self, cut: Cut) -> None:
        """Take cut-outs from another picture."""
        self._cut = cut
        self._cut_outs.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines, all of them alike."""
        return QSize(0, self.row_height())

    def row_height(self) -> int:
        """The height of each, in pixels."""
        lines = QFontMetrics(font("strong")).height() + QFontMetrics(font("body")).height()
        return lines + SPACING

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one Number."""
        self.initStyleOption(option, index)
        option.text = ""
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        style = self._view.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        number: Number = index.data(NUMBER)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        shades, line = colours(), option.rect
        painter.save()
        if has_focus:
            painter.setPen(shades.selected_text if is_selected else shades.selection)
            painter.drawRect(line.adjusted(2, 2, -3, -3))
        plain = shades.selected_text if is_selected else shades.text
        quiet = shades.selected_text if is_selected else shades.muted
        if index.data(BEGINS_ROW):
            painter.setPen(shades.line)
            painter.drawLine(line.topLeft(), line.topRight())
            painter.setPen(quiet)
            painter.setFont(font("body"))
            row = QRect(line.topLeft(), QSize(_row_width(), line.height()))
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, str(index.data(NTH_ROW)))
        self._paint_cut_out(painter, self._ink_rect(line), number.box)
        text = self.text_rect(line)
        painter.setPen(plain)
        painter.setFont(font("strong"))
        strong = QFontMetrics(font("strong"))
        shown = strong.elidedText(number.text, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text.topLeft() + QPoint(0, strong.ascent()), shown)
        if index == self._view.currentIndex() and len(number.inked_places) > 1:
            self._underline(painter, text, number)
        painter.setFont(font("body"))
        below = text.adjusted(0, strong.height(), 0, 0)
        if number.is_confirmed:
            painter.setPen(quiet)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"✓ {certainty(number)}")
        elif number.is_sure:
            painter.setPen(quiet)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, certainty(number))
        else:
            self._paint_doubt(painter, below, certainty(number), is_selected)
        painter.restore()

    def place_at(self, index: Index, x: int) -> int | None:
        """Return which letter of a Number is written at a place across the list, if one is."""
        number: Number = index.data(NUMBER)
        left = x - self.text_rect(self._view.visualRect(index)).left()
        metrics = QFontMetrics(font("strong"))
        for place in number.inked_places:
            beyond = left - metrics.horizontalAdvance(number.text[:place])
            if 0 <= beyond < _width(number.text[place]):
                return place
        return None

    # Typing

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> NumberEditor:
        """Make the line in which a Number is typed over."""
        self._editor = NumberEditor(parent)
        return self._editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what the Number reads, or with what was typed there and could not be taken."""
        line, number = cast(NumberEditor, editor), index.data(NUMBER)
        if not line.isModified():  # Qt asks again where the Number is renewed meanwhile.
            line.setText(self._drafts.get((self._cut, number.box), number.text))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the line."""
        self._editor = None
        super().destroyEditor(editor, index)

    @property
    def typed(self) -> str | None:
        """What is being typed, or None where nothing is."""
        return None if self._editor is None else self._editor.text()

    def go_on_typing(self, text: str) -> None:
        """Put what was being typed into another line."""
        if self._editor is not None:
            self._editor.setText(text)
            self._editor.setModified(True)

    def finish_typing(self) -> None:
        """Take what is being typed, if anything is, as when another Number is gone to."""
        editor = self._editor
        if editor is not None:
            self.is_entered = False
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Put it over both lines of text."""
        half = SPACING // 2
        editor.setGeometry(self.text_rect(option.rect).adjusted(-half, -half, 0, half))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tell what was typed, unless that is nothing; what cannot be taken is kept for later."""
        line, number = cast(NumberEditor, editor), index.data(NUMBER)
        text, place = line.text().strip(), (self._cut, number.box)
        self._drafts.pop(place, None)
        if not line.can_be_taken:
            self._drafts[place] = text
        if text:
            model.setData(index, text)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Notice Enter, and leave what is being typed open while another window is looked at."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.is_entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if self.is_entered and not cast(NumberEditor, editor).can_be_taken:
                cast(NumberEditor, editor).refuse()
                return True
        is_away = (
            isinstance(event, QFocusEvent)
            and event.type() == QEvent.Type.FocusOut
            and event.reason() == Qt.FocusReason.ActiveWindowFocusReason
        )
        return False if is_away else super().eventFilter(editor, event)

    # Painting

    def text_rect(self, line: QRect) -> QRect:
        """Where a Number's two lines of text are."""
        left = self._ink_rect(line).right() + SPACING
        return QRect(line.topLeft(), line.bottomRight()).adjusted(
            left - line.left(), SPACING // 2, -SPACING // 2, -SPACING // 2
        )

    def _ink_rect(self, line: QRect) -> QRect:
        half = SPACING // 2
        room = line.width() - _row_width()
        width = max(min(room * 2 // 5, room - _words_width()), room // 5)
        at = QPoint(line.left() + _row_width(), line.top() + half)
        return QRect(at, QSize(width, line.height() - SPACING))

    def _paint_cut_out(self, painter: QPainter, place: QRect, box: Box) -> None:
        ratio = painter.device().devicePixelRatioF()
        room = place.size() * ratio
        key = box, room.width(), room.height()
        if key not in self._cut_outs:
            if len(self._cut_outs) >= _MOST_CUT_OUTS:
                del self._cut_outs[next(iter(self._cut_outs))]
            cut = self._cut(box)
            self._cut_outs[key] = cut if cut.isNull() else fit(cut, room)
        image = self._cut_outs[key]
        if image.isNull():
            return
        image.setDevicePixelRatio(ratio)
        at = QRect(QPoint(), image.deviceIndependentSize().toSize())
        at.moveCenter(place.center())
        at.moveLeft(place.left())
        painter.drawImage(at.topLeft(), image)

    def _underline(self, painter: QPainter, text: QRect, number: Number) -> None:
        """Mark the digit or sign that the bars are about."""
        if self.place >= len(number.text):
            return
        metrics, place = QFontMetrics(font("strong")), self.place
        left = text.left() + metrics.horizontalAdvance(number.text[:place])
        mark = QRect(left, text.top() + metrics.ascent() + 2, _width(number.text[place]), 2)
        painter.fillRect(mark, painter.pen().color())

    def _paint_doubt(self, painter: QPainter, place: QRect, words: str, is_selected: bool) -> None:
        shades, side = colours(), QFontMetrics(font("body")).height()
        mode = QIcon.Mode.Selected if is_selected else QIcon.Mode.Normal
        icon("warning").paint(painter, QRect(place.topLeft(), QSize(side, side)), mode=mode)
        painter.setPen(shades.selected_text if is_selected else shades.warning)
        beside = place.adjusted(side + SPACING // 2, 0, 0, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft, words)


def _row_width() -> int:
    return QFontMetrics(font("body")).horizontalAdvance("000") + SPACING


def _words_width() -> int:
    """As wide as the longest words, their mark and the distances around them."""
    metrics = QFontMetrics(font("body"))
    return metrics.horizontalAdvance("doubtful, 99.9 %") + metrics.height() + 3 * SPACING


def _width(letter: str) -> int:
    return QFontMetrics(font("strong")).horizontalAdvance(letter)
