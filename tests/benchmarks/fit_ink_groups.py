"""Fits what tells strokes of one digit from strokes of two: `reading/ink/weights.py`.

`python tests/benchmarks/fit_ink_groups.py [--writers 1-18] [--count 3000]`. Numbers of one to seven
digits of one pen writer each are set side by side, some with signs between, some with a stroke that
is written late; and things that are no digit, which are to stay whole. What is not read as one
row is left out. The weights are those under which the right ways to part the rest are likeliest.
"""

import argparse
from collections.abc import Iterator

import numpy as np
from pen_numbers import Strokes, Written, height_of, late_digit, load_pens, side_by_side, standing

SEED = 11
NO_DIGITS = 0.15
RATE, STEPS, SHRINK = 0.05, 400, 1e-3


def numbers(writers: range, count: int, seed: int = SEED) -> Iterator[Written]:
    """Write numbers to learn from."""
    rng = np.random.default_rng(seed)
    pens = load_pens(writers)
    names = sorted(pens)
    for nth in range(count):
        digits = pens[names[rng.integers(len(names))]]
        if rng.random() < NO_DIGITS:
            yield no_digit(rng)
            continue
        chosen = [digits[at] for at in rng.integers(len(digits), size=rng.integers(1, 8))]
        marks = [(str(label), _standing(strokes, nth, rng)) for label, strokes in chosen]
        height = float(np.mean([height_of(strokes) for _, strokes in marks]))
        late = late_digit(marks, rng) if rng.random() < 0.15 else None
        gaps = (rng.uniform(-0.12, 0.45, len(marks) - 1) * height).tolist()
        if rng.random() < 0.3:
            late = None
            for _ in range(rng.integers(1, 3)):
                at = int(rng.integers(0, len(marks) + 1))
                marks.insert(at, sign(height, rng))
                gaps.insert(max(0, at - 1), float(rng.uniform(0.02, 0.45) * height))
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
    from handwrite_gui.recognition.forms.hand import written
    from handwrite_gui.recognition.forms.letters import letter_form
    from handwrite_gui.recognition.forms.shapes import shape_form

    while True:
        form = written((letter_form if rng.random() < 0.5 else shape_form)(rng), rng)
        if len(form) > 1:
            break
    whole = side_by_side([("?", [stroke * 100.0 for stroke in form])], [])
    whole.groups = [tuple(range(len(form)))]
    return whole


def main() -> None:
    from handwrite_gui.paths import default_model
    from handwrite_gui.reading.ink import features
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", default="1-18")
    parser.add_argument("--count", type=int, default=3000)
    args = parser.parse_args()
    first, last = map(int, args.writers.split("-"))
    reader = Reader(load_recogniser(default_model()))
    examples, lost = [], 0
    for written in numbers(range(first, last + 1), args.count):
        example = lattice_of(written, reader)
        if example is None:
            lost += 1
        else:
            examples.append(example)
    print(f"{len(examples)} examples; of {lost} the right way is not among those looked at")
    weights = fit(examples)
    for name, weight in zip(features.NAMES, weights, strict=True):
        print(f"    {weight:.3f},  # {name}")


def lattice_of(written: Written, reader):
    """The features, the lattice and the right groups of some ink, or None."""
    from handwrite_gui.reading.ink.features import features_of
    from handwrite_gui.reading.ink.groups import SIGNS, Group, find_groups
    from handwrite_gui.reading.ink.images import group_image, strokes_of
    from handwrite_gui.reading.ink.lattice import build_lattice
    from handwrite_gui.reading.ink.pieces import pieces_of, shape_of
    from handwrite_gui.reading.ink.rows import find_rows, find_runs

    pieces = pieces_of(written.ink, [shape_of(stroke) for stroke in written.ink.strokes])
    rows = find_rows(pieces)
    runs = [run for row in rows for run in find_runs(row)]
    if len(runs) > 1:
        return None
    (run,) = runs
    groups = find_groups(run)
    place = {piece.strokes[0]: at for at, piece in enumerate(run.pieces)}
    index = {group: at for at, group in enumerate(groups)}
    right = []
    for text, strokes in zip(written.text, written.groups, strict=True):
        sign = text if text in SIGNS else ""
        group = Group(tuple(sorted(place[at] for at in strokes)), sign)
        if group not in index:
            return None
        right.append(index[group])
    images = {group.pieces: None for group in groups}
    drawn = np.array([group_image(written.ink, strokes_of(run, at)) for at in images])
    said = dict(zip(images, reader.predict(drawn), strict=True))
    table = features_of(run, groups, [said[group.pieces] for group in groups])
    lattice = build_lattice(len(run.pieces), [group.pieces for group in groups])
    return table, lattice, right


def fit(examples) -> np.ndarray:
    """Maximise the likelihood of the right ways by Adam (Kingma, Ba 2015)."""
    every = np.concatenate([table for table, _, _ in examples])
    scale = np.maximum(np.sqrt((every**2).mean(axis=0)), 1e-3)
    weights = np.zeros(every.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    batch = 256
    rng = np.random.default_rng(SEED)
    for step in range(1, STEPS + 1):
        chosen = rng.choice(len(examples), min(batch, len(examples)), replace=False)
        gradient, loss = -SHRINK * weights, 0.0
        for at in chosen:
            table, lattice, right = examples[at]
            scaled = table / scale
            chances, total = expected(lattice, scaled @ weights)
            gradient += (scaled[right].sum(axis=0) - chances @ scaled) / len(chosen)
            loss += (total - (scaled[right] @ weights).sum()) / len(chosen)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = RATE * min(1.0, 3 * (1 - step / STEPS) + 0.02)
        weights += rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        if step % 50 == 0:
            print(f"step {step}: {loss:.4f} nats a number")
    return weights / scale


def expected(lattice, scores: np.ndarray) -> tuple[np.ndarray, float]:
    """Each group's probability under some scores, and the logarithm of their sum."""
    from handwrite_gui.reading.ink.lattice import add_logs

    values = scores.tolist()
    forward, backward = {(0, 0): 0.0}, {(lattice.count, 0): 0.0}
    for step in lattice.steps:
        score = forward[step.start] + values[step.group]
        forward[step.end] = add_logs(forward[step.end], score) if step.end in forward else score
    for step in reversed(lattice.steps):
        score = backward[step.end] + values[step.group]
        backward[step.start] = (
            add_logs(backward[step.start], score) if step.start in backward else score
        )
    total = forward[lattice.count, 0]
    chances = np.zeros(len(values))
    for step in lattice.steps:
        score = forward[step.start] + values[step.group] + backward[step.end] - total
        chances[step.group] += np.exp(score)
    return chances, total


if __name__ == "__main__":
    main()
