"""An explanation of a 7, told by a recogniser that knows it only with all steps taken."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.reading.explaining.explanation import Part, explanation
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.draw.why.panel import WhyPanel

PAPER = (0.0, 0.0, 600.0, 400.0)


class Strict:
    """Sees a 7 in one image, 2:1, and a 1 in all others, 4:1."""

    def __init__(self, image: NDArray[np.float32]) -> None:
        self._image = image

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        answer = np.zeros((len(images), 11), np.float32)
        is_it = np.array([np.array_equal(image, self._image) for image in images])
        answer[:, 7] = np.where(is_it, 0.9, 0.2)
        answer[:, 1] = 1.0 - answer[:, 7]
        return answer


@pytest.fixture
def seven() -> Ink:
    """A crossed 7 at the upper left of the paper."""
    strokes = [[(100, 100), (160, 100), (125, 200)], [(115, 150), (155, 146)]]
    return Ink(tuple(Stroke.from_xy(np.array(stroke, float)) for stroke in strokes), 1, 12.0)


@pytest.fixture
def explain() -> Callable[[Ink], list[Part]]:
    """Tells all parts of the explanation of ink."""

    def explain(ink: Ink) -> list[Part]:
        return list(explanation(ink, PAPER)(Reader(Strict(ink_image(ink)))))

    return explain


@pytest.fixture
def panel(qtbot: QtBot) -> WhyPanel:
    panel = WhyPanel()
    qtbot.addWidget(panel)
    panel.resize(900, panel.sizeHint().height())
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def told(panel: WhyPanel, seven: Ink, explain: Callable[[Ink], list[Part]]) -> WhyPanel:
    """The panel with all that is to be told of a 7."""
    panel.start(seven, QRectF(*PAPER))
    for part in explain(seven):
        panel.show_part(part)
    panel.end()
    return panel
