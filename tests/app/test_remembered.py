import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.theme import DARK, colours

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]


def test_settings_are_remembered(
    start: Start, save_digit: SaveDigit, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    program.window.resize(program.window.width(), 650)
    program.settings.set_value("live_reading", False)
    program.settings.set_value("pen_width", 20.0)
    program.window.theme_chosen.emit("dark")
    assert colours() is DARK
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("one.png")])
    program.close()

    again = start()
    assert again.settings is not program.settings
    assert again.window.height() == 650
    assert again.window.page == "pictures"
    assert not again.draw_page.reads_live
    assert again.settings.value("recent_pictures") == [str(tmp_path / "one.png")]
    again.window.show_page("draw")
    again.draw((100, 100), (200, 100))
    assert again.draw_page.canvas.ink().pen_width == 20.0


def test_recent_file_that_is_gone_leaves_the_list_in_a_sentence(
    start: Start, save_digit: SaveDigit, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    with qtbot.waitSignals([program.recognition.picture_read] * 2):
        program.open_files([save_digit("one.png"), save_digit("two.png")])
    recent = program.window.recent
    recent.aboutToShow.emit()
    (tmp_path / "two.png").unlink()
    recent.actions()[0].trigger()
    assert program.status.startswith(f"“two.png” is in {tmp_path} no more")
    assert program.settings.value("recent_pictures") == [str(tmp_path / "one.png")]
    recent.aboutToShow.emit()
    assert recent.actions()[0].text() == "one.png"
    recent.actions()[-1].trigger()
    assert program.settings.value("recent_pictures") == []


def test_page_without_pictures_offers_the_recent_ones(
    start: Start, save_digit: SaveDigit, qtbot: QtBot
) -> None:
    program = start()
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("one.png")])
    program.close()
    page = start().show_page("pictures")
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Open recent")
    assert button.isVisible()
    button.menu().aboutToShow.emit()
    assert button.menu().actions()[0].text() == "one.png"


def test_room_that_a_person_gives_the_lists_is_remembered(
    start: Start, save_digit: SaveDigit
) -> None:
    program = start()
    program.open_files([save_digit("one.png")])
    program.show_page("pictures").lists_share_changed.emit(0.4)
    program.close()
    assert start().settings.value("lists_share") == 0.4


def test_paper_and_hand_are_remembered(start: Start, qtbot: QtBot) -> None:
    program = start()
    canvas = program.draw_page.canvas
    plain = canvas.grab().toImage()
    for key in ("grid", "lines"):
        qtbot.keyClick(program.window, Qt.Key.Key_G, CONTROL)
        assert program.settings.value("guides") == key
    lined = canvas.grab().toImage()
    assert lined != plain
    program.settings.set_value("left_handed", True)
    program.close()

    again = start()
    canvas, answer = again.draw_page.canvas, again.draw_page.answer
    corner = canvas.rect().topLeft()
    assert canvas.mapTo(again.window, corner).x() > answer.mapTo(again.window, corner).x()
    assert canvas.grab().toImage() == lined
    again.settings.set_value("guides", "none")
    assert canvas.grab().toImage() == plain
    again.settings.set_value("left_handed", False)
    qtbot.waitUntil(
        lambda: canvas.mapTo(again.window, corner).x() < answer.mapTo(again.window, corner).x()
    )


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


@pytest.mark.parametrize("page", ["settings", "help"])
def test_other_pages_open_and_are_not_started_on(start: Start, page: str) -> None:
    program = start()
    program.window.show_page(page)
    assert program.window.page == page
    program.close()
    assert start().window.page == "draw"
