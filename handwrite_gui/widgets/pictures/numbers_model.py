"""The Numbers of a picture as a model: a line for each, however many there are."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from handwrite_gui.domain.prediction import percent
from handwrite_gui.domain.reading import Number
from handwrite_gui.widgets.answer_panel import OF_NUMBER

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
#: The Number itself, whether it is the first of its row of writing, and which row that is: of
#: those with Numbers, from 1.
NUMBER, BEGINS_ROW, NTH_ROW = (int(_Role.UserRole) + n for n in range(3))


class NumbersModel(QAbstractListModel):
    """Numbers in reading order.

    Signals:
        typed: The index of a Number and what a person typed in its place.

    Thread:
        The window's.
    """

    typed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.numbers: tuple[Number, ...] = ()
        #: Which of the rows with Numbers each row is, from 1.
        self._nth_row: dict[int, int] = {}

    def show(self, numbers: tuple[Number, ...]) -> bool:
        """Hold other Numbers; those that are the same ones stay as they are.

        Returns:
            Whether they begin with the same places in the picture as before.
        """
        before = self.numbers
        rows = sorted({number.row for number in numbers})
        self._nth_row = {row: nth for nth, row in enumerate(rows, start=1)}
        if not self.is_begun_by(numbers):
            self.beginResetModel()
            self.numbers = numbers
            self.endResetModel()
            return False
        if len(numbers) > len(before):
            self.beginInsertRows(QModelIndex(), len(before), len(numbers) - 1)
            self.numbers = (*before, *numbers[len(before) :])
            self.endInsertRows()
        self.numbers = numbers
        for row, (one, other) in enumerate(zip(before, numbers, strict=False)):
            if one is not other:
                self.dataChanged.emit(self.index(row), self.index(row))
        return True

    def is_begun_by(self, numbers: tuple[Number, ...]) -> bool:
        """Whether Numbers are in the same places as these, and perhaps more after them."""
        before = [(each.row, each.box) for each in self.numbers]
        return [(each.row, each.box) for each in numbers[: len(before)]] == before

    def next_doubtful(self, after: int) -> int | None:
        """Return the index of the next Number to be looked at, from the top again after the last.

        Args:
            after: Where a person is, or -1; that one itself comes last.
        """
        count = len(self.numbers)
        places = ((after + step) % count for step in range(1, count + 1))
        return next((place for place in places if not self.numbers[place].is_sure), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default.
        """How many there are."""
        return 0 if parent.isValid() else len(self.numbers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be typed over."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Say what a Number is, to the eye and to the ear."""
        number = self.numbers[index.row()]
        if role == NUMBER:
            return number
        if role == BEGINS_ROW:
            return index.row() == 0 or self.numbers[index.row() - 1].row != number.row
        if role == NTH_ROW:
            return self._nth_row[number.row]
        if role in (_Role.DisplayRole, _Role.EditRole):
            return number.text
        if role == _Role.ToolTipRole and not number.is_confirmed:
            return OF_NUMBER
        if role == _Role.AccessibleTextRole:
            return f"{number.text}, {certainty(number)}, row {self._nth_row[number.row]}"
        return None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        """Tell what was typed; whoever hears it decides what becomes of it."""
        self.typed.emit(index.row(), str(value))
        return True


def certainty(number: Number) -> str:
    """Say in words how sure a Number is."""
    if number.is_confirmed:
        return number.certainty
    return f"{number.certainty}, {percent(number.confidence)}"
