"""A recogniser that hangs on something known, the shipped model, and ink to explain."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui import paths
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.forms.digits import digit_form
from handwrite_gui.recognition.forms.hand import written
from handwrite_gui.recognition.keras_recogniser import load_recogniser

CORNER = np.array([200.0, 150.0])


class Sensing:
    """Sees a 7 with a chance that is a function of the image, and otherwise a 1."""

    def __init__(self, chance: Callable[[NDArray[np.float32]], float]) -> None:
        self._chance = chance
        self.asked: list[int] = []

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.asked.append(len(images))
        answer = np.zeros((len(images), 11), np.float32)
        answer[:, 7] = [self._chance(image) for image in images]
        answer[:, 1] = 1.0 - answer[:, 7]
        return answer


@pytest.fixture
def sensing() -> type[Sensing]:
    return Sensing


@pytest.fixture(scope="session")
def ink_of() -> Callable[..., Ink]:
    """Makes ink through corners such as "0,0 60,0", 200 from the left and 150 from the top."""

    def ink_of(*strokes: str, pen_width: float | None = 12.0) -> Ink:
        corners = [[pair.split(",") for pair in stroke.split()] for stroke in strokes]
        made = [Stroke.from_xy(np.array(each, float) + CORNER) for each in corners]
        return Ink(tuple(made), 1, pen_width)

    return ink_of


@pytest.fixture(scope="session")
def arc() -> Callable[..., str]:
    """Makes corners along an ellipse, degrees clockwise from the right."""

    def arc(start: float, end: float, middle: tuple[float, float], *radii: float) -> str:
        angle = np.radians(np.linspace(start, end, 60))
        x, y = middle[0] + radii[0] * np.cos(angle), middle[1] + radii[1] * np.sin(angle)
        return " ".join(f"{a:.3f},{b:.3f}" for a, b in zip(x, y, strict=True))

    return arc


@pytest.fixture(scope="session")
def written_digit() -> Callable[[int, int], Ink]:
    """Writes a digit as a hand does, in the middle of the paper, for a seed."""

    def written_digit(digit: int, seed: int) -> Ink:
        rng = np.random.default_rng(seed)
        strokes = [stroke * 150 + (250.0, 120.0) for stroke in written(digit_form(digit, rng), rng)]
        return Ink(tuple(map(Stroke.from_xy, strokes)), 1, 12.0)

    return written_digit


@pytest.fixture(scope="session")
def shipped() -> Reader:
    """The reader with the shipped model."""
    return Reader(load_recogniser(paths.default_model()))
