"""The selection: some strokes of a sheet, and what is done to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.ink import Bounds, Ink, Stroke
from handwrite_gui.widgets.draw.sheet import Sheet

if TYPE_CHECKING:
    from handwrite_gui.domain.transform import Transform


class Selection(QObject):
    """The strokes that are selected. Strokes that leave the sheet leave it, too.

    Signals:
        changed: Other strokes are selected, or the same lie elsewhere.
        transformed: The same lie elsewhere; `Bounds` around where they were and are.

    Thread:
        The window's.
    """

    changed = Signal()
    transformed = Signal(tuple)

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._strokes: tuple[Stroke, ...] = ()
        self._bounds: Bounds | None = None
        self._revision = -1

    def __contains__(self, stroke: Stroke) -> bool:
        return stroke in self._strokes

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is selected, oldest first; empty where nothing is."""
        return self._strokes

    @property
    def bounds(self) -> Bounds:
        """The box around the points of what is selected, at least one stroke."""
        if self._bounds is None:
            # Imported only here: the window is to be seen at once.
            from handwrite_gui.domain.selection import bounds_of

            self._bounds = bounds_of(self._strokes)
        return self._bounds

    def ink(self) -> Ink:
        """What is selected, as ink of its own."""
        return Ink(self._strokes, self._sheet.revision, self._sheet.pen_width)

    def select(self, strokes: Iterable[Stroke]) -> None:
        """Select these of the sheet's strokes, and no others."""
        wanted = set(strokes)
        self._show(tuple(stroke for stroke in self._sheet.strokes if stroke in wanted))

    def select_all(self) -> None:
        """Select all that is written."""
        self._show(self._sheet.strokes)

    def select_next(self, direction: int, *, adds: bool) -> None:
        """Select the stroke that was drawn after the selected ones, or before them.

        After the newest stroke comes the oldest.

        Args:
            direction: 1 for after, -1 for before.
            adds: Whether the others stay selected.
        """
        every = self._sheet.strokes
        if not every:
            return
        place = 0 if direction > 0 else -1
        if self._strokes:
            end = self._strokes[-1 if direction > 0 else 0]
            place = (every.index(end) + direction) % len(every)
        self.select((*self._strokes, every[place]) if adds else (every[place],))

    def clear(self) -> None:
        """Select nothing."""
        self._show(())

    def transform(self, change: Transform, *, same_step: bool = False) -> None:
        """Move and scale what is selected, as a step that can be undone.

        Args:
            change: What is done.
            same_step: Whether it goes on with the step before, if that was this as well.
        """
        if not self._strokes or change.is_nothing:
            return
        before, old = self.bounds, self._strokes
        self._strokes = change.of_strokes(old)
        self._bounds = None
        new = dict(zip(old, self._strokes, strict=True))
        strokes = tuple(new.get(stroke, stroke) for stroke in self._sheet.strokes)
        goes_on = same_step and self._sheet.revision == self._revision
        self._sheet.replace(strokes, same_step=goes_on)
        self._revision = self._sheet.revision
        after = self.bounds
        low, high = map(min, before[:2], after[:2]), map(max, before[2:], after[2:])
        self.transformed.emit((*low, *high))
        self.changed.emit()

    def delete(self) -> None:
        """Delete what is selected, as a step that can be undone."""
        if self._strokes:
            gone = set(self._strokes)
            self._sheet.put(tuple(s for s in self._sheet.strokes if s not in gone))

    def _show(self, strokes: tuple[Stroke, ...]) -> None:
        if strokes == self._strokes:
            return
        # Only while there is something selected, for a pen changes the ink a thousand times a
        # second.
        if not self._strokes:
            self._sheet.ink_changed.connect(self._drop_gone)
        elif not strokes:
            self._sheet.ink_changed.disconnect(self._drop_gone)
        self._strokes, self._bounds = strokes, None
        self.changed.emit()

    @Slot()
    def _drop_gone(self) -> None:
        self.select(self._strokes)
