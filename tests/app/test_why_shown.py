"""The panel "Why?" in the real window: shown and hidden, and what is seen there."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.why.panel import BLANK, WhyPanel

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]


def test_one_key_shows_why_and_hides_it(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    assert program.window.findChild(WhyPanel) is None
    panel = program.open_why()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.waitUntil(lambda: program.text.count("matters little anywhere") == 2)
    qtbot.waitUntil(
        lambda: "It would be 7 as surely without any one of its parts." in program.texts
    )
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    assert not panel.isVisible()
    assert program.draw_page.canvas.hasFocus()


def test_ink_stays_in_view_beside_the_panel(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.window.resize(1280, 800)
    canvas = program.draw_page.canvas
    bottom = canvas.height() - 20
    program.draw((200, bottom - 120), (260, bottom - 120), (220, bottom))
    view = canvas.view_control.view
    program.open_why()
    qtbot.waitUntil(lambda: "by occlusion" in program.text or "matters" in program.text)
    qtbot.wait(100)
    assert view.bottom >= bottom
    assert view.top <= bottom - 120
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    assert view.is_home


def test_paper_that_was_moved_stays_where_it_was_moved(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    view = program.draw_page.canvas.view_control.view
    qtbot.keyClick(program.draw_page.canvas, Qt.Key.Key_Up, CONTROL)
    program.open_why()
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    assert not view.is_home


def test_escape_goes_back_from_wherever_the_focus_is(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    panel = program.open_why()
    program.draw_page.canvas.setFocus()
    qtbot.keyClick(program.draw_page.canvas, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    program.window.actions_.digit_after_digit.trigger()
    line = program.draw_page.digit_line.findChild(QLineEdit)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert program.draw_page.canvas.hasFocus()


def test_button_under_the_answer_and_menu_show_it(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    button = next(b for b in program.window.findChildren(QPushButton) if b.text() == "Why?")
    qtbot.mouseClick(button, LEFT)
    assert button.isChecked()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window.findChild(WhyPanel).focusWidget(), Qt.Key.Key_Escape)
    assert not program.window.findChild(WhyPanel).isVisible()
    assert not button.isChecked()
    view = next(m for m in program.window.findChildren(QMenu) if m.title() == "&View")
    assert program.window.actions_.why in view.actions()


def test_blank_paper_says_what_to_do(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.open_why()
    assert BLANK in program.texts
    program.draw()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    assert BLANK in program.texts
    assert "Why it says 7 (90.0 %)" not in program.texts


def test_on_another_page_it_rests_and_on_return_it_is_there(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    program = start()
    program.draw()
    panel = program.open_why()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    assert not panel.isVisible()
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    assert program.window.page == "help"
    model.digit = 4
    qtbot.keyClick(program.window, Qt.Key.Key_1, CONTROL)
    assert panel.isVisible()
    qtbot.waitUntil(lambda: "Why it says 4 (90.0 %)" in program.texts)


def test_dot_gets_a_hint(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw((100, 100))
    program.open_why()
    qtbot.waitUntil(lambda: "Why it says no digit" in program.texts)
    assert "This is only a dot: write a digit larger than the pen is wide." in program.texts


def test_step_is_switched_off_by_a_click(
    start: Start, model: Any, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def predict(images: np.ndarray) -> np.ndarray:
        answer = np.zeros((len(images), 11), np.float32)
        in_corner = images[:, :2].any(axis=(1, 2))
        answer[np.arange(len(images)), np.where(in_corner, 1, 7)] = 1.0
        return answer

    monkeypatch.setattr(model, "predict", predict)
    program = start()
    program.draw()
    panel = program.open_why()
    qtbot.waitUntil(lambda: "Why it says 7 (99.9 %)" in program.texts)
    box = next(box for box in panel.findChildren(QCheckBox) if box.text() == "Centred")
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert "Without “Centred”: 7 → 1 (99.9 %)" in program.texts


def test_replay_takes_its_place_and_gives_it_back(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    panel = program.open_why()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_R, CONTROL)
    assert not panel.isVisible()
    assert not program.window.actions_.why.isChecked()
    model.digit = 4
    assert program.open_why() is panel
    assert program.draw_page.canvas.isVisible()
    qtbot.waitUntil(lambda: "Why it says 4 (90.0 %)" in program.texts)
