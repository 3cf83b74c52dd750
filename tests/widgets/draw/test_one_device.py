"""One device owns a stroke: pen, fingers and the mouse events made of them, in the real window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.widgets.draw import pen
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.main_window import MainWindow

Stylus = Callable[..., None]
Touch = Callable[..., None]
Mouse = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]
BY_QT = Qt.MouseEventSource.MouseEventSynthesizedByQt
BY_SYSTEM = Qt.MouseEventSource.MouseEventSynthesizedBySystem


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds, as its only entry."""
    now = [1000.0]
    monkeypatch.setattr(pen, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def paper(window: MainWindow, clock: list[float]) -> Canvas:
    """The canvas in the main window."""
    return window.findChild(Canvas)


@pytest.fixture
def touch(paper: Canvas, touch_screen: QPointingDevice) -> Touch:
    """Sends one event of a finger: `touch("press", x, y)`."""

    def send(kind: str, x: int, y: int) -> None:
        sequence = QTest.touchEvent(paper.window().windowHandle(), touch_screen)
        getattr(sequence, kind)(0, paper.mapTo(paper.window(), QPoint(x, y))).commit()

    return send


@pytest.fixture
def mouse(paper: Canvas) -> Mouse:
    """Sends one event of a mouse, or one made of another device's."""

    def send(
        kind: str,
        x: float,
        y: float,
        *,
        device: QPointingDevice | None = None,
        source: Qt.MouseEventSource = Qt.MouseEventSource.MouseEventNotSynthesized,
    ) -> None:
        types = {
            "press": QEvent.Type.MouseButtonPress,
            "move": QEvent.Type.MouseMove,
            "release": QEvent.Type.MouseButtonRelease,
        }
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        place = QPointF(x, y)
        inside, outside = paper.mapTo(paper.window(), place), paper.mapToGlobal(place)
        buttons = (none if kind == "move" else left, none if kind == "release" else left)
        keys = Qt.KeyboardModifier.NoModifier
        at = types[kind], inside, inside, outside, *buttons, keys, source
        event = QMouseEvent(*at, device) if device else QMouseEvent(*at)
        QApplication.sendEvent(paper.window().windowHandle(), event)

    return send


@pytest.mark.parametrize("source", [BY_QT, BY_SYSTEM, None])
def test_each_event_of_a_pen_comes_as_a_mouse_s_too(
    paper: Canvas,
    stylus: Stylus,
    mouse: Mouse,
    pen_tip: QPointingDevice,
    strokes_of: StrokesOf,
    source: Qt.MouseEventSource | None,
) -> None:
    """Labelled as made of others, or not labelled at all, as some drivers leave them."""
    twin = {"device": pen_tip} if source is None else {"source": source}
    for x, kind in ((50, "press"), (60, "move"), (70, "move"), (70, "release")):
        stylus(kind, x, 50, to=paper)
        mouse(kind, x, 50, **twin)
    assert strokes_of(paper) == [[[50, 50], [60, 50], [70, 50]]]


def test_unlabelled_mouse_events_of_a_pen_draw_nothing_either(
    paper: Canvas, stylus: Stylus, mouse: Mouse, strokes_of: StrokesOf
) -> None:
    for x, kind in ((50, "press"), (60, "move"), (70, "move")):
        stylus(kind, x, 50, to=paper)
        mouse(kind, x, 50)
    mouse("release", 70, 50)
    stylus("release", 70, 50, to=paper)
    assert strokes_of(paper) == [[[50, 50], [60, 50], [70, 50]]]


@pytest.mark.parametrize("source", [BY_QT, BY_SYSTEM, None])
def test_each_event_of_a_finger_comes_as_a_mouse_s_too(
    paper: Canvas,
    touch: Touch,
    mouse: Mouse,
    touch_screen: QPointingDevice,
    strokes_of: StrokesOf,
    source: Qt.MouseEventSource | None,
) -> None:
    twin = {"device": touch_screen} if source is None else {"source": source}
    for x, kind in ((50, "press"), (60, "move"), (70, "release")):
        touch(kind, x, 50)
        mouse(kind, x, 50, **twin)
    assert strokes_of(paper) == [[[50, 50], [60, 50]]]


def test_pen_only_lets_pen_and_mouse_draw(
    paper: Canvas, stylus: Stylus, touch: Touch, mouse: Mouse
) -> None:
    paper.set_pen_only(True)
    for x, kind in ((50, "press"), (60, "move"), (70, "release")):
        touch(kind, x, 50)
        mouse(kind, x, 50, source=BY_SYSTEM)
    assert paper.is_blank
    for x, kind in ((50, "press"), (60, "move"), (70, "release")):
        mouse(kind, x, 50)
    for x, kind in ((50, "press"), (60, "move"), (70, "release")):
        stylus(kind, x, 90, to=paper)
    assert len(paper.ink().strokes) == 2


@pytest.mark.parametrize("touches", [False, True])
def test_palm_under_way_is_taken_back_as_the_pen_comes(
    paper: Canvas, stylus: Stylus, touch: Touch, strokes_of: StrokesOf, touches: bool
) -> None:
    touch("press", 200, 200)
    touch("move", 205, 200)
    stylus("press" if touches else "move", 50, 50, touches=touches, to=paper)
    assert len(strokes_of(paper)) == touches
    touch("move", 210, 200)
    touch("release", 210, 200)
    if not touches:
        stylus("press", 50, 50, to=paper)
    stylus("release", 50, 50, to=paper)
    assert strokes_of(paper) == [[[50, 50]]]


@pytest.mark.parametrize(("later_s", "kept"), [(0.2, False), (1.0, True)])
def test_palm_made_just_now_is_taken_back(
    paper: Canvas,
    stylus: Stylus,
    touch: Touch,
    strokes_of: StrokesOf,
    clock: list[float],
    later_s: float,
    kept: bool,
) -> None:
    touch("press", 200, 200)
    touch("release", 200, 200)
    clock[0] += later_s
    stylus("press", 50, 50, to=paper)
    stylus("release", 50, 50, to=paper)
    assert strokes_of(paper) == [[[200, 200]]] * kept + [[[50, 50]]]


def test_what_was_undone_meanwhile_is_not_undone_again(
    paper: Canvas, stylus: Stylus, touch: Touch, mouse: Mouse, strokes_of: StrokesOf
) -> None:
    mouse("press", 90, 90)
    mouse("release", 90, 90)
    touch("press", 200, 200)
    touch("release", 200, 200)
    paper.undo()
    stylus("move", 50, 50, touches=False, to=paper)
    assert strokes_of(paper) == [[[90, 90]]]


@pytest.mark.parametrize(("later_s", "draws"), [(0.2, False), (1.0, True)])
def test_palm_after_the_pen_draws_nothing_for_a_while(
    paper: Canvas,
    stylus: Stylus,
    touch: Touch,
    clock: list[float],
    later_s: float,
    draws: bool,
) -> None:
    stylus("move", 50, 50, touches=False, to=paper)
    clock[0] += later_s
    touch("press", 200, 200)
    touch("release", 200, 200)
    assert paper.is_blank != draws


def test_mouse_drawn_just_before_the_pen_stays(
    paper: Canvas, stylus: Stylus, touch: Touch, mouse: Mouse, strokes_of: StrokesOf
) -> None:
    touch("press", 200, 200)
    touch("release", 200, 200)
    mouse("press", 90, 90)
    mouse("release", 90, 90)
    stylus("move", 50, 50, touches=False, to=paper)
    assert strokes_of(paper) == [[[200, 200]], [[90, 90]]]
