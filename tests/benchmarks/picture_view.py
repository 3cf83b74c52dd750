"""What a step of the wheel and of a hand costs in a picture of 50 megapixels, painted and all.

Measured against the same steps in a picture of 1 megapixel, and with 300 Numbers against none.
"""

import time
from collections.abc import Callable

import numpy as np
from measure import compare

WIDTH, HEIGHT = 1000, 700
#: The two pictures have the same form.
SMALL, LARGE = (1250, 800), (8840, 5657)
ROUNDS = 5
#: Of a picture with fifty times the pixels; the larger one fills the window at every zoom.
MOST_RATIO = 3.0


def step_ms(size: tuple[int, int], numbers: int) -> tuple[list[float], list[float]]:
    """Times of single steps in a picture: of the wheel, all the way in and out, and of a hand."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from handwrite_gui.domain.picture import Picture
    from handwrite_gui.domain.reading import Number
    from handwrite_gui.imaging.cut_excerpt import reduce_picture
    from handwrite_gui.widgets.pictures.levels import Levels
    from handwrite_gui.widgets.pictures.picture_view import PictureView

    pixels = np.random.default_rng(3).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    view = PictureView()
    view.resize(WIDTH, HEIGHT)
    view.show()
    view.show_picture(Levels.of(reduce_picture(Picture(pixels, "a.png"))), "a.png", 1)
    across, down = size[0] / 20, size[1] / 20
    view.show_numbers(
        tuple(
            Number("2047", 0.9 + 0.1 * (n % 2), box, ())
            for n in range(numbers)
            for box in [(across * (n % 20), down * (n // 20 + 1), across / 2, down / 3)]
        )
    )
    QApplication.processEvents()
    middle, control = QPoint(WIDTH // 2, HEIGHT // 2), Qt.KeyboardModifier.ControlModifier

    def turn(notches: int) -> None:
        way, none = QPoint(0, 120 * notches), Qt.MouseButton.NoButton
        at, phase = QPointF(middle), Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, at, QPoint(), way, none, control, phase, False)
        QApplication.sendEvent(view, event)

    def timed(step: Callable[[], object]) -> float:
        began = time.perf_counter()
        step()
        QApplication.processEvents()
        return (time.perf_counter() - began) * 1000

    wheel, hand = [], []
    left = Qt.MouseButton.LeftButton
    for _ in range(ROUNDS):
        wheel += [timed(lambda: turn(1)) for _ in range(20)]
        wheel += [timed(lambda: turn(-1)) for _ in range(10)]
        QTest.mousePress(view, left, pos=middle)
        for way in range(1, 40):
            place = middle + QPoint(7 * way, 4 * way)
            hand.append(timed(lambda place=place: QTest.mouseMove(view, place)))
        QTest.mouseRelease(view, left, pos=place)
        view.control.go_home()
        QApplication.processEvents()
    view.close()
    return wheel, hand


def main() -> None:
    from handwrite_gui.widgets.application import build_application

    application = build_application()
    small, large = step_ms(SMALL, 0), step_ms(LARGE, 0)
    marked = step_ms(LARGE, 300)
    megapixels = round(LARGE[0] * LARGE[1] / 1e6)
    for n, what in enumerate(("the wheel", "a hand")):
        compare(f"a step of {what}, {megapixels} MP", large[n], "1 MP", small[n], MOST_RATIO)
        compare(f"a step of {what}, 300 Numbers", marked[n], "none", large[n], MOST_RATIO)
    application.quit()


if __name__ == "__main__":
    main()
