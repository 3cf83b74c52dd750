"""The Numbers of a picture in the whole program: chosen, put right by keys, and copied."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.answer_panel import OTHER_DIGITS
from handwrite_gui.widgets.pictures.picture_list import PictureList

SaveDigit = Callable[[str], Path]
Key = Qt.Key
TypeText = Callable[[str], None]


def test_clerk_puts_right_what_is_doubtful_and_copies_all_by_keys(
    program: Any, qtbot: QtBot, type_and_enter: TypeText
) -> None:
    program.press("F8")
    type_and_enter("18")
    qtbot.waitUntil(lambda: program.pictures.numbers.list.current == 2)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert "No doubtful number is left in what was read." in program.texts
    program.press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == "007\t18\n-5"
    program.press("Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == "-5"


def test_what_was_read_is_offered_without_a_chance_beside_what_was_said(
    program: Any, type_and_enter: TypeText
) -> None:
    program.press("F8")
    type_and_enter("18")
    program.pictures.numbers.list.select(1)
    offered = [each.text() for each in program.pictures.numbers.findChildren(QPushButton)]
    assert "Or 13 (as it was read)…" in offered


def test_corrections_are_undone_and_redone_and_the_canvas_is_left_alone(
    program: Any, type_and_enter: TypeText
) -> None:
    program.window.show_page("draw")
    program.draw()
    program.window.show_page("pictures")
    assert not program.window.actions_.undo.isEnabled()
    program.press("F8")
    type_and_enter("18")
    program.press("Ctrl+Z")
    assert program.numbers == ["007", "13", "-5"]
    program.press("Ctrl+Y")
    assert program.numbers == ["007", "18", "-5"]
    program.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert not program.draw_page.canvas.is_blank
    program.close()
    assert [each["label"] for each in program.corrections] == [1, 8, None, None, 1, 8, None, None]


def test_selection_goes_both_ways_and_the_answer_with_it(
    program: Any, qtbot: QtBot, type_and_enter: TypeText
) -> None:
    page = program.pictures
    told: list[int] = []
    page.work._view.select_number = lambda index, _, brings: told.append(index) if brings else None
    qtbot.keyClick(page.numbers.list, Key.Key_Down)
    assert told == [1]
    page.work._view.number_clicked.emit(2, 0)
    assert page.numbers.list.current == 2
    assert page.numbers.list.hasFocus()
    assert told[-1] == 2
    qtbot.keyClick(page, Key.Key_4)  # Wherever on the page the focus is.
    type_and_enter("2")
    assert program.numbers[2] == "42"


def test_a_digit_that_is_clicked_on_in_the_picture_is_told_of_and_put_right(program: Any) -> None:
    page = program.pictures
    page.work._view.number_clicked.emit(1, 1)
    assert (page.numbers.list.current, page.numbers.list.place) == (1, 1)
    hint = "This is digit 2 of 2. Wrong? Click the right bar, or type the whole number."
    assert hint in program.texts
    page.work._view.number_clicked.emit(1, 0)
    assert page.numbers.list.place == 0
    page.work._view.number_clicked.emit(1, 1)
    page._answer.corrected.emit(9)
    assert program.numbers[1] == "19"


def test_keys_go_from_digit_to_digit_as_on_the_draw_page(program: Any) -> None:
    page = program.pictures
    for key, digit in (("Alt+Right", 1), ("Alt+Right", 2), ("Alt+Right", 2), ("Alt+Left", 1)):
        program.press(key)
        assert (page.numbers.list.current, page.numbers.list.place) == (0, digit)
    program.show_page("draw")
    assert not program.window.actions_.next_digit.isEnabled()
    program.show_page("pictures")
    assert program.window.actions_.next_digit.isEnabled()


def test_what_is_typed_is_of_its_own_picture_where_another_one_is_gone_to(
    program: Any, save_digit: SaveDigit, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("second.png")])
    page = program.pictures
    listed = page.findChild(PictureList)
    qtbot.waitUntil(lambda: listed.currentRow() == 1)
    program.press("F8")
    qtbot.keyClicks(QApplication.focusWidget(), "9")
    qtbot.keyClicks(QApplication.focusWidget(), "9")
    place = listed.visualItemRect(listed.item(0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: listed.currentRow() == 0)
    assert program.numbers == ["007", "13", "-5"]
    listed.setCurrentRow(1)
    assert program.numbers == ["007", "99", "-5"]


def test_page_undoes_nothing_where_nobody_said_anything(program: Any) -> None:
    actions = program.window.actions_
    assert not actions.undo.isEnabled()
    assert actions.save.isEnabled()
    assert actions.next_doubtful.isEnabled()
    program.window.show_page("settings")
    for name in ("save", "save_all", "next_doubtful", "alternatives", "copy_number"):
        assert not getattr(actions, name).isEnabled()


def test_number_with_more_digits_than_were_read_is_shown_as_confirmed(
    program: Any, type_and_enter: TypeText
) -> None:
    program.press("F8")
    type_and_enter("131")
    program.pictures.numbers.list.select(1)
    answer = program.pictures._answer
    assert (answer.text, answer.words, answer.note) == ("131", "confirmed", OTHER_DIGITS)
    assert answer._bars.in_order == ""
    program.press("Ctrl+Z")
    assert (answer.text, answer.words) == ("13", "doubtful")
    assert answer._bars.in_order


def test_several_digits_that_are_one_for_a_person_are_shown_as_confirmed(
    open_read: Callable[..., Any],
) -> None:
    program = open_read(("13", 0.6, 0))
    program.pictures.work._on_confirmed(0, "4")
    answer = program.pictures._answer
    assert (answer.text, answer.words, answer.note) == ("4", "confirmed", OTHER_DIGITS)


def test_enter_on_the_picture_confirms_the_number_that_is_marked(
    program: Any, qtbot: QtBot
) -> None:
    page = program.pictures
    page.numbers.list.select(1)
    page.shown.view.setFocus()
    qtbot.keyClick(page.shown.view, Key.Key_Return)
    assert [number.is_confirmed for number in page.files.readings()[0].numbers] == [
        False,
        True,
        False,
    ]
    assert page.numbers.list.current == 2
