"""The sheet: its ink, what was undone, and what is under the pen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from handwrite_gui.domain.ink import Correction, Ink, Stroke, carry_corrections
from handwrite_gui.domain.undo import InkHistory
from handwrite_gui.widgets.draw.live_stroke import LiveStroke


class Sheet(QObject):
    """What is written on the canvas, however it is seen.

    Signals:
        ink_changed: The ink is other than it was, also within a stroke.
        stroke_started: The pen was put down.
        stroke_finished: The pen was lifted, or strokes were erased, undone, redone or cleared.
        strokes_changed: Other strokes are there than those that were painted.

    Attributes:
        pen_width: Of the pen that draws, in canvas units.
        live: The stroke under the pen, or None.

    Thread:
        The window's.
    """

    ink_changed = Signal()
    stroke_started = Signal()
    stroke_finished = Signal()
    strokes_changed = Signal()

    def __init__(self, pen_width: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pen_width = pen_width
        self.live: LiveStroke | None = None
        self._history = InkHistory(pen_width)
        self._is_changing = False
        self._oldest_valid_revision = 0

    def ink(self) -> Ink:
        """The ink as it is now, a stroke under the pen included."""
        ink = self._history.ink
        if self.live is None:
            return ink
        strokes = (*ink.strokes, self.live.stroke())
        revision = self._history.next_revision()
        return Ink(strokes, revision, self.pen_width, ink.corrections)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The finished strokes, oldest first."""
        return self._history.ink.strokes

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What a person says that some of them are; the newest last."""
        return self._history.ink.corrections

    @property
    def revision(self) -> int:
        """The revision of the newest finished ink."""
        return self._history.ink.revision

    @property
    def step(self) -> int:
        """A number of the finished ink that an undo and a redo leave it."""
        return self._history.step

    def is_current(self, revision: int) -> bool:
        """Whether an answer to this revision is about ink that is still here, if less of it."""
        return revision >= self._oldest_valid_revision

    @property
    def is_blank(self) -> bool:
        """Whether there is no ink at all."""
        return self.live is None and not self.strokes

    @property
    def can_undo(self) -> bool:
        """Whether undo would change anything."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether redo would change anything."""
        return self._history.can_redo

    def undo(self) -> None:
        """Take the last step back: a stroke, an erasure or a clearing."""
        self._history.undo()
        self._tell_other_ink()

    def redo(self) -> None:
        """Take the step forward again that was last taken back."""
        self._history.redo()
        self._tell_other_ink()

    def put(
        self, strokes: tuple[Stroke, ...], corrections: tuple[Correction, ...] | None = None
    ) -> None:
        """Show other strokes, as a step that can be undone.

        Args:
            strokes: All that is on the sheet then.
            corrections: What a person says of them; by default what they said before.
        """
        self._history.put(strokes, self.pen_width, corrections)
        self._tell_other_ink()

    def correct(self, correction: Correction) -> None:
        """Take what a person says of some of the strokes, as a step that can be undone.

        What is on its way as an answer to these strokes is still about them.
        """
        ink = self._history.ink
        there = set(ink.strokes)
        stand = [each for each in ink.corrections if there.issuperset(each.strokes)]
        self._history.put(ink.strokes, self.pen_width, (*stand, correction))
        self._tell()

    def replace(self, strokes: tuple[Stroke, ...], *, same_step: bool = False) -> None:
        """Show strokes in the place of others, each of one, as a step that can be undone.

        What is seen of them is painted by whoever calls this.

        Args:
            strokes: All that is on the sheet then; as many as before, in the same order.
            same_step: Whether it belongs to the step before.
        """
        corrections = carry_corrections(self._history.ink, strokes)
        if same_step:
            self._history.amend(strokes, corrections)
        else:
            self._history.put(strokes, self.pen_width, corrections)
        self._oldest_valid_revision = self.revision
        self._tell()

    def change(self, strokes: tuple[Stroke, ...]) -> None:
        """Show other strokes, as a part of a step that goes on until `end_change`."""
        if self._is_changing:
            self._history.amend(strokes)
        else:
            self._is_changing = True
            self._history.put(strokes, self.pen_width)
            # Until the end, as within a stroke, an answer to any of it is better than none.
            self._oldest_valid_revision = self.revision
        self.ink_changed.emit()

    def end_change(self) -> None:
        """End such a step."""
        self._is_changing = False
        self._oldest_valid_revision = self.revision
        self._tell()

    def finish_stroke(self, live: LiveStroke) -> None:
        """Keep the stroke that was under the pen, as a step that can be undone."""
        self.live = None
        self._history.put((*self.strokes, live.stroke()), self.pen_width)
        self._tell()

    def _tell_other_ink(self) -> None:
        self._oldest_valid_revision = self.revision
        self.strokes_changed.emit()
        self._tell()

    def _tell(self) -> None:
        self.stroke_finished.emit()  # First, for then it is kept.
        self.ink_changed.emit()
