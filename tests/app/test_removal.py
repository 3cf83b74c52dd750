"""Pictures are taken off the list and brought back by Undo in the whole program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

Start = Callable[..., Any]
NAMES = ["a.png", "b.png", "c.png"]


@pytest.fixture
def program(start: Start, save_digit: Callable[[str], Path], qtbot: QtBot) -> Any:
    """The program with three pictures, each read as a 7; the first is shown."""
    program = start(*map(save_digit, NAMES))
    program.window.activateWindow()
    qtbot.waitUntil(lambda: len(program.pictures_read) == 3, timeout=20_000)
    program.pictures.list.make_current(0)
    program.pictures.list.setFocus()
    return program


def names(program: Any) -> list[str]:
    listed = program.pictures.list
    return [listed.item(row).text() for row in range(listed.count())]


def test_one_picture_comes_back_to_its_place(program: Any) -> None:
    undo = program.window.actions_.undo
    program.pictures.list.make_current(1)
    assert not undo.isEnabled()
    program.press("Del")
    assert names(program) == ["a.png", "c.png"]
    assert undo.isEnabled()
    program.press("Ctrl+Z")
    assert names(program) == NAMES
    assert [file.shown.name for file in program.pictures.files] == NAMES
    assert program.pictures.list.keys == [0, 1, 2]
    assert program.pictures.current_key == 1
    assert program.numbers == ["7"]
    assert not undo.isEnabled()


def test_several_come_back_the_last_one_first(program: Any, qtbot: QtBot) -> None:
    program.press("Del", "Del", "Del")
    assert names(program) == []
    back = [names(program) for _ in range(3) if program.press("Ctrl+Z") is None]
    assert back == [["c.png"], ["b.png", "c.png"], NAMES]
    assert program.pictures.current_key == 0
    view = program.pictures.shown.view  # Its pixels were let go.
    qtbot.waitUntil(lambda: not view.levels.is_empty)
    assert len(program.pictures_read) == 3


def test_what_was_said_since_is_taken_back_first(program: Any, qtbot: QtBot) -> None:
    page = program.pictures

    def say(key: Qt.Key) -> None:
        page.list.make_current(0)
        qtbot.keyClick(page.list, key)

    def remove(key: int) -> None:
        page.list.make_current(key)
        program.press("Del")

    say(Qt.Key.Key_1)
    remove(1)
    say(Qt.Key.Key_2)
    remove(2)
    say(Qt.Key.Key_3)
    say(Qt.Key.Key_4)
    seen = []
    for _ in range(7):
        page.list.make_current(0)
        seen.append((page.current_text(), page.list.keys))
        program.press("Ctrl+Z")
    assert seen == [
        ("4", [0]),
        ("3", [0]),
        ("2", [0]),
        ("2", [0, 2]),
        ("1", [0, 2]),
        ("1", [0, 1, 2]),
        ("7", [0, 1, 2]),
    ]
    assert not program.window.actions_.undo.isEnabled()


def test_a_turn_since_is_taken_back_first(program: Any, qtbot: QtBot) -> None:
    program.press("Del")
    key = program.pictures.current_key
    with qtbot.waitSignal(program.recognition.picture_read):
        program.window.actions_.turn_right.trigger()
    program.press("Ctrl+Z")
    assert program.pictures.current_key == key
    assert len(names(program)) == 2
    program.press("Ctrl+Z")
    assert names(program) == NAMES


def test_none_comes_back_once_others_are_opened(
    program: Any, save_digit: Callable[[str], Path], qtbot: QtBot
) -> None:
    program.press("Del")
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("d.png")])
    assert not program.window.actions_.undo.isEnabled()
    program.press("Ctrl+Z")
    assert names(program) == ["b.png", "c.png", "d.png"]
