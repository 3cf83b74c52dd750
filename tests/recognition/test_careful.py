from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.recognition.careful import SLICE, VIEWS_DEGREES, CarefulRecogniser
from handwrite_gui.recognition.data.digits import Digits


class Says:
    """Says the same of everything, and keeps what it saw."""

    def __init__(self, **likely: float) -> None:
        self.answer = np.zeros(11, np.float32)
        for digit, probability in likely.items():
            self.answer[int(digit.removeprefix("d"))] = probability
        self.seen: list[NDArray[np.float32]] = []

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.seen.append(images)
        return np.repeat(self.answer[None], len(images), axis=0)


@pytest.fixture
def image(draw_digits: Callable[[int, int], Digits]) -> NDArray[np.float32]:
    return draw_digits(4, 1).images[3:].astype(np.float32) / 255


def angle_degrees(image: NDArray[np.float32]) -> float:
    """Direction of the image's longest spread, clockwise as it is seen."""
    y, x = np.indices(image.shape)
    covariance = np.cov(np.stack([x.ravel(), y.ravel()]), aweights=image.ravel())
    longest = np.linalg.eigh(covariance)[1][:, 1]
    return float(np.degrees(np.arctan2(longest[1], longest[0])) % 180)


def test_answer_is_the_geometric_mean(image: NDArray[np.float32]) -> None:
    (answer,) = CarefulRecogniser([Says(d3=0.8, d8=0.2), Says(d3=0.2, d8=0.8)]).predict(image)
    assert answer[[3, 8]] == pytest.approx(0.5, abs=1e-4)
    (answer,) = CarefulRecogniser([Says(d3=0.9, d8=0.1), Says(d3=0.4, d8=0.6)]).predict(image)
    three, eight = (0.9 * 0.4) ** 0.5, (0.1 * 0.6) ** 0.5
    assert answer[3] == pytest.approx(three / (three + eight), abs=1e-4)
    assert answer.sum() == pytest.approx(1, abs=1e-5)


def test_one_recogniser_that_is_sure_of_everything_alone_decides_nothing_alone(
    image: NDArray[np.float32],
) -> None:
    """What one calls impossible is no NaN, and two who agree outvote the third."""
    sure, others = Says(d1=1.0), Says(d7=1.0)
    (answer,) = CarefulRecogniser([sure, others, others]).predict(image)
    assert answer.argmax() == 7
    assert np.isfinite(answer).all()


def test_each_view_is_turned_as_far_as_it_says(image: NDArray[np.float32]) -> None:
    line = np.zeros((1, 28, 28), np.float32)
    line[0, 13:15, 4:24] = 1
    says = Says(d1=1.0)
    CarefulRecogniser([says]).predict(line)
    (seen,) = says.seen
    assert seen.shape == (len(VIEWS_DEGREES), 28, 28)
    assert (seen[0] == line[0]).all(), "the first view is the digit as it is"
    turns = [(angle_degrees(view) + 90) % 180 - 90 for view in seen]
    assert turns == pytest.approx([-degrees for degrees in VIEWS_DEGREES], abs=0.5)
    assert seen.min() >= 0
    assert seen.max() <= 1 + 1e-6
    CarefulRecogniser([says]).predict(image)
    for view in says.seen[1]:
        assert view.sum() == pytest.approx(image.sum(), rel=0.02), "no ink is lost"


def test_answers_keep_their_order_over_slices() -> None:
    class Brightness:
        def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
            answers = np.full((len(images), 11), 1e-3, np.float32)
            answers[np.arange(len(images)), images[:, 14, 14].round().astype(int)] = 0.99
            return answers

    digits = np.arange(2 * SLICE + 30) % 10
    images = np.repeat(digits.astype(np.float32), 28 * 28).reshape(-1, 28, 28)
    answers = CarefulRecogniser([Brightness()]).predict(images)
    assert answers.shape == (len(digits), 11)
    assert answers.dtype == np.float32
    assert (answers.argmax(axis=1) == digits).all()


def test_no_image_gives_no_answer() -> None:
    assert CarefulRecogniser([Says(d1=1.0)]).predict(np.zeros((0, 28, 28), np.float32)).shape == (
        0,
        11,
    )
