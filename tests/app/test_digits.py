"""Digits on the canvas in the whole program: chosen, corrected, kept, and brought back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Number, Reading, Refusal
from handwrite_gui.reading.reader import Reader
from handwrite_gui.storage.inkml_writing import ink_as_inkml
from handwrite_gui.storage.journal_records import read_journal
from handwrite_gui.widgets.draw.alternatives import Alternatives
from handwrite_gui.widgets.draw.replay.desk import ReplayDesk
from handwrite_gui.widgets.draw.why.panel import WhyPanel

#: Qt's offscreen platform says so of a list that opens over the window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Start = Callable[..., Any]


def press(program: Any, key: str) -> None:
    QTest.keySequence(program.window, QKeySequence(key))


def alternatives(program: Any) -> QListWidget:
    popup = program.draw_page.canvas.findChild(Alternatives)
    return popup.findChild(QListWidget)


def corrections(program: Any) -> dict[tuple[int, ...], int]:
    said: dict[tuple[int, ...], int] = program.draw_page.canvas.ink().standing_corrections
    return said


@pytest.fixture
def written(start: Start, qtbot: QtBot) -> Any:
    """The program with a digit that is read as 7."""
    program = start()
    program.window.activateWindow()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7" and program.draw_page.is_answered)
    return program


def test_digit_is_chosen_from_the_list_that_a_click_opens(written: Any, qtbot: QtBot) -> None:
    page = written.draw_page
    at = page.labels.rect_of(page.digits.all[0]).center()
    QTest.mouseClick(page.canvas, Qt.MouseButton.LeftButton, pos=at)
    listed = alternatives(written)
    assert listed.isVisible()
    assert len(page.canvas.ink().strokes) == 1
    rows = [listed.item(row).text().split() for row in range(listed.count())]
    assert rows[0] == ["7", "90.0", "%"]
    assert len(rows) == 11
    four = next(listed.item(row) for row in range(11) if rows[row][0] == "4")
    place = listed.visualItemRect(four).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not listed.isVisible()
    assert corrections(written) == {(0,): 4}
    assert written.answer == "4"


@pytest.mark.parametrize("keys", ["Down, Return", "0"])
def test_digit_is_chosen_from_the_list_by_keys_alone(written: Any, qtbot: QtBot, keys: str) -> None:
    press(written, "Alt+Right")
    press(written, "Alt+Down")
    for key in keys.split(", "):
        QTest.keySequence(alternatives(written), QKeySequence(key))
    assert written.answer == "0"
    assert corrections(written) == {(0,): 0}


def test_escape_leaves_the_list_and_then_the_digit(written: Any) -> None:
    press(written, "Alt+Down")
    QTest.keyClick(alternatives(written), Qt.Key.Key_Escape)
    assert not alternatives(written).isVisible()
    assert written.draw_page.digits.selected is not None
    QTest.keyClick(written.draw_page.canvas, Qt.Key.Key_Escape)
    assert written.draw_page.digits.selected is None
    assert corrections(written) == {}


def test_no_digit_is_listed_and_cannot_be_chosen(written: Any, qtbot: QtBot) -> None:
    press(written, "Alt+Down")
    listed = alternatives(written)
    (none,) = listed.findItems("no digit", Qt.MatchFlag.MatchEndsWith)
    place = listed.visualItemRect(none).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert corrections(written) == {}


def test_correction_is_taken_back_everywhere(written: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(written.draw_page.canvas, Qt.Key.Key_4)
    assert written.answer == "4"
    assert "confirmed" in written.texts
    press(written, "Ctrl+Z")
    assert written.answer == "7"
    press(written, "Ctrl+Shift+Z")
    assert written.answer == "4"
    press(written, "Ctrl+Z")
    written.close()
    assert [each["label"] for each in written.corrections] == [4, None, 4, None]


def test_what_is_cleared_stays_corrected_for_whoever_learns(written: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(written.draw_page.canvas, Qt.Key.Key_4)
    press(written, "Ctrl+Del")
    written.close()
    assert [each["label"] for each in written.corrections] == [4]


def test_correction_comes_back_with_the_drawing(
    written: Any, start: Start, home: Path, qtbot: QtBot
) -> None:
    qtbot.keyClick(written.draw_page.canvas, Qt.Key.Key_4)

    def is_journalled() -> bool:
        (file,) = (home / "data" / "journals").iterdir()
        return read_journal(file).ink.standing_corrections == {(0,): 4}

    qtbot.waitUntil(is_journalled)  # Before anything is closed: as a kill would leave it.
    written.close()
    again = start()
    qtbot.waitUntil(again.window.actions_.restore.isEnabled)
    press(again, "Ctrl+Shift+B")
    assert corrections(again) == {(0,): 4}
    qtbot.waitUntil(lambda: again.answer == "4")


def test_correction_comes_back_from_a_file(written: Any, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.keyClick(written.draw_page.canvas, Qt.Key.Key_4)
    file = tmp_path / "four.inkml"
    file.write_bytes(ink_as_inkml(written.draw_page.canvas.ink(), "4"))
    written.draw_page.canvas.clear()
    written.open_files([file])
    qtbot.waitUntil(lambda: corrections(written) == {(0,): 4})
    qtbot.waitUntil(lambda: written.answer == "4")


def test_switch_hides_the_readings_under_the_ink(written: Any) -> None:
    page = written.draw_page
    rect = page.labels.rect_of(page.digits.all[0])
    with_reading = page.canvas.grab(rect).toImage()
    press(written, "Ctrl+Shift+U")
    assert not written.settings.value("show_readings")
    assert page.canvas.grab(rect).toImage() != with_reading
    press(written, "Ctrl+Shift+U")
    assert page.canvas.grab(rect).toImage() == with_reading


def test_keys_do_nothing_where_nothing_is_read_or_seen(start: Start, qtbot: QtBot) -> None:
    program = start()
    actions = program.window.actions_
    names = "next_digit", "previous_digit", "alternatives"
    assert not any(getattr(actions, name).isEnabled() for name in names)
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    assert all(getattr(actions, name).isEnabled() for name in names)
    program.show_page("replay")
    assert not any(getattr(actions, name).isEnabled() for name in names)


def test_selected_digit_is_said(written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "handwrite_gui.widgets.draw.digit_choice.announce", lambda _, text: said.append(text)
    )
    press(written, "Alt+Left")
    assert said == ["7, 1 of 1"]


# Several digits


def read_strokes(reader: Reader, ink: Ink) -> Reading:
    """Read each stroke as a digit, two in the first row and the rest in the second."""
    if not ink.strokes:
        return Reading(refusal=Refusal.BLANK, revision=ink.revision)
    said = ink.standing_corrections
    digits, refused = [], []
    for index, stroke in enumerate(ink.strokes):
        digit = reader.read_one_digit(Ink((stroke,), pen_width=ink.pen_width)).first_digit
        assert digit is not None
        found = replace(digit, strokes=(index,), said=said.get((index,)))
        (digits if found.digit is not None else refused).append(found)
    rows = [digits[:2], digits[2:]]
    numbers = tuple(
        Number("".join(str(digit.digit) for digit in row), 0.9, row[0].box, tuple(row), row=nth)
        for nth, row in enumerate(rows)
        if row
    )
    return Reading(numbers, refused=tuple(refused), revision=ink.revision)


@pytest.fixture
def several(start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Any:
    """The program with 77 in one row and 7 in the next, the newest digit the one in question."""
    monkeypatch.setattr(Reader, "read_ink", read_strokes)
    program = start()
    program.window.resize(1280, 800)
    program.window.activateWindow()
    for x, y in ((60, 60), (160, 60), (60, 260)):
        program.draw((x, y), (x + 40, y), (x + 20, y + 60))
    qtbot.waitUntil(lambda: program.draw_page.is_answered)
    return program


def test_all_numbers_are_copied_with_their_rows(several: Any) -> None:
    press(several, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "77\n7"
    assert several.status == "Copied: 77 7"


def test_why_is_about_the_digit_selected_and_follows_it(several: Any, qtbot: QtBot) -> None:
    asked: list[int] = []
    show = WhyPanel.start

    def start_panel(panel: WhyPanel, ink: Ink, paper: Any) -> None:
        asked.append(several.draw_page.canvas.sheet.strokes.index(ink.strokes[0]))
        assert len(ink.strokes) == 1
        show(panel, ink, paper)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhyPanel, "start", start_panel)
        press(several, "F4")
        assert asked == [2]
        press(several, "Alt+Left")
        press(several, "Alt+Left")
        assert asked == [2, 1]
        qtbot.keyClick(several.draw_page.canvas, Qt.Key.Key_4)
        qtbot.waitUntil(lambda: several.draw_page.is_answered)
        assert asked == [2, 1]  # The same ink is not explained anew.
        qtbot.waitUntil(lambda: any(text.startswith("Why it says 7") for text in several.texts))


def test_replay_is_of_all_ink_or_of_the_digit_that_is_chosen(several: Any) -> None:
    strokes = several.draw_page.canvas.sheet.strokes
    desk = several.window.findChild(ReplayDesk)
    press(several, "Ctrl+R")
    assert desk._time.ink.strokes == strokes
    press(several, "Ctrl+R")
    press(several, "Alt+Right")
    press(several, "Ctrl+R")
    (stroke,) = desk._time.ink.strokes
    assert stroke is strokes[2]


def test_one_digit_of_several_is_kept_with_its_own_strokes(several: Any, qtbot: QtBot) -> None:
    press(several, "Alt+Right")
    press(several, "Alt+Right")
    qtbot.keyClick(several.draw_page.canvas, Qt.Key.Key_4)
    assert several.answer == "47"
    assert several.draw_page.answer.others == "Also here: 7"
    several.close()
    (kept,) = several.corrections
    assert kept["label"] == 4
    assert [point[:2] for point in kept["strokes"][0]] == [[60, 60], [100, 60], [80, 120]]
    assert len(kept["strokes"]) == 1
