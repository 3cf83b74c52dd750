"""Undo and redo: a list of Inks, and where in it the person stands."""

from __future__ import annotations

from dataclasses import replace

from handwrite_gui.domain.ink import Correction, Ink, Stroke

#: Steps kept. Inks share their strokes, so a step costs one tuple.
STEPS = 500


class InkHistory:
    """The Inks of one sheet, oldest first, and the one that is shown."""

    def __init__(self, pen_width: float) -> None:
        self._inks = [Ink(pen_width=pen_width)]
        self._steps = [0]  # The number of each.
        self._shown = 0
        self._newest_revision = 0

    @property
    def ink(self) -> Ink:
        """The Ink that is shown."""
        return self._inks[self._shown]

    @property
    def step(self) -> int:
        """A number of the step that is shown; unlike a revision, it is the same after an undo."""
        return self._steps[self._shown]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier Ink."""
        return self._shown > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a later Ink, undone before."""
        return self._shown < len(self._inks) - 1

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
        self._inks = [*self._inks[: self._shown + 1], ink][-STEPS:]
        self._steps = [*self._steps[: self._shown + 1], ink.revision][-STEPS:]
        self._shown = len(self._inks) - 1
        return ink

    def amend(
        self, strokes: tuple[Stroke, ...], corrections: tuple[Correction, ...] | None = None
    ) -> Ink:
        """Show other strokes, as a part of the step that is shown."""
        said = self.ink.corrections if corrections is None else corrections
        self._inks[self._shown] = replace(
            self.ink, strokes=strokes, revision=self.next_revision(), corrections=said
        )
        return self.ink

    def undo(self) -> Ink:
        """Go one step back, if there is one, and return the Ink shown then."""
        return self._show(self._shown - 1)

    def redo(self) -> Ink:
        """Go one step forward, if there is one, and return the Ink shown then."""
        return self._show(self._shown + 1)

    def _show(self, step: int) -> Ink:
        """Show a step under a new revision: an answer on its way is about other ink."""
        self._shown = min(max(step, 0), len(self._inks) - 1)
        self._inks[self._shown] = replace(self.ink, revision=self.next_revision())
        return self.ink
