"""The Numbers of a picture in the whole program: put right by keys, kept, copied and saved."""

import csv
import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.answer_panel import OTHER_DIGITS
from handwrite_gui.widgets.file_dialogs import CSV, DRAWN_ON, JSON, TXT, SaveFormat
from handwrite_gui.widgets.pictures import numbers_desk
from handwrite_gui.widgets.pictures.picture_list import PictureList

Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]
Key = Qt.Key
READ = (("007", 0.999, 0), ("13", 0.6, 0), ("=", 0.0, 0), ("-5", 0.2, 1))


def number(text: str, confidence: float, row: int, place: int) -> Number:
    box = (12.0 * place, 30.0 * row + 2.0, 10.0, 20.0)
    chances = Prediction(np.full(11, 1 / 11))
    image = np.full((28, 28), 0.1 * place + 0.1, np.float32)
    digits = tuple(Digit(box, image, chances) for letter in text if letter.isdigit())
    return Number(text, confidence, box, digits, row=row)


READING = Reading(tuple(number(*told, place) for place, told in enumerate(READ) if told[0] != "="))


def slices(*_: object) -> Generator[None, None, Reading]:
    """What the reader does of any picture."""
    yield
    return READING


@pytest.fixture
def program(
    start: Start, save_digit: SaveDigit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """The program with a picture in which three Numbers were read."""
    monkeypatch.setattr(Reader, "picture_slices", slices)
    program = start()
    program.window.activateWindow()
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("page.png")])
    return program


def page_of(program: Any) -> Any:
    return program.window.page_if_made("pictures")


def press(program: Any, *keys: str) -> None:
    for key in keys:
        QTest.keySequence(QApplication.focusWidget() or program.window, QKeySequence(key))


def type_and_enter(program: Any, qtbot: QtBot, text: str) -> None:
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(page_of(program).numbers.list.hasFocus)
    qtbot.waitUntil(lambda: text in page_of(program).current_text())


def texts(program: Any) -> list[str]:
    return page_of(program).current_text().replace("\n", "\t").split("\t")


def save_as(
    program: Any, path: Path, chosen: SaveFormat, monkeypatch: pytest.MonkeyPatch, *, all_: bool
) -> None:
    monkeypatch.setattr(numbers_desk, "ask_where_to_save", lambda *_: (path, chosen))
    actions = program.window.actions_
    (actions.save_all if all_ else actions.save).trigger()


def test_clerk_puts_right_what_is_doubtful_and_copies_all_by_keys(
    program: Any, qtbot: QtBot
) -> None:
    press(program, "F8")
    type_and_enter(program, qtbot, "18")
    qtbot.waitUntil(lambda: page_of(program).numbers.list.current == 2)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert "No doubtful number is left." in program.texts
    press(program, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "007\t18\n-5"
    press(program, "Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == "-5"


def test_corrections_are_undone_and_redone_and_the_canvas_is_left_alone(
    program: Any, qtbot: QtBot
) -> None:
    program.window.show_page("draw")
    program.draw()
    program.window.show_page("pictures")
    assert not program.window.actions_.undo.isEnabled()
    press(program, "F8")
    type_and_enter(program, qtbot, "18")
    press(program, "Ctrl+Z")
    assert texts(program) == ["007", "13", "-5"]
    press(program, "Ctrl+Y")
    assert texts(program) == ["007", "18", "-5"]
    press(program, "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert not program.draw_page.canvas.is_blank
    program.close()
    assert [each["label"] for each in program.corrections] == [1, 8, None, None, 1, 8, None, None]


def test_what_was_confirmed_is_on_the_disk_at_once_and_there_again_later(
    program: Any, start: Start, home: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    press(program, "F8")
    type_and_enter(program, qtbot, "1,800")
    qtbot.waitUntil(lambda: any((home / "data" / "numbers").glob("*.json")))
    (tmp_path / "page.png").rename(tmp_path / "renamed.png")
    again = start()
    again.open_files([tmp_path / "renamed.png"])
    qtbot.waitUntil(lambda: page_of(again) is not None)
    qtbot.waitUntil(lambda: texts(again) == ["007", "1,800", "-5"])
    assert not again.window.actions_.undo.isEnabled()


def test_numbers_are_saved_in_each_format(
    program: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(program, "F8")
    type_and_enter(program, qtbot, "18")
    saved = {}
    for chosen in (TXT, CSV, JSON, DRAWN_ON):
        path = tmp_path / f"saved.{chosen.suffix}"
        save_as(program, path, chosen, monkeypatch, all_=False)
        qtbot.waitUntil(path.exists)
        saved[chosen.suffix] = path
    assert saved["txt"].read_bytes() == b"007\t18\n-5\n"
    with saved["csv"].open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["number"] for row in rows] == ["'007", "18", "'-5"]
    assert {row["path"] for row in rows} == {str(tmp_path / "page.png")}
    assert [row["confidence"] for row in rows] == ["0.999", "1", "0.2"]
    assert [row["confirmed"] for row in rows] == ["false", "true", "false"]
    told = json.loads(saved["json"].read_bytes())
    assert told["path"] == str(tmp_path / "page.png")
    assert [each["text"] for each in told["numbers"]] == ["007", "18", "-5"]
    assert [each["confirmed"] for each in told["numbers"]] == [False, True, False]
    drawn, page = Image.open(saved["png"]), Image.open(tmp_path / "page.png")
    assert drawn.size == page.size
    assert drawn.convert("RGB").tobytes() != page.convert("RGB").tobytes()


def test_all_pictures_numbers_are_saved_together(
    program: Any,
    save_digit: SaveDigit,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("second.png")])
    save_as(program, tmp_path / "all.csv", CSV, monkeypatch, all_=True)
    qtbot.waitUntil((tmp_path / "all.csv").exists)
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as file:
        paths = [Path(row["path"]).name for row in csv.DictReader(file)]
    assert paths == ["page.png"] * 3 + ["second.png"] * 3


def test_what_cannot_be_saved_is_said_in_one_sentence(
    program: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.png").unlink()
    save_as(program, tmp_path / "drawn.png", DRAWN_ON, monkeypatch, all_=False)
    qtbot.waitUntil(lambda: program.status.startswith("“page.png” does not exist"))
    (tmp_path / "folder").write_text("a file")
    save_as(program, tmp_path / "folder" / "a.txt", TXT, monkeypatch, all_=False)
    qtbot.waitUntil(lambda: program.status.startswith("The numbers could not be kept in "))


def test_selection_goes_both_ways_and_the_answer_with_it(program: Any, qtbot: QtBot) -> None:
    page = page_of(program)
    told: list[int] = []
    page.work._view.select_number = lambda index, _, brings: told.append(index) if brings else None
    qtbot.keyClick(page.numbers.list, Key.Key_Down)
    assert told == [1]
    page.work._view.number_clicked.emit(2, 0)
    assert page.numbers.list.current == 2
    assert page.numbers.list.hasFocus()
    assert told[-1] == 2
    qtbot.keyClick(page, Key.Key_4)  # Wherever on the page the focus is.
    type_and_enter(program, qtbot, "2")
    assert texts(program)[2] == "42"


def test_a_digit_that_is_clicked_on_in_the_picture_is_told_of_and_put_right(
    program: Any, qtbot: QtBot
) -> None:
    page = page_of(program)
    page.work._view.number_clicked.emit(1, 1)
    assert (page.numbers.list.current, page.numbers.list.digit) == (1, 1)
    hint = "This is digit 2 of 2. Wrong? Click the right bar, or type the whole number."
    assert hint in program.texts
    page.work._view.number_clicked.emit(1, 0)
    assert page.numbers.list.digit == 0
    page.work._view.number_clicked.emit(1, 1)
    page._answer.corrected.emit(9)
    assert texts(program)[1] == "19"


def test_keys_go_from_digit_to_digit_as_on_the_draw_page(program: Any) -> None:
    page = page_of(program)
    for key, digit in (("Alt+Right", 1), ("Alt+Right", 2), ("Alt+Right", 2), ("Alt+Left", 1)):
        press(program, key)
        assert (page.numbers.list.current, page.numbers.list.digit) == (0, digit)
    program.show_page("draw")
    assert not program.window.actions_.next_digit.isEnabled()
    program.show_page("pictures")
    assert program.window.actions_.next_digit.isEnabled()


def test_what_is_typed_is_of_its_own_picture_where_another_one_is_gone_to(
    program: Any, save_digit: SaveDigit, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("second.png")])
    page = page_of(program)
    listed = page.findChild(PictureList)
    qtbot.waitUntil(lambda: listed.currentRow() == 1)
    press(program, "F8")
    qtbot.keyClicks(QApplication.focusWidget(), "9")
    qtbot.keyClicks(QApplication.focusWidget(), "9")
    place = listed.visualItemRect(listed.item(0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: listed.currentRow() == 0)
    assert texts(program) == ["007", "13", "-5"]
    listed.setCurrentRow(1)
    assert texts(program) == ["007", "99", "-5"]


def test_page_undoes_nothing_where_nobody_said_anything(program: Any) -> None:
    actions = program.window.actions_
    assert not actions.undo.isEnabled()
    assert actions.save.isEnabled()
    assert actions.next_doubtful.isEnabled()
    program.window.show_page("settings")
    for name in ("save", "save_all", "next_doubtful", "alternatives", "copy_number"):
        assert not getattr(actions, name).isEnabled()


def test_number_that_gets_shorter_than_the_digit_spoken_of_is_kept(
    program: Any, home: Path, qtbot: QtBot
) -> None:
    listed = page_of(program).numbers.list
    press(program, "F8")
    listed.select(0)
    for _ in range(2):
        qtbot.keyClick(listed, Key.Key_Right)
    assert listed.digit == 2
    type_and_enter(program, qtbot, "12")
    listed.select(0)
    assert texts(program)[0] == "12"
    program.close()
    (file,) = (home / "data" / "numbers").glob("*.json")
    assert [each["text"] for each in json.loads(file.read_text())["numbers"]] == ["12"]


def test_number_with_more_digits_than_were_read_is_shown_as_confirmed(
    program: Any, qtbot: QtBot
) -> None:
    press(program, "F8")
    type_and_enter(program, qtbot, "131")
    page_of(program).numbers.list.select(1)
    answer = page_of(program)._answer
    assert (answer.text, answer.words, answer.note) == ("131", "confirmed", OTHER_DIGITS)
    assert answer._bars.in_order == ""
    press(program, "Ctrl+Z")
    assert (answer.text, answer.words) == ("13", "doubtful")
    assert answer._bars.in_order


def test_several_digits_that_are_one_for_a_person_are_shown_as_confirmed(
    start: Start, save_digit: SaveDigit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_one(*_: object) -> Generator[None, None, Reading]:
        yield
        return Reading((number("13", 0.6, 0, 0),))

    monkeypatch.setattr(Reader, "picture_slices", read_one)
    program = start()
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("page.png")])
    page_of(program).work._on_confirmed(0, "4")
    answer = page_of(program)._answer
    assert (answer.text, answer.words, answer.note) == ("4", "confirmed", OTHER_DIGITS)


def kept(home: Path) -> list[str]:
    """What is on the disk of the one picture that something was said of."""
    files = list((home / "data" / "numbers").glob("*.json"))
    return [each["text"] for file in files for each in json.loads(file.read_text())["numbers"]]


def type_half(qtbot: QtBot, text: str) -> None:
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)


@pytest.mark.parametrize("way", ["key", "window"])
def test_what_is_half_typed_is_kept_when_the_program_is_closed(
    way: str, program: Any, home: Path, qtbot: QtBot
) -> None:
    press(program, "F8")
    type_half(qtbot, "18")
    if way == "key":
        press(program, "Ctrl+Q")
    assert program.window.isVisible() == (way == "window")
    program.close()
    assert kept(home) == ["18"]


def test_escape_alone_drops_what_is_half_typed(program: Any, home: Path, qtbot: QtBot) -> None:
    press(program, "F8")
    type_half(qtbot, "18")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    program.close()
    assert kept(home) == []


def test_what_is_half_typed_is_in_what_is_saved(
    program: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(program, "F8")
    type_half(qtbot, "18")
    save_as(program, tmp_path / "saved.txt", TXT, monkeypatch, all_=False)
    qtbot.waitUntil((tmp_path / "saved.txt").exists)
    assert (tmp_path / "saved.txt").read_bytes() == b"007\t18\n-5\n"


def test_what_is_half_typed_is_kept_where_the_picture_is_turned_or_removed(
    program: Any, home: Path, qtbot: QtBot
) -> None:
    press(program, "F8")
    type_half(qtbot, "18")
    with qtbot.waitSignal(program.recognition.picture_read):
        program.window.actions_.turn_right.trigger()
    program.window.actions_.uncrop.trigger()
    assert texts(program) == ["007", "18", "-5"]
    press(program, "F8")
    type_half(qtbot, "19")
    program.window.actions_.remove_all.trigger()
    program.close()
    assert kept(home) == ["18", "19"]


def test_what_was_deleted_is_not_written_again_by_a_picture_that_is_open(
    program: Any, home: Path, qtbot: QtBot
) -> None:
    press(program, "F8")
    type_and_enter(program, qtbot, "18")
    qtbot.waitUntil(lambda: kept(home) == ["18"])
    settings = program.show_page("settings")
    settings.delete_corrections_requested.emit()
    qtbot.waitUntil(lambda: not any((home / "data" / "numbers").glob("*.json")))
    program.show_page("pictures")
    assert texts(program) == ["007", "18", "-5"]
    program.show_page("pictures").numbers.list.select(2)
    type_and_enter(program, qtbot, "42")
    program.close()
    assert kept(home) == ["42"]


def test_enter_on_the_picture_confirms_the_number_that_is_marked(
    program: Any, qtbot: QtBot
) -> None:
    page = page_of(program)
    page.numbers.list.select(1)
    page.shown.view.setFocus()
    qtbot.keyClick(page.shown.view, Key.Key_Return)
    assert [number.is_confirmed for number in page.readings()[0].numbers] == [False, True, False]
    assert page.numbers.list.current == 2
