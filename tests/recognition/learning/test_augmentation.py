import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from handwrite_gui.recognition.learning.augmentation import (
    FAR_SHARE,
    FAR_SHIFT_PX,
    GRAINED_SHARE,
    MOST_GRAIN,
    vary,
    vary_a_little,
)


def varied(images: NDArray[np.float32], seed: int = 1) -> NDArray[np.float32]:
    result: NDArray[np.float32] = vary(tf.constant(images), tf.constant([seed, 5])).numpy()
    return result


@pytest.fixture(scope="module")
def squares() -> NDArray[np.float32]:
    """A thousand squares in the middle, as (1000, 28, 28, 1)."""
    images = np.zeros((1000, 28, 28, 1), np.float32)
    images[:, 9:19, 9:19] = 1.0
    return images


def test_shape_and_range_are_kept(squares: NDArray[np.float32]) -> None:
    images = varied(squares[:300])
    assert images.shape == (300, 28, 28, 1)
    assert images.dtype == np.float32
    assert 0 <= images.min() <= images.max() <= 1


def test_same_seed_gives_the_same_images(squares: NDArray[np.float32]) -> None:
    images = varied(squares[:50])
    assert (images == varied(squares[:50])).all()
    assert (images != varied(squares[:50], seed=2)).any(axis=(1, 2, 3)).all()


def test_each_image_is_varied_by_itself(squares: NDArray[np.float32]) -> None:
    images = varied(squares[:100])
    assert len(np.unique(images.reshape(100, -1), axis=0)) == 100


def test_digits_stay_in_the_middle_on_average(squares: NDArray[np.float32]) -> None:
    images = varied(squares)[..., 0].astype(float)
    images[images < 0.2] = 0  # Grain on the paper would pull every centre to the middle.
    mass = images.sum(axis=(1, 2))
    rows = images.sum(axis=2) @ np.arange(28) / mass
    columns = images.sum(axis=1) @ np.arange(28) / mass
    assert rows.mean() == pytest.approx(13.5, abs=0.15)
    assert columns.mean() == pytest.approx(13.5, abs=0.15)
    assert 0.3 < rows.std() < 2
    assert 0.3 < columns.std() < 2


def test_digits_stay_recognisable(squares: NDArray[np.float32]) -> None:
    """They overlap with what they were, and nothing is torn out of its place."""
    images = varied(squares)
    overlap = np.minimum(images, squares).sum(axis=(1, 2, 3)) / squares.sum(axis=(1, 2, 3))
    assert np.quantile(overlap, 0.01) > 0.4
    assert np.median(overlap) > 0.75


def test_a_few_papers_get_grain_and_the_others_stay_clean() -> None:
    images = varied(np.zeros((2000, 28, 28, 1), np.float32))
    grainy = images.std(axis=(1, 2, 3)) > 0.01
    assert grainy.mean() == pytest.approx(GRAINED_SHARE, abs=0.04)
    assert 0.3 < images.std(axis=(1, 2, 3)).max() < MOST_GRAIN
    assert images[~grainy].max() < 0.1


def test_ink_at_the_border_does_not_come_in_on_the_other_side() -> None:
    images = np.zeros((300, 28, 28, 1), np.float32)
    images[:, :, :3] = 1.0
    clean = [image for image in varied(images) if image[:, 14:20].mean() < 0.01]
    assert len(clean) > 200
    assert max(image[:, 22:].max() for image in clean) < 0.1


def test_little_variation_brings_neither_grain_nor_bad_frames(
    squares: NDArray[np.float32],
) -> None:
    images = vary_a_little(tf.constant(squares), tf.constant([1, 5])).numpy()[..., 0].astype(float)
    assert (images[:, :3] == 0).mean() > 0.99
    columns = images.sum(axis=1) @ np.arange(28) / images.sum(axis=(1, 2))
    assert 0.3 < columns.std() < 1.2
    assert np.abs(columns - 13.5).max() < FAR_SHIFT_PX
    assert len(np.unique(images.reshape(1000, -1), axis=0)) == 1000


def test_few_images_are_warped_far(squares: NDArray[np.float32]) -> None:
    images = varied(squares)[..., 0].astype(float)
    images[images < 0.2] = 0
    columns = images.sum(axis=1) @ np.arange(28) / images.sum(axis=(1, 2))
    away = np.abs(columns - 13.5)
    assert 0.01 < np.mean(away > 2.4) < FAR_SHARE
    assert away.max() < FAR_SHIFT_PX + 2


def test_pens_are_wider_and_finer(squares: NDArray[np.float32]) -> None:
    ink = varied(squares).sum(axis=(1, 2, 3)) / squares[0].sum()
    assert np.quantile(ink, 0.05) < 0.8
    assert np.quantile(ink, 0.95) > 1.2
    assert np.median(ink) == pytest.approx(1, abs=0.2)
