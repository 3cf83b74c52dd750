from itertools import islice

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.learning.augmentation import vary as vary_images
from handwrite_gui.recognition.learning.batches import Variation, batches

Batch = tuple[NDArray[np.float32], NDArray[np.int64]]


def numbered(count: int) -> Digits:
    """Digits of which no two are alike: the first pixels hold each one's number."""
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 0, 0], images[:, 0, 1] = np.divmod(np.arange(count), 256)
    images[:, 8:20, 13:16] = 255
    return Digits("numbered", images, np.arange(count) % 11)


def taken(
    digits: Digits,
    size: int,
    steps: int,
    *,
    first: int = 0,
    seed: int = 1,
    vary: Variation | None = None,
) -> list[Batch]:
    stream = batches(digits, size, first=first, seed=seed, vary=vary)
    return [(images.numpy(), labels.numpy()) for images, labels in islice(stream, steps)]


def numbers(some: list[Batch]) -> list[int]:
    pixels = np.concatenate([images[:, 0, :2, 0] for images, _ in some]) * 255
    return (np.round(pixels) @ (256, 1)).astype(int).tolist()


def test_batches_are_what_networks_take() -> None:
    ((images, labels),) = taken(numbered(300), 64, 1)
    assert (images.shape, images.dtype) == ((64, 28, 28, 1), np.float32)
    assert (labels.shape, labels.dtype) == ((64,), np.int64)
    assert (images.min(), images.max()) == (0.0, 1.0)


@pytest.mark.parametrize(("count", "size"), [(300, 50), (7, 7), (1, 1), (2, 1)])
def test_each_digit_comes_once_an_epoch_with_its_label(count: int, size: int) -> None:
    for first in (0, count // size):
        epoch = taken(numbered(count), size, count // size, first=first)
        came = numbers(epoch)
        assert sorted(came) == list(range(count))
        labels = np.concatenate([labels for _, labels in epoch])
        assert (labels == np.array(came) % 11).all()


def test_what_fills_no_batch_is_left_out_of_one_epoch_but_not_of_all() -> None:
    epochs = [numbers(taken(numbered(10), 4, 2, first=2 * epoch)) for epoch in range(12)]
    assert {len(set(epoch)) for epoch in epochs} == {8}
    assert set().union(*epochs) == set(range(10))


def test_each_epoch_has_an_order_of_its_own() -> None:
    orders = [tuple(numbers(taken(numbered(60), 20, 3, first=3 * epoch))) for epoch in range(5)]
    assert len({*orders, tuple(range(60))}) == 6


def test_seed_decides_the_order() -> None:
    orders = [numbers(taken(numbered(60), 20, 3, seed=seed)) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


def test_a_later_first_step_goes_on_exactly() -> None:
    """Across the end of an epoch, images varied and all."""
    whole = taken(numbered(60), 20, 8, vary=vary_images)
    rest = taken(numbered(60), 20, 4, first=4, vary=vary_images)
    for (images, labels), (same_images, same_labels) in zip(whole[4:], rest, strict=True):
        assert (images == same_images).all()
        assert (labels == same_labels).all()
    pixels = np.concatenate([images for images, _ in whole])
    assert (pixels.min(), pixels.max()) == (0, 1)
    # The same digits, in every epoch varied anew.
    assert len(np.unique(pixels.reshape(160, -1), axis=0)) == 160


def test_fewer_digits_than_a_batch() -> None:
    came = taken(numbered(7), 128, 2)
    assert [len(labels) for _, labels in came] == [7, 7]
    assert sorted(numbers(came[:1])) == sorted(numbers(came[1:])) == list(range(7))
