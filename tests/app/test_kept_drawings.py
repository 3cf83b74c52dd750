"""The drawing of the last time: it is offered at the start, and comes back."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]


def offer_of(program: Any) -> QPushButton:
    buttons = program.window.findChildren(QPushButton)
    return next(button for button in buttons if button.text() == "Bring it back")


def test_last_drawing_is_offered_and_brought_back(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    drawn = program.draw_page.canvas.ink().strokes[0].points
    program.close()

    again = start()
    assert again.draw_page.canvas.is_blank
    offer = offer_of(again)
    qtbot.waitUntil(offer.isVisible)
    qtbot.keyClick(again.window, Qt.Key.Key_Plus, CONTROL)
    offer.setFocus()
    qtbot.mouseClick(offer, LEFT)
    assert again.window.focusWidget() is again.draw_page.canvas
    (stroke,) = again.draw_page.canvas.ink().strokes
    assert (stroke.points == drawn).all()
    assert not offer.isVisible()
    assert again.draw_page.canvas.view_control.view.is_home
    qtbot.waitUntil(lambda: again.answer == "7")
    qtbot.keyClick(again.window, Qt.Key.Key_Z, CONTROL)
    assert again.draw_page.canvas.is_blank


def test_drawing_that_was_cleared_is_not_offered(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    program.draw_page.canvas.clear()
    program.close()
    again = start()
    qtbot.wait(100)
    assert "Your last drawing was kept." not in again.texts


def test_offer_that_is_not_taken_is_made_again(start: Start, qtbot: QtBot) -> None:
    first = start()
    first.draw()
    first.close()
    start().close()
    again = start()
    qtbot.waitUntil(lambda: "Your last drawing was kept." in again.texts)


def strokes_of(program: Any) -> list[list[list[float]]]:
    return [stroke.xy.tolist() for stroke in program.draw_page.canvas.ink().strokes]


def bring_back(program: Any, qtbot: QtBot, nth: int = 0) -> None:
    """Choose a kept drawing in the menu, and wait until it is there."""
    before = strokes_of(program)
    qtbot.waitUntil(lambda: len(program.window.kept.actions()) > nth)
    program.window.kept.actions()[nth].trigger()
    qtbot.waitUntil(lambda: strokes_of(program) != before)


def test_drawing_that_is_drawn_over_comes_back_below_what_was_drawn(
    start: Start, qtbot: QtBot
) -> None:
    first = start()
    first.draw()
    kept = strokes_of(first)[0]
    first.close()
    again = start()
    qtbot.waitUntil(offer_of(again).isVisible)
    again.draw((100, 100), (200, 150))
    drawn = strokes_of(again)[0]
    assert not offer_of(again).isVisible()
    qtbot.waitUntil(again.window.actions_.restore.isEnabled)  # Listed after it is offered.
    bring_back(again, qtbot)
    there, below = strokes_of(again)
    assert there == drawn
    moved = [below[0][axis] - kept[0][axis] for axis in (0, 1)]
    assert [[x + moved[0], y + moved[1]] for x, y in kept] == below
    assert min(y for _, y in below) > max(y for _, y in drawn)
    qtbot.keyClick(again.window, Qt.Key.Key_Z, CONTROL)
    assert strokes_of(again) == [drawn]


def test_drawing_that_was_drawn_over_is_reachable_at_later_starts(
    start: Start, qtbot: QtBot
) -> None:
    for x in (100, 200):  # The second may be drawn before the first is offered, or after.
        program = start()
        program.draw((x, 100), (x, 200))
        program.close()
        qtbot.wait(50)  # File systems do not tell apart what is written in one moment.
    again = start()
    qtbot.waitUntil(offer_of(again).isVisible)
    bring_back(again, qtbot, nth=1)
    assert strokes_of(again)[0][0][0] == 100
    bring_back(again, qtbot, nth=0)  # The paper's is kept as well.
    assert [stroke[0][0] for stroke in strokes_of(again)] == [200]


def test_drawing_comes_back_in_its_place_on_paper_that_was_cleared(
    start: Start, qtbot: QtBot
) -> None:
    first = start()
    first.draw((100, 20), (160, 30))
    kept = strokes_of(first)
    first.close()
    again = start()
    for _ in range(2):
        bring_back(again, qtbot)
        assert strokes_of(again) == kept
        again.draw_page.canvas.clear()


def test_kept_drawing_that_is_gone_is_said(start: Start, home: Path, qtbot: QtBot) -> None:
    first = start()
    first.draw()
    first.close()
    again = start()
    qtbot.waitUntil(lambda: any(home.glob("data/journals/*.offered")))
    again.draw()
    (file,) = home.glob("data/journals/*.offered")
    qtbot.waitUntil(lambda: bool(again.window.kept.actions()))
    file.unlink()
    again.window.kept.actions()[0].trigger()
    qtbot.waitUntil(lambda: "is gone or damaged" in again.status)
    qtbot.waitUntil(lambda: not again.window.actions_.restore.isEnabled())


def test_what_two_windows_kept_is_offered_one_after_the_other(
    start: Start, home: Path, qtbot: QtBot
) -> None:
    windows = [start(), start()]
    windows[0].draw((100, 100), (160, 100))
    qtbot.waitUntil(lambda: any(home.glob("data/journals/*")))
    qtbot.wait(50)  # File systems do not tell apart what is written in one moment.
    windows[1].draw((200, 200), (250, 200))
    for window in windows:
        window.close()

    again = start()
    offer = offer_of(again)
    for kept, x in (("Your last drawing was kept.", 200), ("Another drawing was kept, too.", 100)):
        qtbot.waitUntil(lambda kept=kept: kept in again.texts)
        qtbot.mouseClick(offer, LEFT)
        (stroke,) = again.draw_page.canvas.ink().strokes
        assert stroke.xy[0, 0] == x
    qtbot.wait(50)
    assert not offer.isVisible()


def test_damaged_journal_is_said_and_what_is_left_is_offered(
    start: Start, home: Path, qtbot: QtBot
) -> None:
    program = start()
    program.draw((100, 100), (160, 100))
    program.draw((200, 200), (250, 200))
    program.close()
    (journal,) = home.glob("data/journals/*")
    journal.write_bytes(journal.read_bytes()[:-20])

    again = start()
    qtbot.waitUntil(lambda: again.status.startswith(f"The drawing kept in {journal} is damaged"))
    qtbot.waitUntil(offer_of(again).isVisible)
    qtbot.mouseClick(offer_of(again), LEFT)
    assert len(again.draw_page.canvas.ink().strokes) == 1


def test_drawing_that_cannot_be_kept_is_said_once_and_drawing_goes_on(
    start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    program = start()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        program.draw()
        qtbot.waitUntil(lambda: program.status.startswith("Your drawing could not be kept in"))
        program.window.say("")
        program.draw((200, 200), (250, 200))
        qtbot.wait(50)
        assert program.status == ""
    program.draw((300, 300), (350, 300))
    assert len(program.draw_page.canvas.ink().strokes) == 3
    program.close()

    again = start()
    qtbot.waitUntil(offer_of(again).isVisible)
    qtbot.mouseClick(offer_of(again), LEFT)
    assert len(again.draw_page.canvas.ink().strokes) == 3


def test_stroke_under_the_pen_is_kept_when_the_window_is_closed(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw(lift=False)
    program.close()
    again = start()
    qtbot.waitUntil(lambda: "Your last drawing was kept." in again.texts)
