"""The panel's layout in windows of several sizes, and at large text."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.widgets.digit_view import DigitView
from handwrite_gui.widgets.draw.why.heat_view import HeatScale, HeatView
from handwrite_gui.widgets.draw.why.panel import WhyPanel
from handwrite_gui.widgets.draw.why.step_row import StepRow

PAPER = QRectF(0, 0, 600, 400)
STEPS = ["Box", "Proportion", "Model's pen", "Centred"]
Explain = Callable[[Ink], list[Any]]


def boxes_of(panel: WhyPanel) -> dict[str, QCheckBox]:
    return {box.text(): box for box in panel.findChildren(QCheckBox)}


def window_with_a_canvas(qtbot: QtBot, width: int, height: int) -> tuple[QWidget, WhyPanel]:
    """A window with the panel beneath what takes all other room, at least 200 pixels."""
    window, panel, canvas = QWidget(), WhyPanel(), QWidget()
    qtbot.addWidget(window)
    canvas.setMinimumHeight(200)
    layout = QVBoxLayout(window)
    layout.addWidget(canvas, 1)
    layout.addWidget(panel)
    window.resize(width, height)
    window.show()
    qtbot.waitExposed(window)
    return window, panel


def bottom_of(panel: WhyPanel, kind: type[QWidget]) -> int:
    """How far the lowest of a kind reaches down in what is seen of the panel."""
    every = panel.findChildren(kind)
    foots = [each.mapTo(panel.viewport(), each.rect().bottomLeft()).y() for each in every]
    return max(foots)


def test_in_a_window_of_usual_size_nothing_is_cut_off(
    qtbot: QtBot, seven: Ink, explain: Explain
) -> None:
    _, panel = window_with_a_canvas(qtbot, 790, 760)  # Without menu, tools and answer.
    panel.start(seven, PAPER)
    for part in explain(seven):
        panel.show_part(part)
    assert panel.horizontalScrollBar().maximum() == panel.verticalScrollBar().maximum() == 0
    assert bottom_of(panel, HeatScale) < panel.viewport().height()


def test_low_window_stays_low(qtbot: QtBot) -> None:
    window, panel = window_with_a_canvas(qtbot, 580, 470)
    qtbot.wait(50)
    assert window.height() == 470
    assert panel.height() < 264
    assert panel.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("width", [240, 440, 580, 700])
def test_it_is_scrolled_one_way_only(told: WhyPanel, width: int, qtbot: QtBot) -> None:
    told.resize(width, 260)
    steps = told.findChild(StepRow)
    qtbot.waitUntil(lambda: told.horizontalScrollBar().maximum() == 0)
    assert told.verticalScrollBar().maximum() > 0
    assert steps.mapTo(told.viewport(), steps.rect().topRight()).x() < told.viewport().width()
    for label in told.findChildren(QLabel):
        if label.isVisible() and label.text().startswith("Without the"):
            assert label.width() >= 24 * label.fontMetrics().averageCharWidth()


def test_large_text_is_scrolled_one_way_only(
    large_text: None, told: WhyPanel, qtbot: QtBot
) -> None:
    told.resize(580, 320)
    qtbot.waitUntil(lambda: told.horizontalScrollBar().maximum() == 0)
    assert told.verticalScrollBar().maximum() > 0


def test_maps_go_beneath_where_it_is_narrow(told: WhyPanel, qtbot: QtBot) -> None:
    def first_tops() -> tuple[int, int]:
        origin = QPoint(0, 0)
        digit, heat = told.findChildren(DigitView)[0], told.findChildren(HeatView)[0]
        return digit.mapTo(told.widget(), origin).y(), heat.mapTo(told.widget(), origin).y()

    digits, heat = first_tops()
    assert digits == heat
    told.resize(560, told.height())
    qtbot.waitUntil(lambda: first_tops()[1] > first_tops()[0] + 84)
    assert told.verticalScrollBar().maximum() > 0
    assert told.horizontalScrollBar().maximum() == 0


def test_in_a_high_window_both_rows_are_seen_whole(qtbot: QtBot) -> None:
    window, panel = window_with_a_canvas(qtbot, 580, 700)
    low = panel.height()
    assert panel.verticalScrollBar().maximum() > 0
    window.resize(580, 1000)
    qtbot.waitUntil(lambda: panel.verticalScrollBar().maximum() == 0)
    assert low < panel.height() <= 400
    window.resize(580, 700)
    qtbot.waitUntil(lambda: panel.height() == low)


def test_all_of_it_is_reached_at_large_text(
    large_text: None, qtbot: QtBot, seven: Ink, explain: Explain
) -> None:
    panel = WhyPanel()
    qtbot.addWidget(panel)
    panel.resize(580, panel.sizeHint().height())
    panel.show()
    panel.start(seven, PAPER)
    for part in explain(seven):
        panel.show_part(part)
    assert panel.height() <= 280
    assert panel.verticalScrollBar().maximum() > 0
    for label in panel.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap():
            assert label.width() >= label.sizeHint().width()
    for box in boxes_of(panel).values():
        assert box.width() >= box.sizeHint().width()
    panel.activateWindow()
    panel.setFocus()
    qtbot.waitUntil(boxes_of(panel)["Box"].hasFocus)
    for _ in STEPS:
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    sentence = panel.focusWidget()
    assert isinstance(sentence, QLabel)
    assert sentence.visibleRegion().boundingRect().height() > 0
