"""Strips of digits side by side: parted, joined, with signs between them and paper behind them."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.strip import Strip
from handwrite_gui.paths import default_model
from handwrite_gui.reading.strip_reader import StripReader
from handwrite_gui.recognition.keras_recogniser import load_recogniser

STILL = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
#: Digits as polylines in a box of 20 × 30.
FORMS = {
    "0": [[(10, 0), (4, 4), (1, 15), (4, 26), (10, 30), (16, 26), (19, 15), (16, 4), (10, 0)]],
    "1": [[(10, 0), (10, 30)]],
    "2": [[(2, 6), (7, 0), (14, 1), (17, 7), (13, 15), (2, 30), (19, 30)]],
    "4": [[(12, 0), (1, 20), (19, 20)], [(14, 10), (14, 30)]],
    "7": [[(2, 0), (18, 0), (8, 30)]],
}
LEFT = 20


@pytest.fixture(scope="module")
def reader() -> StripReader:
    recogniser = load_recogniser(default_model())
    return StripReader(lambda images: [Prediction(each) for each in recogniser.predict(images)])


def write(text: str, gap: int = 8, height: int = 60) -> NDArray[np.float32]:
    """Write digits so far apart, each 20 × 30 pixels, at x = 20, y = 15; "." and "-" are signs."""
    ink = np.zeros((height, 2 * LEFT + len(text) * (20 + max(gap, 0))), np.float32)
    x = LEFT
    for sign in text:
        if sign == ".":
            cv2.circle(ink, (x, 44), 2, 1.0, -1, cv2.LINE_AA)
            x += 4 + gap
            continue
        for stroke in [[(0, 15), (14, 15)]] if sign == "-" else FORMS[sign]:
            points = np.array([(x + px, 15 + py) for px, py in stroke], np.int32)
            cv2.polylines(ink, [points], False, 1.0, 3, cv2.LINE_AA)
        x += 20 + gap
    return ink


def read(reader: StripReader, ink: NDArray[np.float32]) -> str:
    (number,) = reader.read([Strip(ink, STILL)])
    return "" if number is None else number.text


def test_digits_side_by_side_are_read_in_order(reader: StripReader) -> None:
    assert read(reader, write("2047")) == "2047"


def test_touching_digits_are_parted(reader: StripReader) -> None:
    assert read(reader, write("77", gap=-2)) == "77"


def test_signs_stay_in_the_text_and_are_no_digits(reader: StripReader) -> None:
    (number,) = reader.read([Strip(write("42.700-"), STILL)])
    assert number is not None
    assert number.text == "42.700-"
    assert "".join(str(each.digit) for each in number.digits) == "42700"


def test_fainter_pattern_is_no_ink(reader: StripReader) -> None:
    ink = write("2047")
    ink[::6] = np.maximum(ink[::6], 0.2)
    assert read(reader, ink) == "2047"


def test_boxes_lie_where_the_digits_are_in_the_source(reader: StripReader) -> None:
    doubled = np.array([[2.0, 0.0, 100.0], [0.0, 2.0, 50.0]])
    (number,) = reader.read([Strip(write("47"), doubled)])
    assert number is not None
    x, y, width, height = number.digits[0].box
    assert (x, y) == pytest.approx((100 + 2 * LEFT, 50 + 30), abs=5)
    assert (width, height) == pytest.approx((2 * 23, 2 * 33), abs=6)


def test_an_empty_strip_holds_no_number(reader: StripReader) -> None:
    assert reader.read([Strip(np.zeros((40, 90), np.float32), STILL)]) == [None]


def test_probabilities_of_all_texts_are_at_most_one(reader: StripReader) -> None:
    (number,) = reader.read([Strip(write("2047", gap=-3), STILL)])
    assert number is not None
    assert 0.0 < number.confidence <= 1.0
    assert len(number.alternatives) <= 5
    assert sum(each.probability for each in number.alternatives) <= 1.0 - number.confidence + 1e-9
    assert number.text not in {each.text for each in number.alternatives}


def test_many_strips_ask_the_model_once() -> None:
    asked = []

    def predict(images: NDArray[np.float32]) -> list[Prediction]:
        asked.append(len(images))
        return [Prediction(np.eye(11)[7]) for _ in images]

    numbers = StripReader(predict).read([Strip(write("77"), STILL) for _ in range(5)])
    assert [number.text for number in numbers if number] == ["77"] * 5
    assert len(asked) == 1


def test_sparing_cuts_only_where_there_is_doubt(reader: StripReader) -> None:
    ink = np.hstack([write("2047"), write("77", gap=-2)])
    (freely,) = reader.hypotheses([Strip(ink, STILL)])
    (sparingly,) = reader.hypotheses([Strip(ink, STILL)], sparing=True)
    assert freely is not None
    assert sparingly is not None
    assert [each.hypotheses[0].digits for each in (freely, sparingly)] == ["204777", "204777"]
    assert len(sparingly.segments) < 0.7 * len(freely.segments)
