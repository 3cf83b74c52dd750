"""One move of the pen, handled and painted, beside Qt's own way to scribble.

Qt's Scribble and Tablet examples draw the newest segment into a pixmap and update its rectangle.
Here both get the same tablet events in the same window system, in turns, and each move is painted
before the next. The ink is not read meanwhile: `pen_move.py` measures that.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from measure import ready_program
from pen_move import spiral

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget

FEW, MANY, IN_A_STROKE = 100, 100_000, 100
MOVES, TURNS = 200, 60
SETTLE_S = 0.05
PEN_WIDTH = 12.0


def make_scribble(pen_width: float) -> "QMainWindow":
    """A main window that draws as in Qt's examples, with our pen's width and round ends."""
    from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
    from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QTabletEvent
    from PySide6.QtWidgets import QMainWindow, QWidget

    class Scribble(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            self.pixmap, self.last = QPixmap(), QPointF()
            self.pen = QPen(Qt.GlobalColor.black, pen_width)
            self.pen.setCapStyle(Qt.PenCapStyle.RoundCap)

        def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
            self.pixmap = QPixmap(self.size())
            self.pixmap.fill(Qt.GlobalColor.white)

        def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802
            if event.type() == QEvent.Type.TabletMove:
                painter = QPainter(self.pixmap)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self.pen.setWidthF(pen_width * 2 * event.pressure())
                painter.setPen(self.pen)
                painter.drawLine(self.last, event.position())
                painter.end()
                reach = self.pen.widthF() / 2 + 2
                segment = QRectF(self.last, event.position()).normalized()
                self.update(segment.adjusted(-reach, -reach, reach, reach).toRect())
            self.last = event.position()
            event.accept()

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            painter = QPainter(self)
            painter.drawPixmap(event.rect(), self.pixmap, event.rect())
            painter.end()

    window = QMainWindow()
    window.setCentralWidget(Scribble())
    return window


def pass_ms(widget: "QWidget", places: np.ndarray) -> list[float]:
    """Times of the single moves of one stroke, each handled and painted.

    Args:
        widget: Gets the stroke, through its window.
        places: Where the pen goes, shape (n, 2), in the widget.
    """
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
    from PySide6.QtWidgets import QApplication

    can = QInputDevice.Capability
    kind = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
    device = QPointingDevice("stylus", 1, *kind, can.Position | can.Pressure, 1, 2)
    window, none, tip = widget.window(), Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    keys, nothing = Qt.KeyboardModifier.NoModifier, (0.0, 0.0, 0.0, 0.0, 0.0)

    def event(type_: QEvent.Type, index: int, button: Qt.MouseButton, buttons: Qt.MouseButton):
        at = QPointF(*places[index])
        where = widget.mapTo(window, at), widget.mapToGlobal(at)
        pressure = 0.5 + 0.3 * float(np.sin(index / 20))
        made = QTabletEvent(type_, device, *where, pressure, *nothing, keys, button, buttons)
        made.setTimestamp(index)
        return made

    last = event(QEvent.Type.TabletRelease, len(places) - 1, tip, none)
    moves = [event(QEvent.Type.TabletMove, i, none, tip) for i in range(1, len(places))]
    QApplication.sendEvent(window.windowHandle(), event(QEvent.Type.TabletPress, 0, tip, tip))
    QApplication.processEvents()
    times = []
    for move in moves:
        began = time.perf_counter()
        QApplication.sendEvent(window.windowHandle(), move)
        QApplication.processEvents()
        times.append((time.perf_counter() - began) * 1000)
    QApplication.sendEvent(window.windowHandle(), last)
    QApplication.processEvents()
    return times


def alternate_moves(*passes: Callable[[], list[float]]) -> list[np.ndarray]:
    """Times of each move of several things, shape (turns, moves), after one turn for the caches."""
    turns = [[measure() for measure in passes] for _ in range(TURNS + 1)]
    return [np.array([turn[i] for turn in turns[1:]]) for i in range(len(passes))]


def compare_moves(
    what: str, times_ms: np.ndarray, than_what: str, reference_ms: np.ndarray, most: float
) -> None:
    """Print the ratios of medians and of 99th percentiles, and whether both are kept.

    The ratios are of each move's median over the turns: that is its own time, and what else the
    machine did drops out. The percentiles of all single times are printed, too.
    """
    for name, times in ((what, times_ms), (than_what, reference_ms)):
        own = np.percentile(np.median(times, axis=0), (50, 99)) * 1000
        single = np.percentile(times, (50, 99)) * 1000
        print(
            f"{name}: median {own[0]:.0f} µs, 99 % within {own[1]:.0f} µs"
            f" (single times {single[0]:.0f} and {single[1]:.0f} µs, n = {times.size})"
        )
    middle, slow = (
        np.percentile(np.median(times_ms, axis=0), share)
        / np.percentile(np.median(reference_ms, axis=0), share)
        for share in (50, 99)
    )
    kept = "kept" if max(middle, slow) <= most else "BROKEN"
    print(f"ratio of medians {middle:.2f}, of 99th percentiles {slow:.2f}, bound {most}: {kept}")


def main() -> None:
    from PySide6.QtWidgets import QApplication

    from handwrite_gui.domain.ink import Stroke

    with ready_program() as program:
        program.draw_page.set_live(False)
        canvas, other = program.draw_page.canvas, make_scribble(PEN_WIDTH)
        scribble = other.centralWidget()
        canvas.set_pen_width(PEN_WIDTH)
        other.resize(canvas.window().size())
        other.show()
        stroke = 0.8 * spiral(MOVES + 1)  # Within the canvas on a small screen, too.

        def drawn(points: int) -> Callable[[], list[float]]:
            parts = np.split(spiral(points), range(IN_A_STROKE, points, IN_A_STROKE))
            ink = tuple(Stroke.from_xy(part) for part in parts)

            def measure() -> list[float]:
                canvas.put(ink)
                while not canvas.painted.is_whole:  # Much ink is painted little by little.
                    QApplication.processEvents()
                # Nobody draws at the very moment of an undo: what it set going is done by then.
                time.sleep(SETTLE_S)
                QApplication.processEvents()
                return pass_ms(canvas, stroke)

            return measure

        few, scribbled = alternate_moves(drawn(FEW), lambda: pass_ms(scribble, stroke))
        compare_moves("one move of the pen", few, "Qt's own scribble", scribbled, 2.0)
        few, many = alternate_moves(drawn(FEW), drawn(MANY))
        what = f"one move with {MANY} points on the canvas"
        compare_moves(what, many, f"one move with {FEW}", few, 1.5)
        other.close()


if __name__ == "__main__":
    main()
