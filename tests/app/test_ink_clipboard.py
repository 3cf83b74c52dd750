"""Ink that is copied and pasted in the whole program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from handwrite_gui.storage.read_ink import read_ink

CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]

SEVEN = [[[100, 100], [160, 100], [120, 200]]]


def press(program: Any, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(program.window, key, CONTROL)


def test_ink_that_is_pasted_on_another_page_leads_to_the_canvas(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.window.show_page("help")
    QGuiApplication.clipboard().setText("<svg><path d='M0 0L9 9'/></svg>")
    press(program, qtbot, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: program.window.page == "draw")
    canvas = program.draw_page.canvas
    assert canvas.ink().box[3] == pytest.approx(0.8 * min(canvas.width(), canvas.height()))


def test_everything_is_copied_at_once(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.is_answered)
    assert program.answer == "7"
    press(program, qtbot, Qt.Key.Key_C)
    assert program.status == "Copied: 7"
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "7"
    assert data.hasImage()
    image = QImage.fromData(data.data("image/png"), "PNG")
    assert (image.width(), image.height()) == (216, 296)
    for kind in ("image/svg+xml", "application/inkml+xml"):
        file = read_ink(bytes(data.data(kind).data()))
        assert file.is_ours
        assert len(file.ink.strokes) == 1


def test_ink_without_an_answer_is_copied_without_text(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.settings.set_value("live_reading", False)
    program.draw()
    press(program, qtbot, Qt.Key.Key_C)
    data = QGuiApplication.clipboard().mimeData()
    assert not data.hasText()
    assert data.hasFormat("image/svg+xml")
    assert program.status == "Copied the ink; there is no answer yet."


def test_copied_ink_is_pasted_beside_what_is_there(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    press(program, qtbot, Qt.Key.Key_C)
    press(program, qtbot, Qt.Key.Key_Delete)
    program.draw((10, 10), (20, 20))
    press(program, qtbot, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: program.status == "Pasted the ink.")
    assert program.strokes == [[[10, 10], [20, 20]], *SEVEN]
    assert program.window.page == "draw"
    press(program, qtbot, Qt.Key.Key_Z)
    assert program.strokes == [[[10, 10], [20, 20]]]


def test_ink_copied_here_is_a_picture_on_the_pictures_page(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    press(program, qtbot, Qt.Key.Key_C)
    program.window.show_page("pictures")
    with qtbot.waitSignal(program.recognition.picture_read):
        press(program, qtbot, Qt.Key.Key_V)
    assert "Pasted picture" in program.texts


def test_picture_beside_svg_without_lines_goes_to_pictures(
    start: Start, save_digit: Callable[[str], Path], qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setData("image/svg+xml", QByteArray(b"<svg><text>7</text></svg>"))
    data.setData("image/png", QByteArray(save_digit("one.png").read_bytes()))
    program = start()
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(program.recognition.picture_read):
        press(program, qtbot, Qt.Key.Key_V)
    assert program.window.page == "pictures"
    assert program.draw_page.canvas.is_blank


def test_bad_ink_in_the_clipboard_is_one_sentence(start: Start, qtbot: QtBot) -> None:
    program = start()
    QGuiApplication.clipboard().setText("<svg><path d='M0 0'/></svg>")
    press(program, qtbot, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: program.status.startswith("The copied ink holds no lines: "))
    assert program.draw_page.canvas.is_blank


def test_stroke_under_the_pen_is_kept_when_ink_comes(start: Start, qtbot: QtBot) -> None:
    program = start()
    QGuiApplication.clipboard().setText("<svg><path d='M0 0L5 5'/></svg>")
    program.draw((10, 10), (20, 20), lift=False)
    press(program, qtbot, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: program.status == "Pasted the ink.")
    assert len(program.strokes) == 2
    assert program.strokes[0] == [[10, 10], [20, 20]]
