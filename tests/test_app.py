"""The whole program in this process, without a screen and with a model that is quick to load."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.app import Handwrite
from handwrite_gui.recognition import keras_recogniser
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.widgets.theme import DARK, colours

# Qt's offscreen platform says so of every window with a layout.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Handwrite]


class FakeModel:
    """Says one digit of everything; loading and predicting can be held."""

    def __init__(self) -> None:
        self.digit = 7
        self.may_load, self.may_predict = threading.Event(), threading.Event()
        self.may_load.set()
        self.may_predict.set()
        self.error: RecognitionError | None = None

    def load(self, path: Path) -> "FakeModel":
        assert self.may_load.wait(10)
        if self.error:
            raise self.error
        return self

    def predict(self, images: np.ndarray) -> np.ndarray:
        assert self.may_predict.wait(10)
        probabilities = np.full((len(images), 11), 0.01, np.float32)
        probabilities[:, self.digit] = 0.9
        return probabilities


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    model = FakeModel()
    monkeypatch.setattr(keras_recogniser, "load_recogniser", model.load)
    return model


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDWRITE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def start(
    qapp: QApplication, qtbot: QtBot, model: FakeModel, home: Path
) -> Iterator[Start]:
    """Starts the program, as often as it is called; `close` ends one."""
    running: list[Handwrite] = []

    def start(*pictures: Path, ready: bool = True) -> Handwrite:
        program = Handwrite(qapp, Path("digits.keras"))
        running.append(program)
        program.show(list(pictures))
        qtbot.waitExposed(program.window)
        qtbot.waitUntil(lambda: program.recognition.is_loading or not is_waiting(program))
        if ready:
            qtbot.waitUntil(lambda: is_ready(program))
        return program

    yield start
    model.may_load.set()
    model.may_predict.set()
    for program in running:
        qtbot.waitUntil(lambda program=program: not program.recognition.is_loading)
        close(program)
        program.window.deleteLater()
        program.deleteLater()
    QGuiApplication.clipboard().clear()


def close(program: Handwrite) -> None:
    program.window.close()
    assert program.stop()


def is_ready(program: Handwrite) -> bool:
    return "Ready" in texts(program)


def is_waiting(program: Handwrite) -> bool:
    return "Loading the model…" in texts(program)


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


def save_digit(path: Path) -> Path:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y in range(12, 48):
        for x in range(28, 33):
            image.setPixelColor(x, y, Qt.GlobalColor.black)
    assert image.save(str(path))
    return path


# Drawing


def test_answer_is_there_before_the_pen_is_lifted(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw(program, lift=False)
    qtbot.waitUntil(lambda: answer(program) == "7")
    assert "90.0 %" in texts(program)


def test_what_is_drawn_before_the_model_is_ready_is_read_as_soon_as_it_is(
    start: Start, model: FakeModel, qtbot: QtBot
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


def test_answer_that_comes_after_clear_is_dropped(
    start: Start, model: FakeModel, qtbot: QtBot
) -> None:
    program = start()
    model.may_predict.clear()
    draw(program)
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    with qtbot.waitSignal(program.recognition.ink_read):
        model.may_predict.set()
    assert answer(program) == ""
    assert program.draw_page.reading is None


def test_undo_reads_what_is_left(start: Start, model: FakeModel, qtbot: QtBot) -> None:
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


# Corrections, copies and files


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
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "my 7"), ""))
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
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    program = start()
    draw(program)
    program.window.actions_.save.trigger()
    qtbot.waitUntil(lambda: str(path) in status(program))
    assert not program.draw_page.canvas.is_blank


# Without a model


def test_window_without_a_model_says_why_and_stays_usable(
    start: Start, model: FakeModel, tmp_path: Path, qtbot: QtBot
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
    program.open_pictures([save_digit(tmp_path / "one.png")])
    qtbot.waitUntil(lambda: sentence in texts(program))
    assert "Ready" not in texts(program)


def test_program_that_is_closed_while_the_model_is_loaded_does_not_wait(
    start: Start, model: FakeModel, home: Path
) -> None:
    model.may_load.clear()
    program = start(ready=False)
    draw(program)
    program.window.close()
    assert not program.window.isVisible()
    assert not program.stop()  # It is left by `os._exit`, and this is kept already:
    assert (home / "data" / "sheet.npz").is_file()
    assert (home / "config" / "settings.ini").is_file()


# Pictures


def test_pictures_named_at_the_start_are_opened_and_read(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    files = [save_digit(tmp_path / name) for name in ("a.png", "b c.png")]
    program = start(*files, ready=False)
    read: list[int] = []
    program.recognition.picture_read.connect(lambda key, _: read.append(key))
    qtbot.waitUntil(lambda: "7" in texts(program))
    qtbot.waitUntil(lambda: len(read) == 2)
    assert program.window.page == "pictures"
    assert program.settings.value("recent_pictures") == [str(file) for file in files]


def test_bad_file_is_said_beside_the_good_ones(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "notes.png"
    bad.write_text("no picture")
    program = start()
    with qtbot.waitSignal(program.recognition.picture_read) as read:
        program.open_pictures([bad, save_digit(tmp_path / "good.png")])
    assert read.args[1].text == "7"
    qtbot.waitUntil(lambda: "7" in texts(program))


def test_picture_is_dropped_and_read(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    program = start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(save_digit(tmp_path / "one.png")))])
    copy, no_key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(program.recognition.picture_read):
        program.window.dropEvent(QDropEvent(QPointF(300, 300), copy, data, LEFT, no_key))
    assert program.window.page == "pictures"
    assert "7" in texts(program)


def test_picture_is_pasted_corrected_and_kept(
    start: Start, tmp_path: Path, home: Path, qtbot: QtBot
) -> None:
    program = start()
    QGuiApplication.clipboard().setImage(QImage(str(save_digit(tmp_path / "one.png"))))
    with qtbot.waitSignal(program.recognition.picture_read):
        qtbot.keyClick(program.window, Qt.Key.Key_V, CONTROL)
    assert "Pasted picture" in texts(program)
    page = program.window.page_if_made("pictures")
    assert page is not None
    qtbot.keyClick(page.focusProxy(), Qt.Key.Key_1)
    qtbot.keyClick(program.window, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "1"
    close(program)
    (kept,) = corrections(home)
    assert kept["label"] == 1
    assert kept["strokes"] is None


def test_pictures_wait_for_the_model(
    start: Start, model: FakeModel, tmp_path: Path, qtbot: QtBot
) -> None:
    model.may_load.clear()
    program = start(save_digit(tmp_path / "one.png"), ready=False)
    qtbot.waitUntil(lambda: any("as soon as the model" in text for text in texts(program)))
    model.may_load.set()
    qtbot.waitUntil(lambda: "7" in texts(program))


# What is remembered


def test_settings_are_remembered(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    program = start()
    program.window.resize(program.window.width(), 650)
    program.settings.set_value("live_reading", False)
    program.settings.set_value("pen_width", 20.0)
    program.window.theme_chosen.emit("dark")
    assert colours() is DARK
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_pictures([save_digit(tmp_path / "one.png")])
    close(program)

    again = start()
    assert again.settings is not program.settings
    assert again.window.height() == 650
    assert again.window.page == "pictures"
    assert not again.draw_page.reads_live
    assert again.settings.value("recent_pictures") == [str(tmp_path / "one.png")]
    again.window.show_page("draw")
    draw(again, (100, 100), (200, 100))
    assert again.draw_page.canvas.ink().pen_width == 20.0


def test_last_drawing_is_offered_and_brought_back(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw(program)
    drawn = program.draw_page.canvas.ink().strokes[0].points
    close(program)

    again = start()
    assert again.draw_page.canvas.is_blank
    offers = again.window.findChildren(QPushButton)
    offer = next(button for button in offers if button.text() == "Bring it back")
    qtbot.mouseClick(offer, LEFT)
    (stroke,) = again.draw_page.canvas.ink().strokes
    assert (stroke.points == drawn).all()
    assert not offer.isVisible()
    qtbot.waitUntil(lambda: answer(again) == "7")
    qtbot.keyClick(again.window, Qt.Key.Key_Z, CONTROL)
    assert again.draw_page.canvas.is_blank


def test_drawing_that_was_cleared_is_not_offered(start: Start) -> None:
    program = start()
    draw(program)
    program.draw_page.canvas.clear()
    close(program)
    assert "Your last drawing was kept." not in texts(start())


def test_offer_that_is_not_taken_is_made_again(start: Start) -> None:
    first = start()
    draw(first)
    close(first)
    close(start())
    assert "Your last drawing was kept." in texts(start())


def test_stroke_under_the_pen_is_kept_when_the_window_is_closed(
    start: Start, home: Path
) -> None:
    program = start()
    draw(program, lift=False)
    close(program)
    assert "Your last drawing was kept." in texts(start())


@pytest.mark.parametrize("page", ["settings", "help"])
def test_other_pages_open_and_are_not_started_on(start: Start, page: str) -> None:
    program = start()
    program.window.show_page(page)
    assert program.window.page == page
    close(program)
    assert start().window.page == "draw"
