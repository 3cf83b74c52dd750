from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, CENTRE_PX, bounding_box
from handwrite_gui.recognition.forms import no_digit
from handwrite_gui.recognition.forms.no_digit import draw_no_digits

BAR = np.zeros((1, 28, 28), np.uint8)
BAR[:, 4:24, 12:16] = 255


@pytest.fixture(scope="module")
def drawn() -> NDArray[np.uint8]:
    return draw_no_digits(300, BAR, seed=4)


def test_shape_and_range(drawn: NDArray[np.uint8]) -> None:
    assert drawn.shape == (300, 28, 28)
    assert drawn.dtype == np.uint8
    # What is faint is paper's grain.
    assert (drawn.max(axis=(1, 2)) > 200).mean() > 0.9
    assert (drawn.min(axis=(1, 2)) == 0).all()


def test_framed_as_digits_are(drawn: NDArray[np.uint8]) -> None:
    longer, away = [], []
    for image in drawn / 255:
        x, y, width, height = bounding_box(image) or (0, 0, 0, 0)
        longer.append(max(width, height))
        rows, columns = (image.sum(axis=axis) @ np.arange(28) / image.sum() for axis in (1, 0))
        # Where the centre is not in the middle, ink is at the field's edge.
        away.append(0 if y in (0, 28 - height) else abs(rows - CENTRE_PX))
        away.append(0 if x in (0, 28 - width) else abs(columns - CENTRE_PX))
    assert np.mean([BOX_PX - 1 <= side <= BOX_PX + 1 for side in longer]) > 0.98
    assert max(longer) <= BOX_PX + 1
    assert np.quantile(away, 0.95) <= 0.51
    assert max(away) < 2


def test_same_seed_gives_the_same_images(drawn: NDArray[np.uint8]) -> None:
    assert (draw_no_digits(30, BAR, seed=4) == drawn[:30]).all()
    assert (draw_no_digits(30, BAR, seed=5) != drawn[:30]).any(axis=(1, 2)).all()


def test_no_image_comes_twice(drawn: NDArray[np.uint8]) -> None:
    pairs_of_bars = 30  # A few of these are alike, for the bars are.
    assert len(np.unique(drawn.reshape(300, -1), axis=0)) > 300 - pairs_of_bars


@pytest.mark.parametrize("kind", no_digit._KINDS, ids=lambda kind: kind.__name__.strip("_"))
def test_every_kind_is_varied(
    kind: Callable[[np.random.Generator], list[NDArray[np.float64]]],
) -> None:
    rng = np.random.default_rng(0)
    drawings = [np.concatenate(kind(rng)) for _ in range(60)]
    assert all(np.isfinite(points).all() and points.shape[1] == 2 for points in drawings)
    assert len({points.tobytes() for points in drawings}) == 60


def test_grain_is_faint_and_all_over_the_field() -> None:
    rng = np.random.default_rng(0)
    papers = [no_digit._grain(rng) for _ in range(60)]
    assert all(paper.shape == (28, 28) and np.isfinite(paper).all() for paper in papers)
    assert max(paper.max() for paper in papers) <= 1
    assert 0 < np.median([paper.mean() for paper in papers]) < 0.4


@pytest.mark.parametrize(("name", "share"), [("letter_form", 0.36), ("shape_form", 0.2)])
def test_letters_and_shapes_are_the_most_of_them(
    monkeypatch: pytest.MonkeyPatch, name: str, share: float
) -> None:
    form, drawn = getattr(no_digit, name), []
    monkeypatch.setattr(no_digit, name, lambda rng: drawn.append(1) or form(rng))
    draw_no_digits(400, BAR, seed=1)
    assert len(drawn) / 400 == pytest.approx(share, abs=0.07)


def test_pairs_are_digits_side_by_side() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        columns = no_digit._pair(rng, BAR).sum(axis=0)
        assert (bounding_box(columns[None]) or (0, 0, 0, 0))[2] >= 7


def test_blank_images_make_no_pairs() -> None:
    blank = np.zeros((5, 28, 28), np.uint8)
    assert draw_no_digits(60, blank, seed=1).any(axis=(1, 2)).all()
    assert draw_no_digits(60, np.concatenate([blank, BAR]), seed=1).any(axis=(1, 2)).all()
    assert draw_no_digits(20, blank[:0], seed=1).any(axis=(1, 2)).all()
    assert draw_no_digits(0, BAR, seed=1).shape == (0, 28, 28)
