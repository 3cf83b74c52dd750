"""What the panel "Why?" asks the model in the real window, when, and of which ink."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.widgets.draw.why.panel import BLANK

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
ONE = (200, 60), (200, 160)
#: Through the 7's stem: a stroke more of the same digit.
BAR = (90, 150), (190, 150)
Start = Callable[..., Any]


@pytest.fixture
def explaining(start: Start, model: Any, qtbot: QtBot) -> Any:
    """The program with the panel open, and the model held at its first question."""
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    model.may_predict.clear()
    program.open_why()
    qtbot.waitUntil(lambda: model.predicting == 1)
    return program


def test_it_follows_the_ink_as_the_pen_is_lifted(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    program.open_why()
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


def test_parts_about_older_ink_are_dropped(model: Any, qtbot: QtBot, explaining: Any) -> None:
    qtbot.waitUntil(lambda: "Working it out…" in explaining.texts)
    qtbot.keyClick(explaining.window, Qt.Key.Key_Delete, CONTROL)
    told: list[object] = []
    explaining.recognition.part_told.connect(lambda key, part: told.append(part))
    with qtbot.assertNotEmitted(explaining.recognition.question_ended, wait=200):
        model.may_predict.set()
    assert told == []
    assert BLANK in explaining.texts


def test_ink_is_read_between_the_parts(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    happened: list[str] = []
    program.recognition.part_told.connect(lambda *_: happened.append("part"))
    program.recognition.ink_read.connect(lambda _: happened.append("ink"))
    program.recognition.question_ended.connect(lambda _: happened.append("end"))
    program.open_why()
    qtbot.waitUntil(lambda: "part" in happened)
    program.draw_page.predict()
    qtbot.waitUntil(lambda: "end" in happened)
    assert happened.index("ink") < happened.index("end")
    assert happened.count("part") >= 5


def test_hidden_it_asks_nothing(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    program.open_why()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    qtbot.wait(50)
    model.asked.clear()
    program.draw(*ONE)
    qtbot.waitUntil(lambda: program.draw_page.reading.revision == program.draw_page.canvas.revision)
    qtbot.wait(100)
    assert set(model.asked) == {1}
    model.digit = 4
    program.open_why()
    qtbot.waitUntil(lambda: "Why it says 4 (90.0 %)" in program.texts)


def test_before_the_model_is_ready_it_waits(start: Start, model: Any, qtbot: QtBot) -> None:
    model.may_load.clear()
    program = start(ready=False)
    program.draw()
    program.open_why()
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
        program.open_why()
    model.may_load.set()
    qtbot.waitUntil(lambda: "No model" in program.texts)
    if not early:
        program.open_why()
    assert program.text.count(sentence) == 2  # In the answer's place, and in the panel.


def test_fault_is_said_in_place(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    model.predict_error = ValueError("a bug")
    program.open_why()
    qtbot.waitUntil(lambda: "because of a fault in Handwrite" in program.text)
    model.predict_error = None
    program.draw(*ONE)
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)


def test_read_carefully_it_is_explained_anew(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    program.open_why()
    qtbot.waitUntil(lambda: "Why it says 7 (90.0 %)" in program.texts)
    model.digit = 4
    program.settings.set_value("careful", True)
    qtbot.waitUntil(lambda: any(t.startswith("Why it says 4") for t in program.texts))


def test_program_is_closed_while_it_explains(model: Any, explaining: Any) -> None:
    threading.Timer(0.05, model.may_predict.set).start()
    explaining.close()
    assert not explaining.window.isVisible()


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

    opened = asks(lambda: program.open_why())
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
