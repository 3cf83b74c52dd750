"""Solid dots are told from digits, however bold these are, on any paper."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.imaging.find_ink import find_digit

SIDE = 400


def blank(ground: int = 245) -> NDArray[np.uint8]:
    return np.full((SIDE, SIDE, 3), ground, np.uint8)


@pytest.mark.parametrize("ink", [(20, 245), (235, 30), (150, 245)])
@pytest.mark.parametrize("part", [0.1, 0.2, 0.35, 0.5, 0.75])
def test_disc_is_a_dot(part: float, ink: tuple[int, int]) -> None:
    shade, ground = ink
    pixels = blank(ground)
    radius = round(part * SIDE / 2)
    cv2.circle(pixels, (SIDE // 2, SIDE // 2), radius, (shade,) * 3, cv2.FILLED, cv2.LINE_AA)
    found = find_digit(cv2.GaussianBlur(pixels, (0, 0), 1.5).astype(np.uint8))
    # A large pale one may be taken for the paper's own shade.
    assert found is None or found.is_dot
    assert found is not None or (part >= 0.5 and shade == 150)


@pytest.mark.parametrize("bolder_px", [1, 21, 41, 61])
@pytest.mark.parametrize("digit", range(10))
def test_no_digit_is_a_dot(digit: int, bolder_px: int) -> None:
    pixels = blank()
    font, scale = cv2.FONT_HERSHEY_SIMPLEX, 8.0
    (width, height), _ = cv2.getTextSize(str(digit), font, scale, 1)
    at = (SIDE - width) // 2, (SIDE + height) // 2
    cv2.putText(pixels, str(digit), at, font, scale, (20, 20, 20), 1, cv2.LINE_AA)
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (bolder_px, bolder_px))
    found = find_digit(np.asarray(cv2.erode(pixels, ball), np.uint8))
    assert found is not None
    assert not found.is_dot


def test_ring_is_no_dot() -> None:
    pixels = blank()
    cv2.circle(pixels, (SIDE // 2, SIDE // 2), 100, (20, 20, 20), 40, cv2.LINE_AA)
    found = find_digit(pixels)
    assert found is not None
    assert not found.is_dot


def test_digit_on_a_sheet_on_a_dark_table_is_no_dot() -> None:
    pixels = blank(30)
    pixels[40:360, 50:350] = 245
    cv2.putText(pixels, "7", (150, 260), cv2.FONT_HERSHEY_SIMPLEX, 5.0, (20, 20, 20), 14)
    found = find_digit(pixels)
    assert found is not None
    assert not found.is_dot
