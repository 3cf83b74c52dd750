"""What the answer hangs on: two heat maps and the stroke that matters most."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from handwrite_gui.domain.ink import Ink
from handwrite_gui.reading.explaining.parts import HeatMap, Occlusion, StrokeChanges
from handwrite_gui.widgets.draw.why.column import Column, ColumnRows, short
from handwrite_gui.widgets.draw.why.heat_view import HeatScale, HeatView
from handwrite_gui.widgets.draw.why.ink_picture import InkPicture, rect_around
from handwrite_gui.widgets.theme import SPACING

_METHOD = (
    "Occlusion (Zeiler and Fergus, 2014): each place of the 28×28 pixels is covered in turn, and "
    "its colour says how the answer changes, in log-odds."
)
_LEFT_OUT = "Each stroke, or each part of a single one, is left out, and the rest is read again."
_TITLES = {Occlusion.PAPER: "Ink taken off", Occlusion.INK: "Ink added"}


class WhatMatters(QWidget):
    """Three pictures: where ink taken off or added changes the answer, and which stroke does.

    Attributes:
        rows: Where they are.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink()
        self._views = {each: HeatView(title) for each, title in _TITLES.items()}
        self._strokes = InkPicture("A stroke left out")
        self._strokes.setToolTip(_LEFT_OUT)
        self._columns = {
            each: Column(view, QLabel(_TITLES[each])) for each, view in self._views.items()
        }
        self._left_out = Column(self._strokes, QLabel("Left out"))
        self.rows = ColumnRows([*self._columns.values(), self._left_out])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING // 2)
        layout.addLayout(self.rows)
        legend = QHBoxLayout()
        legend.setSpacing(SPACING)
        for widget in (QLabel("less sure"), HeatScale(), QLabel("surer")):
            legend.addWidget(widget, isinstance(widget, HeatScale))
            widget.setToolTip(_METHOD)
        layout.addLayout(legend)
        for view in self._views.values():
            view.setToolTip(_METHOD)

    def show_ink(self, ink: Ink) -> None:
        """Take ink that pieces are marked on from now on."""
        self._ink = ink

    def show_map(self, told: HeatMap) -> None:
        """Show one of the two heat maps."""
        self._views[told.covered_with].show_map(told)
        words = f"most {told.place}" if told.place else "matters little anywhere"
        self._columns[told.covered_with].say(words)

    def clear_map(self, covered_with: Occlusion, words: str) -> None:
        """Show one of the two no more, and say something in its place."""
        self._views[covered_with].show_map(None)
        self._columns[covered_with].say(words)

    def clear_changes(self, words: str) -> None:
        """Mark nothing any more, and say something in its place."""
        self._strokes.show_ink(Ink(), rect_around(Ink()))
        self._left_out.say(words)

    def show_changes(self, changes: StrokeChanges) -> None:
        """Mark the piece of the ink that matters most."""
        most = None if changes.most is None else changes.pieces[changes.most]
        self._strokes.show_ink(self._ink, rect_around(self._ink))
        if most is not None:
            self._strokes.mark(most.piece, str(most.number))
            self._left_out.say(
                f"without {most.number}:\n{short(most.prediction)}",
                f"Marked is {most.name}; without it: {short(most.prediction)}",
            )
        else:
            self._left_out.say("none matters much" if changes.pieces else "")
