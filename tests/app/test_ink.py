import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui import paths
from handwrite_gui.app import Handwrite
from handwrite_gui.recognition.errors import RecognitionError

# Qt's offscreen platform says so of every window with a layout.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Handwrite]


def close(program: Handwrite) -> None:
    program.window.close()
    assert program.stop()


def texts(program: Handwrite) -> list[str]:
    """All the words that can be read in the window."""
    return [w.text() for w in program.window.findChildren(QLabel) if w.isVisible()]


def status(program: Handwrite) -> str:
    return program.window.statusBar().currentMessage()


def draw(program: Handwrite, *places: tuple[int, int], lift: bool = True) -> None:
    canvas = program.draw_page.canvas
    at = [QPoint(*place) for place in places or ((100, 100), (160, 100), (120, 200))]
    QTest.mousePress(canvas, LEFT, pos=at[0])
    for place in at[1:]:
        QTest.mouseMove(canvas, place)
    if lift:
        QTest.mouseRelease(canvas, LEFT, pos=at[-1])


def answer(program: Handwrite) -> str:
    return program.draw_page.answer.text


def corrections(home: Path) -> list[dict[str, Any]]:
    file = home / "data" / "corrections.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_answer_is_there_before_the_pen_is_lifted(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw(program, lift=False)
    qtbot.waitUntil(lambda: answer(program) == "7")
    assert "90.0 %" in texts(program)


def test_what_is_drawn_before_the_model_is_ready_is_read_as_soon_as_it_is(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    model.may_load.clear()
    program = start(ready=False)
    draw(program)
    assert "The model is being loaded; draw meanwhile." in texts(program)
    assert answer(program) == ""
    model.may_load.set()
    qtbot.waitUntil(lambda: answer(program) == "7")


def test_single_click_is_only_a_dot(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw(program, (100, 100))
    qtbot.waitUntil(lambda: any("only a dot" in text for text in texts(program)))
    assert answer(program) == ""


def test_answer_that_comes_after_clear_is_dropped(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    model.may_predict.clear()
    draw(program)
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    with qtbot.waitSignal(program.recognition.ink_read):
        model.may_predict.set()
    assert answer(program) == ""
    assert program.draw_page.reading is None


def test_undo_reads_what_is_left(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    draw(program)
    qtbot.waitUntil(lambda: answer(program) == "7")
    model.digit = 4
    draw(program, (200, 200), (250, 250))
    qtbot.waitUntil(lambda: answer(program) == "4")
    model.digit = 1
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: answer(program) == "1")


def test_without_live_reading_the_answer_waits_for_predict(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.settings.set_value("live_reading", False)
    draw(program)
    qtbot.wait(50)
    assert answer(program) == ""
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: answer(program) == "7")


def test_predict_on_blank_paper_says_so(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "There is no ink to read." in texts(program))


def test_correction_is_on_the_disk_with_what_was_read(
    start: Start, home: Path, qtbot: QtBot
) -> None:
    program = start()
    draw(program)
    qtbot.waitUntil(lambda: answer(program) == "7")
    qtbot.keyClick(program.draw_page.canvas, Qt.Key.Key_4)
    assert answer(program) == "4"
    close(program)
    (kept,) = corrections(home)
    assert kept["label"] == 4
    assert np.argmax(kept["probabilities"]) == 7
    assert [point[:2] for point in kept["strokes"][0]] == [[100, 100], [160, 100], [120, 200]]


def test_answer_is_copied(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.keyClick(program.window, Qt.Key.Key_C, CONTROL)
    assert status(program) == "There is no answer to copy yet."
    draw(program)
    qtbot.waitUntil(lambda: answer(program) == "7")
    qtbot.keyClick(program.window, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "7"
    assert status(program) == "Copied: 7"


def test_drawing_is_saved_as_a_picture_that_can_be_read(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(
        "handwrite_gui.widgets.main_window.ask_for_png", lambda *_: tmp_path / "my 7.png"
    )
    program = start()
    draw(program)
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: status(program) == f"Saved as {tmp_path / 'my 7.png'}.")
    assert QImage(str(tmp_path / "my 7.png")).height() > 200
    assert program.settings.value("last_folder") == str(tmp_path)
    with qtbot.waitSignal(program.recognition.picture_read) as read:
        program.open_pictures([tmp_path / "my 7.png"])
    assert read.args[1].text == "7"


def test_drawing_that_cannot_be_saved_is_said(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("no folder")
    path = tmp_path / "file" / "7.png"
    monkeypatch.setattr("handwrite_gui.widgets.main_window.ask_for_png", lambda *_: path)
    program = start()
    draw(program)
    program.window.actions_.save.trigger()
    qtbot.waitUntil(lambda: str(path) in status(program))
    assert not program.draw_page.canvas.is_blank


def test_window_without_a_model_says_why_and_stays_usable(
    start: Start, model: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    sentence = "The model digits.keras is missing: reinstall Handwrite."
    model.error = RecognitionError(sentence)
    program = start(ready=False)
    qtbot.waitUntil(lambda: sentence in texts(program))
    draw(program)
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    assert sentence in texts(program)
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    assert program.draw_page.canvas.is_blank
    program.open_pictures([paths.resources_dir() / "samples" / "seven.png"])
    qtbot.waitUntil(lambda: sentence in texts(program))
    assert "Ready" not in texts(program)


def test_program_that_is_closed_while_the_model_is_loaded_does_not_wait(
    start: Start, model: Any, home: Path
) -> None:
    model.may_load.clear()
    program = start(ready=False)
    draw(program)
    program.window.close()
    assert not program.window.isVisible()
    assert not program.stop()  # It is left by `os._exit`, and this is kept already:
    assert (home / "data" / "sheet.npz").is_file()
    assert (home / "config" / "settings.ini").is_file()
