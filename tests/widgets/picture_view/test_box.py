"""The picture view: a box is drawn around what alone is to be read."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.pictures.levels import Levels

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
LevelsOf = Callable[..., Levels]


def test_a_box_is_drawn_with_the_pointer_and_left_with_escape(view: Any, qtbot: QtBot) -> None:
    boxes: list[object] = []
    view.box_changed.connect(boxes.append)
    view.set_draws_box(True)
    assert view.cursor().shape() == Qt.CursorShape.CrossCursor
    view.drag(view.spot(800, 600), view.spot(200, 300))
    assert view.box == pytest.approx((200, 300, 600, 300), abs=3)
    assert boxes[-1] == view.box
    dimmed = view.image
    assert dimmed.pixelColor(view.spot(500, 450)) == QColor("white")
    assert dimmed.pixelColor(view.spot(500, 900)).lightness() < 200
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.box is None
    with qtbot.waitSignal(view.box_left):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_a_box_ends_at_the_pictures_edge_and_a_click_draws_none(view: Any) -> None:
    view.set_draws_box(True)
    view.drag(view.spot(600, 600), QPoint(399, 399))
    assert view.box == pytest.approx((600, 600, 400, 400), abs=4)
    QTest.mouseClick(view, LEFT, pos=view.spot(500, 500))
    assert view.box is None


def test_a_box_is_drawn_by_keys(view: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    hear = lambda event: said.append(event.message())  # noqa: E731
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    view.set_draws_box(True)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    x, y, width, height = view.box
    assert width == pytest.approx(500, abs=60)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Up, SHIFT)
    assert view.box[0] > x
    assert view.box[1] == y
    assert view.box[2] == width
    assert view.box[3] < height
    for _ in range(200):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    x, y, width, height = view.box
    assert (x + width, y + height) == pytest.approx((1000, 1000))
    assert said[-1].startswith(f"Box of {round(width)} × {round(height)} pixels")


def test_the_space_bar_moves_the_picture_while_a_box_is_drawn(view: Any) -> None:
    view.set_draws_box(True)
    view.setFocus()
    view.control.zoom_to(2.0, QPointF(200, 200))
    before = view.seen
    QTest.keyPress(view, Qt.Key.Key_Space)
    view.drag(QPoint(200, 200), QPoint(240, 200))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.box is None
    assert view.seen[1] == pytest.approx(before[1] - 20)
    view.drag(QPoint(200, 200), QPoint(240, 250))
    assert view.box is not None


def test_another_picture_has_no_box_and_what_is_read_only_is_dimmed_around(
    view: Any, levels: LevelsOf
) -> None:
    view.set_draws_box(True)
    view.drag(view.spot(200, 200), view.spot(400, 400))
    view.show_picture(levels(), "b.png", 2)
    assert view.box is None
    view.show_within((400.0, 400.0, 200.0, 200.0))
    image = view.image
    assert image.pixelColor(view.spot(500, 500)) == QColor("white")
    assert image.pixelColor(view.spot(300, 500)).lightness() < 200
