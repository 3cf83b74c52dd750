import io

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
    assert at_the_edge.shape == (300, 400, 3)


def test_nothing_read_is_the_picture_itself() -> None:
    pixels = page(77)
    assert (drawn(pixels) == pixels).all()


def test_tiny_picture_is_drawn_on_all_the_same() -> None:
    assert drawn(page(255, 28, 28), number("7", (4.0, 4.0, 20.0, 20.0))).shape == (28, 28, 3)
