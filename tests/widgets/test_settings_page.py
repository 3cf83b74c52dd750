from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handwrite_gui.settings import TABLE, Settings
from handwrite_gui.widgets.pen_preview import PenPreview
from handwrite_gui.widgets.settings_page import SettingsPage
from handwrite_gui.widgets.theme import LIGHT


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "config")


@pytest.fixture
def page(settings: Settings, tmp_path: Path, qtbot: QtBot) -> SettingsPage:
    model = tmp_path / "models" / "digits.keras"
    model.parent.mkdir()
    model.write_bytes(b"")
    page = SettingsPage(settings, [("Settings", tmp_path / "config" / "new"), ("Model", model)])
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


def button(page: QWidget, text: str) -> QAbstractButton:
    return next(b for b in page.findChildren(QAbstractButton) if b.text() == text)


def slider(page: QWidget, name: str) -> QSlider:
    return next(s for s in page.findChildren(QSlider) if s.accessibleName() == name)


def answer(page: SettingsPage, qtbot: QtBot, text: str) -> None:
    box = page.findChild(QMessageBox)
    qtbot.mouseClick(button(box, text), Qt.MouseButton.LeftButton)


def preview_ink(page: SettingsPage) -> int:
    """Rows of ink in the middle of the preview, about the pen's width."""
    image = page.findChild(PenPreview).grab().toImage()
    middle = image.width() // 2
    return sum(image.pixelColor(middle, y) == LIGHT.ink for y in range(image.height()))


def test_page_shows_the_settings(page: SettingsPage, settings: Settings) -> None:
    settings.set_value("theme", "dark")
    settings.set_value("live_reading", False)
    settings.set_value("pen_width", 30.0)
    assert button(page, "Dark").isChecked()
    assert not button(page, "Predict while drawing").isChecked()
    settings.set_value("careful", True)
    assert button(page, "Read carefully").isChecked()
    settings.set_value("pen_only", True)
    assert button(page, "Pen only").isChecked()
    settings.set_value("draw_by_moving", True)
    assert button(page, "Draw by moving without a button").isChecked()
    settings.set_value("guides", "boxes")
    assert button(page, "Boxes").isChecked()
    settings.set_value("left_handed", True)
    assert button(page, "Left-handed").isChecked()
    settings.set_value("digit_after_digit", True)
    assert button(page, "Digit after digit").isChecked()
    settings.set_value("pause_s", 1.25)
    assert "1.25 s" in [label.text() for label in page.findChildren(QLabel)]
    settings.set_value("stabiliser", 4.0)
    assert slider(page, "Stabiliser").value() == 4
    assert slider(page, "Pen width").value() == 30
    assert "30 px" in [label.text() for label in page.findChildren(QLabel)]


def test_changes_apply_at_once(page: SettingsPage, settings: Settings, qtbot: QtBot) -> None:
    button(page, "Dark").click()
    assert settings.value("theme") == "dark"
    button(page, "Predict while drawing").click()
    assert settings.value("live_reading") is False
    button(page, "Read carefully").click()
    assert settings.value("careful") is True
    button(page, "Pen only").click()
    assert settings.value("pen_only") is True
    button(page, "Draw by moving without a button").click()
    assert settings.value("draw_by_moving") is True
    for text, guides in (
        ("Grid", "grid"),
        ("Lines", "lines"),
        ("Boxes", "boxes"),
        ("Plain", "none"),
    ):
        button(page, text).click()
        assert settings.value("guides") == guides
    button(page, "Left-handed").click()
    assert settings.value("left_handed") is True
    button(page, "Digit after digit").click()
    assert settings.value("digit_after_digit") is True
    for name, key, most, least in (
        ("Pen width", "pen_width", 40.0, 2.0),
        ("Stabiliser", "stabiliser", 10.0, 0.0),
        ("Pause", "pause_s", 3.0, 0.4),
    ):
        qtbot.keyClick(slider(page, name), Qt.Key.Key_End)
        assert settings.value(key) == most
        qtbot.keyClick(slider(page, name), Qt.Key.Key_Home)
        assert settings.value(key) == least


def test_slider_does_not_round_what_is_set(page: SettingsPage, settings: Settings) -> None:
    settings.set_value("pen_width", 20.4)
    assert settings.value("pen_width") == 20.4
    assert slider(page, "Pen width").value() == 20


def test_preview_is_as_wide_as_the_pen(page: SettingsPage, settings: Settings) -> None:
    settings.set_value("pen_width", 4.0)
    thin = preview_ink(page)
    settings.set_value("pen_width", 24.0)
    assert 2 <= thin <= 8
    assert 20 <= preview_ink(page) <= 30


def test_preview_shakes_less_the_stronger_the_stabiliser_is(
    page: SettingsPage, settings: Settings
) -> None:
    def outline() -> int:
        """Changes between ink and paper along the rows: a shaking line has many."""
        image = page.findChild(PenPreview).grab().toImage()
        rows = [
            [image.pixelColor(x, y) == LIGHT.ink for x in range(image.width())]
            for y in range(image.height())
        ]
        return sum(a != b for row in rows for a, b in pairwise(row))

    settings.set_value("pen_width", 2.0)
    shaking = outline()
    settings.set_value("stabiliser", 10.0)
    assert outline() < 0.8 * shaking


def test_places_can_be_copied(page: SettingsPage, tmp_path: Path) -> None:
    shown = page.findChildren(QLineEdit)
    assert [edit.text() for edit in shown] == [
        str(tmp_path / "config" / "new"),
        str(tmp_path / "models" / "digits.keras"),
    ]
    assert all(edit.isReadOnly() for edit in shown)


def test_places_can_be_opened(
    page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url) is None and len(opened) < 2
    )
    new_folder, model = (b for b in page.findChildren(QPushButton) if b.text() == "Open folder")
    new_folder.click()
    assert opened == [QUrl.fromLocalFile(tmp_path)]  # neither "config" nor "new" exists yet
    notes = [label for label in page.findChildren(QLabel) if "cannot be opened" in label.text()]
    assert not any(note.isVisible() for note in notes)
    model.click()
    assert opened[1:] == [QUrl.fromLocalFile(tmp_path / "models")]
    notes = [label for label in page.findChildren(QLabel) if "cannot be opened" in label.text()]
    assert [str(tmp_path / "models") in note.text() for note in notes if note.isVisible()] == [True]


def test_reset_asks_first(page: SettingsPage, settings: Settings, qtbot: QtBot) -> None:
    settings.set_value("theme", "dark")
    settings.set_value("pen_width", 30.0)
    button(page, "Reset settings…").click()
    answer(page, qtbot, "Cancel")
    assert settings.value("theme") == "dark"
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is None)
    button(page, "Reset settings…").click()
    answer(page, qtbot, "Reset")
    assert [settings.value(row.key) for row in TABLE] == [row.default for row in TABLE]
    assert button(page, "System").isChecked()
    assert slider(page, "Pen width").value() == 12


def test_deleting_corrections_asks_first(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.delete_corrections_requested):
        button(page, "Delete my corrections…").click()
        answer(page, qtbot, "Cancel")
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is None)
    button(page, "Delete my corrections…").click()
    with qtbot.waitSignal(page.delete_corrections_requested):
        answer(page, qtbot, "Delete")
    page.show_corrections_deleted()
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Your corrections are deleted." in shown


def test_every_control_has_a_name(page: SettingsPage) -> None:
    kinds = (QAbstractButton, QSlider, QLineEdit)
    controls = [w for kind in kinds for w in page.findChildren(kind) if w.isVisible()]
    assert len(controls) >= 10
    for control in controls:
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or text, control
    names = [c.accessibleName() or c.text() for c in controls]
    assert len(set(names)) == len(names)


def test_tab_goes_down_the_page(page: SettingsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    radio = page.findChild(QRadioButton)
    radio.setFocus()
    visited = [radio]
    while True:
        qtbot.keyClick(visited[-1], Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus in visited:
            break
        visited.append(focus)
    tops = [w.mapTo(page, w.rect().center()).y() for w in visited]
    assert len(visited) == 21
    assert tops == sorted(tops)


@pytest.mark.usefixtures("large_text")
def test_nothing_is_cut_off_at_twice_the_text(page: SettingsPage) -> None:
    QApplication.processEvents()
    assert page.horizontalScrollBar().maximum() == 0
    for widget in page.findChildren(QAbstractButton):
        if widget.isVisible():
            assert widget.width() >= widget.sizeHint().width(), widget.text()
    for label in page.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()


def test_the_wheel_scrolls_the_page_and_moves_no_slider_under_it(page: SettingsPage) -> None:
    for under in page.findChildren(QSlider):
        before, middle = under.value(), QPointF(under.rect().center())
        wheel = QWheelEvent(
            middle,
            under.mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        under.wheelEvent(wheel)
        assert not wheel.isAccepted()
        assert under.value() == before
