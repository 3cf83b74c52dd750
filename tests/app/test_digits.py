"""Digits on the canvas in the whole program: chosen, corrected, kept, and brought back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.storage.inkml_writing import ink_as_inkml
from handwrite_gui.storage.journal_records import read_journal
from handwrite_gui.widgets.draw.alternatives import Alternatives

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
