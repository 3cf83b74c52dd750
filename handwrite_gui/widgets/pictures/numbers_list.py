"""The list of Numbers: all that was read in a picture, to be looked through and put right."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from handwrite_gui.domain.confirming import DIGITS, SIGNS, place_of
from handwrite_gui.domain.reading import Number
from handwrite_gui.widgets.pictures.numbers_delegate import Cut, NumbersDelegate
from handwrite_gui.widgets.pictures.numbers_model import Index, NumbersModel

_CONFIRM = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIDEWAYS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SHORTCUTS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_BEGINNINGS = frozenset(DIGITS + SIGNS) - {" "}


class NumbersList(QListView):
    """Lists Numbers; typing overwrites the current one, and Enter confirms it.

    Signals:
        current_changed: The index of the Number that is current now, or -1, and where in its text
            the digit or sign stands that is spoken of.
        typed: The index of a Number and what a person says that it reads.
        entered: The index of a Number after which they want to go on to another.
        menu_requested: What else can be done with the current Number is asked for, at a place on
            the screen.

    Thread:
        The window's.
    """

    current_changed = Signal(int, int)
    typed = Signal(int, str)
    entered = Signal(int)
    menu_requested = Signal(object)
    _editor_entered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = NumbersModel(self)
        self._delegate = NumbersDelegate(self)
        #: Whether a person went to the current Number, which is else just the first.
        self._is_gone_to = False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.setAccessibleName("Numbers")
        self.setAccessibleDescription(
            "Type what a number reads and press Enter; Enter alone confirms what was read. Left and"
            " Right go from digit to digit and sign."
        )
        self._model.typed.connect(self._on_model_typed)
        # Once the editor is closed: it would tell the same again as another Number becomes current.
        self._editor_entered.connect(self.entered, Qt.ConnectionType.QueuedConnection)

    def sizeHint(self) -> QSize:
        """As wide as the list of pictures, and as high as ten Numbers."""
        width = self.fontMetrics().horizontalAdvance("0") * 28
        return QSize(width, self.height_of(10))

    def minimumSizeHint(self) -> QSize:
        """Room for two Numbers: where the screen is small, the rest is scrolled to."""
        return QSize(super().minimumSizeHint().width(), self.height_of(2))

    def height_of(self, count: int) -> int:
        """The height at which so many Numbers are seen, in pixels."""
        return count * self._delegate.row_height() + 2 * self.frameWidth()

    @property
    def current(self) -> int:
        """The index of the current Number, or -1."""
        return self.currentIndex().row()

    @property
    def place(self) -> int:
        """Where in the current Number's text the digit or sign stands that is spoken of."""
        return self._delegate.place

    @property
    def below_current(self) -> QPoint:
        """Where a menu about the current Number opens, on the screen."""
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())

    def show_numbers(self, numbers: tuple[Number, ...]) -> None:
        """Show Numbers; the current one stays where it is among them, and so does what is typed."""
        now = self._model.numbers[self.current] if self.current >= 0 else None
        typed, was_gone_to = self._delegate.typed, self._is_gone_to
        is_same = self._model.show(numbers)
        place = self.current
        if not is_same or place < 0:
            place = -1 if now is None else place_of(now.box, numbers)
            self.select(max(place, 0) if numbers else -1)
            self._is_gone_to = was_gone_to and place >= 0
        if self.current >= 0:  # It may have fewer digits now.
            self._delegate.place = self._nearest_place(self.place)
        if not is_same and typed is not None and place >= 0:
            self.edit(self._model.index(place))
            self._delegate.go_on_typing(typed)

    def show_ink_of(self, cut: Cut) -> None:
        """Take cut-outs from another picture."""
        self._delegate.set_cut(cut)
        self.viewport().update()

    def select(self, index: int, place: int | None = None) -> None:
        """Make a Number the current one, speak of one of its letters, and bring it into view.

        Args:
            index: Of the Number; -1 makes none the current one.
            place: Of the letter in its text; by default the digit that is looked at first, or of
                the same Number the same one.
        """
        found = self._model.index(index) if index >= 0 else QModelIndex()
        self.selectionModel().setCurrentIndex(
            found, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self._is_gone_to = index >= 0
        if index >= 0 and place is not None and place != self.place:
            self._go_to_place(place)

    def select_next_doubtful(self) -> bool:
        """Go to the next Number to be looked at; False, and nowhere, where there is no other.

        That may be the current one, where nobody has gone to it yet.
        """
        was_gone_to, before = self._is_gone_to, self.current
        place = self._model.next_doubtful(before if was_gone_to else before - 1)
        if place is not None and place == self.current:
            self._go_to_place(self.place)  # It may be out of view.
        elif place is not None:
            self.select(place)
        return place is not None and not (was_gone_to and place == before)

    def step_digit(self, way: int) -> None:
        """Speak of another digit or sign of the current Number: with 1 the next, with -1 the last.

        A sign may be a digit that is misread.
        """
        if self.current >= 0:
            places = self._model.numbers[self.current].inked_places
            beyond = [place for place in places[::way] if (place - self.place) * way > 0]
            self._go_to_place(beyond[0] if beyond else self.place)

    def finish_typing(self) -> None:
        """Take what is half typed, before it would be gone."""
        self._delegate.finish_typing()

    def type_over(self, event: QKeyEvent) -> bool:
        """Begin to type over the current Number, where a key typed what it may hold."""
        text, index = event.text(), self.currentIndex()
        if not index.isValid() or text not in _BEGINNINGS or event.modifiers() & _SHORTCUTS:
            return False
        return self.edit(index, QAbstractItemView.EditTrigger.AnyKeyPressed, event)

    def confirm(self) -> None:
        """Confirm the current Number as it is, and go on."""
        if self.current >= 0:
            self.typed.emit(self.current, self._model.numbers[self.current].text)
            self.entered.emit(self.current)

    def type_digit(self, digit: int) -> None:
        """Begin to type over the current Number with a digit that was typed elsewhere."""
        key, none = QEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
        self.type_over(QKeyEvent(key, Qt.Key.Key_0 + digit, none, str(digit)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which Number is current, and of its digits the one to be looked at first."""
        super().currentChanged(current, previous)
        is_one = current.isValid()
        self._is_gone_to = current.isValid()
        self._delegate.place = _least_sure(self._model.numbers[current.row()]) if is_one else 0
        self.viewport().update()
        self.current_changed.emit(current.row(), self.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm, go on to another digit, or begin to type."""
        sideways = _SIDEWAYS.get(event.key())
        if self.state() == QAbstractItemView.State.EditingState:
            return  # What the line that is typed in lets through, such as Enter, is its own.
        if event.key() in _CONFIRM and self.current >= 0:
            self.confirm()
        elif sideways and self.current >= 0 and not event.modifiers() & _SHORTCUTS:
            self.step_digit(sideways)
        elif self.type_over(event):
            pass
        elif event.text():
            event.ignore()  # Letters look for no Number.
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the digit or sign that is clicked on."""
        super().mousePressEvent(event)
        self._is_gone_to = self.current >= 0
        at = event.position().toPoint()
        index = self.indexAt(at)
        place = self._delegate.place_at(index, at.x()) if index.isValid() else None
        if place is not None:
            self._go_to_place(place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask what else can be done with the current Number."""
        if self.current >= 0:
            is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self.menu_requested.emit(event.globalPos() if is_mouse else self.below_current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current Number in view, as where a sentence above takes some of the room."""
        row = self.visualRect(self.currentIndex())
        was_seen = QRect(QPoint(), event.oldSize()).contains(row.center())
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(self.currentIndex())

    @Slot(int, str)
    def _on_model_typed(self, index: int, text: str) -> None:
        self.typed.emit(index, text)
        if self._delegate.is_entered:
            self._editor_entered.emit(index)

    def _go_to_place(self, place: int) -> None:
        self._is_gone_to = True
        self._delegate.place = self._nearest_place(place)
        self.viewport().update()
        self.current_changed.emit(self.current, self.place)

    def _nearest_place(self, place: int) -> int:
        places = self._model.numbers[self.current].inked_places
        return min(places, key=lambda each: abs(each - place), default=0)


def _least_sure(number: Number) -> int:
    """Where the digit of a doubtful Number is that is likeliest wrong; the first where none is."""
    read = zip(number.places, number.digits, number.figures, strict=False)
    chances = {
        place: float(digit.prediction.probabilities[figure])
        for place, digit, figure in read
        if digit.said is None
    }
    if number.is_sure or not chances:
        return next(iter(number.places), 0)
    return min(chances, key=chances.__getitem__)
