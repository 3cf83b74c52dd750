"""A canvas of 200 digits after one more stroke, beside one digit; and ink of any size.

`python tests/benchmarks/ink_of_200.py [--large]`. Both are read by the shipped model in one run, in
turns. What is timed is `Reader.read_ink` of ink that has one stroke more than it had at the last
reading, and of ink that is all new and has one digit. With `--large` also: ten thousand strokes, a
stroke of a hundred thousand points while it grows, and a million points.
"""

import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from measure import compare
from pen_numbers import PEN_WIDTH, load_pens, standing

if TYPE_CHECKING:
    from handwrite_gui.domain.ink import Ink, Stroke
    from handwrite_gui.reading.reader import Reader

DIGITS, ROW, HEIGHT, GAP, ROW_GAP = 200, 20, 60.0, 12.0, 90.0
TURNS, MOST_RATIO = 40, 3.0


def page_of(count: int, seed: int = 3) -> "list[Stroke]":
    """Digits in rows of twenty, each row one Number."""
    from handwrite_gui.domain.ink import Stroke

    rng = np.random.default_rng(seed)
    pens = [digit for digits in load_pens(range(19, 25)).values() for digit in digits]
    strokes, right = [], 0.0
    for nth in range(count):
        row, column = divmod(nth, ROW)
        right = right if column else 0.0
        _, digit = pens[rng.integers(len(pens))]
        placed = standing(digit, HEIGHT)
        strokes += [Stroke.from_xy(each + np.array([right, row * ROW_GAP])) for each in placed]
        right += float(np.ptp(np.concatenate(placed)[:, 0])) + GAP
    return strokes


def one_more_stroke(reader: "Reader") -> None:
    """Compare a page after one more stroke with one digit."""
    from handwrite_gui.domain.ink import Ink, Stroke

    page = page_of(DIGITS + TURNS)
    start = len(page_of(DIGITS))
    pens = [digit for _, digit in load_pens(range(19, 20))[19]]
    single, grown = [], []
    reader.read_ink(Ink(tuple(page[:start]), 1, PEN_WIDTH))
    for turn in range(TURNS):
        ink = Ink(tuple(page[: start + 1 + turn]), 2 + turn, PEN_WIDTH)
        digit = Ink(tuple(map(Stroke.from_xy, pens[turn])), 1, PEN_WIDTH)
        grown.append(_ms(reader, ink))
        single.append(_ms(type(reader)(reader._recogniser), digit))
    compare(
        f"{DIGITS} digits after one more stroke", grown[5:], "one digit", single[5:], MOST_RATIO
    )


def large(reader: "Reader") -> None:
    """Print how long large ink takes."""
    from handwrite_gui.domain.ink import Ink, Stroke

    many = tuple(page_of(7_200))
    print(f"{len(many)} strokes in rows: {_ms(reader, Ink(many, 1, PEN_WIDTH)):.0f} ms")
    more = (*many, Stroke.from_xy(np.array([[0.0, -90.0], [10.0, -40.0]])))
    print(f"and after one more: {_ms(reader, Ink(more, 2, PEN_WIDTH)):.0f} ms")
    rng = np.random.default_rng(1)
    walk = np.cumsum(rng.normal(0, 1, (100_000, 2)), axis=0)
    beside = tuple(page_of(20))
    for points in (1_000, 50_000, 100_000):
        ink = Ink((*beside, Stroke.from_xy(walk[:points])), points, PEN_WIDTH)
        print(f"a stroke of {points} points beside 20 digits: {_ms(reader, ink):.0f} ms")
    scattered = []
    for _ in range(10_000):
        turn = np.cumsum(rng.normal(0, 0.1, 100))
        line = np.stack([np.cos(turn), np.sin(turn)], axis=1).cumsum(axis=0) / 2
        scattered.append(Stroke.from_xy(line + rng.uniform((50, 50), (950, 650))))
    ink = Ink(tuple(scattered), 1, PEN_WIDTH)
    print(f"a million points in 10,000 strokes, all over: {_ms(reader, ink):.0f} ms")
    print(f"and after one more: {_ms(reader, Ink((*ink.strokes, more[-1]), 2, PEN_WIDTH)):.0f} ms")


def _ms(reader: "Reader", ink: "Ink") -> float:
    began = time.perf_counter()
    reader.read_ink(ink)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    from handwrite_gui.paths import default_model
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    reader = Reader(load_recogniser(default_model(), one_thread=True))
    one_more_stroke(reader)
    if "--large" in sys.argv:
        large(reader)


if __name__ == "__main__":
    main()
