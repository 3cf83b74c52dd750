"""Excerpts are cut pixel by pixel, and pictures reduced without a shift."""

import numpy as np
import pytest

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.domain.picture import Picture
from handwrite_gui.imaging.cut_excerpt import LEAST_PX, cut_excerpt, reduce_picture


def numbered(width: int = 7, height: int = 5) -> Picture:
    """No two pixels are alike."""
    values = np.arange(width * height * 3).reshape(height, width, 3)
    return Picture(values.astype(np.uint8), "a.png", 2, 4)


@pytest.mark.parametrize("quarters", [-2, -1, 0, 1, 2, 3])
def test_turns_are_to_the_right(quarters: int) -> None:
    turned = cut_excerpt(numbered(), Excerpt().turned(quarters))
    assert np.array_equal(turned.pixels, np.rot90(numbered().pixels, -quarters))
    assert turned.pixels.flags.c_contiguous
    assert (turned.name, turned.page, turned.page_count) == ("a.png", 2, 4)


def test_edits_follow_each_other() -> None:
    excerpt = Excerpt().cropped((1, 2, 5, 3), (7, 5)).turned(1).cropped((0, 1, 2, 3), (3, 5))
    expected = np.rot90(numbered().pixels[2:5, 1:6], -1)[1:4, 0:2]
    assert np.array_equal(cut_excerpt(numbered(), excerpt).pixels, expected)


def test_a_file_that_became_smaller_is_cut_off() -> None:
    excerpt = Excerpt().cropped((500, 400, 100, 100), (1000, 1000))
    assert cut_excerpt(numbered(), excerpt).size == (1, 1)


def test_a_picture_is_reduced_by_halves() -> None:
    white = np.full((2 * LEAST_PX, 4 * LEAST_PX + 1, 3), 255, np.uint8)
    white[:, : 2 * LEAST_PX] = 0
    reduced = reduce_picture(Picture(white, "a.png")).reduced
    sizes = [(pixels.shape[1], pixels.shape[0]) for pixels in reduced]
    assert sizes == [
        (2 * LEAST_PX + 1, LEAST_PX),
        (LEAST_PX + 1, LEAST_PX // 2),
        (LEAST_PX // 2 + 1, LEAST_PX // 4),
    ]
    assert [round(float((p < 128).mean()), 2) for p in reduced] == [0.5, 0.5, 0.5]


def test_a_thin_and_a_small_picture() -> None:
    thin = reduce_picture(Picture(np.zeros((1, 5000, 3), np.uint8), "a.png"))
    assert [pixels.shape[0] for pixels in thin.reduced] == [1] * 5
    assert reduce_picture(numbered()).reduced == ()
