"""Paper: how far every pixel stands out from the paper around it, whatever light falls on it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.edges import find_edge, gradient, level

#: Longer sides of the reduced copies on which paper and light are measured: both vary slowly.
PAPER_SIDE_PX = 200
LIGHT_SIDE_PX = 32
#: Strokes up to this part of the picture's longer side are bridged to find the paper under them.
WIDEST_STROKE = 0.3
DISC_RADIUS_PX = 5
#: Shades wider than this part of the longer side do not count when dark is weighed against light.
SHADE = 0.15
#: So small a copy takes a quarter of the time by matrices; larger ones would be parted between
#: threads.
BLURRED_BY_MATRIX_PX = 64
#: OpenCV works on so many pixels at once, and on a row's rest one by one.
LANES = 16
#: Paper is taken to be at least this bright (of 255): in near darkness noise is no contrast.
DARKEST_PAPER = 160.0
#: Of the light that falls on it, in so many parts is the paper's brightness measured.
PARTS = 40_000
#: A surface that moved by less, in brightness (of 255), is as good as found.
SETTLED = 0.3
#: Keeps the fit of a surface solvable where a picture is a line.
_RIDGE = 1e-6 * np.eye(6)
#: The powers of y and of x in a quadratic surface's terms, 1, x, y, x², xy, y², and in the products
#: of any two of them.
_QUADRATIC = np.array([0, 0, 1, 0, 1, 2]), np.array([0, 1, 0, 2, 1, 0])
_PRODUCTS = tuple(powers[:, None] + powers for powers in _QUADRATIC)


def reduce(pixels: NDArray[Any], side_px: int) -> NDArray[Any]:
    """Scale an image down, every pixel counted, until its longer side is at most `side_px`."""
    height, width = pixels.shape[:2]
    scale = side_px / max(height, width)
    if scale >= 1.0:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def halve(pixels: NDArray[Any]) -> NDArray[Any]:
    """Scale an image down by exactly two, an odd last row or column left out."""
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    whole = pixels[: 2 * height, : 2 * width]
    return cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)


def _reduced_quickly(pixels: NDArray[Any], side_px: int) -> NDArray[Any]:
    """As `reduce`, in a fifth of the time where the image is large enough to be halved first."""
    height, width = pixels.shape
    scale = side_px / max(height, width)
    if not 0.25 <= scale <= 0.5 or min(height, width) == 1:
        return reduce(pixels, side_px)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(halve(pixels), size, interpolation=cv2.INTER_LINEAR)


def contrast(
    pixels: NDArray[np.uint8],
    side_px: int = PAPER_SIDE_PX,
    widest_stroke: float = WIDEST_STROKE,
) -> NDArray[np.float32]:
    """Return how far each pixel stands out from its paper as ink does.

    Args:
        pixels: RGB, shape (height, width, 3), or grey, shape (height, width); dark ink on light
            paper or light on dark.
        side_px: Longer side of the reduced copy on which paper and light are measured.
        widest_stroke: Wider strokes, as part of the longer side, are taken for paper.

    Returns:
        Shape (height, width): about 0.0 on paper, up to 1.0 for black on white or white on black;
        negative where a pixel is on the other side of the paper.
    """
    brightness = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    low = _reduced_quickly(brightness, side_px)
    sign = -1.0 if is_dark_on_light(low.astype(np.float32)) else 1.0
    if sign > 0.0:
        low = 255 - low
    # Light that falls off evenly first, then shadows: bridging alone would take the darker end
    # of a gradient for a stroke.
    bridged = _bridge(reduce(low, LIGHT_SIDE_PX), widest_stroke)
    light = np.maximum(_even_light(bridged, low.shape), DARKEST_PAPER)
    # In whole parts, of which OpenCV works on twice as many at once.
    parts = np.minimum(low * (PARTS / light), 1.5 * PARTS).astype(np.uint16)
    paper = _bridge(parts, widest_stroke) / np.float32(PARTS)
    size = brightness.shape[1], brightness.shape[0]
    # Contrast is a straight line of brightness whose steps and start vary slowly: whole pictures
    # are worked on only where every pixel counts.
    visible = np.maximum(paper, 0.3)
    steps = sign / (visible * light)
    start = paper / visible
    if sign > 0.0:
        start -= 255.0 * steps
    values = np.asarray(cv2.resize(steps, size), np.float32)
    values *= brightness
    values += np.asarray(cv2.resize(start, size), np.float32)
    return values


def is_dark_on_light(brightness: NDArray[np.float32]) -> bool:
    """Decide whether the ink is darker than the paper: the paper is the larger part.

    Larger by the threshold that runs along the edges, after wide shades are taken off, so that
    neither a shadow over half the page nor a dark table around it counts as ink.
    """
    low = reduce(brightness, PAPER_SIDE_PX)
    low = low - _blurred(low, SHADE * max(low.shape))
    edge = find_edge(low, gradient(low), 1.0)
    return edge is None or 2 * int(np.count_nonzero(low < edge.threshold)) <= low.size


def _blurred(low: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Blur with a Gaussian, mirrored outwards."""
    if max(low.shape) > BLURRED_BY_MATRIX_PX:
        return np.asarray(cv2.GaussianBlur(low, (0, 0), sigma, borderType=cv2.BORDER_REFLECT))
    down, across = (_blurring(length, sigma) for length in low.shape)
    return np.asarray(down @ low @ across.T)


@lru_cache(maxsize=8)  # Of many pictures most have one shape.
def _blurring(length: int, sigma: float) -> NDArray[np.float32]:
    """Blurring a column of pixels, as a matrix (length, length)."""
    pixels = np.eye(length, dtype=np.float32)
    blur = cv2.GaussianBlur(pixels, (1, 0), 1.0, sigmaY=sigma, borderType=cv2.BORDER_REFLECT)
    blur.flags.writeable = False
    return np.asarray(blur, np.float32)


def _bridge(low: NDArray[Any], widest_stroke: float) -> NDArray[np.float32]:
    """Brightness of the paper, bridged where ink covers it: a morphological closing."""
    # Small discs, one after the other, reach as far as a large one, in a tenth of the time.
    reach = max(1, int(widest_stroke * max(low.shape)) // 2)
    steps = max(1, round(reach / DISC_RADIUS_PX))
    radius = max(1, round(reach / steps))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    # Mirrored outwards, for a stroke that leaves the picture is ink and no paper.
    rim = steps * radius + 1
    height, width = low.shape
    rest = -(width + 2 * rim) % LANES
    padded = cv2.copyMakeBorder(low, rim, rim, rim, rim + rest, cv2.BORDER_REFLECT)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, disc, iterations=steps)
    return np.asarray(closed[rim : rim + height, rim : rim + width], np.float32)


def _even_light(low: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Fit a quadratic surface to the paper's brightness: a lamp's fall-off, a lens's vignette.

    Least absolute deviations by reweighting, so that a shadow or a table does not bend it.

    Args:
        low: The paper's brightness, on a small copy.
        shape: Height and width of what is returned.
    """
    down, across = map(_powers, low.shape)
    surface = np.zeros((3, 3))  # the part of each power of y and of x
    surface[0, 0] = level(low, 0.5)
    for _ in range(10):
        before = surface
        off = low - down[:3].T @ surface @ across[:3]
        weights = 1.0 / np.maximum(np.abs(off), 1.0)
        # The normal equations, by way of the weights' and the brightness's moments.
        moments = down @ weights @ across.T
        wanted = down[:3] @ (weights * low) @ across[:3].T
        surface = np.zeros((3, 3))
        surface[_QUADRATIC] = np.linalg.solve(moments[_PRODUCTS] + _RIDGE, wanted[_QUADRATIC])
        if np.abs(surface - before).max() < SETTLED:
            break
    down, across = map(_powers, shape)
    light = (down[:3].T @ surface @ across[:3]).astype(np.float32)
    return np.clip(light, 0.0, 255.0, out=light)


@lru_cache(maxsize=8)  # Of many pictures most have one shape.
def _powers(length: int) -> NDArray[np.float64]:
    """The powers 0 to 4 of the places along a side, from -1 to 1; (5, length)."""
    powers = np.linspace(-1, 1, length) ** np.arange(5)[:, None]
    powers.flags.writeable = False
    return powers
