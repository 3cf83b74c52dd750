"""Eights of two rings, and what must not be taken for one."""

from collections.abc import Callable

import numpy as np
import pytest

from handwrite_gui.domain.ink import Correction, Ink, Stroke
from handwrite_gui.paths import default_model
from handwrite_gui.reading.ink.eights import find_rings
from handwrite_gui.reading.ink.pieces import pieces_of
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.keras_recogniser import load_recogniser

PEN = 6.0


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_recogniser(default_model()))


def ring(x: float, y: float, width: float, height: float) -> Stroke:
    """A ring, begun at its upper right, with its left upper corner here."""
    turn = np.linspace(-0.6, -0.6 - 2 * np.pi, 24)
    line = np.stack([np.cos(turn) + 1, np.sin(turn) + 1], axis=1) / 2
    return Stroke.from_xy(line * (width, height) + (x, y))


def eight(x: float, y: float = 0.0, gap: float = 0.0) -> list[Stroke]:
    return [ring(x + 3, y, 46, 45), ring(x, y + 45 + gap, 50, 55)]


def one(x: float, y: float = 0.0) -> list[Stroke]:
    return [Stroke.from_xy(np.linspace((x + 8, y), (x, y + 100), 12))]


def ink_of(*digits: list[Stroke], corrections: tuple[Correction, ...] = ()) -> Ink:
    strokes = tuple(stroke for digit in digits for stroke in digit)
    return Ink(strokes, 1, PEN, corrections)


def texts(reader: Reader, ink: Ink) -> list[str]:
    return [number.text for number in reader.read_ink(ink).numbers]


@pytest.mark.parametrize("gap", [-4, 0, 6])
@pytest.mark.parametrize(
    ("write", "text"),
    [
        (lambda gap: [eight(0, gap=gap), eight(70, gap=gap)], "88"),
        (
            lambda gap: [eight(0, gap=gap), one(80), eight(110, gap=gap), eight(180, gap=gap)],
            "8188",
        ),
        (lambda gap: [eight(70 * nth, gap=gap) for nth in range(6)], "888888"),
        (lambda gap: [eight(70 * nth, gap=gap)[::-1] for nth in range(3)], "888"),
    ],
    ids=["88", "8188", "six", "from below"],
)
def test_8s_of_two_rings_stand_in_one_row(
    reader: Reader, write: Callable[[int], list[list[Stroke]]], text: str, gap: int
) -> None:
    ink = ink_of(*write(gap))
    assert texts(reader, ink) == [text]
    (number,) = reader.read_ink(ink).numbers
    by_digit = [digit.strokes for digit in number.digits]
    assert sorted(stroke for strokes in by_digit for stroke in strokes) == list(
        range(len(ink.strokes))
    )


@pytest.mark.parametrize("gap", [12, 30])
def test_zeros_in_a_column_stay_zeros(reader: Reader, gap: int) -> None:
    column = ink_of(*[[ring(0, (90 + gap) * nth, 55, 90)] for nth in range(3)])
    assert texts(reader, column) == ["0", "0", "0"]


def test_an_8_is_read_while_it_grows_and_after_its_ring_is_rubbed_out(reader: Reader) -> None:
    first, second = eight(0), eight(70)
    assert texts(reader, ink_of(first, second[:1]))[-1] != "88"
    assert texts(reader, ink_of(first, second)) == ["88"]
    assert texts(reader, ink_of(first, second, one(140))) == ["881"]
    assert "88" not in texts(reader, ink_of(first, second[1:]))
    assert texts(reader, ink_of(second, first)) == ["88"]


def test_rings_that_a_person_named_are_left_alone() -> None:
    rings = eight(0)
    said = ink_of(rings, corrections=tuple(Correction((each,), 0) for each in rings))
    assert find_rings(pieces_of(said)) == []
    assert [each.strokes for each in find_rings(pieces_of(ink_of(rings)))] == [(0, 1)]


def test_strokes_that_are_no_rings_are_not_looked_at() -> None:
    assert find_rings(pieces_of(ink_of(one(0)))) == []
    assert find_rings(pieces_of(ink_of(one(0), one(0, 103)))) == []
    beside = ink_of([ring(0, 0, 46, 45)], [ring(60, 45, 50, 55)])
    assert find_rings(pieces_of(beside)) == []
