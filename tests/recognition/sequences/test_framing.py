"""Framing: strips of any size and contrast come out alike, and steps lead back to their columns."""

from __future__ import annotations

import numpy as np
import pytest

from handwrite_gui.recognition.sequences.framing import (
    HEIGHT_PX,
    MARGIN_PX,
    STEP_PX,
    WIDEST_PX,
    WIDTHS_PX,
    frame_strip,
    step_edge,
)


def _strip(height: int, width: int, left: int, right: int) -> np.ndarray:
    ink = np.zeros((height, width), np.float32)
    ink[height // 4 : 3 * height // 4, left:right] = 1.0
    return ink


@pytest.mark.parametrize("shape", [(20, 90), (53, 155), (300, 900), (40, 3)])
def test_height_is_fixed_and_width_a_multiple(shape: tuple[int, int]) -> None:
    framed = frame_strip(_strip(*shape, 1, 2))
    assert framed.shape[0] == HEIGHT_PX
    assert framed.shape[1] % WIDTHS_PX == 0
    assert framed[:, :MARGIN_PX].max() == 0


def test_contrast_and_shade_of_the_paper_do_not_matter() -> None:
    strip = _strip(53, 155, 30, 60)
    np.testing.assert_array_equal(frame_strip(strip), frame_strip(0.1 + 0.3 * strip))


def test_faint_noise_is_not_made_ink() -> None:
    noise = np.random.default_rng(0).normal(0, 0.002, (53, 155))
    assert frame_strip(noise).max() < 64


def test_a_strip_of_any_length_is_squeezed_to_the_widest() -> None:
    assert frame_strip(_strip(20, 5000, 10, 20)).shape == (HEIGHT_PX, WIDEST_PX)


@pytest.mark.parametrize("squeeze", [0.8, 1.0, 1.2])
@pytest.mark.parametrize("width", [155, 9000])
def test_steps_lead_back_to_the_columns_of_the_strip(width: int, squeeze: float) -> None:
    left, right = width // 3, width // 2
    strip = _strip(53, width, left, right)
    inked = np.flatnonzero(frame_strip(strip, squeeze).max(axis=0) > 127)
    first, last = inked[0] / STEP_PX, (inked[-1] + 1) / STEP_PX
    px = width * STEP_PX / 155
    assert step_edge(first, strip.shape, squeeze) == pytest.approx(left, abs=px)
    assert step_edge(last, strip.shape, squeeze) == pytest.approx(right, abs=px)
