"""The panel "Why?" in the real window, with a model that is quick to load."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.widgets.draw.why.panel import BLANK, WhyPanel

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
ONE = (200, 60), (200, 160)
#: Through the 7's stem: a stroke more of the same digit.
BAR = (90, 150), (190, 150)
Start = Callable[..., Any]


def panel_of(program: Any) -> WhyPanel:
    panel = program.window.findChild(WhyPanel)
    assert isinstance(panel, WhyPanel)
    return panel


def open_panel(program: Any, qtbot: QtBot) -> WhyPanel:
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    panel = panel_of(program)
    assert panel.isVisible()
    return panel


def texts(program: Any) -> str:
    return "\n".join(program.texts)


def test_one_key_shows_why_and_hides_it(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    assert program.window.findChild(WhyPanel) is None
    panel = open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.waitUntil(lambda: texts(program).count("matters little anywhere") == 2)
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
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "by occlusion" in texts(program) or "matters" in texts(program))
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
    open_panel(program, qtbot)
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    assert not view.is_home


def test_escape_goes_back_from_wherever_the_focus_is(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    panel = open_panel(program, qtbot)
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
    qtbot.keyClick(panel_of(program).focusWidget(), Qt.Key.Key_Escape)
    assert not panel_of(program).isVisible()
    assert not button.isChecked()
    view = next(m for m in program.window.findChildren(QMenu) if m.title() == "&View")
    assert program.window.actions_.why in view.actions()


def test_it_follows_the_ink_as_the_pen_is_lifted(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "1 stroke" in program.texts)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    model.digit = 4
    program.draw(*BAR, lift=False)
    qtbot.waitUntil(lambda: "4" in program.draw_page.reading.text)
    assert "Why it says 7 (90.0 %)" in program.texts
    qtbot.mouseRelease(program.draw_page.canvas, LEFT, pos=QPoint(*BAR[-1]))
    qtbot.waitUntil(lambda: "2 strokes" in program.texts)
    qtbot.waitUntil(lambda: "Why it says 4 (90.0 %)" in program.texts)
    model.digit = 7
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    assert "1 stroke" in program.texts


def test_blank_paper_says_what_to_do(start: Start, qtbot: QtBot) -> None:
    program = start()
    open_panel(program, qtbot)
    assert BLANK in program.texts
    program.draw()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    assert BLANK in program.texts
    assert "Why it says 7 (90.0 %)" not in program.texts


def test_parts_about_older_ink_are_dropped(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    model.may_predict.clear()
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: model.predicting == 1)
    qtbot.waitUntil(lambda: "Working it out…" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    told: list[object] = []
    program.recognition.part_told.connect(lambda key, part: told.append(part))
    with qtbot.assertNotEmitted(program.recognition.question_ended, wait=200):
        model.may_predict.set()
    assert told == []
    assert BLANK in program.texts


def test_ink_is_read_between_the_parts(
    start: Start, model: Any, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    happened: list[str] = []
    program.recognition.part_told.connect(lambda *_: happened.append("part"))
    program.recognition.ink_read.connect(lambda _: happened.append("ink"))
    program.recognition.question_ended.connect(lambda _: happened.append("end"))
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "part" in happened)
    program.draw_page.predict()
    qtbot.waitUntil(lambda: "end" in happened)
    assert happened.index("ink") < happened.index("end")
    assert happened.count("part") >= 5


def test_hidden_it_asks_nothing(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    qtbot.wait(50)
    model.asked.clear()
    program.draw(*ONE)
    qtbot.waitUntil(lambda: program.draw_page.reading.revision == program.draw_page.canvas.revision)
    qtbot.wait(100)
    assert set(model.asked) == {1}
    model.digit = 4
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "Why it says 4 (90.0 %)" in program.texts)


def test_on_another_page_it_rests_and_on_return_it_is_there(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    program = start()
    program.draw()
    panel = open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    assert not panel.isVisible()
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    assert program.window.page == "help"
    model.digit = 4
    qtbot.keyClick(program.window, Qt.Key.Key_1, CONTROL)
    assert panel.isVisible()
    qtbot.waitUntil(lambda: "Why it says 4 (90.0 %)" in program.texts)


def test_before_the_model_is_ready_it_waits(start: Start, model: Any, qtbot: QtBot) -> None:
    model.may_load.clear()
    program = start(ready=False)
    program.draw()
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "Working it out…" in program.texts)
    model.may_load.set()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)


@pytest.mark.parametrize("early", [True, False])
def test_without_a_model_it_says_why_there_is_none(
    start: Start, model: Any, qtbot: QtBot, early: bool
) -> None:
    sentence = "The model digits.keras is missing: reinstall Handwrite."
    model.load_error = RecognitionError(sentence)
    model.may_load.clear()
    program = start(ready=False)
    program.draw()
    if early:
        open_panel(program, qtbot)
    model.may_load.set()
    qtbot.waitUntil(lambda: "No model" in program.texts)
    if not early:
        open_panel(program, qtbot)
    assert texts(program).count(sentence) == 2  # In the answer's place, and in the panel.


def test_fault_is_said_in_place(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    model.predict_error = ValueError("a bug")
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "because of a fault in Handwrite" in texts(program))
    model.predict_error = None
    program.draw(*ONE)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)


def test_read_carefully_it_is_explained_anew(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    model.digit = 4
    program.settings.set_value("careful", True)
    qtbot.waitUntil(lambda: any(t.startswith("Why it says 4") for t in program.texts))


def test_dot_gets_a_hint(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw((100, 100))
    open_panel(program, qtbot)
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
    panel = open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "Why it says 7 (99.9 %)" in program.texts)
    box = next(box for box in panel.findChildren(QCheckBox) if box.text() == "Centred")
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert "Without “Centred”: 7 → 1 (99.9 %)" in program.texts


def test_program_is_closed_while_it_explains(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    model.may_predict.clear()
    open_panel(program, qtbot)
    qtbot.waitUntil(lambda: model.predicting == 1)
    threading.Timer(0.05, model.may_predict.set).start()
    program.close()
    assert not program.window.isVisible()


def test_replay_takes_its_place_and_gives_it_back(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    panel = open_panel(program, qtbot)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_R, CONTROL)
    assert not panel.isVisible()
    assert not program.window.actions_.why.isChecked()
    model.digit = 4
    assert open_panel(program, qtbot) is panel
    assert program.draw_page.canvas.isVisible()
    qtbot.waitUntil(lambda: "Why it says 4 (90.0 %)" in program.texts)


def test_nothing_is_asked_twice_for_one_change(
    start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    program = start()
    program.draw()
    canvas, actions = program.draw_page.canvas, program.window.actions_
    strokes, asked = canvas.ink().strokes, list[str]()
    ask = program.recognition.ask
    monkeypatch.setattr(
        program.recognition, "ask", lambda key, what: (asked.append(key), ask(key, what))
    )

    def asks(*steps: Callable[[], object]) -> list[int]:
        counts = []
        for step in steps:
            asked.clear()
            step()
            qtbot.waitUntil(lambda: canvas.is_blank or program.is_answered)
            qtbot.wait(30)
            counts.append(len(asked))
        return counts

    opened = asks(lambda: open_panel(program, qtbot))
    drawn = asks(lambda: program.draw(*BAR), actions.undo.trigger, actions.redo.trigger)
    put = asks(lambda: canvas.put((*canvas.ink().strokes, *strokes)))
    canvas.choose_tool("eraser")
    erased = asks(lambda: program.draw((185, 140), (185, 160)))
    canvas.choose_tool("pen")
    cleared = asks(actions.clear.trigger, actions.undo.trigger)
    assert (opened, drawn, put, erased, cleared) == ([1], [1, 1, 1], [1], [1], [0, 1])
    with qtbot.waitSignal(program.recognition.care_changed):
        asked.clear()
        program.settings.set_value("careful", True)
    qtbot.wait(30)
    assert len(asked) == 1
