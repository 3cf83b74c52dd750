"""What one move of the pen costs with 10 and with 10,000 points on the canvas, all told.

The pen moves at a mouse's pace and is read meanwhile, as it is under a person's hand.
"""

import time
from typing import TYPE_CHECKING

import numpy as np
from measure import compare, ready_program

if TYPE_CHECKING:
    from handwrite_gui.app import Handwrite

FEW, MANY = 10, 10_000
STROKES, MOVES = 10, 100
MOVES_PER_S = 1000


def spiral(points: int) -> np.ndarray:
    """Positions, shape (n, 2), in canvas units."""
    turns = np.arange(points) / 30
    radius = 100 + 50 * np.sin(turns / 37)
    return np.stack([250 + radius * np.cos(turns), 250 + radius * np.sin(turns)], axis=1)


def move_ms(program: "Handwrite", before: int, under_the_pen: int, *, live: bool) -> list[float]:
    """Times of single moves, painted and asked to be read, with some points there already.

    Args:
        program: Its canvas is cleared first.
        before: Points of earlier strokes.
        under_the_pen: Points of the stroke that is being drawn, before those that are timed.
        live: Whether the ink is read while it is drawn.
    """
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from handwrite_gui.domain.ink import Stroke

    program.draw_page.set_live(live)
    canvas, left = program.draw_page.canvas, Qt.MouseButton.LeftButton
    spots = spiral(under_the_pen + MOVES).round().astype(int)
    places = [QPoint(*spot) for spot in spots.tolist()]
    times: list[float] = []
    for _ in range(STROKES):
        canvas.clear()
        parts = np.split(spiral(before), range(100, before, 100))
        canvas.put(tuple(Stroke.from_xy(part) for part in parts if len(part)))
        QTest.mousePress(canvas, left, pos=places[0])
        for place in places[1:under_the_pen]:
            QTest.mouseMove(canvas, place)
        QApplication.processEvents()
        pen_s = time.perf_counter()
        for place in places[under_the_pen:]:
            pen_s += 1 / MOVES_PER_S
            while time.perf_counter() < pen_s:
                QApplication.processEvents()
            began = time.perf_counter()
            QTest.mouseMove(canvas, place)
            QApplication.processEvents()
            times.append((time.perf_counter() - began) * 1000)
        QTest.mouseRelease(canvas, left, pos=places[-1])
    return times


def main() -> None:
    with ready_program() as running:
        for live in (False, True):
            few = move_ms(running, 0, FEW, live=live)
            before = move_ms(running, MANY, FEW, live=live)
            under_the_pen = move_ms(running, 0, MANY, live=live)
            read = "read meanwhile" if live else "not read"
            for where, many in (("before", before), ("under the pen", under_the_pen)):
                what = f"one move, {read}, {MANY} points {where}"
                compare(what, many, f"one move, {read}, {FEW} points", few, 1.5)


if __name__ == "__main__":
    main()
