"""Reading all again, after some of the pictures could not be read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

Start = Callable[..., Any]
WAIT_MS = 20_000


@pytest.fixture
def program(start: Start, save_digit: Callable[[str], Path], qtbot: QtBot) -> Any:
    """The program with a picture that is read and two that cannot be."""
    good = save_digit("good.png")
    damaged = [good.parent / "bad.png", good.parent / "worse.png"]
    for path in damaged:
        path.write_text("no picture")
    program = start()
    program.window.activateWindow()
    program.open_files([good, *damaged])
    qtbot.waitUntil(lambda: "3 pictures, 2 failed" in program.texts, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: program.pictures_read == [0], timeout=WAIT_MS)
    qtbot.waitUntil(program.window.actions_.read_all.isEnabled)
    return program


def test_what_failed_is_tried_once_more_each_time(
    program: Any, save_digit: Callable[[str], Path], qtbot: QtBot
) -> None:
    failed: list[int] = []
    program._desk.failed.connect(lambda key, _: failed.append(key))
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: program.status.startswith("Read 1 of 3 pictures."), timeout=WAIT_MS)
    qtbot.wait(200)
    assert sorted(failed) == [1, 2]
    save_digit("bad.png")
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: program.status.startswith("Read 2 of 3 pictures."), timeout=WAIT_MS)
    assert program.pictures_read == [0, 1]
    assert "3 pictures, 1 failed" in program.texts
    save_digit("worse.png")
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: program.status == "Read 3 of 3 pictures.", timeout=WAIT_MS)
    assert program.pictures.list.currentRow() == 0


def test_it_is_offered_where_only_the_picture_that_is_shown_failed(
    start: Start, save_digit: Callable[[str], Path], qtbot: QtBot
) -> None:
    path = save_digit("one.png")
    content = path.read_bytes()
    path.write_text("no picture")
    program = start(path)
    program.window.activateWindow()
    qtbot.waitUntil(lambda: "1 picture, 1 failed" in program.texts, timeout=WAIT_MS)
    qtbot.waitUntil(program.window.actions_.read_all.isEnabled)
    every = program.pictures.panel.findChildren(QPushButton)
    assert next(each for each in every if each.text() == "Read all").isVisible()
    path.write_bytes(content)
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: program.pictures_read == [0], timeout=WAIT_MS)
    assert program.numbers == ["7"]
    qtbot.waitUntil(lambda: not program.window.actions_.read_all.isEnabled())


def test_how_it_ended_is_said_until_more_is_read(program: Any, qtbot: QtBot) -> None:
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: "Read 1 of 3 pictures." in program.texts, timeout=WAIT_MS)
    assert any(text.startswith("2 failed, ") for text in program.texts)
    assert program.status.startswith("Read 1 of 3 pictures. 2 failed, ")
    reading = program.pictures.entry(0).reading
    program._desk.read.emit(1, reading)  # As when a person has it read alone.
    qtbot.waitUntil(lambda: "Read 1 of 3 pictures." not in program.texts)
    assert not any(text.startswith("2 failed, ") for text in program.texts)
    assert program.status == ""
