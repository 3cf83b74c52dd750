"""Undo and redo: a list of steps, and where in it the person stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Generic, NamedTuple, TypeVar

from handwrite_gui.domain.ink import Correction, Ink, Stroke

#: Steps kept. Inks share their strokes, so a step costs one tuple.
STEPS = 500
_Step = TypeVar("_Step")


class History(Generic[_Step]):
    """Steps, oldest first, and the one that is shown.

    Args:
        first: The first step.
        most: How many are kept.
    """

    def __init__(self, first: _Step, most: int) -> None:
        self._steps, self._most = [first], most
        self._shown = 0

    @property
    def shown(self) -> _Step:
        """The step that is shown."""
        return self._steps[self._shown]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier step."""
        return self._shown > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a later step, undone before."""
        return self._shown < len(self._steps) - 1

    def add(self, step: _Step) -> None:
        """Show another step; what was undone is forgotten."""
        self._steps = [*self._steps[: self._shown + 1], step][-self._most :]
        self._shown = len(self._steps) - 1

    def amend(self, step: _Step) -> None:
        """Show this in the place of the step that is shown."""
        self._steps[self._shown] = step

    def undo(self) -> _Step:
        """Go one step back, if there is one, and return the step shown then."""
        self._shown = max(self._shown - 1, 0)
        return self.shown

    def redo(self) -> _Step:
        """Go one step forward, if there is one, and return the step shown then."""
        self._shown = min(self._shown + 1, len(self._steps) - 1)
        return self.shown


class _Put(NamedTuple):
    """An Ink as it is now, and the revision with which it was put."""

    ink: Ink
    number: int


class InkHistory:
    """The Inks of one sheet, oldest first, and the one that is shown."""

    def __init__(self, pen_width: float) -> None:
        self._history = History(_Put(Ink(pen_width=pen_width), 0), STEPS)
        self._newest_revision = 0

    @property
    def ink(self) -> Ink:
        """The Ink that is shown."""
        return self._history.shown.ink

    @property
    def step(self) -> int:
        """A number of the step that is shown; unlike a revision, it is the same after an undo."""
        return self._history.shown.number

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier Ink."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a later Ink, undone before."""
        return self._history.can_redo

    def next_revision(self) -> int:
        """Return a revision that no Ink of this sheet has had."""
        self._newest_revision += 1
        return self._newest_revision

    def put(
        self,
        strokes: tuple[Stroke, ...],
        pen_width: float | None = None,
        corrections: tuple[Correction, ...] | None = None,
    ) -> Ink:
        """Show other strokes as the next step; what was undone is forgotten.

        Args:
            strokes: All that is on the sheet then.
            pen_width: In canvas units; by default as it was.
            corrections: What a person says of them; by default what they said before.
        """
        width = self.ink.pen_width if pen_width is None else pen_width
        said = self.ink.corrections if corrections is None else corrections
        ink = Ink(strokes, self.next_revision(), width, said)
        self._history.add(_Put(ink, ink.revision))
        return ink

    def amend(
        self, strokes: tuple[Stroke, ...], corrections: tuple[Correction, ...] | None = None
    ) -> Ink:
        """Show other strokes, as a part of the step that is shown."""
        said = self.ink.corrections if corrections is None else corrections
        return self._renew(replace(self.ink, strokes=strokes, corrections=said))

    def undo(self) -> Ink:
        """Go one step back, if there is one, and return the Ink shown then."""
        return self._renew(self._history.undo().ink)

    def redo(self) -> Ink:
        """Go one step forward, if there is one, and return the Ink shown then."""
        return self._renew(self._history.redo().ink)

    def _renew(self, ink: Ink) -> Ink:
        """Show Ink under a new revision: an answer on its way is about other ink."""
        self._history.amend(_Put(replace(ink, revision=self.next_revision()), self.step))
        return self.ink
