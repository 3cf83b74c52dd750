"""Charts: what was measured of models, as pictures in PNG and SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from handwrite_gui.recognition.measurement.chart_style import (
    FAINT,
    GREY,
    LINES,
    mark_percents,
    name_lines,
    new_figure,
    percent,
    save_figure,
    use_style,
)
from handwrite_gui.recognition.measurement.confusion_chart import draw_confusion
from handwrite_gui.recognition.measurement.damage import SIGMAS
from handwrite_gui.recognition.measurement.evaluation import Measurement
from handwrite_gui.recognition.measurement.metrics import Estimate

#: Where the axes of the calibration curve are marked: they are even in the odds' logarithm.
_CONFIDENCES = (0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999)
Rows = list[tuple[str, list[Estimate]]]


def write_charts(measurements: Sequence[Measurement], data: str, folder: Path) -> None:
    """Draw what was measured of one or several models on the same data.

    Writes `calibration`, `refusal` and a `confusion` for each model (with several, its name
    follows); where they were measured, `noise`, `damage` and `no-digit`; each as .png and .svg.

    Args:
        measurements: At least one; of all models the same was measured.
        data: What the data is called.
        folder: Where to write; made where it is missing.

    Raises:
        OSError: It cannot be written to.
    """
    with use_style():
        for name, figure in _draw_all(measurements, data):
            for suffix in ("png", "svg"):
                save_figure(figure, folder / f"{name}.{suffix}")


def _draw_all(measurements: Sequence[Measurement], data: str) -> Iterator[tuple[str, Figure]]:
    first, several = measurements[0], len(measurements) > 1
    for measured in measurements:
        name = f"confusion-{measured.model.replace('/', '-')}" if several else "confusion"
        yield name, draw_confusion(measured.evaluation, f"{measured.model} on {data}")
    on = f"{data}, {first.evaluation.n:,} digits"
    on = on if several else f"{first.model} on {on}"
    yield "calibration", _draw_calibration(measurements, f"How sure, and how often right\n{on}")
    yield "refusal", _draw_refusal(measurements, f"When the least sure are refused\n{on}")
    if any(under.damage.kind == "noise" for under in first.damaged):
        yield "noise", _draw_noise(measurements, f"White noise\n{on}")
    if any(under.damage.kind != "noise" for under in first.damaged):
        title = f"Damaged digits: the share read right\n{on}"
        yield "damage", _draw_dots(measurements, _damage_rows(measurements), title)
    if first.marks:
        title = f"What is no digit: the share read as one\n{on}"
        yield "no-digit", _draw_dots(measurements, _mark_rows(measurements), title)


def _draw_calibration(measurements: Sequence[Measurement], title: str) -> Figure:
    figure, axes = new_figure(title, 6.0)
    curves = [measured.evaluation.calibration_curve for measured in measurements]
    least = min(min(some.confidence, some.accuracy.low) for curve in curves for some in curve)
    most = max(some.confidence for curve in curves for some in curve)
    start = max((mark for mark in _CONFIDENCES[:3] if mark <= least), default=_CONFIDENCES[0])
    end = min((mark for mark in _CONFIDENCES[5:] if mark >= most), default=_CONFIDENCES[-1])
    ends = _log_odds([start, end])
    axes.plot(ends, ends, color=GREY, linewidth=1, linestyle=(0, (1, 2)))
    place = ends[0] + 0.1 * (ends[1] - ends[0])
    axes.annotate(
        "as sure as right", (place, place), (8, 0), textcoords="offset points", va="top", color=GREY
    )
    for line, measured, curve in zip(cycle(LINES), measurements, curves, strict=False):
        x = np.clip(_log_odds([some.confidence for some in curve]), *ends)
        # What was always right lies beyond every axis of this kind: hollow, at its end.
        y = np.clip(_log_odds([some.accuracy.value for some in curve]), *ends)
        low = np.clip(_log_odds([some.accuracy.low for some in curve]), *ends)
        high = np.clip(_log_odds([some.accuracy.high for some in curve]), *ends)
        axes.vlines(x, low, high, color=line["color"], linewidth=1, alpha=0.5)
        dots = line | {"linestyle": "", "clip_on": False, "zorder": 3}
        axes.plot(x[y < ends[1]], y[y < ends[1]], **dots, label=measured.model)
        axes.plot(x[y == ends[1]], y[y == ends[1]], **dots, markerfacecolor="white")
    marks = [mark for mark in _CONFIDENCES if start <= mark <= end]
    axes.set_xticks(_log_odds(marks), [percent(mark) for mark in marks])
    axes.set_yticks(_log_odds(marks), [percent(mark) for mark in marks])
    axes.set(xlim=ends, ylim=ends, xlabel="confidence", ylabel="read right (hollow: always)")
    axes.grid()
    if len(measurements) > 1:
        name_lines(axes)
    return figure


def _log_odds(shares: Sequence[float]) -> Any:
    inside = np.clip(shares, 1e-9, 1 - 1e-9)
    return np.log10(inside / (1 - inside))


def _draw_refusal(measurements: Sequence[Measurement], title: str) -> Figure:
    figure, axes = new_figure(title)
    # A good model is right in all that it answers long before a fifth is refused.
    good = all(measured.evaluation.accuracy > 0.95 for measured in measurements)
    least = 0.8 if good else 0.0
    for line, measured in zip(cycle(LINES), measurements, strict=False):
        curve = [pair for pair in measured.evaluation.refusal_curve if pair[0] >= least]
        answered, accuracies = [pair[0] for pair in curve], [pair[1] for pair in curve]
        _draw_band(axes, answered, accuracies, line | {"marker": ""}, measured.model)
    axes.set(xlim=(least, 1), xlabel="answered", ylabel="right among the answered")
    axes.set_ylim(top=1)
    axes.xaxis.set_major_locator(MultipleLocator(0.05 if good else 0.2))
    mark_percents(axes.xaxis, axes.yaxis)
    if len(measurements) > 1:
        name_lines(axes)
    return figure


def _draw_noise(measurements: Sequence[Measurement], title: str) -> Figure:
    figure, axes = new_figure(title)
    for line, measured in zip(cycle(LINES), measurements, strict=False):
        noisy = [under.accuracy for under in measured.damaged if under.damage.kind == "noise"]
        accuracies = [measured.evaluation.figures["accuracy"], *noisy]
        _draw_band(axes, (0.0, *SIGMAS), accuracies, line, measured.model)
    axes.set(xlabel="standard deviation of the noise (ink is 1)", ylabel="read right")
    axes.set_xticks((0.0, *SIGMAS))
    mark_percents(axes.yaxis)
    if len(measurements) > 1:
        name_lines(axes)
    else:
        for sigma, share in zip((0.0, *SIGMAS), accuracies, strict=True):
            text, place = f"{share.value * 100:.1f}", (sigma, share.value)
            axes.annotate(text, place, (5, 5), textcoords="offset points", fontsize=9)
    return figure


def _draw_band(
    axes: Axes, x: Sequence[float], shares: Sequence[Estimate], line: dict[str, Any], name: str
) -> None:
    """A line through shares, within the band of their intervals."""
    lows, highs = [share.low for share in shares], [share.high for share in shares]
    axes.fill_between(x, lows, highs, color=line["color"], alpha=0.15, linewidth=0)
    axes.plot(x, [share.value for share in shares], **line, label=name)
    axes.grid(True)


def _damage_rows(measurements: Sequence[Measurement]) -> Rows:
    rows = [("as they are", [one.evaluation.figures["accuracy"] for one in measurements])]
    return rows + [
        (of_models[0].damage.name, [under.accuracy for under in of_models])
        for of_models in zip(*(measured.damaged for measured in measurements), strict=True)
        if of_models[0].damage.kind != "noise"
    ]


def _mark_rows(measurements: Sequence[Measurement]) -> Rows:
    return [
        (f"{kind} ({acceptance.n:,})", [measured.marks[kind].accepted for measured in measurements])
        for kind, acceptance in measurements[0].marks.items()
    ]


def _draw_dots(measurements: Sequence[Measurement], rows: Rows, title: str) -> Figure:
    """A row for each name, in it a dot with its interval for each model."""
    figure, axes = new_figure(title, 1.7 + 0.28 * len(rows))
    places = np.arange(len(rows), dtype=float)
    beside = (np.arange(len(measurements)) - (len(measurements) - 1) / 2) * 0.18
    for line, offset, column in zip(cycle(LINES), beside, range(len(measurements)), strict=False):
        shares = [of_models[column] for _, of_models in rows]
        lows, highs = [share.low for share in shares], [share.high for share in shares]
        axes.hlines(places + offset, lows, highs, color=line["color"], linewidth=1.4, alpha=0.6)
        dots = line | {"linestyle": "", "label": measurements[column].model}
        axes.plot([share.value for share in shares], places + offset, **dots)
    axes.set_yticks(places, [name for name, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(axis="x")
    axes.axhline(0.5, color=FAINT, linewidth=0.8)  # Below the row that all others compare with.
    axes.tick_params(axis="y", length=0)
    mark_percents(axes.xaxis)
    if len(measurements) == 1:
        for place, (_, (share,)) in zip(places, rows, strict=True):
            value = "–" if math.isnan(share.value) else f"{share.value * 100:.2f} %"
            axes.annotate(
                value,
                (1.12, place),
                xycoords=axes.get_yaxis_transform(),
                va="center_baseline",
                ha="right",
                fontsize=9,
            )
    else:
        name_lines(axes)
    return figure
