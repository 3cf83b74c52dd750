"""Strokes to be selected on a canvas, the select tool, and a mouse that drags."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Stroke
from handwrite_gui.widgets.draw.canvas import Canvas

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Drag = Callable[..., None]


class Drawn(NamedTuple):
    """The strokes that are on the paper at first."""

    one: Stroke
    seven: Stroke
    dot: Stroke


def line(*places: tuple[float, float]) -> Stroke:
    points = np.zeros((len(places), 4))
    points[:, :2] = places
    points[:, TIME_MS], points[:, PRESSURE] = np.arange(len(places)) * 7.0, 0.25
    return Stroke(points)


@pytest.fixture(scope="session")
def drawn() -> Drawn:
    return Drawn(
        line((60, 60), (60, 160)),
        line((150, 60), (230, 60), (170, 160)),
        line((320, 110)),
    )


@pytest.fixture
def paper(canvas: Canvas, drawn: Drawn) -> Canvas:
    """A 1, a 7 and a dot on a canvas of 400 × 300, and the select tool in use."""
    canvas.put(tuple(drawn))
    canvas.choose_tool("select")
    return canvas


@pytest.fixture
def drag(canvas: Canvas) -> Drag:
    """Drags the mouse: `drag((20, 30), (40, 50), keys=SHIFT, lift=False)`."""

    def drag(
        *places: tuple[int, int],
        keys: Qt.KeyboardModifier = NO_KEY,
        lift: bool = True,
    ) -> None:
        QTest.mousePress(canvas, LEFT, keys, QPoint(*places[0]))
        for place in places[1:]:
            QTest.mouseMove(canvas, QPoint(*place))
        if lift:
            QTest.mouseRelease(canvas, LEFT, keys, QPoint(*places[-1]))

    return drag


@pytest.fixture
def xy() -> Callable[[Stroke], list[list[float]]]:
    """Lists x and y of every point of a stroke."""
    return lambda stroke: [[round(value, 6) for value in place] for place in stroke.xy.tolist()]
