"""Reading a box of a page in the whole program, and saving what was read."""

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.domain.reading import Number, Reading
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.file_dialogs import JSON
from handwrite_gui.widgets.pictures import numbers_desk

#: Around the second of the three Numbers.
BOX = Excerpt(within=(12.0, 0.0, 12.0, 30.0))


@pytest.fixture
def boxed(program: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The program with a picture whose first Number was put right, and then a box was read."""
    (number,) = (each for each in program.pictures.files.readings()[0].numbers if each.text == "13")

    def slices(*_: object) -> Generator[None, None, Reading]:
        yield
        return Reading((Number("18", 0.995, number.box, number.digits),))

    monkeypatch.setattr(Reader, "picture_slices", slices)
    program.pictures.numbers.list.select(0)
    program.pictures.numbers.list.type_digit(1)
    program.pictures.work.finish_typing()
    assert program.numbers[0] == "1"
    with qtbot.waitSignal(program.recognition.picture_read):
        program.pictures.shown.excerpt_wanted.emit(0, BOX)
    return program


def test_the_rest_of_a_page_is_saved_with_a_box_that_was_read(
    boxed: Any, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.json"
    monkeypatch.setattr(numbers_desk, "ask_where_to_save", lambda *_: (path, JSON))
    boxed.window.actions_.save_all.trigger()
    also = "Where only a box was read last, all else of the page is saved, too."
    qtbot.waitUntil(lambda: boxed.status == f"Saved as {path}. {also}")
    told = json.loads(path.read_bytes())
    read = [(each["text"], each["row"], each["confirmed"]) for each in told["numbers"]]
    assert read == [("1", 0, True), ("18", 0, False), ("-5", 1, False)]


def test_what_is_shown_and_copied_and_saved_alone_is_the_box(
    boxed: Any, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert boxed.numbers == ["18"]
    boxed.window.actions_.copy.trigger()
    assert QGuiApplication.clipboard().text() == "18"
    path = tmp_path / "box.json"
    monkeypatch.setattr(numbers_desk, "ask_where_to_save", lambda *_: (path, JSON))
    boxed.window.actions_.save.trigger()
    qtbot.waitUntil(path.exists)
    assert [each["text"] for each in json.loads(path.read_bytes())["numbers"]] == ["18"]


def test_doubtful_numbers_beyond_the_box_are_not_denied(boxed: Any) -> None:
    boxed.press("F8")
    sentence = "No doubtful number is left in what was read, but for what lies outside of a box."
    assert sentence in boxed.texts


def test_a_page_that_was_read_can_be_saved_while_a_box_of_it_is(
    boxed: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Callable[..., Any]] = []
    monkeypatch.setattr(numbers_desk, "ask_where_to_save", lambda *told: asked.append(told[2]))

    def fails(*_: object) -> Generator[None, None, Reading]:
        yield
        raise RuntimeError("as a test wants it")

    monkeypatch.setattr(Reader, "picture_slices", fails)
    with qtbot.waitSignal(boxed.recognition.picture_failed):
        boxed.pictures.shown.excerpt_wanted.emit(1, BOX)
    boxed.window.actions_.save_all.trigger()
    assert asked == ["Save numbers as"]
