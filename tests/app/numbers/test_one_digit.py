"""One digit of a Number in a picture is put right, also where it was misread as a sign."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

Start = Callable[..., Any]


def bar(program: Any, digit: int) -> Any:
    return program.pictures._answer._bars._bars[digit]


@pytest.fixture
def misread(open_read: Callable[..., Any]) -> Any:
    """The program with 2147 and 13, the first of which was read as 2-47."""
    return open_read(("2-47", 0.8, 0), ("13", 0.6, 1))


def test_digit_that_was_misread_as_a_sign_is_chosen_and_put_right(misread: Any) -> None:
    page, answer = misread.pictures, misread.pictures._answer
    misread.press("Alt+Right")
    assert page.numbers.list.place == 1
    assert answer.note == "“-” was read here, a sign and no digit."
    assert answer.words == "doubtful"
    assert "Is it a digit? Click the right bar, or type the whole number." in misread.texts
    assert bar(misread, 1).isEnabled()
    spoken = QAccessible.queryAccessibleInterface(bar(misread, 1))
    assert spoken.text(QAccessible.Text.Name) == "1: not known"
    bar(misread, 1).click()
    assert misread.numbers == ["2147", "13"]
    assert (page.numbers.list.place, answer.note) == (1, "You said 1; a sign was read.")
    assert bar(misread, 1).accessibleName() == "1: not known, the answer"
    bar(misread, 7).click()
    assert misread.numbers[0] == "2747"
    misread.press("Alt+Right")
    assert answer._bars.in_order
    bar(misread, 9).click()
    assert misread.numbers[0] == "2797"
    misread.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert misread.numbers == ["2-47", "13"]


def test_sign_that_is_chosen_is_underlined_and_clicked_on_in_the_picture(misread: Any) -> None:
    misread.pictures.work._view.number_clicked.emit(0, 1)
    assert misread.pictures.numbers.list.place == 1
    bar(misread, 5).click()
    assert misread.numbers[0] == "2547"


def test_lone_digit_beside_a_sign_has_a_list_in_which_the_sign_is_chosen(
    open_read: Callable[..., Any],
) -> None:
    program = open_read(("-7", 0.8, 0))
    assert not program.pictures.numbers.isHidden()
    program.press("Alt+Left")
    bar(program, 1).click()
    assert program.numbers == ["17"]


def test_digit_put_right_leaves_the_number_as_sure_as_its_other_digits(
    misread: Any, start: Start, home: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    page, answer = misread.pictures, misread.pictures._answer
    misread.press("F8")
    page.numbers.list.select(1, 0)
    bar(misread, 7).click()
    number = page.files.readings()[0].numbers[1]
    assert (number.text, number.is_confirmed, number.is_sure) == ("73", False, False)
    assert (answer.text, answer.words) == ("73", "doubtful")
    assert answer.note.startswith("You said 7")
    qtbot.waitUntil(lambda: any((home / "data" / "numbers").glob("*.json")))
    again = start()
    again.open_files([tmp_path / "page.png"])
    qtbot.waitUntil(lambda: again.pictures is not None)
    qtbot.waitUntil(lambda: again.numbers == ["2-47", "73"])
    assert [each.is_confirmed for each in again.pictures.files.readings()[0].numbers] == [
        False,
        False,
    ]
    page.numbers.list.select(1, 1)
    bar(misread, 3).click()
    assert (answer.text, answer.words) == ("73", "confirmed")
    assert page.files.readings()[0].numbers[1].is_confirmed
    misread.window.actions_.next_doubtful.trigger()
    assert page.numbers.list.current == 0
    misread.close()
    assert [each["label"] for each in misread.corrections] == [7, 7, 3]
