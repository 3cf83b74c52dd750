"""The dialog that saves ink, used with the keyboard as a person does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.file_dialogs import (
    CSV,
    DIGIT_PNG,
    INK_FORMATS,
    INKML,
    MANY_FORMATS,
    PNG,
    PNG_SMALL,
    SVG,
    TXT,
    SaveFormat,
    ask_where_to_save,
)

Ask = Callable[..., tuple[Path, SaveFormat] | None]


@pytest.fixture
def ask(qtbot: QtBot, tmp_path: Path) -> Ask:
    """Chooses a format in the list, types a name, or leaves that which is there, and accepts."""

    def ask(
        listed: SaveFormat, typed: str = "", formats: tuple[SaveFormat, ...] = INK_FORMATS
    ) -> tuple[Path, SaveFormat] | None:
        def use() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            combo = dialog.findChild(QComboBox, "fileTypeCombo")
            for _ in range(formats.index(listed)):
                QTest.keyClick(combo, Qt.Key.Key_Down)
            name = dialog.findChild(QLineEdit, "fileNameEdit")
            if typed:
                name.selectAll()
                QTest.keyClicks(name, typed)
            QTest.keyClick(name, Qt.Key.Key_Return)
            if dialog.isVisible():
                dialog.reject()

        QTimer.singleShot(50, use)
        return ask_where_to_save(None, str(tmp_path), formats=formats)  # type: ignore[arg-type]

    return ask


@pytest.mark.parametrize("listed", [PNG, PNG_SMALL, DIGIT_PNG, SVG, INKML])
def test_name_follows_the_list(ask: Ask, tmp_path: Path, listed: SaveFormat) -> None:
    assert ask(listed) == (tmp_path / f"drawing.{listed.suffix}", listed)


def test_typed_suffix_says_more_than_the_list(ask: Ask, tmp_path: Path) -> None:
    assert ask(PNG, "seven.svg") == (tmp_path / "seven.svg", SVG)
    assert ask(SVG, "seven") == (tmp_path / "seven.svg", SVG)


def test_the_numbers_of_all_pictures_are_saved_as_text_under_its_suffix(
    ask: Ask, tmp_path: Path
) -> None:
    assert ask(CSV, "all.txt", MANY_FORMATS) == (tmp_path / "all.txt", TXT)
    assert ask(TXT, "all", MANY_FORMATS) == (tmp_path / "all.txt", TXT)


def test_name_of_another_programs_files_gets_our_suffix(ask: Ask, tmp_path: Path) -> None:
    assert ask(SVG, "seven.xlsx") == (tmp_path / "seven.xlsx.svg", SVG)
    assert ask(SVG, "2026.11") == (tmp_path / "2026.11.svg", SVG)


def test_file_with_our_suffix_added_is_not_overwritten_unasked(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "seven.xlsx.svg").write_text("old")
    shown: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        shown.append(dialog.findChild(QLineEdit, "fileNameEdit").text())
        dialog.reject()

    QTimer.singleShot(400, look)
    assert ask(SVG, "seven.xlsx") is None
    assert shown == ["seven.xlsx.svg"]


def test_file_that_would_really_be_overwritten_is_asked_about(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "drawing.svg").write_text("old")
    asked: list[str] = []

    def close() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            box.button(QMessageBox.StandardButton.No).click()

    QTimer.singleShot(400, close)
    assert ask(SVG) is None
    assert len(asked) == 1
    assert "drawing.svg" in asked[0]
