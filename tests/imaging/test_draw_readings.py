import io
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from handwrite_gui.domain.reading import Box, Number
from handwrite_gui.imaging.draw_readings import draw_readings

BOX: Box = (100.0, 120.0, 200.0, 60.0)


def number(text: str = "2047", box: Box = BOX, confidence: float = 0.999) -> Number:
    return Number(text, confidence, box, ())


def page(shade: int, width: int = 400, height: int = 300) -> np.ndarray:
    return np.full((height, width, 3), shade, np.uint8)


def drawn(pixels: np.ndarray, *numbers: Number) -> np.ndarray:
    image = Image.open(io.BytesIO(draw_readings(pixels, numbers)))
    assert image.format == "PNG"
    return np.asarray(image)


@pytest.mark.parametrize("shade", [0, 90, 128, 255])
def test_frame_and_text_show_on_any_ground(shade: int) -> None:
    ground = page(shade)
    shown = drawn(ground, number())
    assert shown.shape == ground.shape
    assert (ground == shade).all()
    assert (shown[125:175, 110:290] == shade).all()  # What is in the frame can still be seen.
    for around in (shown[80:118, 95:305], shown[181:195, 95:305]):
        shades = {tuple(pixel) for pixel in around.reshape(-1, 3)}
        assert (255, 255, 255) in shades
        assert (29, 95, 166) in shades


def test_each_text_looks_different_also_of_signs() -> None:
    labels = {drawn(page(200), number(text)).tobytes() for text in ("1", "2", "€1", "£1", "$1")}
    assert len(labels) == 5


def test_doubt_and_a_persons_word_are_told_by_more_than_colour() -> None:
    sure, doubtful = drawn(page(0), number()), drawn(page(0), number(confidence=0.5))
    confirmed = drawn(page(0), Number("2047", 1.0, BOX, (), is_confirmed=True))
    is_light = [(shown == 255).all(axis=2) for shown in (sure, doubtful, confirmed)]
    assert (is_light[0] != is_light[1]).any()
    assert (is_light[0] != is_light[2]).any()


@pytest.mark.parametrize(
    "box", [(0.0, 0.0, 30.0, 20.0), (370.0, 280.0, 30.0, 20.0), (0.0, 0.0, 400.0, 300.0)]
)
def test_label_stays_on_the_picture(box: Box) -> None:
    whole = drawn(page(128, 600, 500), number(box=(100.0 + box[0], 100.0 + box[1], *box[2:])))
    at_the_edge = drawn(page(128), number(box=box))
    text = (29, 95, 166)

    def ink(shown: np.ndarray) -> int:
        return int((shown == text).all(axis=2).sum())

    # All of the label's ground is there, wherever it had to go.
    assert ink(at_the_edge) > 0.5 * ink(whole)


def test_nothing_read_is_the_picture_itself() -> None:
    pixels = page(77)
    assert (drawn(pixels) == pixels).all()


def test_small_numbers_are_enlarged_with_their_picture_for_a_label_beside_them() -> None:
    pixels = page(255, 28, 28)
    pixels[6:22, 12:15] = 0
    shown = drawn(pixels, number("1", (12.0, 6.0, 3.0, 16.0)))
    assert shown.shape == (84, 84, 3)
    assert (shown[18:66, 36:45] == 0).all()
    assert (29, 95, 166) in {tuple(pixel) for pixel in shown[:, 52:].reshape(-1, 3)}


def test_large_picture_of_small_numbers_is_not_enlarged_beyond_what_can_be_held() -> None:
    assert drawn(page(255, 3600, 2000), number(box=(9.0, 9.0, 9.0, 9.0))).shape == (2000, 3600, 3)


def rows_of(gap_px: int, count: int = 3, height_px: int = 50) -> list[Number]:
    """Numbers below each other."""
    tops = [100.0 + n * (height_px + gap_px) for n in range(count)]
    return [number(box=(150.0, top, 140.0, height_px), confidence=0.5) for top in tops]


@pytest.mark.parametrize("gap_px", [8, 20, 30, 60])
def test_label_of_a_row_stands_on_no_other_row_and_no_other_label(gap_px: int) -> None:
    rows = rows_of(gap_px)
    together = drawn(page(200, 500, 500), *rows)
    for row in rows:
        x, y, width, height = map(int, row.box)
        assert (together[y : y + height, x : x + width] == 200).all()
    grounds = np.where((together == (154, 59, 12)).all(axis=2), 255, 0).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(grounds)
    # Three frames, and three labels that are whole: none is on another one, or part of its frame.
    large = [area for *_, area in stats[1:].tolist() if area > 100]
    assert len(large) == 6


def test_label_is_smaller_rather_than_on_digits() -> None:
    column = rows_of(14, 8)
    beside = [replace(each, box=(370.0, *each.box[1:])) for each in column]
    shown = drawn(page(200, 520, 620), *column, *beside)
    for number in (*column, *beside):
        x, y, width, height = map(int, number.box)
        assert (shown[y : y + height, x : x + width] == 200).all()
    # Also between the columns, where the one above the first row would be too wide.
    assert all((shown[int(each.box[1]) + 25, 300:330] != 200).any() for each in column[1:-1])


def test_where_no_label_has_room_a_sign_tells_of_what_is_doubtful() -> None:
    doubtful = [
        number(box=(48.0 * at_x, 54.0 * at_y, 34.0, 40.0), confidence=0.5)
        for at_x in range(3)
        for at_y in range(3)
    ]
    sure = [replace(each, confidence=0.999) for each in doubtful]
    shown, other = (drawn(page(200, 130, 148), *each) for each in (doubtful, sure))
    for each in doubtful:
        x, y, width, height = map(int, each.box)
        assert (shown[y + 15 : y + height - 6, x + 15 : x + width - 6] == 200).all()
    corner = slice(48, 70), slice(42, 64)
    is_light = [(each[corner] == 255).all(axis=2).sum() for each in (shown, other)]
    assert is_light[0] != is_light[1]
