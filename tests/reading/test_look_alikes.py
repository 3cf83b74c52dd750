"""Forms that one country writes and another takes for something else."""

from itertools import product

import numpy as np
import pytest

from handwrite_gui import paths
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.keras_recogniser import load_recogniser

#: Strokes through these corners, x to the right and y down; "~" begins a round one.
FORMS = {
    "7 crossed": "0,0 60,0 25,100; 15,50 55,46",
    "7 crossed, with a tick": "0,18 2,0 58,2 30,100; 18,52 56,48",
    "7 uncrossed": "0,4 55,0 20,100",
    "1 with a flag": "5,32 35,0 35,100",
    "1 with a long flag": "0,55 38,0 38,100",
    "1 with a flag and a foot": "8,28 35,0 35,100; 12,100 60,100",
    "1 without either": "30,0 26,100",
    "4 open": "10,0 4,60 58,58; 42,22 40,100",
    "4 open, round": "~ 8,0 4,40 14,60 36,58 52,44; 50,8 46,100",
    "4 closed": "40,0 0,66 62,64; 42,0 42,100",
    "0 slashed": "~ 30,0 4,24 2,70 28,100 56,74 58,26 30,0; 62,0 0,100",
    "0 slashed within": "~ 32,0 6,20 2,66 26,100 56,80 60,30 32,0; 50,22 14,78",
    "0": "~ 30,0 4,24 2,70 28,100 56,74 58,26 30,0",
    "9 with a straight leg": "~ 50,14 30,0 4,12 6,38 30,46 50,24 52,8 + 52,8 50,100",
    "9 with a curved leg": "~ 50,14 30,0 4,12 6,38 30,46 50,24 54,8 54,50 42,86 10,100",
    "9 with a hook": "~ 50,14 30,0 4,12 6,38 30,46 50,24 54,8 56,64 40,98 10,92 2,80",
    "2 with a loop": "~ 4,22 26,0 52,14 46,48 18,86 2,98 0,86 14,80 30,92 64,98",
    "2 without": "~ 4,22 26,0 52,14 46,48 0,100 + 0,100 60,98",
    "3 with a flat top": "0,2 50,0 22,40 + ~ 22,40 50,54 50,84 24,100 0,88",
    "5 in two strokes": "8,2 6,44 + ~ 6,44 34,38 54,64 36,98 0,90; 8,2 54,0",
    "6": "~ 44,0 14,24 2,66 18,98 46,92 50,66 26,54 4,74",
    "8 of two rounds": "~ 30,0 12,10 12,36 30,46 48,36 48,10 30,0; "
    "~ 30,48 6,60 6,90 30,100 54,90 54,60 30,48",
}


def ink_of(form: str, slant: float, aspect: float, size: float) -> Ink:
    strokes = []
    for stroke in form.split(";"):
        pieces = []
        for piece in stroke.split("+"):
            pairs = [pair.split(",") for pair in piece.split() if pair != "~"]
            corners = np.array(pairs, float)
            pieces.append(rounded(corners) if "~" in piece else corners)
        x, y = np.concatenate(pieces).T
        placed = np.stack([(x * aspect - slant * y) * size + 300, y * size + 200], axis=1)
        strokes.append(placed)
    return Ink(tuple(Stroke.from_xy(stroke) for stroke in strokes))


def rounded(corners: np.ndarray) -> np.ndarray:
    """Cut the corners (Chaikin 1974), but keep the ends."""
    for _ in range(3):
        first, last = corners[:-1], corners[1:]
        cut = np.stack([0.75 * first + 0.25 * last, 0.25 * first + 0.75 * last], axis=1)
        corners = np.concatenate([corners[:1], cut.reshape(-1, 2)[1:-1], corners[-1:]])
    return corners


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_recogniser(paths.default_model()))


@pytest.mark.parametrize("name", FORMS)
def test_read_in_every_hand(reader: Reader, name: str) -> None:
    for slant, aspect, size in product((-0.1, 0.0, 0.25), (0.8, 1.0, 1.2), (0.5, 2.0)):
        reading = reader.read_one_digit(ink_of(FORMS[name], slant, aspect, size))
        assert reading.text == name[0], (slant, aspect, size)
