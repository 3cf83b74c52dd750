"""Damage: digit images made worse in ways that happen to them, to measure how well they are read.

Each is done to the model's input, which is not framed again (as in Mu, Gilmer 2019, "MNIST-C").
Angles are counted anticlockwise, as the digit is seen; a positive shear leans it to the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX

Images = NDArray[np.float32]
SIGMAS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
#: Finer pixels, in each of the image's, in which strokes are thinned and thickened.
_FINER = 8


@dataclass(frozen=True, slots=True)
class Damage:
    """One way of making digit images worse.

    Attributes:
        kind: What kind of damage it is.
        name: What it is called, its strength included; no two have the same.
        apply: Makes (n, 28, 28) float32, 0.0 paper to 1.0 ink, into as many of the same shape and
            range; whatever is drawn by chance comes from the generator, image after image.
    """

    kind: str
    name: str
    apply: Callable[[Images, np.random.Generator], Images]


def add_noise(images: Images, rng: np.random.Generator, sigma: float) -> Images:
    """Add white noise of this standard deviation, and clip to 0..1."""
    noise = rng.standard_normal(images.shape, np.float32)
    return np.clip(images + np.float32(sigma) * noise, 0, 1)


def turn(image: Images, degrees: float) -> Images:
    """Turn about the image's centre."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return _warp(image, [[cos, sin], [-sin, cos]])


def scale(image: Images, factor: float) -> Images:
    """Scale about the image's centre."""
    return _warp(image, [[factor, 0], [0, factor]])


def shear(image: Images, degrees: float) -> Images:
    """Lean about the image's middle row, which stays where it is."""
    return _warp(image, [[1, -math.tan(math.radians(degrees))], [0, 1]])


def shift(image: Images, right_px: int, down_px: int) -> Images:
    """Move by whole pixels; ink that leaves the image is lost."""
    return _warp(image, [[1, 0], [0, 1]], (right_px, down_px))


def widen(image: Images, by_px: int) -> Images:
    """Make strokes wider by one pixel (1), or finer (-1): half a pixel on each side.

    Grey dilation or erosion (Serra 1982) by a disc of one pixel's diameter, on finer pixels. The
    width of lines of 1.6 to 3.2 px then changes by 0.9 to 1.2 px at every slant; an element of
    2×2 whole pixels changes it by 1.2 to 1.5 px where the line is slanted (measured). A stroke
    finer than a pixel is gone after a thinning.
    """
    reach = np.arange(-(_FINER // 2), _FINER // 2 + 1)
    disc = (np.hypot(*np.meshgrid(reach, reach)) <= _FINER / 2 + 0.25).astype(np.uint8)
    side = SIDE_PX * _FINER
    finer = cv2.resize(image, (side, side), interpolation=cv2.INTER_LINEAR)
    change = cv2.dilate if by_px > 0 else cv2.erode
    changed = change(finer, disc, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    smaller = cv2.resize(changed, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.float32)


def blur(image: Images, sigma_px: float) -> Images:
    """Blur with a Gaussian of this standard deviation; what lies outside is paper."""
    blurred = cv2.GaussianBlur(image, (0, 0), sigma_px, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, np.float32)


def compress(image: Images, quality: int) -> Images:
    """Write as a grey JPEG of this quality, 0 to 100, and read it again."""
    _, jpeg = cv2.imencode(
        ".jpg", np.round(image * 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    read = np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE), np.float32)
    return read / np.float32(255)


def _warp(image: Images, matrix: list[list[float]], shift_px: tuple[int, int] = (0, 0)) -> Images:
    """Move each point's x and y by a matrix about the centre; bilinear, paper outside."""
    linear = np.array(matrix, np.float64)
    middle = np.full(2, (SIDE_PX - 1) / 2)
    offset = middle - linear @ middle + shift_px
    places = np.column_stack([linear, offset])
    warped = cv2.warpAffine(image, places, (SIDE_PX, SIDE_PX), flags=cv2.INTER_LINEAR)
    return np.asarray(warped, np.float32)


def _each(change: Callable[[Images], Images], images: Images, _: np.random.Generator) -> Images:
    return np.stack([change(image) for image in images])


def _damage(kind: str, name: str, change: Callable[[Images], Images]) -> Damage:
    return Damage(kind, name, partial(_each, change))


#: All of them, those of a kind together. The four shifts are not pooled: who writes off the centre
#: does so to one side, and four readings of one digit are no four digits to an interval.
DAMAGES = (
    *(Damage("noise", f"noise {sigma}", partial(add_noise, sigma=sigma)) for sigma in SIGMAS),
    _damage("turn", "turned +15 deg", partial(turn, degrees=15)),
    _damage("turn", "turned -15 deg", partial(turn, degrees=-15)),
    _damage("scale", "scaled 0.8", partial(scale, factor=0.8)),
    _damage("scale", "scaled 1.2", partial(scale, factor=1.2)),
    _damage("shear", "sheared +15 deg", partial(shear, degrees=15)),
    _damage("shear", "sheared -15 deg", partial(shear, degrees=-15)),
    _damage("shift", "moved 3 px left", partial(shift, right_px=-3, down_px=0)),
    _damage("shift", "moved 3 px right", partial(shift, right_px=3, down_px=0)),
    _damage("shift", "moved 3 px up", partial(shift, right_px=0, down_px=-3)),
    _damage("shift", "moved 3 px down", partial(shift, right_px=0, down_px=3)),
    _damage("thin", "thinned 1 px", partial(widen, by_px=-1)),
    _damage("thick", "thickened 1 px", partial(widen, by_px=1)),
    _damage("blur", "blurred 1 px", partial(blur, sigma_px=1.0)),
    _damage("jpeg", "JPEG quality 20", partial(compress, quality=20)),
)


def choose_damages(kinds: Iterable[str]) -> tuple[Damage, ...]:
    """Return the damages of these kinds, in the order of `DAMAGES`; "all" stands for every kind."""
    wanted = set(kinds)
    return tuple(damage for damage in DAMAGES if damage.kind in wanted or "all" in wanted)
