"""The panel "Why?": the steps, the heat maps, and what would change the answer."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.domain.ink import Ink
from handwrite_gui.reading.explaining.explanation import Part
from handwrite_gui.reading.explaining.parts import (
    HeatMap,
    Hints,
    Occlusion,
    StepAnswers,
    StrokeChanges,
)
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.draw.why.step_row import StepRow
from handwrite_gui.widgets.draw.why.what_matters import WhatMatters
from handwrite_gui.widgets.theme import SPACING, font

#: The panel takes this height, and where the window has it up to this share, if it needs that.
_HEIGHT, _SHARE = 30 * SPACING, 0.48
#: Sentences stand beside the maps where so many letters fit into a line.
_LETTERS = 24
#: What is told sooner replaces what was there without a flicker.
_PATIENCE_MS = 200
_WORKING = "Working it out…"
BLANK = "Write a digit: here you will see, step by step, how it is read."


class _Place(Enum):
    """Where a part is shown."""

    STEPS = auto()
    TAKEN = auto()
    ADDED = auto()
    CHANGES = auto()
    HINTS = auto()


class _Beside(Enum):
    """What the maps have beside them."""

    STEPS = auto()
    SENTENCES = auto()
    NOTHING = auto()


_MAPS = {Occlusion.PAPER: _Place.TAKEN, Occlusion.INK: _Place.ADDED}


class WhyPanel(QScrollArea):
    """Shows an explanation as its parts are told.

    Signals:
        opened: It is seen now, and wants to know what is drawn.
        closed: It is seen no more.

    Thread:
        The window's.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._changes, self._hints = QLabel(), QLabel(), QLabel()
        self._title.setFont(font("strong"))
        self._hints.setFont(font("strong"))
        self._steps, self._matters = StepRow(), WhatMatters()
        self._steps.switched.connect(self._on_switched)
        self._missing: set[_Place] = set()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._clear_missing)
        #: How many steps and how many maps are in a row, and what is beside what.
        self._placed: tuple[int, int, _Beside] | None = None
        self._lay_out()
        self.setProperty("panel", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Why this answer")
        self.show_message(BLANK)

    def show_message(self, sentence: str) -> None:
        """Explain nothing, and say why."""
        self._patience.stop()
        self._steps.show_ink(Ink(), QRectF())
        self._matters.show_ink(Ink())
        self._missing = {*_Place}
        self._clear_missing(working="")
        self._title.setText(sentence)

    def start(self, ink: Ink, paper: QRectF) -> None:
        """Show ink whose explanation is on its way.

        Args:
            ink: At least one stroke.
            paper: The paper that was seen as it was drawn on, in canvas units.
        """
        self._steps.show_ink(ink, paper)
        self._matters.show_ink(ink)
        self._missing = {*_Place}
        self._patience.start()

    def show_part(self, part: Part) -> None:
        """Show a part of the explanation in the place of what was there."""
        match part:
            case StepAnswers():
                self._missing.discard(_Place.STEPS)
                self._steps.show_answers(part)
                self._title.setText(self._steps.answer)
            case HeatMap():
                self._missing.discard(_MAPS[part.covered_with])
                self._matters.show_map(part)
            case StrokeChanges():
                self._missing.discard(_Place.CHANGES)
                self._matters.show_changes(part)
                _show(self._changes, part.sentence)
            case Hints():
                self._missing.discard(_Place.HINTS)
                sentences = "\n".join(hint.sentence for hint in part.hints)
                _show(self._hints, sentences)
                if sentences:
                    announce(self, sentences)

    def end(self) -> None:
        """Nothing more will be told."""
        self._patience.stop()
        is_dot = _Place.STEPS in self._missing
        self._clear_missing(working="")
        if is_dot:
            self._title.setText("Why it says no digit")

    @Slot()
    def _clear_missing(self, working: str = _WORKING) -> None:
        """Show no more what was there and is of older ink."""
        if _Place.STEPS in self._missing:
            self._steps.show_answers(None)
            self._title.setText(working)
        for covered_with, place in _MAPS.items():
            if place in self._missing:
                self._matters.clear_map(covered_with, working.lower())
        if _Place.CHANGES in self._missing:
            self._matters.clear_changes(working.lower())
            _show(self._changes, "")
        if _Place.HINTS in self._missing:
            _show(self._hints, "")

    @Slot()
    def _on_switched(self) -> None:
        if self._steps.answer:
            self._title.setText(self._steps.answer)
            announce(self, self._steps.answer)

    # Looks

    def sizeHint(self) -> QSize:
        """Low enough to leave the canvas most of the page; what is taller is scrolled."""
        rows = [self._title.sizeHint().height(), self._steps.sizeHint().height()]
        if self._placed is None or self._placed[2] is not _Beside.STEPS:
            rows.append(self._matters.sizeHint().height())
        wanted = 2 * self.frameWidth() + sum(rows) + (len(rows) + 1) * SPACING
        room = 0 if self.isWindow() else round(_SHARE * self.window().height())
        return QSize(self._content.sizeHint().width(), max(_HEIGHT, min(wanted, room)))

    def minimumSizeHint(self) -> QSize:
        """Narrower it is scrolled."""
        return QSize(20 * SPACING, _HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to work."""
        super().showEvent(event)
        self.window().installEventFilter(self)
        self.opened.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self.window().removeEventFilter(self)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's height."""
        if watched is self.window() and event.type() == QEvent.Type.Resize:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the focus on; not as a proxy does it, for the reason that `PassesFocus` gives."""
        self._steps.first.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay all out in the width there is: what is beyond it would be scrolled both ways."""
        super().resizeEvent(event)
        self._place()

    def _lay_out(self) -> None:
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(SPACING, SPACING, SPACING, SPACING)
        self._grid.setSpacing(SPACING)
        self._grid.setRowStretch(4, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0, 1, 2)
        self._sentences = QWidget()
        sentences = QVBoxLayout(self._sentences)
        sentences.setContentsMargins(0, 0, 0, 0)
        for label in (self._hints, self._changes):
            sentences.addWidget(label)
        for label in (self._title, self._hints, self._changes):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._hints, self._changes):  # Reached and scrolled to by the Tab key.
            label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._content = content
        self._place()
        self.setWidget(content)
        self.setWidgetResizable(True)

    def _place(self) -> None:
        steps, maps = self._steps.rows, self._matters.rows
        # Whether it is scrolled or not: a bar that came would else be needed no more, and go.
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - 2 * self.frameWidth() - bar - 2 * SPACING
        of_steps, of_maps, beside = steps.most_in(room), maps.most_in(room), _Beside.NOTHING
        letters = _LETTERS * self.fontMetrics().averageCharWidth()
        if steps.width_of(len(steps)) + SPACING + maps.width_of(len(maps)) <= room:
            beside = _Beside.STEPS
        elif maps.width_of(of_maps) + SPACING + letters <= room:
            beside = _Beside.SENTENCES
        if (of_steps, of_maps, beside) == self._placed:
            return
        self._placed = of_steps, of_maps, beside
        steps.wrap(of_steps)
        maps.wrap(of_maps)
        self.updateGeometry()
        for widget in (self._steps, self._matters, self._sentences):
            self._grid.removeWidget(widget)
        top = Qt.AlignmentFlag.AlignTop
        if beside is _Beside.STEPS:
            self._grid.addWidget(self._steps, 1, 0, top)
            self._grid.addWidget(self._matters, 1, 1, top | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(self._sentences, 2, 0, 1, 2, top)
            return
        self._grid.addWidget(self._steps, 1, 0, 1, 2)
        if beside is _Beside.SENTENCES:
            self._grid.addWidget(self._matters, 2, 0)
            self._grid.addWidget(self._sentences, 2, 1, top)
        else:
            self._grid.addWidget(self._matters, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(self._sentences, 3, 0, 1, 2, top)


def _show(label: QLabel, text: str) -> None:
    """Show sentences, each number and its per cent on one line; an empty label takes no keys."""
    label.setText(text.replace(" %", "\u00a0%"))
    label.setVisible(bool(text))
