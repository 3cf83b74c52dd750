"""The program as a screen reader gets it, and as it is used by keys alone."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QListWidget,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.bars import Bars

Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]
Role = QAccessible.Role
PAGES = ("draw", "replay", "why", "pictures", "settings", "help")


@pytest.fixture
def program(full: Any) -> Any:
    """The program with something on each page."""
    return full


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told to say at once."""
    said: list[str] = []

    def hear(event: object) -> None:
        said.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return said


def read(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def name(widget: QWidget) -> str:
    return read(widget).text(QAccessible.Text.Name)


def widgets_of(program: Any) -> Iterator[QWidget]:
    """All that can be seen in the window."""
    return (w for w in program.window.findChildren(QWidget) if w.isVisible())


def tab_through(program: Any, key: Qt.Key, qtbot: QtBot) -> list[QWidget]:
    """Everything that Tab goes to, until it comes to where it was."""
    visited = [QApplication.focusWidget()]
    for _ in range(200):
        qtbot.keyClick(visited[-1], key)
        focus = QApplication.focusWidget()
        if focus is visited[0]:
            return visited
        assert focus not in visited, f"Tab goes round and round at {focus}"
        visited.append(focus)
    raise AssertionError(f"Tab never comes back: {visited}")


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_the_focus_has_a_name(program: Any, page: str) -> None:
    program.show_page(page)
    focusable = [w for w in widgets_of(program) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(focusable) >= 5
    assert [w for w in focusable if not name(w).strip()] == []
    buttons = [w for w in widgets_of(program) if isinstance(w, QAbstractButton)]
    assert [w for w in buttons if not name(w).strip()] == []


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_everything_and_comes_back(program: Any, page: str, qtbot: QtBot) -> None:
    program.show_page(page)
    visited = tab_through(program, Qt.Key.Key_Tab, qtbot)
    reachable = {
        w
        for w in widgets_of(program)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isEnabled()
        and w.focusProxy() is None
        # Of radio buttons Tab reaches the chosen one; the arrows reach the others.
        and not (isinstance(w, QRadioButton) and not w.isChecked())
    }
    assert reachable - set(visited) == set()
    back = tab_through(program, Qt.Key.Key_Backtab, qtbot)
    assert back == [visited[0], *reversed(visited[1:])]


@pytest.mark.parametrize("page", PAGES)
def test_focus_goes_down_each_column(program: Any, page: str, qtbot: QtBot) -> None:
    area = program.show_page(page)
    visited = tab_through(program, Qt.Key.Key_Tab, qtbot)
    last_outside = max(n for n, w in enumerate(visited) if not area.isAncestorOf(w))
    round_trip = visited[last_outside:] + visited[:last_outside]
    inside = [w for w in round_trip if area.isAncestorOf(w)]
    # Places in the page, for scrolling moves what is on it.
    root = area.widget() if hasattr(area, "widget") else area
    rows = [w.mapTo(root, w.rect().bottomLeft()) for w in inside]
    for one, following in pairwise(rows):
        goes_down = following.y() >= one.y() - 16
        goes_right = following.x() > one.x()
        assert goes_down or goes_right, (one, following)


def test_canvas_that_was_looked_at_early_is_one_all_the_same(start: Start, qtbot: QtBot) -> None:
    program = start(ready=False)
    read(program.draw_page.canvas)
    qtbot.waitUntil(lambda: read(program.draw_page.canvas).role() == Role.Canvas)


def test_kinds_and_names(program: Any) -> None:
    window, draw = program.window, program.draw_page
    window.show_page("draw")
    assert (read(draw).role(), name(draw)) == (Role.Pane, "Draw")
    assert (read(draw.canvas).role(), name(draw.canvas)) == (Role.Canvas, "Canvas")
    said = read(draw.canvas).text(QAccessible.Text.Description)
    assert said == "1 stroke; read as 7, doubtful."
    kinds = {name(w): read(w).role() for w in widgets_of(program)}
    assert kinds["What the model sees"] in (Role.Graphic, Role.StaticText)
    (group,) = (kind for kind in kinds if kind.startswith("Probabilities: 7: 90.0 %, "))
    assert kinds[group] == Role.Grouping
    window.show_page("pictures")
    pictures = window.page_if_made("pictures")
    assert (read(pictures).role(), name(pictures)) == (Role.Pane, "Pictures")
    listed = pictures.findChild(QListWidget)
    assert (read(listed).role(), name(listed)) == (Role.List, "Pictures")
    items = [read(listed).child(n) for n in range(read(listed).childCount())]
    texts = [item.text(QAccessible.Text.Name) for item in items if item.role() == Role.ListItem]
    assert texts[0] == "one.png: 7 · doubtful, 90.0 %"
    assert texts[1].startswith("none.png: “none.png” is not a picture")
    for page, title in (("settings", "Settings"), ("help", "Help")):
        window.show_page(page)
        assert name(window.page_if_made(page)) == title


def test_answer_is_announced_when_the_pen_is_lifted(
    program: Any, announced: list[str], qtbot: QtBot
) -> None:
    program.window.show_page("draw")
    program.draw((200, 200), (250, 250), lift=False)
    qtbot.wait(100)
    assert announced == []
    program.draw_page.canvas.finish_stroke()
    qtbot.waitUntil(lambda: announced == ["7, doubtful, 90.0 %. Also here: 7."])


@pytest.mark.parametrize("page", ["draw", "pictures"])
def test_key_says_the_answer_and_all_else_it_might_be(
    program: Any, announced: list[str], page: str
) -> None:
    program.show_page(page)
    QTest.keySequence(program.window, QKeySequence("F6"))
    (said,) = announced
    assert said.startswith("7, doubtful, 90.0 %. In order: 7: 90.0 %, 0: 1.0 %, 1: 1.0 %")
    assert program.status == said


@pytest.mark.parametrize("page", ["settings", "help"])
def test_key_says_where_there_is_no_answer(program: Any, announced: list[str], page: str) -> None:
    program.show_page(page)
    QTest.keySequence(program.window, QKeySequence("F6"))
    assert announced == ["There is no answer here yet."]


def test_what_the_status_bar_says_is_announced(program: Any, announced: list[str]) -> None:
    program.window.say("The disk is full.")
    assert announced == ["The disk is full."]


def test_picture_is_opened_read_and_put_right_by_keys_alone(
    start: Start,
    save_digit: SaveDigit,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program, file = start(), save_digit("one.png")
    program.window.activateWindow()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    with qtbot.waitSignal(program.recognition.picture_read):
        qtbot.keyClick(program.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    page = program.window.page_if_made("pictures")
    assert page.current_text() == "7"
    assert isinstance(QApplication.focusWidget(), QListWidget)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    assert page.current_text() == "1"
    qtbot.waitUntil(lambda: [correction["label"] for correction in program.corrections] == [1])
    for _ in range(30):  # Past the lists and what is above the picture to the bars.
        if isinstance(QApplication.focusWidget().parentWidget(), Bars):
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert page.current_text() == "0"
