import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, CENTRE_PX, bounding_box
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.forms.drawing import PEN_WIDTHS_PX, draw_forms, inked
from handwrite_gui.recognition.forms.skeleton import line


@pytest.fixture(scope="module")
def drawn() -> Digits:
    return draw_forms(400, seed=3)


def test_every_digit_comes_as_often(drawn: Digits) -> None:
    assert drawn.name == "written forms"
    assert drawn.writers is None
    assert np.bincount(drawn.labels).tolist() == [40] * 10
    assert draw_forms(7, seed=0).labels.tolist() == list(range(7))
    assert draw_forms(0, seed=0).images.shape == (0, 28, 28)


def test_images_are_ink_on_paper(drawn: Digits) -> None:
    assert drawn.images.shape == (400, 28, 28)
    assert drawn.images.dtype == np.uint8
    assert (drawn.images.max(axis=(1, 2)) > 150).all()
    assert (drawn.images.min(axis=(1, 2)) == 0).all()
    inked_share = (drawn.images > 127).mean(axis=(1, 2))
    assert 0.01 < inked_share.min() <= inked_share.max() < 0.4


def test_framed_as_digits_are(drawn: Digits) -> None:
    longer = []
    for image in drawn.images / 255:
        _, _, width, height = bounding_box(image) or (0, 0, 0, 0)
        longer.append(max(width, height))
        rows, columns = (image.sum(axis=axis) @ np.arange(28) / image.sum() for axis in (1, 0))
        assert rows == pytest.approx(CENTRE_PX, abs=2.5)
        assert columns == pytest.approx(CENTRE_PX, abs=2.5)
    # Pressed unevenly, a pen leaves a little less of the box, or a little more.
    assert BOX_PX - 1 <= min(longer) <= max(longer) <= BOX_PX + 1
    assert np.mean(np.array(longer) == BOX_PX) > 0.95


def test_seed_repeats_and_no_image_comes_twice(drawn: Digits) -> None:
    assert (draw_forms(30, seed=3).images == drawn.images[:30]).all()
    assert (draw_forms(30, seed=4).images != drawn.images[:30]).any(axis=(1, 2)).all()
    assert len(np.unique(drawn.images.reshape(400, -1), axis=0)) == 400


def test_digits_are_unlike_each_other(drawn: Digits) -> None:
    """The mean images of two halves agree better with their own digit than with another."""

    def means(images: NDArray[np.uint8], labels: NDArray[np.int64]) -> NDArray[np.float64]:
        sums = np.array([images[labels == digit].mean(axis=0).ravel() for digit in range(10)])
        return (sums - sums.mean(axis=1, keepdims=True)) / sums.std(axis=1, keepdims=True)

    first = means(drawn.images[:200], drawn.labels[:200])
    second = means(drawn.images[200:], drawn.labels[200:])
    assert ((first @ second.T).argmax(axis=1) == np.arange(10)).all()


def test_pens_are_of_many_widths_and_pressures() -> None:
    rng = np.random.default_rng(0)
    images = np.array([inked([line((0, 0), (0, 1))], rng) for _ in range(200)]) / 255
    widths = images[:, 10:18].sum(axis=(1, 2)) / 8
    finest, widest = PEN_WIDTHS_PX
    assert np.quantile(widths, 0.05) < finest + 0.3
    assert np.quantile(widths, 0.95) > widest - 0.3
    assert widths.max() < widest + 0.1
    along = images.sum(axis=2)[:, 6:22]
    assert 0.1 < np.mean(np.ptp(along, axis=1) > 0.2) < 0.5
