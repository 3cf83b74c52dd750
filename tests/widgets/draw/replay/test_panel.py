"""The panel beneath the paper, worked with keys and mouse."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.ink_time import InkTime, time_of
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.draw.replay.chart import Chart
from handwrite_gui.widgets.draw.replay.opinion_list import OpinionList
from handwrite_gui.widgets.draw.replay.panel import ReplayPanel
from handwrite_gui.widgets.draw.replay.paper import HINT
from handwrite_gui.widgets.draw.replay.player import Player
from handwrite_gui.widgets.draw.replay.replay import Replay
from handwrite_gui.widgets.draw.replay.time_slider import TimeSlider
from handwrite_gui.widgets.text_size import apply_text_size
from handwrite_gui.widgets.theme import LIGHT

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


def button(panel: ReplayPanel, name: str) -> QToolButton:
    found = panel.findChildren(QToolButton)
    return next(each for each in found if each.accessibleName() == name)


def press(panel: ReplayPanel, *keys: Qt.Key) -> None:
    """Press keys wherever the focus is."""
    for key in keys:
        QTest.keyClick(panel.window().focusWidget(), key)


# Keys


@pytest.mark.parametrize(
    ("keys", "moment_ms"),
    [
        ([Key.Key_Right], 200),
        ([Key.Key_Up, Key.Key_Right], 400),
        ([Key.Key_Left], 100),
        ([Key.Key_Down, Key.Key_Left, Key.Key_Left], 0),
        ([Key.Key_Home], 0),
        ([Key.Key_End], 1000),
        ([Key.Key_End, Key.Key_Right], 1000),
        ([Key.Key_PageUp], 400),
        ([Key.Key_PageUp, Key.Key_PageUp], 1000),
        ([Key.Key_PageUp, Key.Key_Right], 600),
        ([Key.Key_PageDown], 0),
        ([Key.Key_End, Key.Key_PageDown], 400),
    ],
)
def test_keys_scrub(
    panel: ReplayPanel, player: Player, keys: list[Qt.Key], moment_ms: float
) -> None:
    player.seek(150.0)
    press(panel, *keys)
    assert player.moment_ms == moment_ms


def test_space_plays_and_pauses_wherever_the_focus_is(told: ReplayPanel, player: Player) -> None:
    tab = Qt.FocusReason.TabFocusReason
    for widget in (told.findChild(TimeSlider), told.findChild(OpinionList), button(told, "Play")):
        widget.setFocus(tab)
        assert widget.hasFocus()
        press(told, Key.Key_Space)
        assert player.is_playing
        press(told, Key.Key_Space)
        assert not player.is_playing


def test_keys_change_the_speed(panel: ReplayPanel, player: Player) -> None:
    chosen = panel.findChild(QComboBox)
    press(panel, Key.Key_Plus, Key.Key_Plus)
    assert (player.speed, chosen.currentText()) == (4, "4×")
    press(panel, *[Key.Key_Minus] * 5)
    assert (player.speed, chosen.currentText()) == (0.25, "0.25×")


def test_speed_is_chosen_in_the_list(panel: ReplayPanel, player: Player, qtbot: QtBot) -> None:
    chosen = panel.findChild(QComboBox)
    assert [chosen.itemText(i) for i in range(chosen.count())] == [
        *("0.25×", "0.5×", "1×", "2×", "4×", "8×")
    ]
    assert chosen.currentText() == "1×"
    chosen.setFocus()
    QTest.keyClick(chosen, Key.Key_Down)
    assert player.speed == 2


def test_scrubbing_pauses(panel: ReplayPanel, player: Player) -> None:
    player.play()
    press(panel, Key.Key_Right)
    assert not player.is_playing


# The mouse


def test_button_plays_and_says_what_it_does_next(panel: ReplayPanel, player: Player) -> None:
    play = button(panel, "Play")
    assert play.toolTip() == "Play (Space)"
    QTest.mouseClick(play, LEFT)
    assert player.is_playing
    assert (play.accessibleName(), play.toolTip()) == ("Pause", "Pause (Space)")
    QTest.mouseClick(play, LEFT)
    assert play.accessibleName() == "Play"


def test_slider_goes_where_it_is_clicked_and_dragged(panel: ReplayPanel, player: Player) -> None:
    slider = panel.findChild(TimeSlider)
    middle = slider.height() // 2
    QTest.mousePress(slider, LEFT, pos=QPoint(slider.width() // 4, middle))
    assert player.moment_ms == pytest.approx(250, abs=15)
    QTest.mouseMove(slider, QPoint(slider.width() * 3 // 4, middle))
    assert player.moment_ms == pytest.approx(750, abs=30)
    QTest.mouseRelease(slider, LEFT, pos=QPoint(slider.width() * 3 // 4, middle))


def test_chart_is_clicked_and_dragged(told: ReplayPanel, player: Player) -> None:
    chart = told.findChild(Chart)
    QTest.mousePress(chart, LEFT, pos=QPoint(chart.width() // 2, 40))
    assert player.moment_ms == pytest.approx(500, abs=5)
    QTest.mouseMove(chart, QPoint(chart.width() + 50, 40))
    assert player.moment_ms == 1000
    QTest.mouseMove(chart, QPoint(-50, 40))
    assert player.moment_ms == 0
    QTest.mouseRelease(chart, LEFT, pos=QPoint(-50, 40))


def test_handle_is_above_the_playhead(told: ReplayPanel, player: Player) -> None:
    chart, slider = told.findChild(Chart), told.findChild(TimeSlider)
    option = QStyleOptionSlider()
    for moment in (0.0, 333.0, 1000.0):
        player.seek(moment)
        image = told.grab().toImage()
        row = chart.mapTo(told, QPoint(0, chart.height() - 2)).y()
        (playhead,) = (x for x in range(image.width()) if image.pixelColor(x, row) == LIGHT.text)
        slider.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
        handle = slider.style().subControlRect(control, option, part, slider)
        assert playhead == pytest.approx(slider.mapTo(told, handle.center()).x(), abs=1)


def test_cross_closes(panel: ReplayPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.close_requested):
        QTest.mouseClick(button(panel, "Close the replay"), LEFT)


# What is told


def test_time_is_told(panel: ReplayPanel, player: Player) -> None:
    player.seek(617.0)
    assert "0.62 s of 1.00 s" in [label.text() for label in panel.findChildren(QLabel)]
    assert panel.findChild(TimeSlider).value() == 617
    assert panel.findChild(TimeSlider).accessibleDescription() == "0.62 s of 1.00 s"


def test_changes_of_mind_are_listed_and_lead_there(told: ReplayPanel, player: Player) -> None:
    listed = told.findChild(OpinionList)
    assert [listed.item(row).text() for row in range(listed.count())] == [
        *("No digit from 0.00 s, doubtful", "1 from 0.10 s, doubtful"),
        *("7 from 0.60 s, doubtful", "4 from 0.80 s, doubtful"),
    ]
    listed.setFocus()
    press(told, Key.Key_Down, Key.Key_Down)
    assert player.moment_ms == 600
    press(told, Key.Key_End)
    assert player.moment_ms == 800
    player.seek(850.0)
    QTest.mouseClick(
        listed.viewport(), LEFT, pos=listed.visualItemRect(listed.currentItem()).center()
    )
    assert player.moment_ms == 800  # Also where it is current already.


def test_list_follows_the_replay(told: ReplayPanel, player: Player) -> None:
    listed = told.findChild(OpinionList)
    rows = []
    for moment in (0.0, 99.0, 100.0, 700.0, 1000.0, 599.0):
        player.seek(moment)
        rows.append(listed.currentRow())
        assert player.moment_ms == moment
    assert rows == [0, 0, 1, 2, 3, 1]


def test_series_in_one_sentence_for_screen_readers(told: ReplayPanel) -> None:
    chart = told.findChild(Chart)
    assert chart.accessibleName() == "Probabilities over time"
    assert chart.accessibleDescription() == (
        "No digit until 0.10 s, then 1 until 0.60 s, then 7 until 0.80 s, then 4, doubtful."
    )


def test_everything_has_a_name(told: ReplayPanel) -> None:
    for kind in (TimeSlider, QComboBox, OpinionList, Chart, QToolButton):
        assert told.findChild(kind).accessibleName()


def test_ink_without_times_is_said_to_be_so(panel: ReplayPanel, four: InkTime) -> None:
    def said() -> list[str]:
        labels = panel.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and "times" in label.text()]

    assert said() == []
    plain = Stroke.from_xy(np.array([[0.0, 0.0], [50.0, 50.0]]))
    panel.load(time_of(Ink((plain,))), np.zeros(1))
    assert said() == ["This ink tells no times: it is written here at an even speed."]
    panel.load(time_of(Ink((plain, *four.ink.strokes))), np.zeros(1))
    assert said()[0].startswith("Some of these strokes tell no times")
    panel.load(four, np.zeros(1))
    assert said() == []


def test_hidden_panel_rests(panel: ReplayPanel, player: Player) -> None:
    player.play()
    panel.hide()
    assert not player.is_playing


def test_time_is_seen_whole_in_a_size_chosen_while_it_is_shown(
    qapp: QApplication, qtbot: QtBot, panel: ReplayPanel, player: Player
) -> None:
    player.seek(617.0)
    labels = panel.findChildren(QLabel)
    (time,) = (label for label in labels if label.text() == "0.62 s of 1.00 s")
    before, normal = time.width(), qapp.font()
    try:
        apply_text_size(qapp, 200.0)
        qtbot.waitUntil(lambda: time.width() > 1.5 * before)
        assert time.width() >= time.sizeHint().width()
    finally:
        apply_text_size(qapp, 100.0)
        qapp.setFont(normal)
    qtbot.waitUntil(lambda: time.width() == before)


@pytest.mark.usefixtures("large_text")
def test_it_is_small_enough_at_200_percent_text(
    qtbot: QtBot, player: Player, four: InkTime
) -> None:
    panel = ReplayPanel(player)
    qtbot.addWidget(panel)
    panel.load(four, np.zeros(1))
    assert panel.minimumSizeHint().width() <= 520
    assert panel.sizeHint().height() <= 260


def test_page_with_a_replay_fits_1280_by_800_at_twice_the_size(
    qtbot: QtBot, page: DrawPage, four: InkTime
) -> None:
    """Beside the navigation and between menu and status bar there are 570×350 px then."""
    before = page.minimumSizeHint()
    replay = Replay(page.canvas.view_control.view, page)
    replay.load(four, 12.0, "none")
    action = QAction("Replay", page)
    action.setCheckable(True)
    page.panels.add(action, lambda: replay.panel)
    page.show_instead(replay.paper, replay.answer)
    action.trigger()
    assert page.minimumSizeHint().width() <= max(before.width(), 570)
    assert page.minimumSizeHint().height() <= 350


# Hint


def test_what_a_click_and_escape_do_is_said_beside_the_controls(panel: ReplayPanel) -> None:
    (hint,) = (label for label in panel.findChildren(QLabel) if label.accessibleName() == HINT)
    assert hint.text() == HINT
    panel.window().resize(400, 200)
    assert hint.text().startswith("A click")
    assert hint.text().endswith("…")
    assert HINT in hint.toolTip()
