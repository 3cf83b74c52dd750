"""How often the panel "Why?" hints at something, and how long ink waits while it explains.

Hints are counted on digits that are read right, where there should be none; and on two digits side
by side, which should be named.
"""

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from measure import CHECKOUT

if TYPE_CHECKING:
    from handwrite_gui.domain.ink import Ink
    from handwrite_gui.reading.reader import Reader

DATA = Path(os.environ.get("HANDWRITE_DATA", CHECKOUT.parent / "shared" / "data"))
FORMS, PAIRS, SIDE, PEN_WIDTH = 500, 200, 200.0, 12.0
PAPER = (0.0, 0.0, 2_000.0, 600.0)
EVERY, MOST_HINTED = 3, 0.05


def main() -> None:
    from handwrite_gui.paths import careful_models
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.recognition.careful import CarefulRecogniser
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    models = [load_recogniser(model, one_thread=True) for model in careful_models()]
    reader = Reader(models[0])
    _count("written forms", reader, _forms())
    pens = list(_pen_digits())
    _count(f"pen digits, one of {EVERY}", reader, pens)
    _count_pairs(reader, pens)
    _measure("quickly", reader, pens[0][1])
    _measure("carefully", Reader(CarefulRecogniser(models)), pens[0][1])


def _count(name: str, reader: "Reader", digits: Iterable[tuple[int, "Ink"]]) -> None:
    well_read, kinds, hinted = 0, Counter[str](), 0
    for label, ink in digits:
        said = _hints(reader, ink)
        if reader.read_one_digit(ink).text == str(label):
            well_read += 1
            hinted += bool(said)
            kinds.update(list(said))
    print(
        f"{name}: hints on {hinted} of {well_read} digits read right,"
        f" {hinted / well_read:.1%}, at most {MOST_HINTED:.0%}: {dict(kinds)}"
    )


def _count_pairs(reader: "Reader", pens: list[tuple[int, "Ink"]]) -> None:
    from handwrite_gui.domain.ink import Ink, Stroke

    rng = np.random.default_rng(3)
    named = 0
    for _ in range(PAIRS):
        (one, left), (other, right) = (pens[at] for at in rng.integers(len(pens), size=2))
        by = left.box[0] + left.box[2] + rng.uniform(-10, 60) - right.box[0]
        moved = (Stroke.from_xy(stroke.xy + np.array([by, 0.0])) for stroke in right.strokes)
        pair = Ink((*left.strokes, *moved), 1, PEN_WIDTH)
        said = " ".join(_hints(reader, pair).values())
        named += f"looks like {one} and {other}:" in said
    print(f"two pen digits side by side: both named in {named} of {PAIRS}")


def _hints(reader: "Reader", ink: "Ink") -> dict[str, str]:
    from handwrite_gui.reading.explaining.hints import hints
    from handwrite_gui.reading.explaining.parts import Hints

    digit = reader.read_one_digit(ink).first_digit
    assert digit is not None
    *_, told = hints(reader, ink, digit.prediction, PAPER)
    assert isinstance(told, Hints)
    return {hint.kind.name: hint.sentence for hint in told.hints}


def _measure(name: str, reader: "Reader", ink: "Ink") -> None:
    from handwrite_gui.reading.explaining.explanation import explanation

    list(explanation(ink, PAPER)(reader))  # What was idle for a second is slower at first.
    slices = []
    began = time.perf_counter()
    for _ in explanation(ink, PAPER)(reader):
        slices.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
    print(f"explained {name}: {sum(slices):.0f} ms, ink waits for {max(slices):.0f} ms at most")


def _forms() -> Iterator[tuple[int, "Ink"]]:
    from handwrite_gui.recognition.forms.digits import digit_form
    from handwrite_gui.recognition.forms.hand import written

    rng = np.random.default_rng(5)
    for at in range(FORMS):
        yield at % 10, _ink(written(digit_form(at % 10, rng), rng))


def _pen_digits() -> Iterator[tuple[int, "Ink"]]:
    with np.load(DATA / "pendigits_train.npz", allow_pickle=False) as file:
        strokes = np.split(file["points"].astype(float), file["stroke_start"][1:-1])
        first, labels = file["sample_start"], file["label"]
    for at in range(0, len(labels), EVERY):
        yield int(labels[at]), _ink(strokes[first[at] : first[at + 1]])


def _ink(strokes: list[np.ndarray]) -> "Ink":
    """Strokes of any size as ink on the paper, the longer side `SIDE` long."""
    from handwrite_gui.domain.ink import Ink, Stroke

    points = np.concatenate(strokes)
    low, longer = points.min(axis=0), float(np.ptp(points, axis=0).max())
    placed = ((stroke - low) / longer * SIDE + 100.0 for stroke in strokes)
    return Ink(tuple(map(Stroke.from_xy, placed)), 1, PEN_WIDTH)


if __name__ == "__main__":
    main()
