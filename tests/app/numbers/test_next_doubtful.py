"""F8 in the whole program: from one doubtful number to the next, from page to page."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.pictures import held_pixels

from .conftest import number

Start = Callable[..., Any]
Read = tuple[tuple[str, float], ...]
Open = Callable[..., Any]
WAIT_MS = 20_000
SURE: Read = ("12", 0.999), ("34", 0.999)
ONE_DOUBTFUL: Read = ("12", 0.999), ("34", 0.6)
TWO_DOUBTFUL: Read = ("56", 0.5), ("7", 0.999), ("89", 0.6)
ONE_DIGIT: Read = (("7", 0.5),)


@pytest.fixture
def open_pages(
    start: Start,
    pdf: Callable[..., bytes],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:
    """Starts the program with documents by their names, and what is read on each page of them.

    All their pages are read, and the first page of the first is shown.
    """

    def open_pages(*, is_all_read: bool = True, **documents: list[Read]) -> Any:
        def slices(_: object, picture: Picture, *__: object) -> Generator[None, None, Reading]:
            yield
            read = documents[Path(picture.name).stem][picture.page]
            numbers = (number(text, chance, 0, at) for at, (text, chance) in enumerate(read))
            return Reading(tuple(numbers))

        monkeypatch.setattr(Reader, "picture_slices", slices)
        program = start()
        program.window.activateWindow()
        for name, pages in documents.items():
            strokes = (f"0 g {20 + page} 9 9 54 re f" for page in range(len(pages)))
            (tmp_path / f"{name}.pdf").write_bytes(pdf(*strokes))
            with qtbot.waitSignal(program.recognition.picture_read, timeout=WAIT_MS):
                program.open_files([tmp_path / f"{name}.pdf"])
        if is_all_read:
            qtbot.waitUntil(program.window.actions_.read_all.isEnabled)
            program.press("Ctrl+Shift+A")
            files = program.pictures.files
            qtbot.waitUntil(
                lambda: (
                    sum(entry.is_read for file in files for entry in file.latest)
                    == sum(map(len, documents.values()))
                ),
                timeout=WAIT_MS,
            )
        program.pictures.list.make_current(program.pictures.list.keys[0])
        return program

    return open_pages


def where(program: Any) -> tuple[str, int, str]:
    """The file, the page and the number that are gone to."""
    entry = program.pictures.entry(program.pictures.current_key)
    return entry.name, entry.excerpt.page + 1, program.pictures.numbers.current_text


def test_next_doubtful_goes_on_from_page_to_page_and_round(open_pages: Open) -> None:
    program = open_pages(
        one=[SURE, ONE_DOUBTFUL, SURE, TWO_DOUBTFUL], two=[SURE], three=[SURE, ONE_DOUBTFUL]
    )
    gone_to = []
    for _ in range(4):
        program.press("F8")
        gone_to.append(where(program))
        if program.pictures.numbers.current_text == "56":
            program.pictures.numbers.list.confirm()
            gone_to.append(where(program))
    assert gone_to == [
        ("one.pdf", 2, "34"),
        ("one.pdf", 4, "56"),
        ("one.pdf", 4, "89"),
        ("three.pdf", 2, "34"),
        ("one.pdf", 2, "34"),
    ]
    assert program.status == "Page 2 of “one.pdf”."
    assert program.pictures.numbers.list.hasFocus()
    assert program.pictures.list.selected_keys == [program.pictures.list.current_key]


def test_where_a_page_is_is_said_while_it_is_seen(open_pages: Open) -> None:
    program = open_pages(one=[SURE, ONE_DOUBTFUL])
    program.press("F8")
    assert program.status == "Page 2 of “one.pdf”."
    program.press("Ctrl+PgUp")
    assert program.status == ""
    program.press("F8")
    program.pictures.shown.view.page_wanted.emit(-1)  # As without an action.
    assert program.status == ""
    program.press("F8")
    assert program.status == "Page 2 of “one.pdf”."
    program.window.show_page("draw")
    assert program.status == ""


def test_who_enters_a_number_stays_and_is_told_where_others_are(
    open_pages: Open, qtbot: QtBot
) -> None:
    program = open_pages(one=[ONE_DOUBTFUL, SURE, ONE_DOUBTFUL], two=[SURE, ONE_DOUBTFUL])
    program.press("F8")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert where(program)[:2] == ("one.pdf", 1)
    sentence = "No doubtful number is left here. “Next doubtful” goes on to page 3."
    assert sentence in program.texts
    program.press("F8")
    assert where(program) == ("one.pdf", 3, "34")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert sentence.replace("page 3", "another picture") in program.texts
    program.press("F8", "F8")  # And then there is only the one that is gone to.
    assert where(program) == ("two.pdf", 2, "34")
    assert "No other doubtful number is left in what was read." in program.texts
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "No doubtful number is left in what was read." in program.texts


def test_of_how_many_pages_none_is_left_is_said_where_others_were_not_read(
    open_pages: Open,
) -> None:
    program = open_pages(is_all_read=False, one=[SURE, ONE_DOUBTFUL, SURE])
    program.press("F8")
    assert where(program)[:2] == ("one.pdf", 1)
    assert "No doubtful number is left in what was read: 1 of 3 pages." in program.texts


def test_what_is_half_typed_is_kept_where_next_doubtful_leads_elsewhere(
    open_pages: Open, type_half: Callable[[str], None]
) -> None:
    program = open_pages(one=[ONE_DOUBTFUL, ONE_DOUBTFUL])
    program.press("F8")
    type_half("99")
    program.press("F8")
    assert where(program) == ("one.pdf", 2, "34")
    assert [reading.text for reading in program.pictures.files.readings().values()] == [
        *("12\t99", "12\t34")
    ]


def test_what_is_no_number_yet_is_not_left(
    open_pages: Open, type_half: Callable[[str], None], qtbot: QtBot
) -> None:
    program = open_pages(one=[ONE_DOUBTFUL, ONE_DOUBTFUL])
    program.press("F8")
    type_half("1a")
    program.press("F8")
    assert where(program) == ("one.pdf", 1, "34")
    qtbot.waitUntil(lambda: any("“1a” is no number yet" in text for text in program.texts))
    program.press("F8")
    assert where(program)[:2] == ("one.pdf", 2)


def test_a_page_with_one_digit_is_gone_to_and_left_without_a_list(
    open_pages: Open, qtbot: QtBot
) -> None:
    program = open_pages(one=[ONE_DIGIT, ONE_DIGIT, ONE_DOUBTFUL])
    program.press("F8")
    assert where(program)[:2] == ("one.pdf", 2)
    assert program.pictures.list.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    assert program.numbers == ["1"]
    program.press("F8", "F8")
    assert where(program)[:2] == ("one.pdf", 1)
    program.press("Ctrl+PgDown", "F8")
    assert where(program) == ("one.pdf", 3, "34")


def test_next_doubtful_leads_on_from_a_page_without_numbers_once_others_are_read(
    open_pages: Open, qtbot: QtBot
) -> None:
    program = open_pages(is_all_read=False, one=[(), SURE, ONE_DOUBTFUL])
    actions = program.window.actions_
    assert not actions.next_doubtful.isEnabled()
    assert not actions.save_all.isEnabled()
    qtbot.waitUntil(actions.read_all.isEnabled)
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: "Read 3 of 3 pages." in program.texts, timeout=WAIT_MS)
    assert actions.save_all.isEnabled()
    program.press("F8")
    assert where(program) == ("one.pdf", 3, "34")


def test_pixels_that_were_let_go_come_back_where_next_doubtful_leads(
    open_pages: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_pixels, "MOST_BYTES", 1_000_000)
    program = open_pages(one=[SURE, SURE, SURE, SURE, ONE_DOUBTFUL])
    entry = next(iter(program.pictures.files)).entry(4)
    assert not entry.has_pixels
    program.press("F8")
    assert where(program) == ("one.pdf", 5, "34")
    qtbot.waitUntil(lambda: program.pictures.shown.view.levels.is_whole, timeout=WAIT_MS)
    assert entry.has_pixels
    assert where(program) == ("one.pdf", 5, "34")
    assert len(program.pictures.shown.view.numbers) == 2


def test_none_is_said_to_be_doubtful_only_of_what_is_shown(open_pages: Open) -> None:
    program = open_pages(one=[SURE, ONE_DOUBTFUL], two=[SURE])
    assert "2 numbers, none doubtful here" in program.texts
    status = program.pictures.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert status == "one.pdf: 2 numbers, none doubtful on this page"
    program.press("F8")
    assert "2 numbers, 1 doubtful here" in program.texts
    program.pictures.list.make_current(program.pictures.list.keys[1])
    assert "2 numbers, none doubtful here" in program.texts
    status = program.pictures.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert status == "two.pdf: 2 numbers, none doubtful"
    program.pictures.remove(program.pictures.list.keys[:1])
    assert "2 numbers, none doubtful" in program.texts
    program.press("Ctrl+Z")
    program.pictures.list.make_current(program.pictures.list.keys[1])
    assert "2 numbers, none doubtful here" in program.texts
