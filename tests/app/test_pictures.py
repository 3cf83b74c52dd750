import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui.app import Handwrite

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
    assert program.settings.value("recent_pictures") == [str(file) for file in files[::-1]]


def test_bad_file_is_said_beside_the_good_ones(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    bad = tmp_path / "notes.png"
    bad.write_text("no picture")
    program = start()
    with qtbot.waitSignal(program.recognition.picture_read) as read:
        program.open_pictures([bad, save_digit(tmp_path / "good.png")])
    assert read.args[1].text == "7"
    qtbot.waitUntil(lambda: "7" in texts(program))
    assert program.settings.value("recent_pictures") == [str(tmp_path / "good.png")]


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
    start: Start, model: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    model.may_load.clear()
    program = start(save_digit(tmp_path / "one.png"), ready=False)
    qtbot.waitUntil(lambda: any("as soon as the model" in text for text in texts(program)))
    model.may_load.set()
    qtbot.waitUntil(lambda: "7" in texts(program))
