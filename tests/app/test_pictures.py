from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]


def test_pictures_named_at_the_start_are_opened_and_read(
    start: Start, save_digit: SaveDigit, qtbot: QtBot
) -> None:
    files = [save_digit(name) for name in ("a.png", "b c.png")]
    program = start(*files, ready=False)
    qtbot.waitUntil(lambda: "7" in program.texts)
    qtbot.waitUntil(lambda: len(program.pictures_read) == 2)
    assert program.window.page == "pictures"
    assert program.settings.value("recent_pictures") == [str(file) for file in files[::-1]]


def test_bad_file_is_said_beside_the_good_ones(
    start: Start, save_digit: SaveDigit, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "notes.png"
    bad.write_text("no picture")
    program = start()
    with qtbot.waitSignal(program.recognition.picture_read) as read:
        program.open_files([bad, save_digit("good.png")])
    assert read.args[1].text == "7"
    qtbot.waitUntil(lambda: "7" in program.texts)
    assert program.settings.value("recent_pictures") == [str(tmp_path / "good.png")]


def test_picture_is_dropped_and_read(start: Start, save_digit: SaveDigit, qtbot: QtBot) -> None:
    program = start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(save_digit("one.png")))])
    copy, no_key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(program.recognition.picture_read):
        program.window.dropEvent(QDropEvent(QPointF(300, 300), copy, data, LEFT, no_key))
    assert program.window.page == "pictures"
    assert "7" in program.texts


def test_picture_is_pasted_corrected_and_kept(
    start: Start, save_digit: SaveDigit, qtbot: QtBot
) -> None:
    program = start()
    QGuiApplication.clipboard().setImage(QImage(str(save_digit("one.png"))))
    with qtbot.waitSignal(program.recognition.picture_read):
        qtbot.keyClick(program.window, Qt.Key.Key_V, CONTROL)
    assert "Pasted picture" in program.texts
    page = program.window.page_if_made("pictures")
    assert page is not None
    qtbot.keyClick(page.focusProxy(), Qt.Key.Key_1)
    qtbot.keyClick(program.window, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "1"
    program.close()
    (kept,) = program.corrections
    assert kept["label"] == 1
    assert kept["strokes"] is None


def test_pictures_wait_for_the_model(
    start: Start, save_digit: SaveDigit, model: Any, qtbot: QtBot
) -> None:
    model.may_load.clear()
    program = start(save_digit("one.png"), ready=False)
    qtbot.waitUntil(lambda: any("as soon as the model" in text for text in program.texts))
    model.may_load.set()
    qtbot.waitUntil(lambda: "7" in program.texts)
