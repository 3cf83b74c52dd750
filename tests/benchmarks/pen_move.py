"""What one move of the pen costs with 10 and with 10,000 points on the canvas, all told."""

import time
from typing import TYPE_CHECKING

import numpy as np
from measure import compare, ready_program

if TYPE_CHECKING:
    from handwrite_gui.app import Handwrite

FEW, MANY = 10, 10_000
SAMPLES = 500


def spiral(points: int) -> np.ndarray:
    """Positions, shape (n, 2), in canvas units."""
    turns = np.arange(points) / 30
    radius = 100 + 50 * np.sin(turns / 37)
    return np.stack([250 + radius * np.cos(turns), 250 + radius * np.sin(turns)], axis=1)


def move_ms(program: "Handwrite", before: int, under_the_pen: int) -> list[float]:
    """Times of single moves, painted and asked to be read, with some points there already.

    Args:
        program: Its canvas is cleared first.
        before: Points of earlier strokes.
        under_the_pen: Points of the stroke that is being drawn, before those that are timed.
    """
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from handwrite_gui.domain.ink import Stroke

    canvas, left = program.draw_page.canvas, Qt.MouseButton.LeftButton
    places = [QPoint(*place) for place in spiral(under_the_pen + FEW).round().astype(int).tolist()]
    times: list[float] = []
    while len(times) < SAMPLES:
        canvas.clear()
        parts = np.split(spiral(before), range(100, before, 100))
        canvas.put(tuple(Stroke.from_xy(part) for part in parts if len(part)))
        QTest.mousePress(canvas, left, pos=places[0])
        for place in places[1:under_the_pen]:
            QTest.mouseMove(canvas, place)
        QApplication.processEvents()
        for place in places[under_the_pen:]:
            began = time.perf_counter()
            QTest.mouseMove(canvas, place)
            QApplication.processEvents()
            times.append((time.perf_counter() - began) * 1000)
        QTest.mouseRelease(canvas, left, pos=places[-1])
    return times


if __name__ == "__main__":
    with ready_program() as running:
        few = move_ms(running, 0, FEW)
        many_before = move_ms(running, MANY, FEW)
        many_under_the_pen = move_ms(running, 0, MANY)
    for where, many in (("before", many_before), ("under the pen", many_under_the_pen)):
        compare(f"one move, {MANY} points {where}", many, f"one move, {FEW} points", few, 1.5)
