from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from handwrite_gui.storage.journal_records import read_journal
from handwrite_gui.widgets.keys_dialog import KeysDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]


def switch(program: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, Qt.Key.Key_D, CONTROL)


def box(program: Any) -> QAbstractButton:
    boxes = program.draw_page.findChildren(QAbstractButton)
    return next(each for each in boxes if each.text() == "Digit after digit")


def write(program: Any, model: Any, digit: int, qtbot: QtBot) -> None:
    line, model.digit = program.draw_page.digit_line, digit
    before = len(line.text)
    program.draw()
    qtbot.waitUntil(lambda: len(line.text) > before)


def test_digits_are_written_one_after_the_other_and_copied(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    program = start()
    program.settings.set_value("pause_s", 0.4)
    switch(program, qtbot)
    for digit in (7, 3):
        write(program, model, digit, qtbot)
    assert program.draw_page.canvas.is_blank
    qtbot.keyClick(program.window, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "73"
    assert program.status == "Copied: 73"
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    assert program.draw_page.digit_line.text == "7"
    assert not program.draw_page.canvas.is_blank


def test_key_box_and_setting_are_one_and_remembered(start: Start, qtbot: QtBot) -> None:
    program = start()
    line = program.draw_page.digit_line
    assert not line.isVisible()
    switch(program, qtbot)
    assert line.isVisible()
    assert box(program).isChecked()
    assert program.window.actions_.digit_after_digit.isChecked()
    program.close()

    again = start()
    assert again.draw_page.digit_line.isVisible()
    box(again).click()
    assert not again.settings.value("digit_after_digit")
    assert not again.window.actions_.digit_after_digit.isChecked()
    again.settings.set_value("digit_after_digit", True)
    assert box(again).isChecked()


def test_digit_that_was_moved_is_corrected_on_the_disk_too(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    program = start()
    program.settings.set_value("pause_s", 0.4)
    switch(program, qtbot)
    write(program, model, 9, qtbot)
    qtbot.keyClick(program.draw_page.canvas, Qt.Key.Key_4)
    assert program.draw_page.digit_line.text == "4"
    program.close()
    (kept,) = program.corrections
    assert kept["label"] == 4
    assert np.argmax(kept["probabilities"]) == 9
    assert [point[:2] for point in kept["strokes"][0]] == [[100, 100], [160, 100], [120, 200]]


def test_line_is_on_the_disk_before_its_ink_is_gone_from_there(
    start: Start, model: Any, home: Path, qtbot: QtBot
) -> None:
    program = start()
    program.settings.set_value("pause_s", 0.4)
    switch(program, qtbot)
    write(program, model, 7, qtbot)

    def blank_is_journalled() -> bool:
        (file,) = (home / "data" / "journals").iterdir()
        return not read_journal(file).ink.strokes

    qtbot.waitUntil(blank_is_journalled)
    assert (home / "data" / "line.txt").read_text(encoding="utf-8") == "7"


def test_line_is_there_at_the_next_start(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.settings.set_value("pause_s", 0.4)
    switch(program, qtbot)
    write(program, model, 7, qtbot)
    program.close()
    again = start()
    qtbot.waitUntil(lambda: again.draw_page.digit_line.text == "7")
    write(again, model, 3, qtbot)
    assert again.draw_page.digit_line.text == "73"


def test_digit_drawn_before_the_model_is_ready_moves_as_it_answers(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    model.may_load.clear()
    program = start(ready=False)
    program.settings.set_value("pause_s", 0.4)
    switch(program, qtbot)
    program.draw()
    qtbot.wait(700)
    assert not program.draw_page.canvas.is_blank
    model.may_load.set()
    qtbot.waitUntil(lambda: program.draw_page.digit_line.text == "7")
    assert program.draw_page.canvas.is_blank


@pytest.mark.parametrize("page", ["settings", "replay"])
def test_digit_that_was_read_on_another_page_moves_on_coming_back(
    start: Start, model: Any, qtbot: QtBot, page: str
) -> None:
    program = start()
    program.settings.set_value("pause_s", 0.4)
    switch(program, qtbot)
    program.draw()
    program.show_page(page)
    qtbot.wait(700)
    assert not program.draw_page.canvas.is_blank
    program.show_page("draw")
    qtbot.waitUntil(lambda: program.draw_page.digit_line.text == "7")
    assert program.draw_page.canvas.is_blank


def test_nothing_moves_while_it_is_explained(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.settings.set_value("pause_s", 0.4)
    switch(program, qtbot)
    program.draw()
    program.show_page("why")
    qtbot.waitUntil(lambda: program.answer == "7")
    qtbot.wait(600)
    assert not program.draw_page.canvas.is_blank
    program.show_page("draw")
    qtbot.waitUntil(lambda: program.draw_page.digit_line.text == "7")


def test_nothing_moves_behind_a_dialog(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.settings.set_value("pause_s", 0.4)
    switch(program, qtbot)
    program.draw()
    qtbot.keyClick(program.window, Qt.Key.Key_K, CONTROL)
    dialog = program.window.findChild(KeysDialog)
    qtbot.wait(600)
    assert not program.draw_page.canvas.is_blank
    dialog.close()
    qtbot.waitUntil(lambda: program.draw_page.digit_line.text == "7")
