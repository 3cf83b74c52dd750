"""The picture view: its picture is moved, enlarged and changed for another."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Box, Digit, Number
from handwrite_gui.widgets.pictures.levels import Levels
from handwrite_gui.widgets.zoom_badge import ZoomBadge

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
CORNER = 750.0, 250.0, 60.0, 40.0
LevelsOf = Callable[..., Levels]
NumberOf = Callable[..., Number]
PixelsOf = Callable[[QImage, QColor], list[tuple[int, int]]]


def wheel(view: Any, notches: int, at: QPoint, keys: Qt.KeyboardModifier = PLAIN) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_control_and_wheel_zoom_at_the_pointer_as_on_the_canvas(view: Any) -> None:
    at, viewport = view.spot(300, 700), view.control.viewport
    before = viewport.to_picture(QPointF(at))
    wheel(view, 8, at, CONTROL)
    assert viewport.scale == pytest.approx(4 * viewport.fitted_scale, rel=1e-6)
    after = viewport.to_picture(QPointF(at))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))
    wheel(view, -8, at, CONTROL)
    assert viewport.is_fitted


def test_the_wheel_alone_moves_the_picture_and_shift_does_it_sideways(view: Any) -> None:
    view.control.zoom_to(2.0, QPointF(200, 200))
    _, left, top = view.seen
    wheel(view, -1, QPoint(200, 200))
    assert view.seen[1:] == pytest.approx((left, top + 24.0))
    wheel(view, -1, QPoint(200, 200), SHIFT)
    assert view.seen[1:] == pytest.approx((left + 24.0, top + 24.0))


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_left_and_middle_button_hold_the_picture(view: Any, button: Qt.MouseButton) -> None:
    view.control.zoom_to(2.0, QPointF(200, 200))
    _, left, top = view.seen
    view.drag(QPoint(200, 200), QPoint(260, 230), button)
    assert view.seen[1:] == pytest.approx((left - 30.0, top - 15.0))
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor


def place(view: Any, box: Box) -> QPointF:
    return view.control.viewport.to_widget(box).center()


def test_keys_zoom_about_the_chosen_number(view: Any, qtbot: QtBot, number: NumberOf) -> None:
    view.show_numbers((number("12", (100.0, 100.0, 90.0, 40.0)), number("34", CORNER)))
    view.select_number(1)
    view.control.zoom_in()
    was = place(view, CORNER)
    for _ in range(4):
        view.control.zoom_in()
    assert (place(view, CORNER) - was).manhattanLength() < 1.0
    for _ in range(8):
        view.control.zoom_in()
    assert view.rect().contains(view.control.viewport.to_widget(CORNER).toRect().center())


def test_keys_zoom_about_the_digit_that_is_spoken_of(view: Any) -> None:
    x, y, width, height = CORNER
    boxes = [(x, y, width / 2, height), (x + width / 2, y, width / 2, height)]
    nobody_knows = Prediction(np.full(11, 1 / 11))
    digits = tuple(Digit(box, np.zeros((28, 28), np.float32), nobody_knows) for box in boxes)
    view.show_numbers((Number("34", 0.9, CORNER, digits),))
    view.select_number(0, 1)
    view.control.zoom_in()
    was = place(view, boxes[1])
    for _ in range(4):
        view.control.zoom_in()
    assert (place(view, boxes[1]) - was).manhattanLength() < 1.0


def test_keys_zoom_into_view_what_would_pass_the_edge(view: Any, number: NumberOf) -> None:
    view.show_numbers((number("34", CORNER),))
    view.select_number(0, brings=False)
    view.control.zoom_to(2.0, QPointF(200, 200))
    at = view.control.viewport.to_widget(CORNER)
    view.control.move_by(10.0 - at.right(), 300.0 - at.top())  # Ten pixels of it are seen.
    view.control.zoom_in()
    assert view.rect().contains(view.control.viewport.to_widget(CORNER).toRect())


@pytest.mark.parametrize("chosen", [None, 0])
def test_keys_zoom_about_the_middle_where_nothing_chosen_is_seen(
    view: Any, chosen: int | None, number: NumberOf
) -> None:
    view.show_numbers((number("34", CORNER),))
    view.select_number(chosen)
    view.control.zoom_to(2.0, QPointF(200, 200))
    view.control.move_by(0.0, -900.0)
    viewport = view.control.viewport
    was = viewport.to_picture(viewport.middle)
    view.control.zoom_in()
    now = viewport.to_picture(viewport.middle)
    assert (now.x(), now.y()) == pytest.approx((was.x(), was.y()))


def test_keys_zoom_and_move(view: Any, qtbot: QtBot) -> None:
    fitted = view.seen
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    scale, left, top = view.seen
    assert scale > fitted[0]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down, CONTROL)
    assert view.seen[1] > left
    assert view.seen[2] > top
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.seen == pytest.approx(fitted)


def test_two_fingers_zoom_and_one_moves(view: Any) -> None:
    screen = QTest.createTouchDevice()
    at = [QPoint(150, 200), QPoint(250, 200)]
    QTest.touchEvent(view, screen).press(0, at[0], view).press(1, at[1], view).commit()
    for apart in (10, 30, 50):
        step = QPoint(apart, 0)
        QTest.touchEvent(view, screen).move(0, at[0] - step, view).move(
            1, at[1] + step, view
        ).commit()
    QTest.touchEvent(view, screen).release(0, at[0], view).release(1, at[1], view).commit()
    scale, left, top = view.seen
    assert scale == pytest.approx(2 * view.control.viewport.fitted_scale, rel=0.01)
    QTest.touchEvent(view, screen).press(0, at[0], view).commit()
    for moved in (20, 40):
        QTest.touchEvent(view, screen).move(0, at[0] + QPoint(moved, 0), view).commit()
    QTest.touchEvent(view, screen).release(0, at[0] + QPoint(40, 0), view).commit()
    assert view.seen == pytest.approx((scale, left - 40 / scale, top), abs=0.1)


def test_the_zoom_is_said_and_leads_back(view: Any, qtbot: QtBot) -> None:
    badge = view.findChild(ZoomBadge)
    assert badge.isHidden()
    view.control.zoom_to(1.5, QPointF(200, 200))
    assert badge.text() == "150 %"
    assert badge.toolTip() == "Back to the whole picture"
    qtbot.mouseClick(badge, LEFT)
    assert view.control.viewport.is_fitted
    assert badge.isHidden()


def test_more_pixels_of_the_same_picture_leave_the_view_and_the_marks(
    view: Any, levels: LevelsOf, number: NumberOf
) -> None:
    view.show_numbers((number("7", (1.0, 1.0, 9.0, 9.0)),))
    view.control.zoom_to(3.0, QPointF(100, 100))
    before = view.seen
    view.show_picture(levels(), "a.png", 1)
    assert view.seen == before
    assert len(view.numbers) == 1
    view.show_picture(levels(500, 700), "b.png", 2)
    assert view.control.viewport.is_fitted
    assert view.control.viewport.size == (500, 700)
    assert view.numbers == ()


def test_pages_are_turned_by_keys(view: Any, qtbot: QtBot) -> None:
    wanted: list[int] = []
    view.page_wanted.connect(wanted.append)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert wanted == [1, -1]


def test_a_message_takes_the_pictures_place(
    view: Any, levels: LevelsOf, pixels_of: PixelsOf
) -> None:
    view.show_picture(levels(50, 50, (255, 0, 0)), "x.png", 2)
    view.show_message("")
    blank = view.image
    view.show_message("“x.png” is empty: choose another picture.")
    image = view.image
    assert pixels_of(image, QColor(255, 0, 0)) == []
    assert image != blank
    assert view.accessibleDescription() == "“x.png” is empty: choose another picture."
    wheel(view, 1, QPoint(100, 100), CONTROL)  # Nothing is there to be enlarged.
