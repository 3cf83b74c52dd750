"""The picture list shows that it has the keyboard, and which row the arrows start from."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.pictures.picture_list import PictureList
from handwrite_gui.widgets.theme import DARK, LIGHT, Colours, apply_theme


@pytest.fixture
def listed(qtbot: QtBot) -> Iterator[PictureList]:
    """A list of three pictures, the second of them chosen; a button beside it has the focus."""
    window, listed, button = QWidget(), PictureList(), QPushButton()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(listed)
    layout.addWidget(button)
    for key in range(3):
        listed.add(key, f"{key}.png")
        listed.show_status(key, "Opening…", is_failed=False)
    listed.make_current(1)
    window.resize(300, 500)
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    yield listed
    window.close()


def frame(listed: PictureList) -> set[str]:
    """The colours of the two outermost lines, in the middle of each side."""
    image = listed.grab().toImage()
    right, bottom = image.width() - 1, image.height() - 1
    return {
        image.pixelColor(x, y).name()
        for depth in (0, 1)
        for x, y in (
            (depth, bottom // 2),
            (right - depth, bottom // 2),
            (right // 2, depth),
            (right // 2, bottom - depth),
        )
    }


def row_frame(listed: PictureList, row: int) -> QColor:
    image: QImage = listed.viewport().grab().toImage()
    rect: QRect = listed.visualItemRect(listed.item(row))
    return image.pixelColor(rect.topLeft() + QPoint(rect.width() // 2, 2))


@pytest.mark.parametrize(("theme", "shades"), [("light", LIGHT), ("dark", DARK)])
def test_focus_is_seen_in_either_theme(
    qapp: QApplication, listed: PictureList, theme: str, shades: Colours
) -> None:
    apply_theme(qapp, theme)
    assert shades.selection.name() not in frame(listed)
    assert row_frame(listed, 1) == shades.selection  # The ground of a chosen row.
    listed.setFocus()
    assert frame(listed) == {shades.selection.name()}
    assert row_frame(listed, 1) == shades.selected_text
    only_go = QItemSelectionModel.SelectionFlag.NoUpdate
    listed.selectionModel().setCurrentIndex(listed.model().index(2, 0), only_go)
    assert [row_frame(listed, row) for row in range(3)] == [
        shades.base,
        shades.selection,
        shades.selection,
    ]
    apply_theme(qapp, "light")
    assert frame(listed) == {LIGHT.selection.name()}


def test_nothing_moves_when_the_focus_comes(listed: PictureList) -> None:
    before = listed.viewport().geometry(), listed.visualItemRect(listed.item(2))
    listed.setFocus()
    assert (listed.viewport().geometry(), listed.visualItemRect(listed.item(2))) == before
