from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from handwrite_gui import paths
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.widgets.file_dialogs import PNG

CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]


def test_answer_is_there_before_the_pen_is_lifted(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw(lift=False)
    qtbot.waitUntil(lambda: program.answer == "7")
    assert "90.0 %" in program.texts


def test_what_is_drawn_before_the_model_is_ready_is_read_as_soon_as_it_is(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    model.may_load.clear()
    program = start(ready=False)
    program.draw()
    assert "The model is being loaded; draw meanwhile." in program.texts
    assert program.answer == ""
    model.may_load.set()
    qtbot.waitUntil(lambda: program.answer == "7")


def test_single_click_is_only_a_dot(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw((100, 100))
    qtbot.waitUntil(lambda: any("only a dot" in text for text in program.texts))
    assert program.answer == ""


def test_answer_that_comes_after_clear_is_dropped(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    model.may_predict.clear()
    program.draw()
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    with qtbot.waitSignal(program.recognition.ink_read):
        model.may_predict.set()
    assert program.answer == ""
    assert program.draw_page.reading is None


def test_undo_reads_what_is_left(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    model.digit = 4
    program.draw((200, 200), (250, 250))
    qtbot.waitUntil(lambda: program.is_answered and "4" in program.draw_page.reading.text)
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: program.is_answered and program.draw_page.reading.text == "7")
    assert program.answer == "7"


def test_without_live_reading_the_answer_waits_for_predict(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.settings.set_value("live_reading", False)
    program.draw()
    qtbot.wait(50)
    assert program.answer == ""
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: program.answer == "7")


def test_predict_on_blank_paper_says_so(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "There is no ink to read." in program.texts)


def test_correction_is_on_the_disk_with_what_was_read(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    qtbot.keyClick(program.draw_page.canvas, Qt.Key.Key_4)
    assert program.answer == "4"
    program.close()
    (kept,) = program.corrections
    assert kept["label"] == 4
    assert np.argmax(kept["probabilities"]) == 7
    assert [point[:2] for point in kept["strokes"][0]] == [[100, 100], [160, 100], [120, 200]]


def test_answer_is_copied(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.keyClick(program.window, Qt.Key.Key_C, CONTROL)
    assert program.status == "There is no answer to copy yet."
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    qtbot.keyClick(program.window, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "7"
    assert program.status == "Copied: 7"


def test_drawing_is_saved_as_a_picture_that_can_be_read(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(
        "handwrite_gui.widgets.file_dialogs.ask_where_to_save",
        lambda *_: (tmp_path / "my 7.png", PNG),
    )
    program = start()
    program.draw()
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: program.status == f"Saved as {tmp_path / 'my 7.png'}.")
    assert QImage(str(tmp_path / "my 7.png")).height() > 200
    assert program.settings.value("last_folder") == str(tmp_path)
    with qtbot.waitSignal(program.recognition.picture_read) as read:
        program.open_files([tmp_path / "my 7.png"])
    assert read.args[1].text == "7"


def test_drawing_that_cannot_be_saved_is_said(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("no folder")
    path = tmp_path / "file" / "7.png"
    monkeypatch.setattr(
        "handwrite_gui.widgets.file_dialogs.ask_where_to_save", lambda *_: (path, PNG)
    )
    program = start()
    program.draw()
    program.window.actions_.save.trigger()
    qtbot.waitUntil(lambda: str(path) in program.status)
    assert not program.draw_page.canvas.is_blank


def test_window_without_a_model_says_why_and_stays_usable(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    sentence = "The model digits.keras is missing: reinstall Handwrite."
    model.load_error = RecognitionError(sentence)
    program = start(ready=False)
    qtbot.waitUntil(lambda: sentence in program.texts)
    program.draw()
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    assert sentence in program.texts
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    assert program.draw_page.canvas.is_blank
    program.open_files([paths.resources_dir() / "samples" / "seven.png"])
    qtbot.waitUntil(lambda: sentence in program.texts)
    assert "Ready" not in program.texts


def test_program_that_is_closed_while_the_model_is_loaded_does_not_wait(
    start: Start, model: Any, home: Path
) -> None:
    model.may_load.clear()
    program = start(ready=False)
    program.draw()
    program.window.close()
    assert not program.window.isVisible()
    assert not program.stop()  # It is left by `os._exit`, and this is kept already:
    assert len(list((home / "data" / "journals").iterdir())) == 1
    assert (home / "config" / "settings.ini").is_file()
