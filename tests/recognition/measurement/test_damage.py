import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.raster import draw
from handwrite_gui.recognition.measurement import damage
from handwrite_gui.recognition.measurement.damage import DAMAGES, SIGMAS, choose_damages

Images = NDArray[np.float32]


def image_of(*places: tuple[int, int]) -> Images:
    """One image with ink at these rows and columns."""
    image = np.zeros((28, 28), np.float32)
    for place in places:
        image[place] = 1
    return image


def centre_of_mass(image: Images) -> tuple[float, float]:
    row, column = (float(image.sum(axis=axis) @ np.arange(28) / image.sum()) for axis in (1, 0))
    return row, column


def width_of_line(degrees: float, width_px: float, by_px: int) -> float:
    """Ink per length of a slanted line, its ends left out by drawing it at two lengths."""
    direction = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    ink = []
    for length in (*(10, 10.25, 10.5, 10.75), *(15, 15.25, 15.5, 15.75)):
        line = draw([np.array([[0, 0], direction * length])], width_px)
        image = np.zeros((28, 28), np.float32)
        image[4 : 4 + line.shape[0], 4 : 4 + line.shape[1]] = line
        ink.append(float(damage.widen(image, by_px).sum()))
    return (sum(ink[4:]) - sum(ink[:4])) / 20


@pytest.mark.parametrize("one", DAMAGES, ids=lambda one: one.name)
def test_shape_range_and_seed(one: damage.Damage) -> None:
    images = np.random.default_rng(1).random((5, 28, 28), np.float32)
    before = images.copy()
    damaged = one.apply(images, np.random.default_rng(7))
    assert damaged.shape == images.shape
    assert damaged.dtype == np.float32
    assert damaged.min() >= 0
    assert damaged.max() <= 1
    assert (images == before).all()
    assert (damaged != images).any(axis=(1, 2)).all()
    assert (one.apply(images, np.random.default_rng(7)) == damaged).all()
    rng = np.random.default_rng(7)
    parts = [one.apply(part, rng) for part in (images[:2], images[2:])]
    assert (np.concatenate(parts) == damaged).all(), "in slices it is the same"


def test_names_are_told_apart_and_kinds_chosen() -> None:
    assert len({one.name for one in DAMAGES}) == len(DAMAGES)
    assert choose_damages(["all"]) == DAMAGES
    assert choose_damages([]) == ()
    chosen = choose_damages(["jpeg", "noise", "jpeg"])
    assert [one.name for one in chosen] == [*(f"noise {s}" for s in SIGMAS), "JPEG quality 20"]


def test_noise_has_its_standard_deviation_and_is_clipped() -> None:
    grey = np.full((200, 28, 28), 0.5, np.float32)
    noise = damage.add_noise(grey, np.random.default_rng(0), 0.1) - grey
    assert noise.std() == pytest.approx(0.1, rel=0.01)
    assert noise.mean() == pytest.approx(0, abs=0.001)
    strong = damage.add_noise(grey, np.random.default_rng(0), 0.5)
    beyond = 0.3173  # Of a normal distribution, more than its deviation from the middle.
    assert np.isin(strong, (0, 1)).mean() == pytest.approx(beyond, abs=0.01)


def test_turning_is_anticlockwise_about_the_centre() -> None:
    right_of_centre = image_of((13, 23), (14, 23))  # 9.5 px from the centre at 13.5, 13.5.
    row, column = centre_of_mass(damage.turn(right_of_centre, 90))
    assert (row, column) == (pytest.approx(13.5 - 9.5, abs=0.1), pytest.approx(13.5, abs=0.1))
    row, column = centre_of_mass(damage.turn(right_of_centre, -15))
    assert row == pytest.approx(13.5 + 9.5 * np.sin(np.radians(15)), abs=0.1)
    assert column == pytest.approx(13.5 + 9.5 * np.cos(np.radians(15)), abs=0.1)


def test_scaling_is_about_the_centre() -> None:
    corner = image_of((3, 3), (3, 4), (4, 3), (4, 4))
    row, column = centre_of_mass(damage.scale(corner, 0.8))
    assert row == column == pytest.approx(13.5 - 10 * 0.8, abs=0.1)


def test_shearing_leans_to_the_right() -> None:
    top_and_middle = damage.shear(image_of((3, 13), (13, 6), (14, 6)), 15)
    above, middle = top_and_middle[:8], top_and_middle[10:18]
    column = float(above.sum(axis=0) @ np.arange(28) / above.sum())
    assert column == pytest.approx(13 + 10.5 * np.tan(np.radians(15)), abs=0.1)
    column = float(middle.sum(axis=0) @ np.arange(28) / middle.sum())
    assert column == pytest.approx(6, abs=0.1)


def test_shifts_go_four_ways_and_lose_what_leaves() -> None:
    corners = image_of((2, 13), (13, 2), (13, 25), (25, 13), (13, 13))
    ways = {"left": (0, -3), "right": (0, 3), "up": (-3, 0), "down": (3, 0)}
    for one in choose_damages(["shift"]):
        down, right = ways.pop(one.name.rpartition(" ")[2])
        moved = one.apply(corners[None], np.random.default_rng(0))[0]
        assert moved.sum() == 4
        assert moved[13 + down, 13 + right] == 1
    assert ways == {}


@pytest.mark.parametrize("degrees", [0, 22.5, 45])
@pytest.mark.parametrize("width_px", [1.6, 2.4, 3.2])
def test_strokes_become_one_pixel_wider_or_finer(degrees: float, width_px: float) -> None:
    assert width_of_line(degrees, width_px, 1) == pytest.approx(width_px + 1, abs=0.21)
    assert width_of_line(degrees, width_px, -1) == pytest.approx(width_px - 1, abs=0.21)


def test_strokes_stay_where_they_are() -> None:
    line = np.zeros((28, 28), np.float32)
    line[5:22, 12:15] = 1
    for by_px in (-1, 1):
        assert centre_of_mass(damage.widen(line, by_px)) == (pytest.approx(13), pytest.approx(13))


def test_blur_is_a_gaussian() -> None:
    blurred = damage.blur(image_of((13, 13)), 1.0)
    assert blurred.sum() == pytest.approx(1, abs=1e-4)
    variance = blurred.sum(axis=0) @ (np.arange(28) - 13) ** 2
    assert variance == pytest.approx(1, abs=0.02)


def test_blur_takes_what_is_outside_for_paper() -> None:
    assert damage.blur(np.ones((28, 28), np.float32), 1.0)[14, 0] == pytest.approx(0.7, abs=0.01)


def test_jpeg_is_coarse_but_true() -> None:
    image = np.zeros((28, 28), np.float32)
    image[4:24, 10:18] = 1
    read = damage.compress(image, 20)
    assert 0.001 < np.abs(read - image).mean() < 0.1
    assert np.abs(damage.compress(image, 100) - image).max() < 0.02
