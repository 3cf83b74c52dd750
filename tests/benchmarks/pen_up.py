"""From pen-up to bars that show the last ink, for a stroke of 1,000 points, read while drawn."""

import time
from typing import TYPE_CHECKING

import numpy as np
from measure import compare, describe, ready_program

if TYPE_CHECKING:
    from handwrite_gui.app import Handwrite

STROKES = 30
POINTS = 1000
MOVES_PER_S = 900.0, 1100.0


def three() -> np.ndarray:
    """A 3 of `POINTS` points, shape (n, 2), in canvas units."""
    turn = np.linspace(-2.4, 1.5, POINTS // 2)
    bow = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 80
    return np.concatenate([bow + np.array([250, 180]), bow + np.array([250, 300])])


def pen_up_ms(program: "Handwrite", moves_per_s: float) -> float:
    """Draw one stroke at a mouse's pace, lift, and wait until the bars are painted."""
    from PySide6.QtCore import QEventLoop, QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    page = program.draw_page
    left = Qt.MouseButton.LeftButton
    places = [QPoint(*place) for place in three().round().astype(int).tolist()]
    page.canvas.clear()
    QTest.mousePress(page.canvas, left, pos=places[0])
    began = time.perf_counter()
    for number, place in enumerate(places[1:], 1):
        QTest.mouseMove(page.canvas, place)
        while time.perf_counter() < began + number / moves_per_s:
            QApplication.processEvents()

    def is_answered() -> bool:
        return page.reading is not None and page.reading.revision == page.canvas.ink().revision

    lifted = time.perf_counter()
    QTest.mouseRelease(page.canvas, left, pos=places[-1])
    while not is_answered():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()  # Paints what has changed.
    return (time.perf_counter() - lifted) * 1000


def main() -> None:
    with ready_program() as program:
        # Keras comes with the program's model, and not before.
        from handwrite_gui.recognition.learning.networks import paper

        model, digit = paper(), np.random.default_rng(7).random((1, 28, 28, 1), np.float32)

        def predict_ms() -> float:
            began = time.perf_counter()
            model.predict_on_batch(digit)
            return (time.perf_counter() - began) * 1000

        in_a_loop = [predict_ms() for _ in range(200)][100:]
        # At many paces, for a hand does not lift in step with the screen's frames.
        paces = np.random.default_rng(7).uniform(*MOVES_PER_S, STROKES)
        # In turns: what a processor has not done for a second it does more slowly at first.
        lifts, reference = zip(
            *[(pen_up_ms(program, pace), predict_ms()) for pace in paces], strict=True
        )
    compare("pen-up to bars", lifts, "predict_on_batch of the textbook's CNN", reference, 3.0)
    print(f"predict_on_batch again and again: {describe(in_a_loop)}")


if __name__ == "__main__":
    main()
