"""Ink that is replayed in the whole program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.ink_time import time_of
from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.replay import moments_of
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.draw.replay.chart import Chart
from handwrite_gui.widgets.draw.replay.opinion_list import OpinionList
from handwrite_gui.widgets.draw.replay.panel import ReplayPanel
from handwrite_gui.widgets.draw.replay.paper import Paper
from handwrite_gui.widgets.draw.replay.time_slider import TimeSlider

CONTROL, LEFT, Key = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton, Qt.Key
Start = Callable[..., Any]
SEVEN = "7"


@pytest.fixture
def changing(model: Any) -> Any:
    """The model sees a 1 in what is narrow, and a 7 in what is wide."""

    def predict(images: np.ndarray) -> np.ndarray:
        model.asked.append(len(images))
        assert model.may_predict.wait(10)
        said = np.full((len(images), 11), 0.01, np.float32)
        for row, image in zip(said, images, strict=True):
            row[7 if np.count_nonzero(image.max(axis=0) > 0.5) > 8 else 1] = 0.9
        return said

    model.predict = predict
    return model


def put_angle(program: Any) -> None:
    """A 7 from its foot: 400 ms upwards, then after 200 ms 400 ms to the left."""
    t = np.linspace(0, 400, 51)
    up = np.stack([0 * t + 300, 300 - t / 2, t, 0 * t + 0.5], axis=1)
    left = np.stack([300 - t / 3, 0 * t + 100, t + 600, 0 * t + 0.5], axis=1)
    program.draw_page.canvas.put((Stroke(up), Stroke(left)))


def wait_for_answer(program: Any, qtbot: QtBot) -> None:
    page = program.draw_page
    qtbot.waitUntil(
        lambda: page.reading is not None and page.reading.revision == page.canvas.revision
    )


def press(program: Any, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the focus is."""
    focused = program.window.focusWidget() or program.window
    QTest.keyClick(focused, key, *modifiers)


class Seen:
    """What is seen of the replay."""

    def __init__(self, program: Any) -> None:
        self.program = program

    @property
    def panel(self) -> ReplayPanel:
        return self.program.window.findChild(ReplayPanel)

    @property
    def paper(self) -> Paper:
        return self.program.window.findChild(Paper)

    @property
    def opinions(self) -> list[str]:
        listed = self.panel.findChild(OpinionList)
        return [listed.item(row).text() for row in range(listed.count())]

    @property
    def moment_ms(self) -> int:
        return self.panel.findChild(TimeSlider).value()

    @property
    def answers(self) -> list[str]:
        """The answers that can be seen: one."""
        panels = self.program.window.findChildren(AnswerPanel)
        return [panel.text for panel in panels if panel.isVisible()]

    @property
    def is_open(self) -> bool:
        found = self.program.window.findChild(Paper)
        canvas = self.program.draw_page.canvas.isVisible()
        shown = found is not None and found.isVisible()
        assert canvas != shown
        assert shown == self.program.window.actions_.replay.isChecked()
        return shown

    @property
    def note(self) -> str:
        return self.panel.findChild(Chart).accessibleDescription()


@pytest.fixture
def open_replay(start: Start, changing: Any, qtbot: QtBot) -> Callable[[], tuple[Any, Seen]]:
    """Starts the program with ink on the canvas, and its replay, read and paused at its end."""

    def open_replay() -> tuple[Any, Seen]:
        program = start()
        put_angle(program)
        wait_for_answer(program, qtbot)
        press(program, Key.Key_R, CONTROL)
        seen = Seen(program)
        assert seen.is_open
        qtbot.waitUntil(lambda: seen.note.endswith(("very sure.", "doubtful.")))
        press(program, Key.Key_End)
        return program, seen

    return open_replay


Open = Callable[[], tuple[Any, Seen]]


def test_ink_is_played_and_the_mind_is_seen_to_change(
    start: Start, changing: Any, qtbot: QtBot
) -> None:
    program = start()
    put_angle(program)
    wait_for_answer(program, qtbot)
    press(program, Key.Key_R, CONTROL)
    seen = Seen(program)
    moments: list[int] = []
    seen.panel.findChild(TimeSlider).valueChanged.connect(moments.append)
    qtbot.waitUntil(lambda: seen.moment_ms == 1000)
    assert moments == sorted(moments)
    assert len(moments) > 10
    qtbot.waitUntil(
        lambda: seen.note.endswith(("very sure.", "doubtful."))
    )  # The model may be later than the pen.
    assert [line.partition(" from")[0] for line in seen.opinions] == ["No digit", "1", "7"]
    assert seen.note.startswith("No digit until 0.0")
    assert seen.answers == ["7"]
    press(program, Key.Key_PageDown)
    assert seen.moment_ms == 400
    assert seen.answers == ["1"]
    press(program, Key.Key_Home)
    assert seen.answers == [""]  # A dot.
    press(program, Key.Key_End)
    assert seen.answers == ["7"]


def test_escape_gives_the_canvas_back_as_it_was(
    open_replay: Open, qtbot: QtBot, start: Start, changing: Any
) -> None:
    program, seen = open_replay()
    canvas = program.draw_page.canvas
    ink, revision = canvas.ink(), canvas.revision
    press(program, Key.Key_Home)
    assert seen.answers == [""]
    press(program, Key.Key_Escape)
    assert not seen.is_open
    assert seen.answers == ["7"]
    assert (canvas.ink().strokes, canvas.revision) == (ink.strokes, revision)
    assert canvas.hasFocus()
    program.draw((20, 20), (60, 60))
    assert len(canvas.ink().strokes) == 3


def test_escape_closes_it_wherever_the_focus_is(open_replay: Open) -> None:
    program, seen = open_replay()
    for _ in range(4):
        press(program, Key.Key_Tab)
    assert not seen.panel.isAncestorOf(program.window.focusWidget())
    press(program, Key.Key_Escape)
    assert not seen.is_open


@pytest.mark.parametrize("way", ["key", "action", "button", "cross"])
def test_each_way_opens_or_closes(open_replay: Open, way: str) -> None:
    program, seen = open_replay()
    if way == "key":
        press(program, Key.Key_R, CONTROL)
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
    press(program, Key.Key_R, CONTROL)
    assert program.window.findChild(Paper) is None
    program.draw()
    assert program.window.actions_.replay.isEnabled()
    program.window.show_page("help")
    assert not program.window.actions_.replay.isEnabled()


def test_nobody_draws_on_the_replay(open_replay: Open) -> None:
    program, seen = open_replay()
    strokes = program.draw_page.canvas.ink().strokes
    QTest.mousePress(seen.paper, LEFT, pos=QPoint(50, 50))
    QTest.mouseMove(seen.paper, QPoint(90, 90))
    QTest.mouseRelease(seen.paper, LEFT, pos=QPoint(90, 90))
    assert seen.is_open
    assert program.draw_page.canvas.ink().strokes == strokes
    assert seen.moment_ms < 1000  # It plays again, from the beginning.
    QTest.mouseClick(seen.paper, LEFT, pos=QPoint(90, 90))
    paused = seen.moment_ms
    QTest.qWait(60)
    assert seen.moment_ms == paused


def test_stroke_under_the_pen_is_finished_and_replayed(
    start: Start, changing: Any, qtbot: QtBot
) -> None:
    program = start()
    program.draw((20, 20), (60, 60), lift=False)
    press(program, Key.Key_R, CONTROL)
    seen = Seen(program)
    assert seen.is_open
    canvas = program.draw_page.canvas
    assert [stroke.xy.tolist() for stroke in canvas.ink().strokes] == [[[20, 20], [60, 60]]]
    QTest.mouseRelease(seen.paper, LEFT, pos=QPoint(90, 90))
    press(program, Key.Key_Escape)
    QTest.mouseMove(canvas, QPoint(150, 150))
    assert not canvas.is_drawing


# What changes the ink, or asks for it, ends the replay


@pytest.mark.parametrize(
    ("does", "strokes"),
    [
        (lambda program: press(program, Key.Key_Z, CONTROL), 0),
        (lambda program: press(program, Key.Key_Delete, CONTROL), 0),
        (lambda program: press(program, Key.Key_F5), 2),
        (lambda program: program.draw_page.restore_requested.emit(), 2),
    ],
)
def test_what_is_done_to_the_ink_is_seen(
    open_replay: Open, does: Callable[[Any], None], strokes: int
) -> None:
    program, seen = open_replay()
    does(program)
    if seen.is_open:  # Nothing was kept that could be restored.
        program.draw_page.canvas.put(program.draw_page.canvas.ink().strokes)
    assert not seen.is_open
    assert len(program.draw_page.canvas.ink().strokes) == strokes
    assert not seen.panel.isVisible()


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


def test_pasted_ink_is_seen(open_replay: Open, qtbot: QtBot) -> None:
    program, seen = open_replay()
    QGuiApplication.clipboard().setText("<svg><path d='M0 0L9 9'/></svg>")
    press(program, Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: not seen.is_open)
    assert len(program.draw_page.canvas.ink().strokes) == 3


def test_opened_ink_is_seen_and_can_be_replayed(
    open_replay: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    program, seen = open_replay()
    (tmp_path / "a.svg").write_text("<svg><path d='M0 0L9 9'/></svg>")
    program.open_files([tmp_path / "a.svg"])
    qtbot.waitUntil(lambda: not seen.is_open)
    assert len(program.draw_page.canvas.ink().strokes) == 1
    press(program, Key.Key_R, CONTROL)
    assert seen.is_open
    even = "This ink tells no times: it is written here at an even speed."
    assert even in program.texts
    qtbot.waitUntil(lambda: seen.note.endswith(("very sure.", "doubtful.")))


def test_copying_and_saving_are_of_the_whole_ink(open_replay: Open) -> None:
    program, seen = open_replay()
    press(program, Key.Key_Home)
    press(program, Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().mimeData().text() == "7"
    assert seen.is_open


# Answers


def test_digit_that_is_typed_corrects_nothing(open_replay: Open, home: Path) -> None:
    program, seen = open_replay()
    press(program, Key.Key_3)
    program.draw_page.setFocus()
    QTest.keyClick(program.draw_page, Key.Key_3)
    assert seen.answers == ["7"]
    press(program, Key.Key_Escape)
    assert seen.answers == ["7"]
    program.close()
    assert not (home / "data" / "corrections.jsonl").exists()


def test_correction_stands_after_a_replay(start: Start, changing: Any, qtbot: QtBot) -> None:
    program = start()
    put_angle(program)
    wait_for_answer(program, qtbot)
    QTest.keyClick(program.draw_page.canvas, Key.Key_3)
    press(program, Key.Key_R, CONTROL)
    press(program, Key.Key_End)
    seen = Seen(program)
    qtbot.waitUntil(lambda: seen.answers == ["7"])
    press(program, Key.Key_Escape)
    assert seen.answers == ["3"]
    assert "confirmed" in program.texts


def test_care_that_is_switched_on_reads_all_anew(
    open_replay: Open, changing: Any, qtbot: QtBot
) -> None:
    program, seen = open_replay()
    before = len(changing.asked)
    program.settings.set_value("careful", True)
    qtbot.waitUntil(lambda: "Ready, reading carefully" in program.texts)
    qtbot.waitUntil(lambda: seen.note.endswith(("very sure.", "doubtful.")), timeout=20_000)
    assert len(changing.asked) - before > 100
    assert seen.is_open
    assert [line.partition(" from")[0] for line in seen.opinions] == ["No digit", "1", "7"]


def test_replay_plays_while_the_model_is_loaded(start: Start, changing: Any, qtbot: QtBot) -> None:
    changing.may_load.clear()
    program = start(ready=False)
    put_angle(program)
    press(program, Key.Key_R, CONTROL)
    seen = Seen(program)
    qtbot.waitUntil(lambda: seen.moment_ms > 100)
    assert seen.note == "Waiting for the model…"
    assert seen.opinions == []
    changing.may_load.set()
    qtbot.waitUntil(lambda: len(seen.opinions) == 3)


@pytest.mark.parametrize("opened", ["before", "after"])
def test_without_a_model_it_is_said_why(
    start: Start, changing: Any, qtbot: QtBot, opened: str
) -> None:
    sentence = "The model digits.keras is missing: reinstall Handwrite."
    changing.load_error = RecognitionError(sentence)
    changing.may_load.clear()
    program = start(ready=False)
    put_angle(program)
    seen = Seen(program)
    if opened == "before":
        press(program, Key.Key_R, CONTROL)
    changing.may_load.set()
    qtbot.waitUntil(lambda: "No model" in program.texts)
    if opened == "after":
        press(program, Key.Key_R, CONTROL)
    assert seen.note == sentence
    qtbot.waitUntil(lambda: seen.moment_ms == 1000)


def test_fault_is_said_and_the_replay_goes_on(
    start: Start, model: Any, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    program = start()
    put_angle(program)
    wait_for_answer(program, qtbot)
    model.predict_error = RuntimeError("out of memory")
    press(program, Key.Key_R, CONTROL)
    seen = Seen(program)
    qtbot.waitUntil(lambda: "fault in Handwrite" in seen.note)
    qtbot.waitUntil(lambda: seen.moment_ms == 1000)
    model.predict_error = None
    press(program, Key.Key_Escape)
    press(program, Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: seen.note.endswith(("very sure.", "doubtful.")))
    assert "out of memory" in caplog.text


def test_change_of_mind_is_announced(
    open_replay: Open, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    program, _ = open_replay()
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    press(program, Key.Key_PageDown)
    assert said == []
    press(program, Key.Key_PageUp)
    assert len(said) == 1
    assert said[0].startswith("At 0.")
    assert said[0].endswith(": 1 becomes 7")


# The window


def test_on_another_page_it_rests_and_is_there_when_one_comes_back(
    open_replay: Open, qtbot: QtBot
) -> None:
    program, seen = open_replay()
    press(program, Key.Key_Space)
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
    press(program, Key.Key_End)  # The focus is where it was.
    assert seen.moment_ms == 1000


def test_on_another_page_nothing_is_read_and_then_the_rest(
    start: Start, changing: Any, qtbot: QtBot
) -> None:
    program = start()
    put_angle(program)
    wait_for_answer(program, qtbot)
    parts: list[int] = []

    def leave_at_the_third(_: str, readings: tuple[Reading, ...]) -> None:
        parts.append(len(readings))
        if len(parts) == 3:
            program.window.show_page("help")

    program.recognition.part_told.connect(leave_at_the_third)
    press(program, Key.Key_R, CONTROL)
    seen = Seen(program)
    qtbot.waitUntil(lambda: len(parts) == 3)
    asked = len(changing.asked)
    qtbot.wait(100)
    assert len(changing.asked) == asked
    assert seen.note == "Being worked out…"
    program.window.show_page("draw")
    qtbot.waitUntil(lambda: seen.note.endswith(("very sure.", "doubtful.")))
    assert sum(parts) == len(moments_of(time_of(program.draw_page.canvas.ink())))
    assert [line.partition(" from")[0] for line in seen.opinions] == ["No digit", "1", "7"]
    program.window.show_page("help")
    program.window.show_page("draw")  # Now there is nothing more to read.
    asked = len(changing.asked)
    qtbot.wait(100)
    assert len(changing.asked) == asked


def test_care_that_is_switched_on_elsewhere_reads_all_anew_on_return(
    open_replay: Open, changing: Any, qtbot: QtBot
) -> None:
    program, seen = open_replay()
    program.window.show_page("settings")
    program.settings.set_value("careful", True)
    qtbot.waitUntil(lambda: "Ready, reading carefully" in program.texts)
    asked = len(changing.asked)
    qtbot.wait(100)
    assert len(changing.asked) < asked + 10  # The canvas's ink, once.
    program.window.show_page("draw")
    qtbot.waitUntil(lambda: seen.note.endswith(("very sure.", "doubtful.")), timeout=20_000)
    assert len(changing.asked) - asked > 100


def test_window_is_closed_in_the_midst(open_replay: Open, changing: Any, qtbot: QtBot) -> None:
    program, seen = open_replay()
    program.settings.set_value("careful", True)
    press(program, Key.Key_Space)
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


def test_what_is_seen_of_the_answer_cannot_be_clicked(open_replay: Open) -> None:
    program, _ = open_replay()
    panels = program.window.findChildren(AnswerPanel)
    (shown,) = (panel for panel in panels if panel.isVisible())
    hints = [label for label in shown.findChildren(QLabel) if "Wrong?" in label.text()]
    assert [hint.isVisible() for hint in hints] == [False]
    for bar in shown.findChildren(QAbstractButton):
        assert bar.focusPolicy() == Qt.FocusPolicy.NoFocus
        QTest.mouseClick(program.window, LEFT, pos=bar.mapTo(program.window, QPoint(40, 10)))
    assert shown.text == "7"
    press(program, Key.Key_Escape)
    assert "confirmed" not in program.texts
