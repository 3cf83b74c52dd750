"""How charts look: calm colours that can be told apart in grey print, figures of one width."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from handwrite_gui.recognition.measurement.metrics import Estimate
from handwrite_gui.storage.atomic import write_atomically

INK, GREY, FAINT, PALE, ACCENT = "#22313f", "#75818c", "#b4bcc4", "#e6eaee", "#2f5d8a"
#: A line for each model: they differ in lightness, dashes and marks, too.
LINES: tuple[dict[str, Any], ...] = (
    {"color": ACCENT, "linestyle": "-", "marker": "o"},
    {"color": "#d08b45", "linestyle": "--", "marker": "s"},
    {"color": "#1d2b38", "linestyle": "-.", "marker": "^"},
    {"color": "#7fa98a", "linestyle": ":", "marker": "D"},
)
STYLE: dict[str, Any] = {
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titlepad": 14,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "lines.markersize": 5,
    "lines.linewidth": 1.6,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.h_pad": 0.12,
    "figure.constrained_layout.w_pad": 0.12,
    "savefig.dpi": 160,
    "svg.fonttype": "none",  # Text stays text.
    "svg.hashsalt": "handwrite",
}


def new_figure(title: str, height: float = 5.0) -> tuple[Figure, Axes]:
    """An empty chart, 7 inches wide, in the style that is in force."""
    figure = Figure((7.0, height))
    axes = figure.add_subplot()
    figure.suptitle(title, x=0.02, ha="left", fontsize=11)
    return figure, axes


def name_lines(axes: Axes) -> None:
    """Name the lines above the chart, where none of them runs."""
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.2)


def save_figure(figure: Figure, path: Path) -> None:
    """Write a chart in the format of the file's ending; the same chart makes the same bytes.

    Raises:
        OSError: It cannot be written.
    """
    nameless: dict[str, Any] = (
        {"Date": None, "Creator": None} if path.suffix == ".svg" else {"Software": None}
    )
    content = io.BytesIO()
    figure.savefig(content, format=path.suffix[1:], metadata=nameless)
    write_atomically(path, content.getvalue())


def use_style() -> Any:
    """Return a context in which charts look like ours, whatever Matplotlib is told elsewhere."""
    return mpl.style.context(["default", STYLE])


def percent(share: float) -> str:
    """Write a share as it stands on an axis: 99.5 %, with no more places than it needs."""
    return f"{share * 100:.6g} %"


def with_interval(estimate: Estimate) -> str:
    """Write a share and its 95 % interval, both in percent."""
    low, high = estimate.low * 100, estimate.high * 100
    return f"{estimate.value * 100:.2f} % ({low:.2f}–{high:.2f})"


def mark_percents(*lines: Axis) -> None:
    """Mark axes of shares in percent, all marks of an axis with as many places."""
    for line in lines:
        line.set_major_formatter(FuncFormatter(partial(_mark, line)))


def _mark(line: Axis, share: float, _: int | None) -> str:
    marks = [f"{mark * 100:.6g}" for mark in line.get_majorticklocs()]
    places = max(len(mark.partition(".")[2]) for mark in marks)
    return f"{share * 100:.{places}f} %"
