"""Reading a picture: the box in its own pixels, the digit framed, blank paper refused."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Refusal
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.sequences.sequence_recogniser import SequenceRecogniser


class FakeRecogniser:
    """Says always the same and remembers what it was shown."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        self.seen: list[NDArray[np.float32]] = []

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.seen.append(images)
        probabilities = np.full((len(images), 11), 0.01, np.float32)
        probabilities[:, self.answer] = 0.9
        return probabilities


def picture_of_a_one(enlarged: int = 1) -> Picture:
    pixels = np.full((200, 300, 3), 245, np.uint8)
    pixels[40:160, 140:155] = 20
    return Picture(pixels.repeat(enlarged, axis=0).repeat(enlarged, axis=1), "one.png")


@pytest.mark.parametrize("enlarged", [1, 3, 10])
def test_the_box_is_in_the_pictures_own_pixels(enlarged: int) -> None:
    reading = Reader(FakeRecogniser(1)).read_picture(picture_of_a_one(enlarged))
    assert reading.text == "1"
    assert reading.refusal is None
    assert reading.revision == 0
    wanted = [side * enlarged for side in (140, 40, 15, 120)]
    assert reading.numbers[0].box == pytest.approx(wanted, abs=1 + enlarged)
    assert reading.numbers[0].digits[0].box == reading.numbers[0].box


def test_the_recogniser_gets_one_framed_digit() -> None:
    recogniser = FakeRecogniser(1)
    reading = Reader(recogniser).read_picture(picture_of_a_one())
    (images,) = recogniser.seen
    assert images.shape == (1, 28, 28)
    assert images.dtype == np.float32
    inked = images[0] > 0.5
    assert inked.any(axis=1).sum() == 20
    assert 2 <= inked.any(axis=0).sum() <= 3
    first = reading.first_digit
    assert first is not None
    assert np.array_equal(first.image, images[0])


def test_what_is_no_digit_is_refused_and_shown() -> None:
    reading = Reader(FakeRecogniser(10)).read_picture(picture_of_a_one())
    assert reading.refusal is Refusal.NO_DIGIT
    assert reading.numbers == ()
    assert reading.refused[0].box == pytest.approx((140, 40, 15, 120), abs=2)


def test_blank_paper_is_refused_without_asking() -> None:
    recogniser = FakeRecogniser(1)
    grain = np.random.default_rng(1).normal(200, 6, (200, 300, 3)).astype(np.uint8)
    for pixels in (np.full((50, 60, 3), 255, np.uint8), np.zeros((50, 60, 3), np.uint8), grain):
        reading = Reader(recogniser).read_picture(Picture(pixels, "blank.png"))
        assert reading.refusal is Refusal.BLANK
        assert reading.numbers == reading.refused == ()
    assert recogniser.seen == []


def _touching(width: int) -> Picture:
    """Two upright strokes with a bar from one to the other: one mark."""
    pixels = np.full((70, width, 3), 240, np.uint8)
    pixels[20:50, 25:29] = pixels[20:50, 50:54] = 30
    pixels[34:37, 25:54] = 30
    return Picture(pixels, "touching")


class _Always:
    """Says 7 of every image, surely."""

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        probabilities = np.full((len(images), 11), 0.001, np.float32)
        probabilities[:, 7] = 0.99
        return probabilities


def test_digits_that_touch_in_a_wide_picture_are_parted(
    says: Callable[..., SequenceRecogniser],
) -> None:
    reader = Reader(_Always(), lambda: says("4", "1"))
    assert reader.read_picture(_touching(110)).text == "41"
    assert reader.read_picture(_touching(75)).text == "7"
    assert Reader(_Always()).read_picture(_touching(110)).text == "7"


def test_one_digit_in_a_wide_picture_stays_one(says: Callable[..., SequenceRecogniser]) -> None:
    reader = Reader(_Always(), lambda: says("4"))
    assert reader.read_picture(_touching(110)).text == "7"


def test_page_says_how_much_is_read_and_what_so_far() -> None:
    pixels = np.full((400, 600, 3), 240, np.uint8)
    for y in range(40, 360, 60):
        for x in (100, 300):
            pixels[y : y + 36, x : x + 5] = pixels[y : y + 36, x + 20 : x + 25] = 30
    slices = Reader(_Always()).picture_slices(Picture(pixels, "page"), (20.0, 10.0, 560.0, 380.0))
    told = []
    while True:
        try:
            told.append(next(slices))
        except StopIteration as end:
            whole = end.value
            break
    known = [progress for progress in told if progress is not None]
    total = known[0].total
    assert total == len(whole.numbers) > 6
    dones = [progress.done for progress in known]
    assert dones == sorted(dones)
    assert dones[-1] == total
    for progress in known:
        boxes = [number.box for number in progress.reading.numbers]
        assert boxes == [number.box for number in whole.numbers[: progress.done]]


def test_plain_numbers_of_a_page_ask_the_model_for_each_digit_once(
    says: Callable[..., SequenceRecogniser],
) -> None:
    pixels = np.full((600, 800, 3), 245, np.uint8)
    for top, left in ((100, 100), (100, 500), (300, 100)):
        for x in (left, left + 40, left + 80):
            pixels[top : top + 50, x : x + 6] = 20
    recogniser = FakeRecogniser(1)
    reading = Reader(recogniser, lambda: says("1", "1", "1")).read_picture(Picture(pixels, "page"))
    assert reading.text == "111\t111\n111"
    assert [len(images) for images in recogniser.seen] == [9]


def test_what_is_read_beyond_a_doubtful_place_is_told_as_well(
    says: Callable[..., SequenceRecogniser],
) -> None:
    pixels = np.full((600, 800, 3), 245, np.uint8)
    for top, left, marks in ((100, 100, 2), (100, 500, 3), (300, 100, 3)):
        for x in range(left, left + 40 * marks, 40):
            pixels[top : top + 50, x : x + 6] = 20
    reader = Reader(FakeRecogniser(1), lambda: says("1", "1", "1"))
    slices = reader.picture_slices(Picture(pixels, "page"), (50.0, 50.0, 700.0, 500.0))
    first = next(progress for progress in slices if progress is not None)
    assert (first.done, first.total) == (2, 3)
    assert first.reading.numbers == ()
    boxes = [number.box for number in first.all_read.numbers]
    assert [(round(x, -2), round(y, -2)) for x, y, _, _ in boxes] == [(500, 100), (100, 300)]


@pytest.mark.parametrize(("signs", "text"), [(("4", "7"), "47"), (("4|1", "7"), ""), (("4",), "")])
def test_a_row_that_hides_in_its_paper_is_read_where_the_network_is_sure(
    says: Callable[..., SequenceRecogniser], signs: tuple[str, ...], text: str
) -> None:
    pixels = np.full((60, 200, 3), 235, np.uint8)
    reader = Reader(FakeRecogniser(1), lambda: says(*signs))
    assert reader.read_picture(Picture(pixels, "paper.png")).text == text


@pytest.mark.parametrize(("signs", "text"), [(("4", "7"), "47"), (("4|1", "7"), ""), (("4",), "")])
def test_a_mark_that_is_no_digit_may_be_a_row_of_which_the_network_is_sure(
    says: Callable[..., SequenceRecogniser], signs: tuple[str, ...], text: str
) -> None:
    reader = Reader(FakeRecogniser(10), lambda: says(*signs))
    reading = reader.read_picture(picture_of_a_one())
    assert reading.text == text
    assert (reading.refusal is None) == bool(text)
