"""Digits that thirty people wrote on a tablet, written again on the real canvas."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui import paths
from handwrite_gui.app import Handwrite
from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.draw.canvas import Canvas

# Qt's offscreen platform says so of every window with a layout.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

DIGITS = 300
TABLET_SIDE = 500
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@pytest.fixture(scope="module")
def digits(data_dir: Path) -> list[tuple[int, list[np.ndarray]]]:
    """Digits with their strokes, from 0 to 1 across the tablet."""
    with np.load(data_dir / "pendigits_train.npz", allow_pickle=False) as file:
        points = file["points"] / TABLET_SIDE
        strokes = np.split(points, file["stroke_start"][1:-1])
        first, labels = file["sample_start"], file["label"]
    chosen = np.random.default_rng(7).choice(len(labels), DIGITS, replace=False)
    return [(int(labels[i]), strokes[first[i] : first[i + 1]]) for i in chosen]


@pytest.fixture
def program(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Handwrite]:
    monkeypatch.setenv("HANDWRITE_HOME", str(tmp_path))
    program = Handwrite(qapp, paths.careful_models())
    program.show([])
    with qtbot.waitSignal(program.recognition.ready, timeout=120_000):
        pass
    yield program
    program.window.close()
    assert program.stop()
    program.window.deleteLater()


def write_with_mouse(canvas: Canvas, stroke: np.ndarray) -> None:
    places = [QPoint(*place) for place in stroke.round().astype(int).tolist()]
    QTest.mousePress(canvas, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, LEFT, pos=places[-1])


def write_with_pen(canvas: Canvas, stroke: np.ndarray) -> None:
    kinds = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease
    kind_of = [kinds[0], *[kinds[1]] * (len(stroke) - 1), kinds[2]]
    for kind, (x, y) in zip(kind_of, [*stroke.tolist(), stroke[-1].tolist()], strict=True):
        place = QPointF(x, y)
        angles_and_place = (0.6, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier)
        buttons = (
            NO_BUTTON if kind == kinds[1] else LEFT,
            NO_BUTTON if kind == kinds[2] else LEFT,
        )
        event = QTabletEvent(
            kind, STYLUS, place, canvas.mapToGlobal(place), *angles_and_place, *buttons
        )
        QApplication.sendEvent(canvas, event)


STYLUS = QPointingDevice(
    "stylus",
    201,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    1,
)


@pytest.mark.parametrize("write", [write_with_mouse, write_with_pen], ids=["mouse", "pen"])
def test_digits_are_read_as_they_are_written(
    program: Handwrite,
    digits: list[tuple[int, list[np.ndarray]]],
    qtbot: QtBot,
    write: Callable[[Canvas, np.ndarray], None],
) -> None:
    canvas = program.draw_page.canvas
    side = min(canvas.width(), canvas.height())
    wrong: list[tuple[int, str]] = []
    for label, strokes in digits:
        for stroke in strokes:
            write(canvas, stroke * side)

        def is_final(reading: Reading) -> bool:
            return reading.revision == canvas.ink().revision

        if program.draw_page.reading is None or not is_final(program.draw_page.reading):
            with qtbot.waitSignal(program.recognition.ink_read, check_params_cb=is_final):
                pass
        if program.draw_page.answer.text != str(label):
            wrong.append((label, program.draw_page.answer.text))
        canvas.clear()
    right = 1 - len(wrong) / len(digits)
    print(f"{right:.1%} of {len(digits)} digits read right; wrong (digit, answer): {wrong}")
    assert right >= 0.95
