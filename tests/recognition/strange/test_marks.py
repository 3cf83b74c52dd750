import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, CENTRE_PX, bounding_box
from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.strange.letters import FONT_SIGNS, LETTERS, glyph_strokes
from handwrite_gui.recognition.strange.marks import KINDS, draw_strange_marks
from handwrite_gui.recognition.strange.shapes import DRAWN_SIGNS, SHAPES, shape_strokes

Images = NDArray[np.uint8]
COUNT = 40 * len(KINDS)


@pytest.fixture(scope="module")
def digits() -> Images:
    """A 1 and a 7, both near the middle of their field."""
    one, seven = [(0.0, 0.0), (0.0, 9.0)], [(0.0, 0.0), (6.0, 0.0), (2.0, 9.0)]
    images = [digit_image([np.array(digit)]) for digit in (one, seven)]
    return np.round(255 * np.array(images)).astype(np.uint8)


@pytest.fixture(scope="module")
def marks(digits: Images) -> tuple[Images, NDArray[np.intp]]:
    return draw_strange_marks(COUNT, digits, seed=1)


def of_kind(marks: tuple[Images, NDArray[np.intp]], kind: str) -> Images:
    images, kinds = marks
    return images[kinds == KINDS.index(kind)]


def test_shapes_and_ranges(marks: tuple[Images, NDArray[np.intp]]) -> None:
    images, kinds = marks
    assert (images.shape, images.dtype) == ((COUNT, 28, 28), np.uint8)
    assert images.max() == 255
    assert kinds.shape == (COUNT,)


def test_kinds_have_equal_shares(marks: tuple[Images, NDArray[np.intp]], digits: Images) -> None:
    assert np.bincount(marks[1]).tolist() == [COUNT // len(KINDS)] * len(KINDS)
    _, some = draw_strange_marks(13, digits, seed=1)
    assert np.ptp(np.bincount(some, minlength=len(KINDS))) == 1


def test_same_seed_same_marks(marks: tuple[Images, NDArray[np.intp]], digits: Images) -> None:
    fewer, kinds = draw_strange_marks(30, digits, seed=1)
    assert (fewer == marks[0][:30]).all()
    assert (kinds == marks[1][:30]).all()
    others, _ = draw_strange_marks(30, digits, seed=2)
    assert (fewer != others).any(axis=(1, 2)).all()


def test_no_mark_comes_twice(marks: tuple[Images, NDArray[np.intp]]) -> None:
    assert len(np.unique(marks[0].reshape(COUNT, -1), axis=0)) == COUNT


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "grain"])
def test_marks_are_framed(kind: str, marks: tuple[Images, NDArray[np.intp]]) -> None:
    for image in of_kind(marks, kind):
        ink = image / 255.0
        x, y, width, height = bounding_box(ink) or (0, 0, 0, 0)
        # A soft edge's last pixels may be too faint to count.
        assert BOX_PX - 2 <= max(width, height) <= BOX_PX + 1
        rows, columns = np.indices(ink.shape)
        middle = np.array([(ink * rows).sum(), (ink * columns).sum()]) / ink.sum()
        free = np.array([0 < y < 28 - height, 0 < x < 28 - width])
        assert (np.abs(middle - CENTRE_PX)[free] < 0.8).all()


@pytest.mark.parametrize("kind", ["scribble", "single stroke", "letter", "sign", "shape"])
def test_pens_differ(kind: str, marks: tuple[Images, NDArray[np.intp]]) -> None:
    images = of_kind(marks, kind)
    assert (images.reshape(len(images), -1).max(axis=1) > 200).all()
    assert np.ptp(images.sum(axis=(1, 2))) > 0.5 * images.sum(axis=(1, 2)).mean()


def test_dots_are_solid(marks: tuple[Images, NDArray[np.intp]]) -> None:
    for image in of_kind(marks, "dot"):
        x, y, width, height = bounding_box(image / 255.0) or (0, 0, 0, 0)
        assert max(width, height) < 2 * min(width, height)
        inner = image[y + height // 3 : y + 2 * height // 3, x + width // 3 : x + 2 * width // 3]
        assert inner.min() > 128


def test_two_ones_stand_side_by_side(digits: Images) -> None:
    for image in of_kind(draw_strange_marks(COUNT, digits[:1], seed=3), "two digits"):
        begins = np.diff((image[14] >= 128).astype(int)) == 1
        assert begins.sum() == 2


def test_grain_is_of_many_sorts(marks: tuple[Images, NDArray[np.intp]]) -> None:
    share = (of_kind(marks, "grain") > 25).mean(axis=(1, 2))
    assert share.max() < 0.6
    assert (share > 0.15).any()
    assert (share < 0.05).any()


def test_no_letter_or_sign_is_written_as_a_digit_is() -> None:
    assert not set("0123456789BDGIOQSYZabgijloqrsyz&$|/\\()[]{}>^'.,;°") & set(LETTERS + FONT_SIGNS)
    assert len(set(LETTERS)) == len(LETTERS) >= 30


@pytest.mark.parametrize("character", LETTERS + FONT_SIGNS)
def test_glyphs_have_few_strokes(character: str) -> None:
    strokes = glyph_strokes(character)
    assert 1 <= len(strokes) <= 4
    assert all(stroke.shape == (len(stroke), 2) for stroke in strokes)
    assert np.ptp(np.concatenate(strokes), axis=0).max() > 20


@pytest.mark.parametrize("name", [*SHAPES, *DRAWN_SIGNS])
def test_drawings_lie_on_the_grid(name: str) -> None:
    points = np.concatenate(shape_strokes((SHAPES | DRAWN_SIGNS)[name]))
    assert points.min() >= 0
    assert 7 <= np.ptp(points, axis=0).max() <= 9


@pytest.mark.parametrize("shape", [(0, 28, 28), (3, 784), (3, 28, 27)])
def test_digits_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"\(n, 28, 28\) are needed\. Received: "):
        draw_strange_marks(8, np.zeros(shape, np.uint8), seed=1)
