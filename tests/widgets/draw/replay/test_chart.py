"""The chart: bands, marks and playhead as they are seen."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.opinions import opinions_of
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.draw.replay.chart import Chart
from handwrite_gui.widgets.draw.replay.panel import ReplayPanel
from handwrite_gui.widgets.draw.replay.player import Player
from handwrite_gui.widgets.theme import LIGHT

ReadingSaying = Callable[..., Reading]


def grounds(chart: Chart, x: int) -> set[str]:
    """The colours of a column of the chart, without marks and names."""
    image = chart.grab().toImage()
    return {image.pixelColor(x, y).name() for y in range(10, chart.height())}


def x_of(chart: Chart, moment_ms: float) -> int:
    return round(7 + moment_ms / 1000 * (chart.width() - 15))


def test_likeliest_band_has_the_accent_and_the_others_are_grey(qtbot: QtBot) -> None:
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(400, 108)  # 8 for the marks.
    probabilities = np.zeros(11)
    probabilities[[1, 7, 10]] = 0.6, 0.3, 0.1
    chart.load(np.zeros(1), 1000.0)
    chart.show_series([Prediction(probabilities)], (), "")
    image = chart.grab().toImage()
    bands = {range(8, 68): LIGHT.accent, range(69, 97): LIGHT.line, range(99, 108): LIGHT.bar_track}
    for rows, shade in bands.items():  # Beside the names, which are in the middle.
        assert {image.pixelColor(100, y).name() for y in rows} == {shade.name()}
    assert LIGHT.border.name() in {image.pixelColor(100, y).name() for y in (97, 98)}


def test_names_are_written_in_the_bands(qtbot: QtBot) -> None:
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(400, 108)
    probabilities = np.zeros(11)
    probabilities[[1, 7]] = 0.6, 0.4
    chart.load(np.zeros(1), 1000.0)
    chart.show_series([Prediction(probabilities)], (), "")
    image = chart.grab().toImage()
    for rows, shade in ((range(8, 68), LIGHT.accent_text), (range(70, 108), LIGHT.text)):
        written = [image.pixelColor(x, y) for x in range(150, 250) for y in rows]
        assert shade in written


def test_what_is_not_read_yet_is_hatched(panel: ReplayPanel, saying: ReadingSaying) -> None:
    chart = panel.findChild(Chart)
    moments = np.array([0.0, 100.0, 200.0, 400.0, 1000.0])
    chart.load(moments, 1000.0)
    assert LIGHT.accent.name() not in grounds(chart, x_of(chart, 300))
    said = [r.first_digit.prediction for r in map(saying, (10, 1, 1)) if r.first_digit]
    panel.show_series(said, opinions_of(moments, said), "Being worked out…")
    assert LIGHT.accent.name() in grounds(chart, x_of(chart, 300))
    assert LIGHT.accent.name() not in grounds(chart, x_of(chart, 500))
    assert chart.accessibleDescription() == "Being worked out…"
    assert chart.text_at(x_of(chart, 500)) == ""


def test_marks_stand_where_the_mind_is_changed(told: ReplayPanel, player: Player) -> None:
    chart = told.findChild(Chart)
    player.seek(1000.0)
    image = chart.grab().toImage()
    dark = [x for x in range(chart.width() - 12) if image.pixelColor(x, 1) == LIGHT.text]
    marks = [x_of(chart, moment) for moment in (100, 600, 800)]
    assert all(any(abs(x - mark) <= 4 for mark in marks) for x in dark)
    assert all(mark in dark for mark in marks)


def test_digits_are_parted_by_a_gap(panel: ReplayPanel, saying: ReadingSaying) -> None:
    chart = panel.findChild(Chart)
    said = [reading.first_digit.prediction for reading in [saying(1)] * 7 if reading.first_digit]
    moments = np.array([0.0, 100.0, 200.0, 400.0, 600.0, 800.0, 1000.0])
    panel.show_series(said, opinions_of(moments, said, [0, 0, 0, 0, 1, 1, 1]), "")
    assert grounds(chart, x_of(chart, 600)) == {LIGHT.window.name()}
    assert LIGHT.accent.name() in grounds(chart, x_of(chart, 300))
    assert chart.text_at(x_of(chart, 600)) == "At 0.60 s: the pen is at another digit"


def test_tooltip_tells_the_change_or_the_moment(told: ReplayPanel) -> None:
    chart = told.findChild(Chart)
    assert chart.text_at(x_of(chart, 600) + 3) == "At 0.60 s: 1 becomes 7"
    assert chart.text_at(x_of(chart, 300)) == "At 0.30 s: 1 90.0 %"


def test_playhead_costs_two_strips(told: ReplayPanel, player: Player, qtbot: QtBot) -> None:
    chart = told.findChild(Chart)
    painted: list[int] = []
    paint = chart.paintEvent

    def count(event: object) -> None:
        region = event.region()  # type: ignore[attr-defined]
        painted.append(sum(rect.width() * rect.height() for rect in region))
        paint(event)  # type: ignore[arg-type]

    qtbot.wait(50)
    chart.paintEvent = count  # type: ignore[method-assign]
    player.seek(500.0)
    qtbot.waitUntil(lambda: len(painted) > 0)
    assert max(painted) <= 2 * 7 * chart.height()


def test_sign_is_named_and_no_name_lies_over_a_gap(
    panel: ReplayPanel, saying: ReadingSaying, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = panel.findChild(Chart)
    said = [r.first_digit.prediction for r in [saying(10)] * 7 if r.first_digit]
    moments = np.array([0.0, 100.0, 200.0, 400.0, 600.0, 800.0, 1000.0])
    nths = [0, 0, 0, 0, 1, 1, 1]
    written: list[tuple[float, float, str]] = []
    draw = QPainter.drawText

    def note(painter: QPainter, box: QRectF, *rest: Any) -> None:
        written.append((box.left(), box.right(), rest[-1]))
        draw(painter, box, *rest)

    monkeypatch.setattr(QPainter, "drawText", note)
    panel.show_series(said, opinions_of(moments, said, nths, {1: "-"}), "")
    chart.grab()
    assert [name for _, _, name in written] == ["no digit", "a dash"]
    gap = x_of(chart, 600) - 7
    assert written[0][1] <= gap <= written[1][0]
    assert chart.text_at(x_of(chart, 800)) == "At 0.80 s, a dash: no digit 90.0 %"
