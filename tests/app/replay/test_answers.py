"""What is said of ink that is replayed: read moment by moment, and corrected by nobody."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink_time import time_of
from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.replay import moments_of
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.widgets.answer_panel import AnswerPanel

LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key
Start = Callable[..., Any]
Open = Callable[[], tuple[Any, Any]]
SeenOf = Callable[[Any], Any]


def test_digit_that_is_typed_corrects_nothing(open_replay: Open, home: Path) -> None:
    program, seen = open_replay()
    program.press("3")
    program.draw_page.setFocus()
    QTest.keyClick(program.draw_page, Key.Key_3)
    assert seen.answers == ["7"]
    program.press("Esc")
    assert seen.answers == ["7"]
    program.close()
    assert not (home / "data" / "corrections.jsonl").exists()


def test_correction_stands_after_a_replay(
    changing: Any, qtbot: QtBot, seen_of: SeenOf, start_written: Start
) -> None:
    program = start_written()
    QTest.keyClick(program.draw_page.canvas, Key.Key_3)
    program.press("Ctrl+R")
    program.press("End")
    seen = seen_of(program)
    qtbot.waitUntil(lambda: seen.answers == ["7"])
    program.press("Esc")
    assert seen.answers == ["3"]
    assert "confirmed" in program.texts


def test_care_that_is_switched_on_reads_all_anew(
    open_replay: Open, changing: Any, qtbot: QtBot
) -> None:
    program, seen = open_replay()
    before = len(changing.asked)
    program.settings.set_value("careful", True)
    qtbot.waitUntil(lambda: "Ready, reading carefully" in program.texts)
    qtbot.waitUntil(lambda: seen.is_read, timeout=20_000)
    assert len(changing.asked) - before > 100
    assert seen.is_open
    assert [line.partition(" from")[0] for line in seen.opinions] == ["No digit", "1", "7"]


def test_replay_plays_while_the_model_is_loaded(
    changing: Any, qtbot: QtBot, seen_of: SeenOf, start_written: Start
) -> None:
    changing.may_load.clear()
    program = start_written(ready=False)
    program.press("Ctrl+R")
    seen = seen_of(program)
    qtbot.waitUntil(lambda: seen.moment_ms > 100)
    assert seen.note == "Waiting for the model…"
    assert seen.opinions == []
    changing.may_load.set()
    qtbot.waitUntil(lambda: len(seen.opinions) == 3)


@pytest.mark.parametrize("opened", ["before", "after"])
def test_without_a_model_it_is_said_why(
    changing: Any, qtbot: QtBot, opened: str, seen_of: SeenOf, start_written: Start
) -> None:
    sentence = "The model digits.keras is missing: reinstall Handwrite."
    changing.load_error = RecognitionError(sentence)
    changing.may_load.clear()
    program = start_written(ready=False)
    seen = seen_of(program)
    if opened == "before":
        program.press("Ctrl+R")
    changing.may_load.set()
    qtbot.waitUntil(lambda: "No model" in program.texts)
    if opened == "after":
        program.press("Ctrl+R")
    assert seen.note == sentence
    qtbot.waitUntil(lambda: seen.moment_ms == 1000)


def test_fault_is_said_and_the_replay_goes_on(
    model: Any,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    seen_of: SeenOf,
    start_written: Start,
) -> None:
    program = start_written()
    model.predict_error = RuntimeError("out of memory")
    program.press("Ctrl+R")
    seen = seen_of(program)
    qtbot.waitUntil(lambda: "fault in Handwrite" in seen.note)
    qtbot.waitUntil(lambda: seen.moment_ms == 1000)
    model.predict_error = None
    program.press("Esc")
    program.press("Ctrl+R")
    qtbot.waitUntil(lambda: seen.is_read)
    assert "out of memory" in caplog.text


def test_change_of_mind_is_announced(open_replay: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    program, _ = open_replay()
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    program.press("PgDown")
    assert said == []
    program.press("PgUp")
    assert len(said) == 1
    assert said[0].startswith("At 0.")
    assert said[0].endswith(": 1 becomes 7")


def test_on_another_page_nothing_is_read_and_then_the_rest(
    changing: Any, qtbot: QtBot, seen_of: SeenOf, start_written: Start
) -> None:
    program = start_written()
    parts: list[int] = []

    def leave_at_the_third(_: str, readings: tuple[Reading, ...]) -> None:
        parts.append(len(readings))
        if len(parts) == 3:
            program.window.show_page("help")

    program.recognition.part_told.connect(leave_at_the_third)
    program.press("Ctrl+R")
    seen = seen_of(program)
    qtbot.waitUntil(lambda: len(parts) == 3)
    asked = len(changing.asked)
    qtbot.wait(100)
    assert len(changing.asked) == asked
    assert seen.note == "Being worked out…"
    program.window.show_page("draw")
    qtbot.waitUntil(lambda: seen.is_read)
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
    qtbot.waitUntil(lambda: seen.is_read, timeout=20_000)
    assert len(changing.asked) - asked > 100


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
    program.press("Esc")
    assert "confirmed" not in program.texts
