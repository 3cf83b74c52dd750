"""The replay in the real window: opened and closed, played, and at rest on another page."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.replay.paper import Paper
from handwrite_gui.widgets.draw.replay.time_slider import TimeSlider

LEFT = Qt.MouseButton.LeftButton
Start = Callable[..., Any]
Open = Callable[[], tuple[Any, Any]]
SeenOf = Callable[[Any], Any]


def test_ink_is_played_and_the_mind_is_seen_to_change(
    changing: Any, qtbot: QtBot, seen_of: SeenOf, start_written: Start
) -> None:
    program = start_written()
    program.press("Ctrl+R")
    seen = seen_of(program)
    moments: list[int] = []
    seen.panel.findChild(TimeSlider).valueChanged.connect(moments.append)
    qtbot.waitUntil(lambda: seen.moment_ms == 1000)
    assert moments == sorted(moments)
    assert len(moments) > 10
    qtbot.waitUntil(lambda: seen.is_read)  # The model may be later than the pen.
    assert [line.partition(" from")[0] for line in seen.opinions] == ["No digit", "1", "7"]
    assert seen.note.startswith("No digit until 0.0")
    assert seen.answers == ["7"]
    program.press("PgDown")
    assert seen.moment_ms == 400
    assert seen.answers == ["1"]
    program.press("Home")
    assert seen.answers == [""]  # A dot.
    program.press("End")
    assert seen.answers == ["7"]


def test_escape_closes_it_wherever_the_focus_is(open_replay: Open) -> None:
    program, seen = open_replay()
    for _ in range(4):
        program.press("Tab")
    assert not seen.panel.isAncestorOf(program.window.focusWidget())
    program.press("Esc")
    assert not seen.is_open


@pytest.mark.parametrize("way", ["key", "action", "button", "cross"])
def test_each_way_opens_or_closes(open_replay: Open, way: str) -> None:
    program, seen = open_replay()
    if way == "key":
        program.press("Ctrl+R")
    elif way == "action":
        program.window.actions_.replay.trigger()
    elif way == "cross":
        tools = seen.panel.findChildren(QToolButton)
        (close,) = (tool for tool in tools if tool.accessibleName() == "Close the replay")
        QTest.mouseClick(close, LEFT)
    else:
        action = program.window.actions_.replay
        tools = program.draw_page.findChildren(QToolButton)
        (button,) = (tool for tool in tools if tool.defaultAction() is action)
        QTest.mouseClick(button, LEFT)
    assert not seen.is_open
    program.window.actions_.replay.trigger()
    assert seen.is_open


def test_blank_paper_has_no_replay(start: Start, changing: Any) -> None:
    program = start()
    assert not program.window.actions_.replay.isEnabled()
    program.press("Ctrl+R")
    assert program.window.findChild(Paper) is None
    program.draw()
    assert program.window.actions_.replay.isEnabled()
    program.window.show_page("help")
    assert not program.window.actions_.replay.isEnabled()


def test_another_panel_ends_it(open_replay: Open) -> None:
    program, seen = open_replay()
    why = QAction("Why", program.window)
    why.setCheckable(True)
    program.draw_page.panels.add(why, lambda: QLabel("Why"))
    why.trigger()
    assert not seen.is_open
    assert seen.answers == ["7"]
    program.window.actions_.replay.trigger()
    assert seen.is_open
    assert not why.isChecked()


def test_on_another_page_it_rests_and_is_there_when_one_comes_back(
    open_replay: Open, qtbot: QtBot
) -> None:
    program, seen = open_replay()
    program.press("Space")
    qtbot.waitUntil(lambda: 0 < seen.moment_ms < 1000)
    program.window.show_page("help")
    timers = seen.paper.window().findChildren(QTimer)
    paused = seen.moment_ms
    qtbot.wait(60)
    assert seen.moment_ms == paused
    assert not any(timer.isActive() and timer.interval() == 16 for timer in timers)
    program.window.show_page("draw")
    assert seen.is_open
    assert seen.moment_ms == paused
    program.press("End")  # The focus is where it was.
    assert seen.moment_ms == 1000


def test_window_is_closed_in_the_midst(open_replay: Open, changing: Any, qtbot: QtBot) -> None:
    program, seen = open_replay()
    program.settings.set_value("careful", True)
    program.press("Space")
    program.close()
    moment = seen.moment_ms
    qtbot.wait(60)
    assert seen.moment_ms == moment


def test_zoom_keys_enlarge_what_is_replayed(open_replay: Open) -> None:
    program, seen = open_replay()

    def dark() -> int:
        image = seen.paper.grab().toImage()
        return sum(
            image.pixelColor(x, y).lightness() < 50
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        )

    before = dark()
    program.window.actions_.zoom_out.trigger()
    assert dark() < 0.8 * before
    program.window.actions_.zoom_home.trigger()
    assert dark() == before
    assert seen.is_open


def test_pen_width_is_followed(open_replay: Open) -> None:
    program, seen = open_replay()

    def dark() -> int:
        image = seen.paper.grab().toImage()
        return sum(image.pixelColor(x, 200).lightness() < 50 for x in range(image.width()))

    thin = dark()
    program.settings.set_value("pen_width", 24.0)
    assert dark() > 1.5 * thin
