"""The steps from ink to answer as pictures, each of which can be switched off."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from handwrite_gui.domain.framing import SIDE_PX, bounding_box
from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.steps import ALL_STEPS, Steps
from handwrite_gui.reading.explaining.parts import (
    StepAnswer,
    StepAnswers,
    answer_of,
    in_words,
)
from handwrite_gui.widgets.digit_view import DigitView
from handwrite_gui.widgets.draw.why.column import Column, ColumnRows, short
from handwrite_gui.widgets.draw.why.ink_picture import ENLARGED, InkPicture, rect_around

#: Each step by its name in `Steps`: the word beside its box, and what it does, on and off.
_STEPS = {
    "box": ("Box", "The box around the ink is scaled; switched off, the whole paper is."),
    "proportion": (
        "Proportion",
        "The shape is kept; switched off, width and height are stretched to 20 pixels each.",
    ),
    "line": (
        "Model's pen",
        "Lines are as wide as the model reads best; switched off, as wide as your pen's.",
    ),
    "centred": (
        "Centred",
        "The ink's centre of mass is moved to the middle of 28×28, and that is what the model "
        "gets; switched off, it stays in the corner.",
    ),
}


class StepRow(QWidget):
    """Five pictures: the ink, and what each of the four steps makes of it.

    Attributes:
        rows: Where they are.

    Signals:
        switched: A step was switched on or off.
    """

    switched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink, self._paper = Ink(), QRectF()
        self._answers: StepAnswers | None = None
        self._drawn = InkPicture("The ink as drawn")
        self._boxed = InkPicture("What is scaled")
        self._views = {name: DigitView(ENLARGED) for name in ("proportion", "line", "centred")}
        self._boxes = {name: QCheckBox(word) for name, (word, _) in _STEPS.items()}
        self._ink_column = Column(self._drawn, QLabel("Ink"))
        self._columns: dict[str, Column] = {}
        for name, box in self._boxes.items():
            word, tip = _STEPS[name]
            picture = self._views.get(name, self._boxed)
            picture.setToolTip(tip)
            if name in self._views:
                picture.setAccessibleName(f"Picture after the step {word}")
            box.setChecked(True)
            box.setToolTip(tip)
            box.toggled.connect(self._on_toggled)
            self._columns[name] = Column(picture, box)
        self.rows = ColumnRows([self._ink_column, *self._columns.values()])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self.rows)
        layout.addStretch()

    @property
    def steps(self) -> Steps:
        """The steps that are switched on."""
        return Steps(**{name: box.isChecked() for name, box in self._boxes.items()})

    @property
    def first(self) -> QWidget:
        """The first that takes the keys."""
        return next(iter(self._boxes.values()))

    @property
    def answer(self) -> str:
        """What the steps that are switched on lead to, in words; empty where nothing is known."""
        if self._answers is None:
            return ""
        whole = self._answers.by_steps[ALL_STEPS].prediction
        if self.steps == ALL_STEPS:
            return f"Why it says {in_words(whole)}"
        chosen = self._answers.by_steps[self.steps].prediction
        left_out = ", ".join(f"“{box.text()}”" for box in self._off())
        digit = "no digit" if whole.digit is None else str(whole.digit)
        change = "still" if answer_of(chosen) == answer_of(whole) else f"{digit} →"
        return f"Without {left_out}: {change} {in_words(chosen)}"

    def show_ink(self, ink: Ink, paper: QRectF) -> None:
        """Show ink as drawn; `Ink()` for blank paper. The steps' pictures stay."""
        self._ink, self._paper = ink, paper
        count = len(ink.strokes)
        self._ink_column.say(f"{count} stroke{'' if count == 1 else 's'}" if count else "")
        self._drawn.show_ink(ink, self._whole_paper())
        self._show_box()

    def show_answers(self, answers: StepAnswers | None) -> None:
        """Show what the steps make of the ink, or nothing."""
        self._answers = answers
        self._show()

    def _off(self) -> list[QCheckBox]:
        return [box for box in self._boxes.values() if not box.isChecked()]

    @Slot()
    def _on_toggled(self) -> None:
        self._show_box()
        self._show()
        self.switched.emit()

    def _whole_paper(self) -> QRectF:
        """The paper, and more where ink lies beyond it."""
        return self._paper | rect_around(self._ink)

    def _show_box(self) -> None:
        is_boxed = self._boxes["box"].isChecked()
        part = rect_around(self._ink) if is_boxed else self._whole_paper()
        self._boxed.show_ink(self._ink, part)

    def _show(self) -> None:
        steps = self.steps
        # Each picture is without the steps that come after it.
        shown = {
            "proportion": replace(steps, line=False, centred=False),
            "line": replace(steps, centred=False),
            "centred": steps,
        }
        for name, box in self._boxes.items():
            image, said, words, is_other = None, "Nothing yet.", "", False
            if self._answers is not None:
                words, is_other = self._otherwise(self._answers, name)
                answer = self._answers.by_steps[shown.get(name, steps)]
                image, said = answer.image, _describe(answer)
            if name in self._views:
                self._views[name].show_image(image)
            else:
                said = "The box around the ink" if box.isChecked() else "The whole paper"
            self._columns[name].say(words, said, is_strong=is_other)
            box.setAccessibleDescription(words.replace("\n", " "))

    def _otherwise(self, answers: StepAnswers, name: str) -> tuple[str, bool]:
        """What the answer is with the other choice for one step, and whether it is another."""
        is_on = self._boxes[name].isChecked()
        here = answers.by_steps[self.steps].prediction
        there = answers.by_steps[replace(self.steps, **{name: not is_on})].prediction
        words = f"{'without' if is_on else 'with'} it:\n{short(there)}"
        return words, answer_of(here) != answer_of(there)


def _describe(answer: StepAnswer) -> str:
    box = bounding_box(answer.image)
    if box is None:
        return "Blank."
    left, top, width, height = box
    return (
        f"The ink is {width} pixels wide and {height} high, {left} from the left and {top} from "
        f"the top of {SIDE_PX}; read as {in_words(answer.prediction)}."
    )
