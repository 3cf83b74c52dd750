from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.app import Handwrite
from handwrite_gui.widgets.theme import DARK, colours

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


def save_digit(path: Path) -> Path:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y in range(12, 48):
        for x in range(28, 33):
            image.setPixelColor(x, y, Qt.GlobalColor.black)
    assert image.save(str(path))
    return path


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


def test_stroke_under_the_pen_is_kept_when_the_window_is_closed(start: Start, home: Path) -> None:
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
