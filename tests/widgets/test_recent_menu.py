"""The menu of files that were opened lately: those that are there, told apart, and forgotten."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.main_window import MainWindow
from handwrite_gui.widgets.recent_menu import RecentMenu, names_of

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def recent(window: MainWindow) -> RecentMenu:
    return window.recent


def files(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).write_bytes(b"")
    return [str(folder / name) for name in names]


def listed(recent: RecentMenu) -> list[QAction]:
    """What the menu shows as it opens, without what forgets it."""
    recent.aboutToShow.emit()
    return [action for action in recent.actions() if action.data()]


def test_files_are_listed_newest_first(
    window: MainWindow, recent: RecentMenu, qtbot: QtBot, tmp_path: Path
) -> None:
    recent.set_recent(files(tmp_path, "a&b.png", "c.png"))
    actions = listed(recent)
    assert [action.text() for action in actions] == ["a&&b.png", "c.png"]
    assert actions[1].toolTip() == str(tmp_path / "c.png")
    with qtbot.waitSignal(window.pictures_chosen) as chosen:
        actions[0].trigger()
    assert chosen.args == [[tmp_path / "a&b.png"]]


def test_none_are_said_to_be_none(recent: RecentMenu) -> None:
    recent.aboutToShow.emit()
    assert [(a.text(), a.isEnabled()) for a in recent.actions()] == [("None yet", False)]


# Qt's offscreen platform says what it cannot do for a menu.
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_key_opens_it(window: MainWindow, recent: RecentMenu, qtbot: QtBot, tmp_path: Path) -> None:
    recent.set_recent(files(tmp_path, "a.png"))
    qtbot.keyClick(window, Qt.Key.Key_O, CONTROL | SHIFT)
    qtbot.waitUntil(recent.isVisible)
    with qtbot.waitSignal(window.pictures_chosen) as chosen:
        qtbot.keyClick(recent, Qt.Key.Key_Return)
    assert chosen.args == [[tmp_path / "a.png"]]


def test_ten_that_are_there_are_listed(recent: RecentMenu, tmp_path: Path) -> None:
    paths = files(tmp_path, *(f"{n}.png" for n in range(14)))
    recent.set_recent(paths)
    for gone in (0, 3):
        (tmp_path / f"{gone}.png").unlink()
    names = [action.text() for action in listed(recent)]
    assert names == [f"{n}.png" for n in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11)]


def test_file_that_went_while_the_menu_was_open_is_told(
    recent: RecentMenu, qtbot: QtBot, tmp_path: Path
) -> None:
    recent.set_recent(files(tmp_path, "a.png"))
    (action,) = listed(recent)
    (tmp_path / "a.png").unlink()
    with qtbot.assertNotEmitted(recent.chosen), qtbot.waitSignal(recent.gone) as gone:
        action.trigger()
    assert gone.args == [tmp_path / "a.png"]


def test_list_is_cleared_by_its_last_entry(
    recent: RecentMenu, qtbot: QtBot, tmp_path: Path
) -> None:
    recent.set_recent(files(tmp_path, "a.png"))
    recent.aboutToShow.emit()
    with qtbot.assertNotEmitted(recent.chosen), qtbot.waitSignal(recent.cleared):
        recent.actions()[-1].trigger()


def test_long_name_leaves_the_menu_narrow(recent: RecentMenu, tmp_path: Path) -> None:
    recent.set_recent(files(tmp_path, f"{'long' * 60}.png"))
    (action,) = listed(recent)
    assert action.text().endswith("long.png")
    assert len(action.text()) < 100


def test_folders_tell_files_of_one_name_apart() -> None:
    paths = [Path("/a/may/1.png"), Path("/b/may/1.png"), Path("/b/june/1.png"), Path("/b/2.png")]
    told = [str(Path("a/may")), str(Path("b/may")), "june"]
    assert names_of(paths) == [*(f"1.png ({folder})" for folder in told), "2.png"]
