"""The picture list: the opened pictures one below the other, and what was read in each."""

from __future__ import annotations

import html

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
    QStaticText,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from handwrite_gui.widgets.digit_keys import typed_digit
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.pictures.fitting import fit
from handwrite_gui.widgets.theme import SPACING, colours, font

_KEY, _STATUS, _IS_FAILED = (Qt.ItemDataRole.UserRole + n for n in range(3))
_Index = QModelIndex | QPersistentModelIndex


class PictureList(QListWidget):
    """A list of pictures; several can be chosen, one of them is the current one.

    Signals:
        remove_requested: Delete was pressed.
        digit_typed: A digit's key was pressed.
    """

    remove_requested = Signal()
    digit_typed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[int, QListWidgetItem] = {}
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Pictures")
        self.setAccessibleDescription(
            "Delete takes the chosen pictures off the list; a digit's key says what it was."
        )

    def sizeHint(self) -> QSize:
        """Wide enough for most names and states, and no wider: the picture is to be large."""
        return QSize(self.fontMetrics().horizontalAdvance("0") * 28, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for one picture: where the screen is small, the rest is scrolled to."""
        row = 3 * self.fontMetrics().height() + 2 * SPACING
        return QSize(super().minimumSizeHint().width(), row + 2 * self.frameWidth())

    def wanted_height(self, most: int) -> int:
        """The height at which all pictures are seen, in pixels; anything above `most` for more."""
        height = 2 * self.frameWidth()
        for row in range(self.count()):
            if height > most:
                break
            height += self.sizeHintForRow(row)
        return height

    @property
    def current_key(self) -> int | None:
        """The key of the current picture, or None."""
        item = self.currentItem()
        return None if item is None else int(item.data(_KEY))

    @property
    def keys(self) -> list[int]:
        """The keys of all pictures, top to bottom."""
        return list(self._items)

    @property
    def selected_keys(self) -> list[int]:
        """The keys of the chosen pictures, top to bottom."""
        return [key for key, item in self._items.items() if item.isSelected()]

    def add(self, key: int, name: str) -> None:
        """Put a picture at the end; the current one stays."""
        item = QListWidgetItem(name)
        item.setData(_KEY, key)
        self._items[key] = item
        self.addItem(item)

    def put_back(self, key: int, name: str) -> None:
        """Put a picture where it was, for those that were added later have greater keys."""
        row = sum(other < key for other in self._items)
        self.add(key, name)
        self.insertItem(row, self.takeItem(self.count() - 1))
        self._items = dict(sorted(self._items.items()))

    def show_status(self, key: int, status: str, *, is_failed: bool) -> None:
        """Say how far a picture has come."""
        item = self._items[key]
        name = item.text()
        item.setData(_STATUS, status)
        item.setData(_IS_FAILED, is_failed)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {status}")
        # As rich text it is broken into lines, and a name such as <b> is only a name.
        item.setToolTip(f"<qt>{html.escape(name)}<br>{html.escape(status)}</qt>")

    def show_thumbnail(self, key: int, image: QImage) -> None:
        """Show a thumbnail of a picture beside its name."""
        self._items[key].setData(Qt.ItemDataRole.DecorationRole, image)

    def make_current(self, key: int) -> None:
        """Go to a picture, and choose it alone."""
        # Without the flag, what was chosen stays so when rows were added since (Qt 6.11).
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.setCurrentItem(self._items[key], only)

    def bring_into_view(self, key: int) -> None:
        """Scroll until a picture is seen."""
        self.scrollToItem(self._items[key])

    def remove(self, key: int) -> None:
        """Take a picture off the list; where it was the current one, go to its neighbour."""
        self.takeItem(self.row(self._items.pop(key)))
        if self.current_key is not None and not self.selectedItems():
            self.make_current(self.current_key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current picture in view, as where the list of Numbers takes half the room."""
        item = self.currentItem()
        before = QRect(QPoint(), event.oldSize())
        was_seen = item is not None and before.contains(self.visualItemRect(item).center())
        super().resizeEvent(event)
        if was_seen:
            self.scrollToItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Delete, and a digit's key as what the digit was."""
        if event.matches(QKeySequence.StandardKey.Delete) or event.key() == Qt.Key.Key_Backspace:
            self.remove_requested.emit()
        elif (digit := typed_digit(event)) is not None:
            self.digit_typed.emit(digit)
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints a thumbnail and beside it the name, elided in its middle, and the whole status."""

    def __init__(self, view: PictureList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As tall as the status is."""
        text_height = QFontMetrics(font("strong")).height() + self._status(index).size().height()
        height = max(self._thumbnail_side(), round(text_height))
        return QSize(self._width(), height + 2 * SPACING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one picture's line."""
        self.initStyleOption(option, index)
        option.text, option.icon = "", QIcon()
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        # Fusion shows it in the colour of a chosen row, where it cannot be seen.
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        style = self._view.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        painter.save()
        line = option.rect.adjusted(SPACING, SPACING, -SPACING, -SPACING)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        shades = colours()
        if has_focus:
            painter.setPen(shades.selected_text if is_selected else shades.selection)
            painter.drawRect(option.rect.adjusted(2, 2, -3, -3))
        side = self._thumbnail_side()
        place = QRect(line.left(), line.center().y() - side // 2, side, side)
        self._paint_thumbnail(painter, place, index, is_selected)
        painter.setPen(shades.selected_text if is_selected else shades.text)
        metrics, status = QFontMetrics(font("strong")), self._status(index)
        height = metrics.height() + round(status.size().height())
        corner = QPoint(line.left() + side + SPACING, line.center().y() - height // 2)
        name = str(index.data()).replace("\n", " ")
        painter.setFont(font("strong"))
        painter.drawText(
            corner + QPoint(0, metrics.ascent()),
            metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, self._text_width()),
        )
        painter.setFont(font("body"))
        painter.drawStaticText(corner + QPoint(0, metrics.height()), status)
        painter.restore()

    def _paint_thumbnail(
        self, painter: QPainter, place: QRect, index: _Index, is_selected: bool
    ) -> None:
        image = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(image, QImage):
            ratio = painter.device().devicePixelRatioF()
            small = fit(image, place.size() * ratio)
            small.setDevicePixelRatio(ratio)
            at = QRect(QPoint(), small.deviceIndependentSize().toSize())
            at.moveCenter(place.center())
            painter.drawImage(at.topLeft(), small)
            # A white picture on a white list needs an edge.
            edge = QPen(colours().line, 1)
            edge.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(edge)
            painter.drawRect(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5))
        elif index.data(_IS_FAILED):
            inset = place.width() // 4
            mode = QIcon.Mode.Selected if is_selected else QIcon.Mode.Normal
            icon("warning").paint(painter, place.adjusted(inset, inset, -inset, -inset), mode=mode)

    def _status(self, index: _Index) -> QStaticText:
        status = QStaticText(str(index.data(_STATUS) or ""))
        status.setTextFormat(Qt.TextFormat.PlainText)
        status.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        status.setTextWidth(self._text_width())
        status.prepare(font=font("body"))
        return status

    def _thumbnail_side(self) -> int:
        return 3 * QFontMetrics(font("body")).height()

    def _text_width(self) -> int:
        return self._width() - self._thumbnail_side() - 3 * SPACING

    def _width(self) -> int:
        """As if the scroll bar were always there: else its coming could make itself needless."""
        bar = self._view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return self._view.width() - 2 * self._view.frameWidth() - bar
