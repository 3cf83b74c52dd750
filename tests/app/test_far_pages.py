"""Pages that are far from the one that is shown: their pixels are let go, and are there again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.pictures import held_pixels
from handwrite_gui.widgets.pictures.entry import OPENING

Start = Callable[..., Any]
#: A black stroke of 9 by 54 points on a page of 144 by 72.
STROKE = "0 g {} 9 9 54 re f"
PAGES = 4


@pytest.fixture
def file(pdf: Callable[..., bytes], tmp_path: Path) -> Path:
    (tmp_path / "four.pdf").write_bytes(pdf(*(STROKE.format(20 + 30 * n) for n in range(PAGES))))
    return tmp_path / "four.pdf"


@pytest.fixture
def program(start: Start, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The program at the last of four pages, all read, where there is room for two."""
    monkeypatch.setattr(held_pixels, "MOST_BYTES", 1_500_000)
    program = start()
    program.window.activateWindow()
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.open_files([file])
    for _ in range(PAGES - 1):
        with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
            program.press("Ctrl+PgDown")
    return program


def held(program: Any) -> list[int]:
    """The pages of which there are pixels, counted from 0."""
    return [each.excerpt.page for each in program.pictures.files.entries if each.has_pixels]


def first_page(program: Any) -> None:
    program.pictures.shown.turn_page(1 - PAGES)


def message(program: Any) -> str:
    """What stands in the picture's place, or nothing where there is one."""
    view = program.pictures.shown.view
    return view._message if view.levels.is_empty else ""


def test_only_near_pages_are_held_and_others_come_back_unread(program: Any, qtbot: QtBot) -> None:
    assert held(program) == [2, 3]
    first_page(program)
    assert message(program) == OPENING
    assert program.pictures.current_text() == "7"
    qtbot.waitUntil(lambda: not message(program), timeout=20_000)
    assert program.pictures.shown.view.levels.is_whole
    assert len(program.pictures.shown.view.numbers) == 1
    assert len(program.pictures_read) == PAGES
    assert 0 in held(program)
    assert 3 not in held(program)


def test_what_was_said_of_a_page_is_there_without_its_pixels_and_after(
    program: Any, qtbot: QtBot
) -> None:
    first_page(program)
    qtbot.keyClick(program.pictures.focusProxy(), Qt.Key.Key_1)  # While it is being opened.
    assert message(program) == OPENING
    assert program.numbers == ["1"]
    qtbot.waitUntil(lambda: not message(program), timeout=20_000)
    assert program.numbers == ["1"]
    assert program.pictures.shown.view.numbers[0].text == "1"
    program.pictures.shown.turn_page(PAGES - 1)
    qtbot.waitUntil(lambda: 0 not in held(program), timeout=20_000)
    first_page(program)
    program.press("Ctrl+Z")
    assert program.numbers == ["7"]
    program.press("Ctrl+Y")
    assert program.numbers == ["1"]


def test_nothing_is_turned_or_cropped_that_is_not_seen(program: Any, qtbot: QtBot) -> None:
    actions = program.window.actions_
    first_page(program)
    assert not actions.turn_left.isEnabled()
    qtbot.waitUntil(actions.turn_left.isEnabled, timeout=20_000)


def test_a_file_that_is_gone_says_so_and_keeps_what_was_read(
    program: Any, file: Path, qtbot: QtBot
) -> None:
    content = file.read_bytes()
    file.unlink()
    first_page(program)
    qtbot.waitUntil(lambda: "four.pdf" in message(program), timeout=20_000)
    assert program.pictures.current_text() == "7"
    qtbot.keyClick(program.pictures.focusProxy(), Qt.Key.Key_1)
    assert program.pictures.current_text() == "1"
    assert "four.pdf" in message(program)
    file.write_bytes(content)  # It is there again, and the same one.
    program.pictures.shown.turn_page(PAGES - 1)
    first_page(program)
    qtbot.waitUntil(lambda: not message(program), timeout=20_000)
    assert program.pictures.current_text() == "1"


def test_another_picture_is_not_shown_under_what_was_read(
    program: Any, file: Path, pdf: Callable[..., bytes], qtbot: QtBot
) -> None:
    file.write_bytes(pdf(*([STROKE.format(5)] * PAGES)))
    first_page(program)
    qtbot.waitUntil(
        lambda: message(program) == "“four.pdf” has changed since it was opened: open it again.",
        timeout=20_000,
    )
    assert program.pictures.current_text() == "7"


def test_removed_files_come_back_with_their_thumbnails(program: Any, qtbot: QtBot) -> None:
    page = program.pictures
    for entry in page.files.entries:
        entry.let_go()
    page.remove_all()
    page.bring_back()
    assert not page.list.item(0).data(Qt.ItemDataRole.DecorationRole).isNull()
    qtbot.waitUntil(lambda: not message(program), timeout=20_000)
    assert program.pictures.current_text() == "7"
