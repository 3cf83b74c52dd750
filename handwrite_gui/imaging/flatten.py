"""Flattening: from any of Pillow's pixel formats to plain RGB, with nothing lost to white."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

#: Pixels that are taken at once, in whole rows: such a band fits into a core's cache.
BAND_PIXELS = 256_000
#: Values at which a greyscale picture of more than 8 bits may be white: a bilevel mask, and
#: scanners and cameras of 8, 10, 12, 14 and 16 bits, which all store 16.
_WHITES = (1, 255, 1023, 4095, 16383, 65535)


def flatten(image: Image.Image) -> NDArray[np.uint8]:
    """Return a decoded picture as uint8 RGB, shape (height, width, 3)."""
    if image.mode == "F" or image.mode.startswith("I"):
        image = _to_8_bits(image)
    elif image.mode == "LAB":  # Pillow converts it only with a colour profile; L is the lightness
        image = image.getchannel("L")
    elif image.has_transparency_data:
        image = _lay_on_ground(image.convert("RGBA"))
    return _pixels(image)


def _pixels(image: Image.Image) -> NDArray[np.uint8]:
    """Take the pixels band by band: as a whole, Pillow would hold them three times over."""
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    rows = max(1, BAND_PIXELS // width)
    for top in range(0, height, rows):
        is_whole = rows >= height
        band = image if is_whole else image.crop((0, top, width, min(top + rows, height)))
        if band.mode == "L":  # A third of the time that it takes by way of Pillow's RGB.
            cv2.cvtColor(np.asarray(band), cv2.COLOR_GRAY2RGB, dst=pixels[top : top + rows])
        else:
            rgb = band if band.mode == "RGB" else band.convert("RGB")
            pixels[top : top + rows] = np.asarray(rgb)
    return pixels


def _to_8_bits(image: Image.Image) -> Image.Image:
    """Scale greyscale of 16 or 32 bits by its range: Pillow itself would clip it at 255."""
    values = np.nan_to_num(np.asarray(image, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    values = values - min(float(values.min()), 0.0)
    brightest = max(float(values.max()), 1.0)
    # Scaled by the depth and not by the brightest pixel, for the paper's shade is part of the
    # picture; numbers with a fraction have no depth.
    if image.mode != "F":
        brightest = next((white for white in _WHITES if white >= brightest), brightest)
    return Image.fromarray((values * (255.0 / brightest)).round().astype(np.uint8))


def _lay_on_ground(image: Image.Image) -> Image.Image:
    """Lay a picture with transparency on white, or on black where white would hide it.

    White or light ink on a transparent ground would vanish on white. So the ground is black where
    most of the picture is transparent and next to nothing of what is visible is dark. (A white
    page with transparent corners is mostly visible, and gets white corners.)
    """
    step = max(1, max(image.size) // 1000)
    sample = np.asarray(image)[::step, ::step].reshape(-1, 4)
    visible = sample[:, 3] >= max(int(sample[:, 3].max()), 2) / 2
    ground = 255
    if 0.0 < visible.mean() < 0.5:
        lightness = sample[visible, :3] @ np.array([0.299, 0.587, 0.114])  # ITU-R BT.601
        if np.percentile(lightness, 5) > 127:
            ground = 0
    paper = Image.new("RGBA", image.size, (ground, ground, ground, 255))
    paper.alpha_composite(image)
    return paper
