"""A canvas on a shown window, and a stylus whose events come as the window system's do."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.canvas import Canvas

Stylus = Callable[..., None]


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas(pen_width=12.0)
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


@pytest.fixture
def strokes_of() -> Callable[[Canvas], list[list[list[float]]]]:
    """Lists x and y of every point, stroke by stroke."""
    return lambda canvas: [stroke.xy.tolist() for stroke in canvas.ink().strokes]


def make_pointer(kind: QPointingDevice.PointerType, system_id: int) -> QPointingDevice:
    can = QInputDevice.Capability
    return QPointingDevice(
        f"stylus {system_id}",
        system_id,
        QInputDevice.DeviceType.Stylus,
        kind,
        can.Position | can.Pressure,
        1,
        2,
    )


@pytest.fixture(scope="session")
def pen_tip() -> QPointingDevice:
    return make_pointer(QPointingDevice.PointerType.Pen, 101)


@pytest.fixture(scope="session")
def pen_eraser() -> QPointingDevice:
    return make_pointer(QPointingDevice.PointerType.Eraser, 102)


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
        to: QWidget = canvas,
    ) -> None:
        types = {
            "press": QEvent.Type.TabletPress,
            "move": QEvent.Type.TabletMove,
            "release": QEvent.Type.TabletRelease,
        }
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        place = QPointF(x, y)
        event = QTabletEvent(
            types[kind],
            device,
            place,
            to.mapToGlobal(place),
            pressure if touches else 0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            none if kind == "move" else left,
            left if touches and kind != "release" else none,
        )
        event.setTimestamp(time_ms)
        # To the window, as the system does: Qt finds the widget.
        QApplication.sendEvent(to.windowHandle(), event)

    yield send
    send("release", 0, 0)  # Qt remembers the widget on which a pen is down, across tests too.
