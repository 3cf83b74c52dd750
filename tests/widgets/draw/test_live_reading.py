"""Ink is read while it is drawn, where that is wanted, and not too often."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.draw import pace
from handwrite_gui.widgets.draw.page import DrawPage

LEFT = Qt.MouseButton.LeftButton
Draw = Callable[..., None]
ReadingOf = Callable[[DrawPage, int], Reading]


def test_ink_is_read_while_it_is_drawn_and_when_the_pen_is_lifted(
    ready_page: DrawPage, requests: list[int], qtbot: QtBot
) -> None:
    QTest.mousePress(ready_page.canvas, LEFT, pos=QPoint(100, 100))
    for x in range(101, 151):
        QTest.mouseMove(ready_page.canvas, QPoint(x, 100))
    qtbot.waitUntil(lambda: requests[-1:] == [51])
    QTest.mouseMove(ready_page.canvas, QPoint(160, 160))
    QTest.mouseRelease(ready_page.canvas, LEFT, pos=QPoint(160, 160))
    assert requests[-1] == 52


def test_without_live_reading_only_predict_asks(
    ready_page: DrawPage, requests: list[int], qtbot: QtBot, draw: Draw
) -> None:
    ready_page.set_live(False)
    draw(ready_page.canvas)
    assert requests == []
    assert any("Press Predict to" in said.text() for said in ready_page.findChildren(QLabel))
    ready_page.predict()
    qtbot.keyClick(ready_page.canvas, Qt.Key.Key_Return)
    assert requests == [2, 2]


def test_checkbox_turns_live_reading_off(ready_page: DrawPage, qtbot: QtBot) -> None:
    box = ready_page.findChild(QCheckBox)
    with qtbot.waitSignal(ready_page.live_toggled) as toggled:
        box.click()
    assert toggled.args == [False]
    assert not ready_page.reads_live


def test_live_reading_that_is_turned_on_reads_what_is_there(
    ready_page: DrawPage, requests: list[int], draw: Draw
) -> None:
    ready_page.set_live(False)
    draw(ready_page.canvas)
    ready_page.set_live(True)
    assert requests == [2]


def test_drawing_without_live_reading_takes_the_old_answer_away(
    ready_page: DrawPage, draw: Draw, reading_of: ReadingOf
) -> None:
    ready_page.set_live(False)
    draw(ready_page.canvas)
    ready_page.show_reading(reading_of(ready_page, 7))
    assert ready_page.answer.text == "7"
    draw(ready_page.canvas)
    assert ready_page.answer.text == ""
    assert ready_page.reading is None


def test_live_reading_that_is_turned_off_leaves_the_answer(
    ready_page: DrawPage, draw: Draw, reading_of: ReadingOf
) -> None:
    draw(ready_page.canvas)
    ready_page.show_reading(reading_of(ready_page, 7))
    ready_page.set_live(False)
    assert ready_page.answer.text == "7"
    assert ready_page.reading is not None


def test_pen_is_read_again_only_after_a_rest_that_grows_with_the_reading(
    ready_page: DrawPage,
    requests: list[int],
    qtbot: QtBot,
    reading_of: ReadingOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "MOST_REST_MS", 60_000)  # However slow the machine is.
    QTest.mousePress(ready_page.canvas, LEFT, pos=QPoint(100, 100))
    assert requests == [1]
    QTest.mouseMove(ready_page.canvas, QPoint(105, 105))
    qtbot.wait(40)  # So long the reading takes.
    assert requests == [1]
    ready_page.show_reading(reading_of(ready_page, 7))
    answered = time.monotonic()
    qtbot.waitUntil(lambda: requests == [1, 2])
    assert time.monotonic() - answered > 0.08


def test_live_reading_that_is_turned_off_within_a_stroke_asks_no_more(
    ready_page: DrawPage, requests: list[int], qtbot: QtBot
) -> None:
    QTest.mousePress(ready_page.canvas, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(ready_page.canvas, QPoint(110, 110))
    ready_page.set_live(False)
    qtbot.wait(150)
    assert requests == [1]
