"""Ink is found on any paper and in any light, and nothing is found where there is none."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import bounding_box, frame
from handwrite_gui.domain.raster import draw
from handwrite_gui.imaging.find_ink import FoundDigit, find_digit
from handwrite_gui.imaging.paper import contrast
from handwrite_gui.imaging.rules import erase_rules

THREE = [(0.1, 0.1), (0.5, 0.0), (0.8, 0.2), (0.4, 0.45), (0.85, 0.7), (0.5, 1.0), (0.05, 0.9)]
FIVE = [(0.2, 0.12), (0.15, 0.5), (0.6, 0.45), (0.75, 0.75), (0.4, 1.0), (0.05, 0.9)]
FIVES_BAR = [(0.3, 0.0), (0.8, 0.0)]
WHITE = (250, 250, 248)


def ink_of(
    *strokes: list[tuple[float, float]],
    size: tuple[int, int] = (300, 240),
    side: float = 120,
    width: float = 10,
    at: tuple[float, float] = (90, 80),
) -> NDArray[np.float32]:
    """The true ink map of strokes in a unit square, drawn `side` px large at (x, y)."""
    whole = np.zeros((size[1], size[0]), np.float32)
    points = [np.array(stroke) * side for stroke in strokes]
    low = np.min([p.min(axis=0) for p in points], axis=0)
    drawn = draw([p - low for p in points], width)
    x, y = int(at[0]), int(at[1])
    whole[y : y + drawn.shape[0], x : x + drawn.shape[1]] = drawn
    return whole


def painted(
    ink: NDArray[np.float32],
    colour: tuple[int, int, int] = (20, 20, 30),
    paper: tuple[int, int, int] | NDArray[np.floating] = WHITE,
    grain: float = 2.0,
) -> NDArray[np.uint8]:
    """Paint an ink map on paper, with a camera's grain."""
    ground = np.broadcast_to(np.asarray(paper, np.float32), (*ink.shape, 3))
    pixels = ground * (1 - ink[..., None]) + np.array(colour, np.float32) * ink[..., None]
    noise = np.random.default_rng(1).normal(0, grain, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def assert_found(pixels: NDArray[np.uint8], ink: NDArray[np.float32], alike: float = 0.95) -> None:
    """Assert that the digit is where the ink is, and looks like it when framed."""
    found = find_digit(pixels)
    assert found is not None, "no digit"
    wanted = bounding_box(ink)
    assert wanted is not None
    assert found.box == pytest.approx(wanted, abs=0.05 * max(wanted[2:]) + 2)
    assert likeness(found, ink) > alike


def likeness(found: FoundDigit, ink: NDArray[np.float32]) -> float:
    """Correlation of two framed digits, whole-pixel centring allowed to differ by one."""
    one, other = frame(found.ink_map), frame(ink)
    shifts = [np.roll(one, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return max(float(np.corrcoef(shifted.ravel(), other.ravel())[0, 1]) for shifted in shifts)


@pytest.mark.parametrize(
    ("colour", "paper"),
    [
        ((10, 10, 10), WHITE),
        ((40, 60, 160), WHITE),
        ((200, 40, 40), WHITE),
        ((120, 120, 122), WHITE),  # pencil
        ((40, 60, 150), (240, 230, 150)),
        ((60, 60, 60), (140, 140, 145)),
        ((220, 222, 220), WHITE),  # faint
        ((250, 250, 250), (10, 10, 10)),
        ((230, 200, 120), (30, 20, 60)),
        ((210, 215, 210), (40, 65, 50)),  # chalk
    ],
)
def test_any_ink_on_any_paper(colour: tuple[int, int, int], paper: tuple[int, int, int]) -> None:
    ink = ink_of(THREE)
    assert_found(painted(ink, colour, paper), ink)


def _light(kind: str, height: int, width: int) -> NDArray[np.float64]:
    y, x = np.mgrid[0:height, 0:width] / np.array([height, width]).reshape(2, 1, 1)
    return {
        "gradient": 1.0 - 0.6 * x,
        "vignette": 1.0 - 0.9 * ((x - 0.5) ** 2 + (y - 0.5) ** 2),
        "soft shadow": 1.0 - 0.5 / (1 + np.exp(-(x + y - 1) / 0.05)),
        "sharp shadow": 1.0 - 0.45 / (1 + np.exp(-(x + 0.3 * y - 0.6) / 0.005)),
    }[kind]


LIGHTS = ["gradient", "vignette", "soft shadow", "sharp shadow"]


@pytest.mark.parametrize("kind", LIGHTS)
def test_uneven_light(kind: str) -> None:
    ink = ink_of(THREE)
    lit = painted(ink) * _light(kind, *ink.shape)[..., None]
    assert_found(lit.astype(np.uint8), ink, alike=0.9)


@pytest.mark.parametrize("sides", ["left", "left top", "top bottom", "left right top bottom"])
def test_a_table_around_the_page(sides: str) -> None:
    ink = ink_of(THREE)
    pixels = painted(ink)
    table = np.random.default_rng(2).integers(15, 60, pixels.shape, dtype=np.uint8)
    if "left" in sides:
        pixels[:, :14] = table[:, :14]
    if "right" in sides:
        pixels[:, -18:] = table[:, -18:]
    if "top" in sides:
        pixels[:12] = table[:12]
    if "bottom" in sides:
        pixels[-15:] = table[-15:]
    assert_found(pixels, ink)


def _paper(step: int, tilt: float, squared: bool, shape: tuple[int, int]) -> NDArray[np.float32]:
    """White paper with blue lines."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(float)
    y, x = y + tilt * x, x - tilt * y
    lines = (y % step) < 2
    if squared:
        lines |= (x % step) < 2
    return np.where(lines[..., None], (150, 175, 215), WHITE).astype(np.float32)


@pytest.mark.parametrize("tilt", [0.0, 0.03, -0.05])
@pytest.mark.parametrize(("step", "squared"), [(60, False), (35, False), (40, True)])
def test_ruled_and_squared_paper(step: int, squared: bool, tilt: float) -> None:
    ink = ink_of(THREE, size=(480, 400), at=(190, 130))
    pixels = painted(ink, paper=_paper(step, tilt, squared, ink.shape))
    assert_found(pixels, ink, alike=0.9)


@pytest.mark.parametrize("step", [11, 14])
def test_narrow_squares_hide_no_digit(step: int) -> None:
    ink = ink_of(THREE, size=(340, 270), width=12, at=(90, 70))
    pixels = painted(ink, paper=_paper(step, 0.02, True, ink.shape))
    assert_found(pixels, ink, alike=0.9)


def test_rules_are_erased_and_strokes_across_them_are_not() -> None:
    ink = ink_of([(0.5, 0.0), (0.5, 1.0)], size=(480, 400), side=200, at=(240, 100))
    values = contrast(painted(ink, paper=_paper(50, 0.02, False, ink.shape), grain=0))
    erased, rules = erase_rules(values)
    assert np.percentile(values, 98) > 0.2
    assert (erased[ink == 0] > 0.1).mean() < 0.002
    assert (erased[ink == 1] > 0.8).mean() > 0.99
    assert 0.03 < rules.mean() < 0.25


def test_the_bars_of_a_digit_that_fills_the_picture_are_no_rules() -> None:
    seven = ink_of([(0, 0), (0.8, 0), (0.8, 1)], size=(124, 150), side=130, width=9, at=(6, 6))
    assert_found(painted(seven), seven)


def test_specks_and_stains_are_not_the_digit() -> None:
    ink = ink_of(THREE)
    pixels = painted(ink)
    for x, y in np.random.default_rng(3).integers(0, 60, (12, 2)):
        cv2.circle(pixels, (int(x), int(y)), 2, (60, 60, 60), -1)
    stain = np.zeros(ink.shape, np.float32)
    cv2.circle(stain, (240, 60), 45, (1.0,), -1)
    shade = 1 - 0.15 * cv2.GaussianBlur(stain, (0, 0), 9)[..., None]
    assert_found((pixels * shade).astype(np.uint8), ink)


def test_a_digit_in_pieces_is_kept_together() -> None:
    five = ink_of(FIVE, FIVES_BAR, width=9)
    assert cv2.connectedComponents((five > 0.5).astype(np.uint8))[0] == 3  # paper, bow, bar
    assert_found(painted(five), five)
    ring = [(0.5 + 0.3 * np.cos(t), 0.25 + 0.25 * np.sin(t)) for t in np.linspace(0, 6.3, 30)]
    lower = [(x, y + 0.62) for x, y in ring]
    eight = ink_of(ring, lower, width=9)
    assert cv2.connectedComponents((eight > 0.5).astype(np.uint8))[0] == 3
    assert_found(painted(eight), eight, alike=0.85)


def test_neighbours_that_peep_in_are_erased() -> None:
    ink = ink_of(THREE)
    with_neighbours = ink.copy()
    with_neighbours[60:180, :12] = 1.0
    with_neighbours[90:170, -10:] = 1.0
    assert_found(painted(with_neighbours), ink)


def test_a_whole_digit_that_touches_the_side_does_not_peep_in() -> None:
    size = (220, 240)
    two_digits = sum(ink_of(THREE, size=size, side=100, at=(x, 60)) for x in (15, 130))
    for width, is_alone in ((145, True), (220, False)):  # the second cut off, and whole
        found = find_digit(painted(two_digits[:, :width]))
        assert found is not None
        assert found.is_alone == is_alone


def test_patterned_paper() -> None:
    ink = ink_of(THREE, size=(120, 96), side=60, width=5, at=(36, 18))
    y, x = np.mgrid[0:96, 0:120]
    waves = 190 + 22 * np.sin(y * 1.9 + 2 * np.sin(x / 9))
    pixels = painted(ink, (50, 50, 50), np.repeat(waves[..., None], 3, axis=2))
    assert_found(pixels, ink, alike=0.85)


def test_boxes_of_a_large_picture_are_in_its_own_pixels() -> None:
    ink = ink_of(THREE, size=(3600, 2400), side=700, width=60, at=(2100, 900))
    found = find_digit(painted(ink[::2, ::2], grain=0).repeat(2, axis=0).repeat(2, axis=1))
    assert found is not None
    assert found.box == pytest.approx(bounding_box(ink), abs=12)
    assert max(found.ink_map.shape) < 1000
    assert likeness(found, ink) > 0.95


def test_a_hair_is_widened_to_a_stroke() -> None:
    thin = ink_of(THREE, size=(900, 900), side=800, width=2, at=(100, 50))
    found = find_digit(painted(thin, grain=0))
    assert found is not None
    proper = ink_of(THREE, size=(900, 900), side=720, width=80, at=(100, 50))
    assert likeness(found, proper) > 0.85
    assert frame(found.ink_map).max() > 0.9
    assert frame(thin).max() < 0.5  # what the model would have got


@pytest.mark.parametrize("inverted", [False, True])
def test_mnist_as_png_is_framed_as_itself(data_dir: Path, inverted: bool) -> None:
    with np.load(data_dir / "mnist.npz", allow_pickle=False) as arrays:
        images = arrays["x_train"][:300]
    differences = []
    for image in images:
        grey = 255 - image if inverted else image
        found = find_digit(np.repeat(grey[..., None], 3, axis=2))
        assert found is not None
        differences.append(np.abs(frame(found.ink_map) - image / 255).mean())
    assert np.median(differences) < 0.005
    assert np.percentile(differences, 95) < 0.05


def test_a_bold_digit_in_sixteen_pixels() -> None:
    ink = ink_of(THREE, size=(16, 16), side=11, width=2.6, at=(2, 1))
    assert_found(painted(ink, (255, 255, 255), (0, 0, 0), grain=0), ink)
    assert_found(painted(ink, (0, 0, 0), (255, 255, 255), grain=0), ink)


def _blank(kind: str) -> NDArray[np.uint8]:
    chance = np.random.default_rng(6)
    shape = (300, 400)
    if kind in LIGHTS:
        pixels = painted(np.zeros(shape, np.float32)) * _light(kind, *shape)[..., None]
    elif kind == "ruled":
        pixels = painted(np.zeros(shape, np.float32), paper=_paper(40, 0.02, False, shape))
    elif kind == "squared":
        pixels = painted(np.zeros(shape, np.float32), paper=_paper(40, 0.02, True, shape))
    elif kind == "grain":
        pixels = chance.normal(170, 8, (*shape, 3))
    elif kind == "jpeg":
        rough = np.clip(
            chance.normal(200, 5, (*shape, 3)) * _light("gradient", *shape)[..., None], 0, 255
        )
        coded = cv2.imencode(".jpg", rough.astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
        pixels = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    elif kind == "table edge":
        pixels = painted(np.zeros(shape, np.float32))
        pixels[:20] = 40
    else:
        pixels = np.full((*shape, 3), int(kind))
    return np.clip(pixels, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "kind", ["0", "128", "255", "grain", "jpeg", "ruled", "squared", "table edge", *LIGHTS]
)
def test_nothing_is_found_on_blank_paper(kind: str) -> None:
    pixels = _blank(kind)
    assert find_digit(pixels) is None


@pytest.mark.parametrize(
    "shape", [(1, 1), (1, 9), (9, 1), (2, 2), (3, 700), (700, 3), (120, 5), (28, 28), (1500, 20)]
)
def test_any_shape_of_noise_is_survived(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(7).integers(0, 255, (*shape, 3), dtype=np.uint8)
    stripes = np.where(np.arange(shape[1])[None, :, None] % 3, noise, 0).astype(np.uint8)
    for pixels in (noise, stripes, stripes // 255 * 255):
        found = find_digit(pixels)
        assert found is None or found.ink_map.max() <= 1.0
