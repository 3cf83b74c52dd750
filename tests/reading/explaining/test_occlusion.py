from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.reading.explaining.occlusion import PATCH_PX, SLICE, heat_map
from handwrite_gui.reading.explaining.parts import HeatMap, Occlusion, Underway
from handwrite_gui.reading.reader import Reader

#: A 4×4 square near the upper right of the field, on which everything hangs.
SPOT = slice(6, 10), slice(18, 22)


def mapped(recogniser: Any, image: np.ndarray, covered_with: Occlusion) -> HeatMap:
    *underway, told = heat_map(Reader(recogniser), image, 7, covered_with)
    assert all(isinstance(each, Underway) for each in underway)
    assert isinstance(told, HeatMap)
    return told


@pytest.fixture
def square() -> np.ndarray:
    image = np.zeros((28, 28), np.float32)
    image[4:24, 4:24] = 1.0
    return image


def test_the_ink_that_is_looked_at_is_found(sensing: Any, square: np.ndarray) -> None:
    told = mapped(sensing(lambda image: 0.1 + 0.8 * image[SPOT].mean()), square, Occlusion.PAPER)
    row, column = np.unravel_index(np.argmax(told.drop), (28, 28))
    assert 6 <= row < 10
    assert 18 <= column < 22
    away = told.drop.copy()
    away[6 - PATCH_PX : 10 + PATCH_PX, 18 - PATCH_PX : 22 + PATCH_PX] = 0
    assert np.abs(away).max() == 0
    assert told.place == "at the top right"


def test_the_drop_is_that_of_the_log_odds(sensing: Any, square: np.ndarray) -> None:
    told = mapped(sensing(lambda image: 0.1 + 0.8 * image[SPOT].mean()), square, Occlusion.PAPER)
    # From 90 to 10 % where the whole spot is covered, less in the patches that cover half of it.
    assert np.log(9) < told.drop.max() < 2 * np.log(9)


def test_ink_that_speaks_against_the_answer_is_told_apart(sensing: Any, square: np.ndarray) -> None:
    told = mapped(sensing(lambda image: 0.9 - 0.8 * image[SPOT].mean()), square, Occlusion.PAPER)
    assert told.drop.max() == 0
    assert told.drop[7:9, 19:21].max() < 0
    assert told.place == ""


def test_blank_place_that_must_stay_blank_is_found_by_adding_ink(sensing: Any) -> None:
    image = np.zeros((28, 28), np.float32)
    image[4:24, 4:8] = 1.0
    image[20:24, 4:24] = 1.0
    recogniser = sensing(lambda image: 0.9 - 0.8 * image[SPOT].mean())
    assert mapped(recogniser, image, Occlusion.PAPER).drop.max() == 0
    told = mapped(recogniser, image, Occlusion.INK)
    assert told.drop[7:9, 19:21].min() == told.drop.max()
    assert told.place == "at the top right"


def test_what_changes_nothing_is_not_read(sensing: Any, square: np.ndarray) -> None:
    recogniser = sensing(lambda image: 0.9)
    told = mapped(recogniser, np.zeros((28, 28), np.float32), Occlusion.PAPER)
    assert recogniser.asked == [1]
    assert not told.drop.any()
    recogniser.asked.clear()
    mapped(recogniser, square, Occlusion.PAPER)
    assert max(recogniser.asked) <= SLICE
    # 13 × 13 patches, of which those at the four corners and edges cover paper alone.
    assert sum(recogniser.asked) == 1 + 11 * 11


def test_certainty_does_not_hide_what_matters(sensing: Any, square: np.ndarray) -> None:
    told = mapped(
        sensing(lambda image: 1.0 if image[SPOT].all() else 0.9999), square, Occlusion.PAPER
    )
    assert np.isfinite(told.drop).all()
    assert told.drop[7:9, 19:21].min() > 1


def test_of_a_seven_the_shipped_model_looks_at_the_ink(
    shipped: Reader, ink_of: Callable[..., Ink]
) -> None:
    image = ink_image(ink_of("0,0 60,0 25,100"))
    *_, told = heat_map(shipped, image, 7, Occlusion.PAPER)
    assert isinstance(told, HeatMap)
    assert told.place
    assert told.drop[image > 0.5].mean() > 4 * abs(told.drop[image == 0.0].mean())
