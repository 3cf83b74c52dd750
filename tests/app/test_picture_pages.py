"""A PDF and a TIFF in the whole program: leafed through, turned, cropped and enlarged by keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.pictures.go_to import GoTo
from handwrite_gui.widgets.pictures.place_button import PlaceButton

Start = Callable[..., Any]
#: A black stroke of 9 by 54 points on a page of 144 by 72.
STROKE = "0 g {} 9 9 54 re f"


@pytest.fixture
def program(start: Start, pdf: Callable[..., bytes], tmp_path: Path, qtbot: QtBot) -> Any:
    """The program with a PDF of three pages, which have a stroke each; all is read as a 7."""
    file = tmp_path / "three.pdf"
    file.write_bytes(pdf(*(STROKE.format(x) for x in (20, 60, 100))))
    program = start()
    program.window.activateWindow()
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.open_files([file])
    return program


def place(program: Any) -> str:
    return program.pictures.findChild(PlaceButton).text()


def size_of(program: Any) -> str:
    return next(text.partition(" pixels")[0] for text in program.texts if " pixels" in text)


def press(program: Any, keys: str) -> None:
    QTest.keySequence(program.window, QKeySequence(keys))


def press_and_read(program: Any, keys: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        press(program, keys)


def test_pages_are_leafed_through_and_keep_what_was_said(program: Any, qtbot: QtBot) -> None:
    assert place(program) == "Page 1 of 3"
    press_and_read(program, "Ctrl+PgDown", qtbot)
    assert place(program) == "Page 2 of 3"
    qtbot.keyClick(program.pictures.focusProxy(), Qt.Key.Key_1)
    press(program, "Ctrl+PgUp")
    press(program, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "7"
    press(program, "Ctrl+PgDown")
    press(program, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "1"
    actions = program.window.actions_
    press_and_read(program, "Ctrl+PgDown", qtbot)
    assert not actions.next_page.isEnabled()
    assert actions.previous_page.isEnabled()


def go_to(number: int | str, program: Any, qtbot: QtBot) -> GoTo:
    """Press the key and type a number in the dialog that it opens."""
    press(program, "Ctrl+L")
    qtbot.waitUntil(lambda: program.window.findChild(GoTo) is not None)
    dialog = program.window.findChild(GoTo)
    qtbot.keyClicks(dialog.findChild(QSpinBox), str(number))
    return dialog


def test_a_page_is_gone_to_by_its_number(program: Any, qtbot: QtBot) -> None:
    dialog = go_to(3, program, qtbot)
    assert dialog.findChild(QLabel).text() == "&Number of the page, 1 to 3:"
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        qtbot.keyClick(dialog.findChild(QSpinBox), Qt.Key.Key_Return)
    assert place(program) == "Page 3 of 3"
    assert len(program.pictures.files.readings()) == 2
    qtbot.waitUntil(lambda: program.window.findChild(GoTo) is None)
    qtbot.mouseClick(program.pictures.findChild(PlaceButton), Qt.MouseButton.LeftButton)
    dialog = program.window.findChild(GoTo)
    assert dialog.findChild(QSpinBox).value() == 3
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert place(program) == "Page 3 of 3"


@pytest.mark.parametrize("by_button", [True, False])
def test_a_page_beyond_the_last_is_the_last(program: Any, qtbot: QtBot, by_button: bool) -> None:
    dialog = go_to(29, program, qtbot)  # The 2 alone is a page.
    assert dialog.findChild(QSpinBox).text() == "29"
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        if by_button:
            go = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Go")
            qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(dialog.findChild(QSpinBox), Qt.Key.Key_Return)
    assert place(program) == "Page 3 of 3"
    assert program.status == "There are 3 pages: this is the last."


def test_the_arrows_go_on_from_what_was_typed(program: Any, qtbot: QtBot) -> None:
    dialog = go_to(29, program, qtbot)
    number = dialog.findChild(QSpinBox)
    qtbot.keyClick(number, Qt.Key.Key_Down)  # From the last.
    assert number.text() == "2"
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert place(program) == "Page 2 of 3"
    assert program.status == ""


@pytest.mark.parametrize("typed", ["0", "x", ""])
def test_what_is_no_page_leads_nowhere(program: Any, qtbot: QtBot, typed: str) -> None:
    dialog = go_to(typed, program, qtbot)
    if not typed:
        qtbot.keyClick(dialog.findChild(QSpinBox), Qt.Key.Key_Backspace)
    qtbot.keyClick(dialog.findChild(QSpinBox), Qt.Key.Key_Return)
    assert place(program) == "Page 1 of 3"
    assert program.status == ""


def test_a_picture_without_pages_is_gone_to_by_its_number(
    start: Start, save_digit: Callable[[str], Path], qtbot: QtBot
) -> None:
    program = start(*(save_digit(f"{n}.png") for n in (1, 2, 3)))
    program.window.activateWindow()
    qtbot.waitUntil(lambda: len(program.pictures_read) == 3, timeout=20_000)
    dialog = go_to(3, program, qtbot)
    assert dialog.findChild(QLabel).text() == "&Number of the picture, 1 to 3:"
    qtbot.keyClick(dialog.findChild(QSpinBox), Qt.Key.Key_Return)
    assert program.pictures.list.currentRow() == 2
    program.pictures.remove(program.pictures.list.keys[:2])
    assert not program.window.actions_.go_to.isEnabled()


def test_a_picture_is_turned_and_put_back(program: Any, qtbot: QtBot) -> None:
    assert size_of(program) == "600 × 300"
    press_and_read(program, "Ctrl+T", qtbot)
    assert size_of(program) == "300 × 600"
    assert program.window.actions_.uncrop.isEnabled()
    press(program, "Ctrl+Shift+K")
    assert size_of(program) == "600 × 300"
    assert not program.window.actions_.uncrop.isEnabled()


def test_undo_takes_back_turns_after_what_was_said(program: Any, qtbot: QtBot) -> None:
    actions = program.window.actions_
    assert not actions.undo.isEnabled()
    for _ in range(2):
        press_and_read(program, "Ctrl+T", qtbot)
    qtbot.keyClick(program.pictures.focusProxy(), Qt.Key.Key_1)
    for keys, size, text in (
        ("Ctrl+Z", "600 × 300", "7"),
        ("Ctrl+Z", "300 × 600", ""),  # Of a stroke that lies down nothing is read.
        ("Ctrl+Z", "600 × 300", "7"),
        ("Ctrl+Y", "300 × 600", ""),
        ("Ctrl+Y", "600 × 300", "7"),
        ("Ctrl+Y", "600 × 300", "1"),
    ):
        press(program, keys)
        assert (size_of(program), program.pictures.current_text()) == (size, text)
    assert not actions.redo.isEnabled()
    assert len(program.pictures_read) == 3


def test_a_box_is_drawn_by_keys_and_cropped_to(program: Any, qtbot: QtBot) -> None:
    actions, view = program.window.actions_, program.pictures.shown.view
    assert not actions.crop.isEnabled()
    press(program, "Ctrl+B")
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert actions.crop.isEnabled()
    press_and_read(program, "Ctrl+Shift+X", qtbot)
    assert size_of(program) == "300 × 150"
    assert not actions.draw_box.isChecked()


def test_what_a_box_is_drawn_with_is_said_no_longer_than_one_is_drawn(
    program: Any, qtbot: QtBot
) -> None:
    view = program.pictures.shown.view
    for leave in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        press(program, "Ctrl+B")
        assert program.status.startswith("Draw a box")
        if leave == Qt.Key.Key_Return:
            qtbot.keyClick(view, Qt.Key.Key_Left)
        qtbot.keyClick(view, leave)
        assert program.status == ""
    press(program, "Ctrl+B")
    program.window.say("Something else.")
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert program.status == "Something else."


def test_zoom_keys_enlarge_the_picture_and_not_the_hidden_canvas(program: Any) -> None:
    viewport = program.pictures.shown.view.control.viewport
    press(program, "Ctrl++")
    assert not viewport.is_fitted
    assert program.draw_page.canvas.view.is_home
    press(program, "Ctrl+0")
    assert viewport.is_fitted
    program.window.show_page("draw")
    press(program, "Ctrl++")
    assert viewport.is_fitted
    assert not program.draw_page.canvas.view.is_home


def test_nothing_of_it_is_offered_where_no_picture_is_seen(program: Any) -> None:
    actions = program.window.actions_
    named = ("previous_page", "next_page", "go_to", "turn_left", "turn_right", "draw_box", "crop")
    program.window.show_page("draw")
    assert [name for name in named if getattr(actions, name).isEnabled()] == []
    program.window.show_page("pictures")
    assert actions.turn_left.isEnabled()


def test_every_button_of_the_picture_says_what_it_does_and_its_key(program: Any) -> None:
    buttons = program.pictures.shown.findChildren(QToolButton)
    tips = [button.toolTip() for button in buttons if button.defaultAction()]
    assert len(tips) == 8
    assert all("(Ctrl+" in tip for tip in tips)


def test_a_large_picture_is_sharp_when_it_is_shown_again(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("a.png", "b.png"):
        image = Image.new("L", (2200, 500), 255)
        ImageDraw.Draw(image).line((1100, 100, 1100, 400), 0, 20)
        image.save(tmp_path / name)
    program = start(tmp_path / "a.png", tmp_path / "b.png")
    read: list[int] = []
    program.recognition.picture_read.connect(lambda key, _: read.append(key))
    qtbot.waitUntil(lambda: len(read) == 2, timeout=20_000)
    page = program.pictures
    view, listed = page.shown.view, page.focusProxy()
    assert view.levels.is_whole
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert page.current_key == 1
    qtbot.waitUntil(lambda: view.levels.is_whole, timeout=20_000)
    qtbot.keyClick(listed, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: view.levels.is_whole, timeout=20_000)
    assert len(read) == 2


def test_enter_reads_the_box_that_is_drawn(program: Any, qtbot: QtBot) -> None:
    view = program.pictures.shown.view
    program.window.activateWindow()
    program.window.actions_.draw_box.trigger()
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.box is not None
    with qtbot.waitSignal(program.recognition.picture_read):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert any("only the box is read" in text for text in program.texts)
