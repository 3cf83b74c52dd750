"""Several digits and signs on the canvas in the whole program."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Number, Reading, Refusal
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.draw.replay.chart import Chart
from handwrite_gui.widgets.draw.replay.desk import ReplayDesk
from handwrite_gui.widgets.draw.replay.opinion_list import OpinionList
from handwrite_gui.widgets.draw.why.panel import WhyPanel

Start = Callable[..., Any]


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
    several.press("Ctrl+C")
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
        several.press("F4")
        assert asked == [2]
        several.press("Alt+Left")
        several.press("Alt+Left")
        assert asked == [2, 1]
        qtbot.keyClick(several.draw_page.canvas, Qt.Key.Key_4)
        qtbot.waitUntil(lambda: several.draw_page.is_answered)
        assert asked == [2, 1]  # The same ink is not explained anew.
        qtbot.waitUntil(lambda: any(text.startswith("Why it says 7") for text in several.texts))


def test_replay_is_of_all_ink_or_of_the_digit_that_is_chosen(several: Any) -> None:
    strokes = several.draw_page.canvas.sheet.strokes
    desk = several.window.findChild(ReplayDesk)
    several.press("Ctrl+R")
    assert desk._time.ink.strokes == strokes
    several.press("Ctrl+R")
    several.press("Alt+Right")
    several.press("Ctrl+R")
    (stroke,) = desk._time.ink.strokes
    assert stroke is strokes[2]


def test_one_digit_of_several_is_kept_with_its_own_strokes(several: Any, qtbot: QtBot) -> None:
    several.press("Alt+Right")
    several.press("Alt+Right")
    qtbot.keyClick(several.draw_page.canvas, Qt.Key.Key_4)
    assert several.answer == "47"
    assert several.draw_page.answer.others == "Also here: 7"
    several.close()
    (kept,) = several.corrections
    assert kept["label"] == 4
    assert [point[:2] for point in kept["strokes"][0]] == [[60, 60], [100, 60], [80, 120]]
    assert len(kept["strokes"]) == 1


def read_dashed(reader: Reader, ink: Ink) -> Reading:
    """Read the second stroke as a dash, until a person says that it is a digit."""
    reading = read_strokes(reader, ink)
    if len(ink.strokes) < 2 or ink.corrections:
        return reading
    first, second = reading.numbers[0].digits
    dashed = replace(reading.numbers[0], text="7-", digits=(first,), signs=(second,))
    return replace(reading, numbers=(dashed,))


@pytest.fixture
def dashed(start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Any:
    """The program with 7- on its paper."""
    monkeypatch.setattr(Reader, "read_ink", read_dashed)
    program = start()
    program.draw((60, 60), (100, 60), (80, 120))
    program.draw((160, 60), (200, 60), (180, 120))
    qtbot.waitUntil(lambda: program.answer == "7-" and program.is_answered)
    return program


@pytest.mark.parametrize("keys", [["Ctrl+R"], ["Alt+Right", "Alt+Right", "Ctrl+R"]])
def test_replay_says_that_a_dash_is_one(dashed: Any, keys: list[str], qtbot: QtBot) -> None:
    dashed.press(*keys)
    dashed.press("End")
    qtbot.waitUntil(lambda: "a dash" in dashed.texts)
    assert "“-” was read here, a sign and no digit." in dashed.texts
    assert "no digit" not in dashed.texts
    chart = dashed.window.findChild(Chart)
    qtbot.waitUntil(lambda: chart.accessibleDescription().lower().endswith("a dash."))
    assert dashed.window.findChild(OpinionList).currentItem().text().partition(" from")[0] == (
        "Next: a dash" if len(keys) == 1 else "A dash"
    )


def test_dash_that_is_a_digit_is_gone_to_by_keys_said_and_put_right(
    dashed: Any, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "handwrite_gui.widgets.draw.digit_choice.announce", lambda _, text: said.append(text)
    )
    dashed.press("Alt+Right", "Alt+Right")
    assert said == ["7, 1 of 2 in 7-", "dash, 2 of 2 in 7-"]
    assert "Is it a digit? Click the right bar, or press its key." in dashed.texts
    qtbot.keyClick(dashed.draw_page.canvas, Qt.Key.Key_1)
    assert dashed.answer == "71"
    assert dashed.draw_page.canvas.ink().standing_corrections == {(1,): 1}
    qtbot.waitUntil(lambda: dashed.is_answered and dashed.answer == "71")
    dashed.press("Ctrl+Z")
    qtbot.waitUntil(lambda: dashed.is_answered and dashed.answer == "7-")
    dashed.close()
    assert [each["label"] for each in dashed.corrections] == [1, None]


def test_why_says_that_a_dash_is_none_until_a_person_says_otherwise(
    dashed: Any, qtbot: QtBot
) -> None:
    sentence = "“-” was read here, a sign and no digit. Choose a digit to see why it is read so."
    dashed.press("Alt+Right", "Alt+Right")
    dashed.open_why()
    qtbot.waitUntil(lambda: sentence in dashed.texts)
    qtbot.keyClick(dashed.draw_page.canvas, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: any(text.startswith("Why it says 7") for text in dashed.texts))
    assert sentence not in dashed.texts
