"""What the program remembers from start to start: settings, recent files, and the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.theme import DARK, colours

CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]


def test_settings_are_remembered(
    start: Start, save_digit: SaveDigit, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    program.window.resize(program.window.width(), 650)
    program.settings.set_value("live_reading", False)
    program.settings.set_value("pen_width", 20.0)
    program.window.theme_chosen.emit("dark")
    assert colours() is DARK
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("one.png")])
    program.close()

    again = start()
    assert again.settings is not program.settings
    assert again.window.height() == 650
    assert again.window.page == "pictures"
    assert not again.draw_page.reads_live
    assert again.settings.value("recent_pictures") == [str(tmp_path / "one.png")]
    again.window.show_page("draw")
    again.draw((100, 100), (200, 100))
    assert again.draw_page.canvas.ink().pen_width == 20.0


def test_recent_file_that_is_gone_leaves_the_list_in_a_sentence(
    start: Start, save_digit: SaveDigit, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    with qtbot.waitSignals([program.recognition.picture_read] * 2):
        program.open_files([save_digit("one.png"), save_digit("two.png")])
    recent = program.window.recent
    recent.aboutToShow.emit()
    (tmp_path / "two.png").unlink()
    recent.actions()[0].trigger()
    assert program.status.startswith(f"“two.png” is in {tmp_path} no more")
    assert program.settings.value("recent_pictures") == [str(tmp_path / "one.png")]
    recent.aboutToShow.emit()
    assert recent.actions()[0].text() == "one.png"
    recent.actions()[-1].trigger()
    assert program.settings.value("recent_pictures") == []


def test_page_without_pictures_offers_the_recent_ones(
    start: Start, save_digit: SaveDigit, qtbot: QtBot
) -> None:
    program = start()
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("one.png")])
    program.close()
    page = start().show_page("pictures")
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Open recent")
    assert button.isVisible()
    button.menu().aboutToShow.emit()
    assert button.menu().actions()[0].text() == "one.png"


def test_room_that_a_person_gives_the_lists_is_remembered(
    start: Start, save_digit: SaveDigit
) -> None:
    program = start()
    program.open_files([save_digit("one.png")])
    program.show_page("pictures").lists_share_changed.emit(0.4)
    program.close()
    assert start().settings.value("lists_share") == 0.4


def test_paper_and_hand_are_remembered(start: Start, qtbot: QtBot) -> None:
    program = start()
    canvas = program.draw_page.canvas
    plain = canvas.grab().toImage()
    for key in ("grid", "lines"):
        qtbot.keyClick(program.window, Qt.Key.Key_G, CONTROL)
        assert program.settings.value("guides") == key
    lined = canvas.grab().toImage()
    assert lined != plain
    program.settings.set_value("left_handed", True)
    program.close()

    again = start()
    canvas, answer = again.draw_page.canvas, again.draw_page.answer
    corner = canvas.rect().topLeft()
    assert canvas.mapTo(again.window, corner).x() > answer.mapTo(again.window, corner).x()
    assert canvas.grab().toImage() == lined
    again.settings.set_value("guides", "none")
    assert canvas.grab().toImage() == plain
    again.settings.set_value("left_handed", False)
    qtbot.waitUntil(
        lambda: canvas.mapTo(again.window, corner).x() < answer.mapTo(again.window, corner).x()
    )


@pytest.mark.parametrize("page", ["settings", "help"])
def test_other_pages_open_and_are_not_started_on(start: Start, page: str) -> None:
    program = start()
    program.window.show_page(page)
    assert program.window.page == page
    program.close()
    assert start().window.page == "draw"
