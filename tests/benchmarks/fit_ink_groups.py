"""Fits what tells strokes of one digit from strokes of two: `reading/ink/weights.py`.

`python tests/benchmarks/fit_ink_groups.py --model FILE WRITERS … [--count 220]`, where WRITERS are
such as 1-24 or 3,6,9. Each of these writers sets numbers of one to seven digits side by side, some
with signs between, some with a stroke that is written late; and things that are no digit, which are
to stay whole. A model may be named several times. It should not have learned from these writers: on
hands that it knows it is surer than on others.

The weights are those under which the right ways to part what is read as one row are likeliest. The
confidence is fitted on digits of writers that the weights were not, a quarter at a time.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from likeliest_weights import Example, fit_confidence, fit_weights
from pen_numbers import (
    MISLABELLED,
    Strokes,
    Written,
    height_of,
    late_digit,
    load_pens,
    side_by_side,
    standing,
)

if TYPE_CHECKING:
    from handwrite_gui.domain.prediction import Prediction
    from handwrite_gui.reading.ink.groups import Group
    from handwrite_gui.reading.ink.rows import Run

SEED = 11
#: Shares of the examples that are no digit, and of the numbers that have one beside them.
NO_DIGITS, NO_DIGIT_BESIDE = 0.15, 0.03
#: Of numbers this share has one digit: that is what is written most.
SINGLE = 0.3
#: Of signs this share stands between digits; and every other dash before them.
BETWEEN = 0.9
#: Chosen on writers that the weights were not fitted on.
SHRINK = 2e-4
PARTS = 4


def numbers(writers: range, count: int, seed: int = SEED) -> Iterator[Written]:
    """Write numbers to learn from."""
    rng = np.random.default_rng(seed)
    pens = {
        writer: [digit for at, digit in enumerate(digits) if (writer, at) not in MISLABELLED]
        for writer, digits in load_pens(writers).items()
    }
    names = sorted(pens)
    for nth in range(count):
        digits = pens[names[rng.integers(len(names))]]
        if rng.random() < NO_DIGITS:
            yield no_digit(rng)
            continue
        length = 1 if rng.random() < SINGLE else rng.integers(2, 8)
        chosen = [digits[at] for at in rng.integers(len(digits), size=length)]
        marks = [(str(label), _standing(strokes, nth, rng)) for label, strokes in chosen]
        height = float(np.mean([height_of(strokes) for _, strokes in marks]))
        late = late_digit(marks, rng) if rng.random() < 0.15 else None
        gaps = (rng.uniform(-0.12, 0.45, len(marks) - 1) * height).tolist()
        if rng.random() < 0.3:
            late = None
            for _ in range(rng.integers(1, 3)):
                kind, strokes = sign(height, rng)
                inner = range(1, len(marks)) if rng.random() < BETWEEN else range(len(marks) + 1)
                if kind == "-" and rng.random() < 0.5:
                    inner = range(1)
                if inner:
                    at = int(rng.choice(inner))
                    marks.insert(at, (kind, strokes))
                    gaps.insert(max(0, at - 1), float(rng.uniform(0.02, 0.45) * height))
        elif rng.random() < NO_DIGIT_BESIDE:
            late = None
            strange = standing(no_digit_form(rng), height * float(rng.uniform(0.6, 1.2)))
            marks.insert(0 if rng.random() < 0.5 else len(marks), ("?", strange))
            gaps.append(float(rng.uniform(0.05, 0.45) * height))
        yield side_by_side(marks, gaps, late)


def _standing(strokes: Strokes, nth: int, rng: np.random.Generator) -> Strokes:
    """Digits as large as they were written, or all about as high; not quite on the line."""
    placed = standing(strokes, None if nth % 2 else float(rng.uniform(85, 115)))
    aside = np.array([0.0, 0.05 * height_of(placed)])
    return [stroke + rng.normal() * aside for stroke in placed]


def sign(height: float, rng: np.random.Generator) -> tuple[str, Strokes]:
    """A point, a comma, a dash or a slash, as a hand makes them beside digits of some height."""
    kind = ".,-/"[rng.choice(4, p=(0.35, 0.25, 0.25, 0.15))]
    if kind == ".":
        size = rng.uniform(0.0, 0.1)
        line = np.cumsum(rng.normal(0, 1, (rng.integers(1, 6), 2)), axis=0)
        line = line / max(np.ptp(line, axis=0).max(), 1.0) * size + (0, rng.normal(-0.05, 0.04))
    elif kind == ",":
        line = np.linspace((rng.uniform(0.0, 0.08), rng.uniform(-0.15, 0.02)), (0, 0.0), 6)
        line[-1] = line[0] + (-rng.uniform(0.02, 0.16), rng.uniform(0.12, 0.35))
        line = np.linspace(line[0], line[-1], 6) + rng.normal(0, 0.008, (6, 2))
    elif kind == "-":
        wide, y = rng.uniform(0.25, 0.7), rng.normal(-0.48, 0.08)
        line = np.linspace((0, y), (wide, y + rng.normal(0, 0.04) * wide), 8)
        line = line + rng.normal(0, 0.01, (8, 2))
    else:
        wide, high = rng.uniform(0.35, 0.8), rng.uniform(1.05, 1.5)
        foot = rng.uniform(0.0, 0.25)
        line = np.linspace((wide, foot - high), (0.0, foot), 10) + rng.normal(0, 0.01, (10, 2))
    return kind, [line * height]


def no_digit(rng: np.random.Generator) -> Written:
    """Something of several strokes that is no digit: to be kept whole."""
    return side_by_side([("?", [stroke * 100.0 for stroke in no_digit_form(rng)])], [])


def no_digit_form(rng: np.random.Generator) -> Strokes:
    """A letter or a shape of several strokes, a unit high."""
    from handwrite_gui.recognition.forms.hand import written
    from handwrite_gui.recognition.forms.letters import letter_form
    from handwrite_gui.recognition.forms.shapes import shape_form

    while True:
        form = written((letter_form if rng.random() < 0.5 else shape_form)(rng), rng)
        if len(form) > 1:
            return list(form)


@dataclass
class Looked:
    """Ink that a model looked at, all in one row.

    Attributes:
        written: The ink.
        writer: Who wrote it.
        run: Its pieces.
        groups: What was looked at.
        predictions: What the model said of each.
    """

    written: Written
    writer: int
    run: "Run"
    groups: "list[Group]"
    predictions: "list[Prediction]"


def main() -> None:
    from handwrite_gui.reading.ink import features
    from handwrite_gui.reading.ink.weights import WEIGHTS
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", nargs=2, action="append", metavar=("FILE", "WRITERS"))
    parser.add_argument("--count", type=int, default=220, help="numbers of each writer")
    args = parser.parse_args()
    looked = []
    for seed, (file, writers) in enumerate(args.model, SEED):
        reader = Reader(load_recogniser(Path(file)))
        for writer in writers_of(writers):
            for written in numbers(range(writer, writer + 1), args.count, 100 * seed + writer):
                each = look_at(written, writer, reader)
                looked += [] if each is None else [each]
    pairs = [(each, example_of(each)) for each in looked]
    examples = [(each.writer, example) for each, example in pairs if example is not None]
    print(f"{len(looked)} in one row; {len(examples)} whose right way is among those looked at")
    start = WEIGHTS if len(WEIGHTS) == len(features.NAMES) else np.zeros(len(features.NAMES))
    shares, is_right = [], []
    for part in range(PARTS):
        weights = fit_weights(
            [example for writer, example in examples if writer % PARTS != part], start, SHRINK
        )
        for each in looked:
            if each.writer % PARTS == part and each.written.text.isdigit():
                share, right = read(each, weights)
                if share is not None:
                    shares.append(share)
                    is_right.append(right)
    slope, offset = fit_confidence(np.array(shares), np.array(is_right, float))
    print(f"read right by weights of other writers: {np.mean(is_right):.2%} of {len(shares)}")
    weights = fit_weights([example for _, example in examples], start, SHRINK)
    for name, weight in zip(features.NAMES, weights, strict=True):
        print(f"        {weight:.3f},  # {name}")
    print(f"SLOPE, OFFSET = {slope:.2f}, {offset:.2f}")


def writers_of(text: str) -> list[int]:
    """Such as 1-24 or 3,6,9."""
    first, dash, last = text.partition("-")
    return (
        list(range(int(first), int(last) + 1)) if dash else [int(each) for each in text.split(",")]
    )


def look_at(written: Written, writer: int, reader) -> Looked | None:
    """Have a model look at all groups of some ink; None where it is in several rows."""
    from handwrite_gui.reading.ink.groups import find_groups
    from handwrite_gui.reading.ink.images import group_image, strokes_of
    from handwrite_gui.reading.ink.pieces import pieces_of
    from handwrite_gui.reading.ink.rows import find_rows, find_runs

    pieces = pieces_of(written.ink)
    runs = [run for row in find_rows(pieces) for run in find_runs(row)]
    if len(runs) > 1:
        return None
    (run,) = runs
    groups = find_groups(run)
    images = {group.pieces: None for group in groups}
    drawn = np.array([group_image(written.ink, strokes_of(run, at)) for at in images])
    said = dict(zip(images, reader.predict(drawn), strict=True))
    return Looked(written, writer, run, groups, [said[group.pieces] for group in groups])


def example_of(looked: Looked) -> Example | None:
    """What the weights are fitted on, or None where the right way is not among those looked at."""
    from handwrite_gui.reading.ink.features import features_of
    from handwrite_gui.reading.ink.groups import SIGNS, Group
    from handwrite_gui.reading.ink.lattice import build_lattice

    run, groups = looked.run, looked.groups
    place = {piece.strokes[0]: at for at, piece in enumerate(run.pieces)}
    index = {group: at for at, group in enumerate(groups)}
    right = []
    for text, strokes in zip(looked.written.text, looked.written.groups, strict=True):
        sign = text if text in SIGNS else ""
        group = Group(tuple(sorted(place[at] for at in strokes)), sign)
        if group not in index:
            return None
        right.append(index[group])
    table = features_of(run, groups, looked.predictions)
    return Example(table, build_lattice(len(run.pieces), [each.pieces for each in groups]), right)


def read(looked: Looked, weights: np.ndarray) -> tuple[float | None, bool]:
    """The likeliest text's share, None where it is one mark, and whether that text is right."""
    from handwrite_gui.reading.ink.numbers import read_run
    from handwrite_gui.reading.ink.weights import Scoring

    text = read_run(looked.run, looked.groups, looked.predictions, Scoring(weights))
    said = "".join(mark.text for mark in text.marks)
    return text.probability if len(text.marks) > 1 else None, said == looked.written.text


if __name__ == "__main__":
    main()
