"""Numbers are found wherever they stand on a page, and nothing is found that is none."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.strip import Strip
from handwrite_gui.imaging.find_strips import FoundStrips, find_strips

WHITE = (240, 238, 232)
Box = tuple[float, float, float, float]


class Page:
    """A page of Numbers, drawn by a pen of our own; each digit is a mark."""

    def __init__(self, width: int = 900, height: int = 700) -> None:
        self.ink = np.zeros((height, width), np.float32)
        self.boxes: list[Box] = []

    def write(
        self, x: int, y: int, digits: int, height: int = 36, gap: float = 0.3, pen: int = 0
    ) -> None:
        """Write a Number of alternating 7s and 2s, its upper left corner at x, y."""
        left, pen = x, pen or max(2, height // 10)
        for nth in range(digits):
            shape = (
                [(0, 0), (0.6, 0), (0.3, 1)] if nth % 2 else [(0, 0.1), (0.5, 0), (0, 1), (0.6, 1)]
            )
            line = np.round((np.array(shape) * height + (x, y)) * 16).astype(np.int32)
            cv2.polylines(self.ink, [line], False, (1.0,), pen, cv2.LINE_AA, 4)
            x += round((0.6 + gap) * height)
        self.boxes.append((left, y, x - gap * height, y + height))

    def pixels(
        self, paper: NDArray[np.floating] | tuple[int, int, int] = WHITE, turn: float = 0.0
    ) -> NDArray[np.uint8]:
        """Photograph the page, turned by some degrees; its boxes turn with it."""
        ground = np.broadcast_to(np.asarray(paper, np.float32), (*self.ink.shape, 3))
        pixels = ground * (1 - 0.8 * self.ink[..., None])
        height, width = self.ink.shape
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -turn, 1.0)
        if turn:
            size = width, height
            pixels = cv2.warpAffine(pixels, matrix, size, borderMode=cv2.BORDER_REPLICATE)
            self.boxes = [_turned(box, matrix) for box in self.boxes]
        grain = np.random.default_rng(1).normal(0, 2.0, pixels.shape)
        return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def _turned(box: Box, matrix: NDArray[np.floating]) -> Box:
    corners = np.array([(x, y, 1.0) for x in (box[0], box[2]) for y in (box[1], box[3])])
    there = corners @ matrix.T
    return (*there.min(axis=0), *there.max(axis=0))


def found(pixels: NDArray[np.uint8]) -> FoundStrips:
    slices = find_strips(pixels)
    while True:
        try:
            next(slices)
        except StopIteration as end:
            strips: FoundStrips = end.value
            return strips


def ink_box(strip: Strip) -> Box:
    rows, columns = np.nonzero(strip.ink_map > 0.4)
    there = np.stack([columns + 0.5, rows + 0.5, np.ones(len(rows))], axis=1) @ strip.to_source.T
    return (*there.min(axis=0), *there.max(axis=0))


def assert_found(page: Page, pixels: NDArray[np.uint8], near: float = 6.0) -> None:
    """Assert that each Number, in order, is a strip with its ink alone, and nothing else is."""
    boxes = [ink_box(strip) for strip in found(pixels).strips]
    assert len(boxes) == len(page.boxes), boxes
    for box, wanted in zip(boxes, page.boxes, strict=True):
        assert box == pytest.approx(wanted, abs=near)


def table() -> Page:
    page = Page()
    for row in range(5):
        for column in range(2):
            page.write(160 + 330 * column, 120 + 90 * row, 4 + (row + column) % 3)
    return page


def test_rows_and_columns_are_found_in_order() -> None:
    page = table()
    strips = found(page.pixels()).strips
    assert_found(page, page.pixels())
    assert [strip.row for strip in strips] == [row for row in range(5) for _ in range(2)]


@pytest.mark.parametrize("turn", [-15.0, -6.0, 4.0, 12.0])
@pytest.mark.parametrize("rules", [False, True])
def test_a_turned_page_is_read_along_its_rows(turn: float, rules: bool) -> None:
    page = table()
    paper = np.full((*page.ink.shape, 3), WHITE, np.float32)
    if rules:
        paper[40::45] = paper[41::45] = (170, 190, 215)
    pixels = page.pixels(paper, turn)
    strips = found(pixels).strips
    assert_found(page, pixels, near=14.0)
    assert [strip.row for strip in strips] == [row for row in range(5) for _ in range(2)]
    for strip in strips:
        inked = np.flatnonzero((strip.ink_map > 0.5).any(axis=1))
        assert np.ptp(inked) < 70, "digits of 44 px stand on a level"


def test_squared_paper_is_no_ink() -> None:
    page = table()
    paper = np.full((*page.ink.shape, 3), WHITE, np.float32)
    paper[30::30] = paper[:, 30::30] = (165, 190, 225)
    assert_found(page, page.pixels(paper))


def test_rows_of_many_sizes() -> None:
    page = Page()
    for y, height in ((80, 20), (150, 110), (330, 28), (420, 60)):
        page.write(150, y, 5, height)
    assert_found(page, page.pixels(), near=9.0)


def test_digits_far_apart_are_one_number_and_columns_are_two() -> None:
    page = Page()
    page.write(120, 120, 7, gap=1.2)
    page.write(120, 260, 3)
    page.write(330, 260, 3)
    assert_found(page, page.pixels())


def test_a_tail_that_reaches_into_the_next_row_stays_with_its_digit() -> None:
    page = Page()
    page.write(150, 150, 6, gap=0.6)
    page.write(150, 215, 6, gap=0.6)
    tail = np.array([(290, 184), (268, 205), (268, 250)]) * 16
    cv2.polylines(page.ink, [tail], False, (1.0,), 3, cv2.LINE_AA, 4)
    upper, lower = found(page.pixels()).strips
    assert 195 < ink_box(upper)[3] < 212, "as much of the tail as a digit needs"
    assert ink_box(lower)[1] >= 212, "nothing of the tail is in the lower strip"


@pytest.mark.parametrize("sides", ["left", "left top", "left right top bottom"])
def test_a_table_around_the_page_is_no_number(sides: str) -> None:
    page = table()
    pixels = page.pixels()
    wood = np.random.default_rng(2).integers(20, 60, pixels.shape, dtype=np.uint8)
    height, width = page.ink.shape
    for side, at in {
        "left": np.s_[:, : width // 14],
        "right": np.s_[:, -width // 20 :],
        "top": np.s_[: height // 18],
        "bottom": np.s_[-height // 25 :],
    }.items():
        if side in sides:
            pixels[at] = wood[at]
    assert_found(page, pixels)


def test_a_shadow_over_half_the_page_hides_nothing() -> None:
    page = table()
    y, x = np.mgrid[0 : page.ink.shape[0], 0 : page.ink.shape[1]]
    light = 1 - 0.5 / (1 + np.exp(-(x + 0.4 * y - 600) / 12))
    assert_found(page, (page.pixels() * light[..., None]).astype(np.uint8))


def test_specks_and_stains_are_no_numbers() -> None:
    page = table()
    pixels = page.pixels().astype(np.float32)
    stains = np.zeros(page.ink.shape, np.float32)
    for x, y in ((60, 600), (820, 330), (450, 640)):
        cv2.circle(stains, (x, y), 35, (1.0,), -1)
    pixels *= 1 - 0.2 * cv2.GaussianBlur(stains, (0, 0), 10)[..., None]
    for x, y in ((70, 80), (840, 90), (300, 640), (60, 400)):
        cv2.circle(pixels, (x, y), 3, (70.0, 70.0, 70.0), -1)
    assert_found(page, pixels.astype(np.uint8))


def test_a_thin_pencil_is_found_beside_a_thick_pen() -> None:
    page = Page()
    page.write(100, 100, 6, 100)
    pencil = Page()
    pencil.write(120, 400, 6, 30)
    pixels = page.pixels().astype(np.float32) * (1 - 0.35 * pencil.ink[..., None])
    page.boxes += pencil.boxes
    assert_found(page, pixels.astype(np.uint8))


@pytest.mark.parametrize("digits", [1, 4])
@pytest.mark.parametrize(("height", "pen"), [(50, 11), (110, 19)])
def test_a_felt_pen_is_found_beside_a_thin_one(digits: int, height: int, pen: int) -> None:
    page = Page()
    for row in range(4):
        page.write(160, 120 + 90 * row, 5, height=50, pen=3)
    page.write(160, 500, digits, height=height, pen=pen)
    assert_found(page, page.pixels(), near=10.0 + pen / 2)


def test_a_number_out_of_focus_is_found_on_a_sharp_page() -> None:
    page = Page()
    for row in range(5):
        page.write(160, 80 + 110 * row, 5, height=56, pen=5)
    part = np.s_[280:380, 140:600]
    page.ink[part] = cv2.GaussianBlur(page.ink[part], (0, 0), 3.5)
    assert_found(page, page.pixels(), near=10.0)


def test_one_digit_is_told_from_two() -> None:
    one, two = Page(300, 300), Page(300, 300)
    one.write(100, 80, 1, 120)
    two.write(60, 100, 2, 90)
    assert found(one.pixels()).is_one_mark
    assert not found(two.pixels()).is_one_mark


def test_strips_are_scaled_to_one_height() -> None:
    page = Page(2600, 1800)
    page.write(300, 300, 6, 40)
    page.write(300, 700, 5, 330)
    for strip in found(page.pixels()).strips:
        inked = np.flatnonzero((strip.ink_map > 0.5).any(axis=1))
        assert 32 <= np.ptp(inked) + 1 <= 64


@pytest.mark.parametrize("kind", ["white", "black", "grain", "ruled", "shadow"])
def test_nothing_is_found_on_blank_paper(kind: str) -> None:
    pixels = np.full((600, 800, 3), 0 if kind == "black" else 235, np.float32)
    if kind == "ruled":
        pixels[40::40] = pixels[41::40] = (160, 180, 215)
    if kind == "shadow":
        pixels *= 1 - 0.4 / (1 + np.exp(-(np.arange(800) - 400) / 15))[None, :, None]
    if kind != "white":
        pixels += np.random.default_rng(3).normal(0, 4, pixels.shape)
    assert found(np.clip(pixels, 0, 255).astype(np.uint8)).strips == ()


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (3, 700), (700, 3), (28, 28)])
def test_any_shape_of_noise_is_survived(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(7).integers(0, 255, (*shape, 3), dtype=np.uint8)
    for strip in found(noise).strips:
        assert 0.0 <= strip.ink_map.min() <= strip.ink_map.max() <= 1.0


def _one_row(height_px: int) -> NDArray[np.uint8]:
    """Three upright strokes in a row, 30 px high from y = 20, on paper of this height."""
    pixels = np.full((height_px, 160, 3), 235, np.uint8)
    for x in (30, 70, 110):
        pixels[20:50, x : x + 6] = 40
    return pixels


def test_a_picture_of_one_row_is_given_with_its_paper() -> None:
    first = found(_one_row(70)).on_paper
    assert first is not None
    assert found(_one_row(70)).is_row
    rows, columns = np.nonzero(first.ink_map > 0.5)
    box = first.box_in_source(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert box == pytest.approx((30, 20, 86, 30), abs=2)


def test_a_page_is_not() -> None:
    assert found(_one_row(300)).on_paper is None


def test_a_small_picture_of_the_shape_of_a_row_is_given_though_nothing_was_found_in_it() -> None:
    blank = np.full((60, 200, 3), 235, np.uint8)
    blank[::3] = 190
    hidden = found(blank)
    assert hidden.on_paper is not None
    assert not hidden.is_row


@pytest.mark.parametrize("shape", [(60, 100), (600, 2000)])
def test_pictures_of_another_shape_or_size_are_not(shape: tuple[int, int]) -> None:
    assert found(np.full((*shape, 3), 235, np.uint8)).on_paper is None


@pytest.mark.parametrize("shape", [(1, 5000), (3000, 2), (3, 3000)])
def test_pictures_as_thin_as_a_line_are_survived(shape: tuple[int, int]) -> None:
    assert found(np.full((*shape, 3), 235, np.uint8)).strips == ()
