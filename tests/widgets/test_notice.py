"""Notices go by themselves, and with whatever is done next."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QMessageBox, QPushButton, QRadioButton, QSlider
from pytestqt.qtbot import QtBot

from handwrite_gui.settings import Settings
from handwrite_gui.widgets import notice
from handwrite_gui.widgets.notice import Notice
from handwrite_gui.widgets.places_list import PlacesList
from handwrite_gui.widgets.settings_page import SettingsPage

DELETED = "Your corrections are deleted."


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(Settings(tmp_path / "config"), [("Settings", tmp_path)])
    qtbot.addWidget(page)
    page.show()
    page.show_corrections_deleted()
    return page


def said(page: SettingsPage) -> list[str]:
    return [notice.text() for notice in page.findChildren(Notice) if notice.text()]


def test_notice_goes_by_itself_and_a_newer_one_has_its_whole_time(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice, "SHOWN_MS", 200)
    shown = Notice()
    qtbot.addWidget(shown)
    shown.say("One.")
    qtbot.wait(150)
    shown.say("Two.")
    qtbot.wait(100)
    assert shown.text() == "Two."
    qtbot.waitUntil(lambda: shown.text() == "", timeout=2000)


@pytest.mark.parametrize("sentence", ["A sentence.", "A longer sentence. " * 8, "x" * 300])
def test_nothing_jumps_when_a_notice_comes_and_goes(
    page: SettingsPage, qtbot: QtBot, sentence: str
) -> None:
    page.resize(900, 700)
    page.findChild(PlacesList).findChild(Notice).say(sentence)
    qtbot.wait(10)
    buttons = page.findChildren(QPushButton)
    places = [button.mapTo(page, QPoint()) for button in buttons]
    for shown in page.findChildren(Notice):
        shown.clear()
    qtbot.wait(10)
    assert [button.mapTo(page, QPoint()) for button in buttons] == places


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QSlider])
def test_changing_a_setting_clears_the_notice(
    page: SettingsPage, kind: type[QCheckBox | QRadioButton | QSlider]
) -> None:
    assert said(page) == [DELETED]
    control = page.findChild(kind)
    if isinstance(control, QSlider):
        control.setValue(control.value() + 1)
    else:
        control.click()
    assert said(page) == []


@pytest.mark.parametrize("text", ["Reset settings…", "Delete my corrections…"])
def test_the_next_question_clears_the_notice(page: SettingsPage, qtbot: QtBot, text: str) -> None:
    next(b for b in page.findChildren(QPushButton) if b.text() == text).click()
    assert said(page) == []
    qtbot.keyClick(page.findChild(QMessageBox), Qt.Key.Key_Escape)


def test_folder_that_can_be_opened_clears_what_was_said_of_another(
    page: SettingsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = page.findChild(PlacesList)
    button = places.findChild(QPushButton)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    button.click()
    assert f"The folder {tmp_path} cannot be opened" in places.findChild(Notice).text()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    button.click()
    assert places.findChild(Notice).text() == ""
