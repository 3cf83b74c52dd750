"""What was measured of models, as tables for people, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.recognition.measurement.evaluation import Evaluation, Measurement
from handwrite_gui.recognition.measurement.metrics import Estimate, precision, recall

#: Each figure over all digits, in words, and whether it is a share.
_FIGURES = {
    "accuracy": ("accuracy (refused is wrong)", True),
    "accuracy_of_ten": ("accuracy, refusals ignored", True),
    "refused": ("refused", True),
    "negative_log_likelihood": ("negative log likelihood", False),
    "brier_score": ("Brier score", False),
    "calibration_error": ("calibration error", True),
    "mistakes_among_least_sure": ("mistakes in least sure 2 %", True),
}
#: Of more models only the figures fit beside each other, without their intervals.
_MOST_WITH_INTERVALS = 2


def print_measurements(measurements: Sequence[Measurement], data: str) -> None:
    """Print all that was measured on the same data, in 80 columns.

    Args:
        measurements: One to four; of all models the same was measured. Several are called A to D.
        data: What the data is called.
    """
    _Tables(measurements).print(data)


class _Tables:
    """Prints tables with a column for each model."""

    def __init__(self, measurements: Sequence[Measurement]) -> None:
        self._console = Console(highlight=False, markup=False)
        self._measurements = measurements
        self._alone = len(measurements) == 1
        self._with_intervals = len(measurements) <= _MOST_WITH_INTERVALS
        self._letters = "ABCDEFGH"[: len(measurements)]

    def print(self, data: str) -> None:
        first = self._measurements[0]
        on = f"{data}: {first.evaluation.n:,} digits"
        if self._alone:
            self._console.print(f"{first.model} on {on}")
        else:
            self._console.print(on)
            for letter, measured in zip(self._letters, self._measurements, strict=True):
                self._console.print(f"{letter}  {measured.model}")
        if self._with_intervals:
            self._console.print("with 95 % intervals in brackets\n")
        else:
            self._console.print("without their 95 % intervals, which --json prints, too\n")
        self._print_figures()
        self._print_digits()
        for letter, measured in zip(self._letters, self._measurements, strict=True):
            self._print_confusion(measured.evaluation, "" if self._alone else f"{letter}: ")
        if first.damaged:
            self._print_damage()
        if first.marks:
            self._print_marks()

    def _print_figures(self) -> None:
        table = self._table("", *("" if self._alone else letter for letter in self._letters))
        for name, (words, is_share) in _FIGURES.items():
            figures = [measured.evaluation.figures[name] for measured in self._measurements]
            table.add_row(words, *(self._cell(figure, is_share) for figure in figures))
        self._console.print(table)

    def _print_digits(self) -> None:
        confusions = [measured.evaluation.confusion for measured in self._measurements]
        self._console.print()
        if self._alone:
            table = self._table("digit", "recall", "precision")
            for digit in range(NO_DIGIT):
                shares = recall(confusions[0], digit), precision(confusions[0], digit)
                table.add_row(str(digit), *map(self._cell, shares))
        else:
            table = self._table("", *self._letters)
            for name, share in (("recall", recall), ("precision", precision)):
                for digit in range(NO_DIGIT):
                    cells = [self._cell(share(confusion, digit)) for confusion in confusions]
                    table.add_row(f"{name} of {digit}", *cells)
        self._console.print(table)

    def _print_confusion(self, evaluation: Evaluation, letter: str) -> None:
        table = _plain_table("digit")
        for heading in (*map(str, range(NO_DIGIT)), "none"):
            table.add_column(heading, justify="right")
        for digit, row in enumerate(evaluation.confusion):
            table.add_row(str(digit), *(str(count) if count else "·" for count in row))
        self._console.print(f"\n{letter}what each digit was read as")
        self._console.print(table)

    def _print_damage(self) -> None:
        headings: list[str] = []
        for letter in self._letters:
            headings.append("read right" if self._alone else letter)
            headings += ["refused"] if self._with_intervals else []
        table = self._table("damage", *headings)
        for of_models in zip(*(measured.damaged for measured in self._measurements), strict=True):
            cells: list[str] = []
            for under in of_models:
                cells.append(self._cell(under.accuracy))
                cells += [_percent(under.refused).strip()] if self._with_intervals else []
            table.add_row(of_models[0].damage.name, *cells)
        self._console.print("\nthe same digits, damaged")
        self._console.print(table)

    def _print_marks(self) -> None:
        table = self._table(
            "kind (how many)", *("" if self._alone else letter for letter in self._letters)
        )
        for kind, acceptance in self._measurements[0].marks.items():
            shares = [measured.marks[kind].accepted for measured in self._measurements]
            table.add_row(f"{kind} ({acceptance.n:,})", *map(self._cell, shares))
        self._console.print("\nwhat is no digit: the share that was read as one")
        self._console.print(table)

    def _table(self, first: str, *others: str) -> Table:
        table = _plain_table(first)
        table.show_header = any((first, *others))
        for heading in others:
            if heading == "refused":
                table.add_column(heading, justify="right")
            else:  # Values are padded to one width, and intervals follow, which differ in theirs.
                table.add_column(heading.rjust(len("100.00 %")))
        return table

    def _cell(self, figure: Estimate, is_share: bool = True) -> str:
        value = _percent(figure) if is_share else f"{figure.value:8.4f}"
        if not self._with_intervals or math.isnan(figure.value):
            return value
        times, places = (100, 2) if is_share else (1, 4)
        return f"{value} ({figure.low * times:.{places}f}–{figure.high * times:.{places}f})"


def _plain_table(first: str) -> Table:
    # Without lines it fits 80 columns, also with thousands in every one.
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="")
    table.add_column(first)
    return table


def _percent(share: Estimate) -> str:
    """Write a share in percent, as wide as 100.00 %."""
    return "–".rjust(8) if math.isnan(share.value) else f"{share.value * 100:6.2f} %"
