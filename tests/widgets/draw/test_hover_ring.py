"""The hover ring, in the real window, with pens whose events come as the window system's do."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice
from PySide6.QtWidgets import QApplication

from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.hover_ring import HoverRing
from handwrite_gui.widgets.main_window import MainWindow

Stylus = Callable[..., None]


@pytest.fixture
def paper(window: MainWindow) -> Canvas:
    """The canvas in the main window."""
    return window.findChild(Canvas)


def ring_of(canvas: Canvas) -> QRect:
    return canvas.findChild(HoverRing).rect


def mouse_move(canvas: Canvas, x: float, y: float) -> None:
    """A mouse's move without a button, to the window, as the system sends it."""
    place, none = QPointF(x, y), Qt.MouseButton.NoButton
    at = (canvas.mapTo(canvas.window(), place), canvas.mapToGlobal(place))
    kind, keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, *at, none, none, keys)
    QApplication.sendEvent(canvas.window().windowHandle(), event)


def test_pen_in_the_air_shows_where_it_would_land(paper: Canvas, stylus: Stylus) -> None:
    blank = paper.grab().toImage()
    stylus("move", 100, 80, touches=False, to=paper)
    assert ring_of(paper).center().toTuple() == pytest.approx((100, 80), abs=1)
    assert paper.grab().toImage() != blank
    assert paper.is_blank


def test_ring_is_as_wide_as_the_pen_and_the_eraser_reach(
    paper: Canvas, stylus: Stylus, pen_eraser: QPointingDevice
) -> None:
    widths = []
    for width in (4.0, 30.0):
        paper.set_pen_width(width)
        stylus("move", 100, 80, touches=False, to=paper)
        widths.append(ring_of(paper).width())
    stylus("move", 100, 80, touches=False, device=pen_eraser, to=paper)
    widths.append(ring_of(paper).width())
    stylus("move", 100, 80, touches=False, barrel=True, to=paper)
    widths.append(ring_of(paper).width())
    assert widths == pytest.approx([4 + 8, 30 + 8, 60 + 8, 60 + 8], abs=4)


def test_only_the_changed_rectangle_is_painted(
    paper: Canvas, stylus: Stylus, monkeypatch: pytest.MonkeyPatch
) -> None:
    stylus("move", 100, 80, touches=False, to=paper)
    before = ring_of(paper)
    QApplication.processEvents()
    areas = []
    paint = paper.paintEvent

    def watch(event: QEvent) -> None:
        areas.append(event.rect())
        paint(event)

    monkeypatch.setattr(paper, "paintEvent", watch)
    stylus("move", 110, 85, touches=False, to=paper)
    QApplication.processEvents()
    assert areas == [before.united(ring_of(paper))]


def test_ring_goes_as_the_pen_touches_and_comes_back_as_it_lifts(
    paper: Canvas, stylus: Stylus
) -> None:
    stylus("move", 100, 80, touches=False, to=paper)
    stylus("press", 100, 80, to=paper)
    assert ring_of(paper).isEmpty()
    stylus("move", 120, 80, to=paper)
    assert ring_of(paper).isEmpty()
    stylus("release", 120, 80, to=paper)
    stylus("move", 125, 80, touches=False, to=paper)
    assert not ring_of(paper).isEmpty()


def test_ring_leaves_nothing_behind(paper: Canvas, stylus: Stylus) -> None:
    blank = paper.grab().toImage()
    stylus("move", 100, 80, touches=False, to=paper)
    QApplication.sendEvent(QApplication.instance(), QEvent(QEvent.Type.TabletLeaveProximity))
    assert ring_of(paper).isEmpty()
    assert paper.grab().toImage() == blank


def test_ring_goes_with_a_pen_that_leaves_the_canvas_untold(paper: Canvas, stylus: Stylus) -> None:
    stylus("move", 100, 80, touches=False, to=paper)
    stylus("move", -40, 80, touches=False, to=paper)  # Over the navigation.
    assert ring_of(paper).isEmpty()


def test_ring_goes_when_a_mouse_moves_elsewhere(paper: Canvas, stylus: Stylus) -> None:
    stylus("move", 100, 80, touches=False, to=paper)
    mouse_move(paper, 101, 81)  # The pointer that follows the pen.
    assert not ring_of(paper).isEmpty()
    mouse_move(paper, 200, 200)
    assert ring_of(paper).isEmpty()


def test_ring_goes_with_the_page(paper: Canvas, window: MainWindow, stylus: Stylus) -> None:
    stylus("move", 100, 80, touches=False, to=paper)
    window.show_page("help")
    assert ring_of(paper).isEmpty()


def test_proximity_is_no_state(paper: Canvas, stylus: Stylus) -> None:
    enter, leave = QEvent.Type.TabletEnterProximity, QEvent.Type.TabletLeaveProximity
    app = QApplication.instance()
    QApplication.sendEvent(app, QEvent(leave))
    stylus("press", 100, 80, to=paper)
    QApplication.sendEvent(app, QEvent(leave))
    stylus("move", 120, 80, to=paper)
    QApplication.sendEvent(app, QEvent(enter))
    stylus("move", 140, 80, to=paper)
    stylus("release", 140, 80, to=paper)
    (stroke,) = paper.ink().strokes
    assert stroke.xy.tolist() == [[100, 80], [120, 80], [140, 80]]
    stylus("move", 150, 80, touches=False, to=paper)
    assert not ring_of(paper).isEmpty()


def test_ring_is_seen_on_ink(paper: Canvas, stylus: Stylus) -> None:
    for kind, x in (("press", 50), ("move", 250), ("release", 250)):
        stylus(kind, x, 80, pressure=1.0, to=paper)
    drawn = paper.grab().toImage()
    stylus("move", 150, 80, touches=False, to=paper)
    assert paper.grab().toImage() != drawn
