"""The confusion matrix as a chart, with each digit's recall and precision at its edges."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT
from handwrite_gui.recognition.measurement.chart_style import (
    ACCENT,
    FAINT,
    GREY,
    INK,
    PALE,
    new_figure,
    with_interval,
)
from handwrite_gui.recognition.measurement.evaluation import Evaluation
from handwrite_gui.recognition.measurement.metrics import Estimate, precision, recall

_SHADES = LinearSegmentedColormap.from_list("shades", ["#dbe5ee", ACCENT])
#: Where recall and precision stand, in cells from the matrix's first.
_RECALL, _PRECISION = CLASSES + 0.1, NO_DIGIT + 0.1


def draw_confusion(evaluation: Evaluation, title: str) -> Figure:
    """Draw a row for each digit, and a column for each that it was read as, and for refused.

    Mistakes are the darker the more there are; what was read right is only written down.
    """
    accuracy = with_interval(evaluation.figures["accuracy"])
    figure, axes = new_figure(f"{title}\n{accuracy} read right", 6.4)
    confusion = evaluation.confusion
    most = max(1, int(confusion[~np.eye(NO_DIGIT, CLASSES, dtype=bool)].max()))
    for (row, column), count in np.ndenumerate(confusion):
        _draw_cell(axes, row, column, int(count), count / most)
    for digit in range(NO_DIGIT):
        _write(axes, _RECALL, digit, _tenths(recall(confusion, digit)))
        _write(axes, digit, _PRECISION, _tenths(precision(confusion, digit)))
    _write(axes, _RECALL, -0.75, "recall, %", color=GREY)
    _write(axes, -0.75, _PRECISION, "precision, %", color=GREY, ha="right")
    axes.set(xlim=(-0.5, _RECALL + 0.6), ylim=(_PRECISION + 0.5, -0.5))
    axes.set_xticks(range(CLASSES), [*map(str, range(NO_DIGIT)), "none"])
    axes.set_yticks(range(NO_DIGIT), [*map(str, range(NO_DIGIT))])
    axes.set_ylabel("digit", y=0.55)
    axes.set_xlabel("read as", x=0.45)
    axes.xaxis.set_label_position("top")
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    return figure


def _draw_cell(axes: Axes, row: int, column: int, count: int, depth: float) -> None:
    is_right = row == column
    face = PALE if is_right else _SHADES(depth) if count else "white"
    place = (column - 0.5, row - 0.5)
    axes.add_patch(Rectangle(place, 1, 1, facecolor=face, edgecolor="white", linewidth=1.5))
    ink = "white" if count and not is_right and depth > 0.45 else INK if count else FAINT
    weight = "bold" if is_right else "normal"
    _write(axes, column, row, str(count or "·"), color=ink, fontweight=weight)


def _write(axes: Axes, x: float, y: float, text: str, **how: str) -> None:
    axes.text(x, y, text, fontsize=9, va="center_baseline", **{"ha": "center", **how})  # type: ignore[arg-type]


def _tenths(share: Estimate) -> str:
    return "–" if math.isnan(share.value) else f"{share.value * 100:.1f}"
