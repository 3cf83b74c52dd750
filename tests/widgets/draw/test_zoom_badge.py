"""The badge that says the zoom, and leads back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.hover_ring import HoverRing
from handwrite_gui.widgets.zoom_badge import ZoomBadge

LEFT = Qt.MouseButton.LeftButton
Stylus = Callable[..., None]
Wheel = Callable[..., None]
Zoom = Callable[..., None]


def badge_of(canvas: Canvas) -> ZoomBadge:
    return canvas.findChild(ZoomBadge)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The zoom is said for a shorter moment, on canvases that are made from now on."""
    monkeypatch.setattr("handwrite_gui.widgets.zoom_badge.SHOWN_MS", 50)


def test_zoom_is_said_only_as_it_changes(canvas: Canvas, wheel: Wheel, zoom: Zoom) -> None:
    badge = badge_of(canvas)
    assert not badge.isVisible()
    wheel(-1)
    canvas.resize(300, 200)
    assert not badge.isVisible()  # The paper was moved, and is no larger.
    zoom(2.0)
    assert badge.isVisible()
    assert badge.text() == "200 %"
    assert "200 %" in badge.accessibleName()
    zoom(1.0)
    canvas.view_control.go_home()
    assert not badge.isVisible()


def test_zoom_is_said_for_a_moment(
    quick: None, canvas: Canvas, wheel: Wheel, zoom: Zoom, qtbot: QtBot
) -> None:
    badge = badge_of(canvas)
    zoom(2.0)
    qtbot.waitUntil(badge.isHidden)
    wheel(-1)
    assert badge.isHidden()
    zoom(1.5)
    assert badge.isVisible()
    assert badge.text() == "150 %"


def test_zoom_is_said_as_long_as_the_pointer_is_there(
    quick: None, canvas: Canvas, zoom: Zoom, qtbot: QtBot
) -> None:
    badge = badge_of(canvas)
    zoom(2.0)
    QTest.mouseMove(canvas.windowHandle(), badge.mapTo(canvas, badge.rect().center()))
    qtbot.waitUntil(badge.underMouse)
    qtbot.wait(150)
    assert badge.isVisible()
    QTest.mouseMove(canvas.windowHandle(), QPoint(20, 150))
    qtbot.waitUntil(badge.isHidden)


def test_click_or_touch_on_the_badge_leads_back_and_draws_nothing(
    canvas: Canvas, touch_screen: QPointingDevice, qtbot: QtBot, zoom: Zoom
) -> None:
    badge, window = badge_of(canvas), canvas.windowHandle()
    canvas.setFocus()
    zoom(2.0)
    qtbot.mouseClick(badge, LEFT)
    assert canvas.view.is_home
    zoom(2.0)
    at = badge.mapTo(canvas, badge.rect().center())
    QTest.touchEvent(window, touch_screen).press(0, at).commit()
    QTest.touchEvent(window, touch_screen).release(0, at).commit()
    assert canvas.view.is_home
    assert canvas.is_blank
    assert canvas.hasFocus()


def test_pen_can_press_the_badge_and_is_shown_beneath_it(
    canvas: Canvas, stylus: Stylus, zoom: Zoom
) -> None:
    zoom(2.0)
    badge = badge_of(canvas)
    x, y = badge.mapTo(canvas, badge.rect().center()).toTuple()
    stylus("move", x, y, touches=False)
    assert canvas.findChild(HoverRing).rect.center().toTuple() == pytest.approx((x, y), abs=1)
    stylus("press", x, y)
    stylus("move", x + 1, y)
    stylus("release", x + 1, y)
    assert canvas.view.is_home
    assert canvas.is_blank
    zoom(2.0)
    stylus("press", x, y)
    stylus("release", 100, 100)  # Thought better of it.
    assert canvas.view.scale == 2.0
    assert canvas.is_blank


def test_stroke_without_a_button_goes_on_beneath_the_badge(canvas: Canvas, zoom: Zoom) -> None:
    canvas.set_draws_by_moving(True)
    zoom(2.0)
    badge, window = badge_of(canvas), canvas.windowHandle()
    at = badge.mapTo(canvas, badge.rect().center())
    places = [QPoint(100, 80), at - QPoint(3, 0), at, at + QPoint(3, 0)]
    QTest.mouseMove(window, places[0])
    QTest.mouseClick(window, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(window, place)
    QTest.mouseClick(window, LEFT, pos=places[-1])
    assert not canvas.is_drawing
    assert canvas.view.scale == 2.0
    (stroke,) = canvas.ink().strokes
    assert len(stroke.xy) == len(places)
    assert stroke.xy[-1].tolist() == list(canvas.view.to_paper(QPointF(places[-1])))


def test_badge_stays_in_its_corner(canvas: Canvas, zoom: Zoom) -> None:
    zoom(2.0)
    for width, height in ((300, 200), (700, 500)):
        canvas.resize(width, height)
        badge = badge_of(canvas)
        assert badge.geometry().right() == width - 9
        assert badge.geometry().top() == 8
