"""A canvas and a Draw page, shown, and devices whose events come as the system's do."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.page import DrawPage

Finger = Callable[[str, int, int], None]
Stylus = Callable[..., None]
Wheel = Callable[..., None]
#: Where a mouse is while its wheel is turned; and that no track-pad is meant.
POINTER, NO_PIXELS = QPoint(120, 90), QPoint()


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas(pen_width=12.0)
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


@pytest.fixture
def page(qtbot: QtBot) -> DrawPage:
    page = DrawPage(12.0, live=True)
    qtbot.addWidget(page)
    page.lay_out(*(QAction(name, page) for name in ("Undo", "Redo", "Replay", "Clear", "Predict")))
    page.resize(1000, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def ready_page(page: DrawPage) -> DrawPage:
    page.show_ready()
    return page


@pytest.fixture
def requests(page: DrawPage) -> list[int]:
    """How many points the ink had at each request for its reading."""
    requests: list[int] = []
    page.reading_requested.connect(lambda: requests.append(len(page.canvas.ink().xy)))
    return requests


@pytest.fixture
def reading_of() -> Callable[[DrawPage, int], Reading]:
    """Makes a Reading of the ink that is on a page now."""

    def read(page: DrawPage, digit: int) -> Reading:
        probabilities = np.full(11, 0.01)
        probabilities[digit] = 0.9
        box = (0.0, 0.0, 10.0, 10.0)
        image = np.zeros((28, 28), np.float32)
        one = Digit(box, image, Prediction(probabilities))
        return Reading((Number(str(digit), 0.9, box, (one,)),), revision=page.canvas.ink().revision)

    return read


@pytest.fixture
def strokes_of() -> Callable[[Canvas], list[list[list[float]]]]:
    """Lists x and y of every point, stroke by stroke."""
    return lambda canvas: [stroke.xy.tolist() for stroke in canvas.ink().strokes]


def make_pointer(
    kind: QPointingDevice.PointerType, system_id: int, *, tells_pressure: bool = True
) -> QPointingDevice:
    can = QInputDevice.Capability
    return QPointingDevice(
        f"stylus {system_id}",
        system_id,
        QInputDevice.DeviceType.Stylus,
        kind,
        can.Position | can.Pressure if tells_pressure else can.Position,
        1,
        2,
    )


@pytest.fixture(scope="session")
def pen_tip() -> QPointingDevice:
    return make_pointer(QPointingDevice.PointerType.Pen, 101)


@pytest.fixture(scope="session")
def pen_eraser() -> QPointingDevice:
    return make_pointer(QPointingDevice.PointerType.Eraser, 102)


@pytest.fixture(scope="session")
def plain_pen() -> QPointingDevice:
    """A pen that does not tell how hard it is pressed."""
    return make_pointer(QPointingDevice.PointerType.Pen, 103, tells_pressure=False)


@pytest.fixture
def wheel(canvas: Canvas) -> Wheel:
    """Turns a wheel, away from the hand for more: `wheel(-1, keys=SHIFT, at=QPoint(120, 90))`.

    Pixels are a track-pad's.
    """

    def turn(
        notches: float,
        *,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        at: QPoint = POINTER,
        pixels: QPoint = NO_PIXELS,
    ) -> None:
        phases = Qt.ScrollPhase
        event = QWheelEvent(
            QPointF(canvas.mapTo(canvas.window(), at)),
            QPointF(canvas.mapToGlobal(at)),
            pixels,
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            keys,
            phases.NoScrollPhase if pixels.isNull() else phases.ScrollUpdate,
            False,
        )
        # To the window, as the system does: Qt finds the widget.
        QApplication.sendEvent(canvas.window().windowHandle(), event)

    return turn


@pytest.fixture
def zoom(canvas: Canvas, wheel: Wheel) -> Callable[..., None]:
    """Zooms with the wheel: `zoom(2.0, at=QPoint(120, 90))`."""

    def zoom(scale: float, at: QPoint = POINTER) -> None:
        notches = 4 * np.log2(scale / canvas.view.scale)
        wheel(notches, keys=Qt.KeyboardModifier.ControlModifier, at=at)
        assert canvas.view.scale == pytest.approx(scale, rel=0.01)

    return zoom


@pytest.fixture(scope="session")
def touch_screen() -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def finger(canvas: Canvas, touch_screen: QPointingDevice) -> Iterator[Finger]:
    """Sends one event of a finger: `finger("press", x, y)`."""
    is_down = False

    def send(kind: str, x: int, y: int) -> None:
        nonlocal is_down
        is_down = kind != "release"
        sequence = QTest.touchEvent(canvas.window().windowHandle(), touch_screen)
        getattr(sequence, kind)(0, QPoint(x, y)).commit()

    yield send
    if is_down:  # Qt remembers that, across tests too.
        send("release", 0, 0)


@pytest.fixture
def stylus(canvas: Canvas, pen_tip: QPointingDevice) -> Iterator[Stylus]:
    """Sends one event of a stylus: `stylus("press", x, y, pressure=0.8)`."""

    def send(
        kind: str,
        x: float,
        y: float,
        *,
        pressure: float = 0.5,
        device: QPointingDevice = pen_tip,
        touches: bool = True,
        time_ms: int = 0,
        barrel: bool = False,
        to: QWidget = canvas,
    ) -> None:
        types = {
            "press": QEvent.Type.TabletPress,
            "move": QEvent.Type.TabletMove,
            "release": QEvent.Type.TabletRelease,
        }
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        held = Qt.MouseButton.RightButton if barrel else none
        place = QPointF(x, y)
        event = QTabletEvent(
            types[kind],
            device,
            to.mapTo(to.window(), place),
            to.mapToGlobal(place),
            pressure if touches else 0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            none if kind == "move" else left,
            (left if touches and kind != "release" else none) | held,
        )
        event.setTimestamp(time_ms)
        # To the window, as the system does: Qt finds the widget.
        QApplication.sendEvent(to.window().windowHandle(), event)

    yield send
    send("release", 0, 0)  # Qt remembers the widget on which a pen is down, across tests too.


@pytest.fixture
def mouse_event() -> Callable[..., None]:
    """Sends one event of a mouse, or one made of a pen's: `mouse_event(canvas, kind, x, y)`."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    no_keys = Qt.KeyboardModifier.NoModifier

    def mouse_event(
        canvas: Canvas,
        kind: QEvent.Type,
        x: float,
        y: float,
        *,
        device: QPointingDevice | None = None,
        source: Qt.MouseEventSource = Qt.MouseEventSource.MouseEventNotSynthesized,
        buttons: Qt.MouseButton = left,
    ) -> None:
        place = QPointF(x, y)
        button = none if kind == QEvent.Type.MouseMove else left
        at = (place, place, canvas.mapToGlobal(place), button, buttons, no_keys, source)
        event = QMouseEvent(kind, *at) if device is None else QMouseEvent(kind, *at, device)
        QApplication.sendEvent(canvas, event)

    return mouse_event
