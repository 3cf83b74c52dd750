from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import (
    BOX_PX,
    CENTRE_PX,
    SIDE_PX,
    bounding_box,
    centre,
    frame,
    resample,
)


def centres_of_mass(images: NDArray[np.float32]) -> NDArray[np.float64]:
    """Row and column of each image's centre of mass, (n, 2)."""
    mass = images.sum(axis=(1, 2), dtype=float)
    index = np.arange(SIDE_PX)
    rows, columns = images.sum(axis=2) @ index / mass, images.sum(axis=1) @ index / mass
    return np.stack([rows, columns], axis=1)


@pytest.fixture(scope="module")
def mnist(data_dir: Path) -> NDArray[np.float32]:
    """Every thirtieth digit of MNIST's training part."""
    with np.load(data_dir / "mnist.npz") as file:
        return file["x_train"][::30].astype(np.float32) / 255


def test_mnist_is_framed_as_we_frame(mnist: NDArray[np.float32]) -> None:
    """What the module says of MNIST is so."""
    assert np.abs(centres_of_mass(mnist) - CENTRE_PX).max() <= 0.5 + 1e-4
    sides = [max((bounding_box(image) or (0, 0, 0, 0))[2:]) for image in mnist]
    assert np.mean(np.array(sides) == BOX_PX) > 0.99


def test_framing_mnist_changes_almost_nothing(mnist: NDArray[np.float32]) -> None:
    framed = np.stack([frame(image) for image in mnist])
    change = np.abs(framed - mnist).mean(axis=(1, 2))
    assert change.mean() < 0.001
    assert np.mean(change < 0.001) > 0.99


def blob(rows: int, columns: int) -> NDArray[np.float32]:
    """Smooth uneven ink that fills its map."""
    y, x = np.mgrid[0:rows, 0:columns]
    return (0.3 + 0.7 * (x + y) / (rows + columns)).astype(np.float32)


@pytest.mark.parametrize("shape", [(7, 5), (20, 20), (40, 13), (13, 200), (400, 400)])
def test_any_size_is_framed_alike(shape: tuple[int, int]) -> None:
    source = np.pad(blob(*shape), ((3, 11), (70, 0)))
    image = frame(source)
    assert image.shape == (SIDE_PX, SIDE_PX)
    assert image.dtype == np.float32
    assert 0 <= image.min() <= image.max() <= 1
    assert np.abs(centres_of_mass(image[None]) - CENTRE_PX).max() <= 0.5 + 1e-4
    _, _, width, height = bounding_box(image) or (0, 0, 0, 0)
    scale = BOX_PX / max(shape)
    assert (height, width) == (round(shape[0] * scale), round(shape[1] * scale))


def test_blank_paper_stays_blank() -> None:
    assert bounding_box(np.zeros((50, 60))) is None
    assert not frame(np.zeros((50, 60))).any()
    assert not centre(np.zeros((5, 6))).any()


def test_faint_haze_is_paper() -> None:
    source = np.full((60, 60), 0.04)
    source[20:50, 25:35] = 1.0
    assert bounding_box(source) == (25, 20, 10, 30)
    assert not frame(np.full((60, 60), 0.04)).any()


def test_map_of_one_pixel() -> None:
    image = frame(np.ones((1, 1)))
    assert (image == 1).sum() == BOX_PX**2
    assert bounding_box(image) == (4, 4, BOX_PX, BOX_PX)


def test_long_thin_map_is_neither_cut_nor_stretched() -> None:
    for source in (np.ones((3000, 40)), np.ones((40, 3000))):
        _, _, width, height = bounding_box(frame(source)) or (0, 0, 0, 0)
        assert (max(width, height), min(width, height)) == (BOX_PX, 1)
        assert frame(source).sum() == pytest.approx(BOX_PX)


def test_ink_at_one_end_is_not_cut() -> None:
    """Its centre of mass cannot reach the middle without ink leaving the field."""
    source = np.full((20, 20), 0.06)
    source[0] = 1.0
    image = frame(source)
    assert image.sum() == pytest.approx(source.sum(), rel=1e-5)
    _, top, width, height = bounding_box(image) or (0, 0, 0, 0)
    assert (top, width, height) == (SIDE_PX - BOX_PX, BOX_PX, BOX_PX)


@pytest.mark.parametrize("target", [(20, 20), (3, 19), (80, 80), (1, 1)])
def test_resampling_keeps_a_constant_and_never_overshoots(target: tuple[int, int]) -> None:
    assert resample(np.full((37, 50), 0.6), *target) == pytest.approx(0.6, abs=1e-6)
    edge = np.zeros((37, 50))
    edge[:, 25:] = 1.0
    scaled = resample(edge, *target)
    assert scaled.shape == target
    assert 0 <= scaled.min() <= scaled.max() <= 1 + 1e-6


def test_resampling_keeps_the_share_of_ink() -> None:
    source = np.zeros((90, 120))
    source[30:60, 40:50] = 1.0
    scaled = resample(source, 20, 27)
    assert scaled.mean() == pytest.approx(source.mean(), rel=0.02)


def test_every_source_pixel_counts() -> None:
    """Picking the nearest pixel would lose most of them."""
    for place in range(200):
        source = np.zeros((200, 1))
        source[place] = 1.0
        assert resample(source, 20, 1).sum() > 0


def test_resampling_to_the_same_size_changes_nothing() -> None:
    source = blob(20, 14)
    assert resample(source, 20, 14) == pytest.approx(source, abs=1e-6)
