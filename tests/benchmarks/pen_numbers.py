"""Numbers put together from the UCI pen digits, each of one writer, for fitting and measuring."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from measure import CHECKOUT

if TYPE_CHECKING:
    from handwrite_gui.domain.ink import Ink

DATA = Path(os.environ.get("HANDWRITE_DATA", CHECKOUT.parent / "shared" / "data"))
PEN_WIDTH = 12.0
#: Writer and place of digits whose label is wrong by eye: a 5 that is labelled 6, a 2 labelled 3.
MISLABELLED = {(24, 182), (30, 43)}
Strokes = list[np.ndarray]


@dataclass
class Written:
    """Ink, and what it says.

    Attributes:
        ink: All strokes, in the order in which they were written.
        text: The digits and signs, from left to right.
        groups: For each of them the indices of its strokes.
    """

    ink: "Ink"
    text: str
    groups: list[tuple[int, ...]]


def load_pens(writers: range) -> dict[int, list[tuple[int, Strokes]]]:
    """The digits of each writer, as labels and strokes."""
    with np.load(DATA / "pendigits_train.npz", allow_pickle=False) as file:
        strokes = np.split(file["points"].astype(float), file["stroke_start"][1:-1])
        first, labels, of = file["sample_start"], file["label"], file["writer"]
    pens: dict[int, list[tuple[int, Strokes]]] = {}
    for at, (label, writer) in enumerate(zip(labels.tolist(), of.tolist(), strict=True)):
        if writer in writers:
            pens.setdefault(writer, []).append((label, strokes[first[at] : first[at + 1]]))
    return pens


def side_by_side(
    marks: list[tuple[str, Strokes]], gaps: list[float], late: int | None = None
) -> Written:
    """Set marks side by side.

    Args:
        marks: What each is, and its strokes; its y is that of the row.
        gaps: Before each but the first, in the row's unit.
        late: Which mark's last stroke is written at the end, if any.
    """
    from handwrite_gui.domain.ink import Ink, Stroke

    strokes: Strokes = []
    groups: list[list[int]] = []
    right = 0.0
    for (_, mark), gap in zip(marks, [0.0, *gaps], strict=True):
        points = np.concatenate(mark)
        by = np.array([right + gap - points[:, 0].min(), 0.0])
        right = float(points[:, 0].max() + by[0])
        groups.append(list(range(len(strokes), len(strokes) + len(mark))))
        strokes.extend(stroke + by for stroke in mark)
    order = list(range(len(strokes)))
    if late is not None:
        order.append(order.pop(groups[late][-1]))
    place = {old: new for new, old in enumerate(order)}
    ink = Ink(tuple(Stroke.from_xy(strokes[old]) for old in order), 1, PEN_WIDTH)
    return Written(
        ink,
        "".join(text for text, _ in marks),
        [tuple(sorted(place[old] for old in group)) for group in groups],
    )


def standing(strokes: Strokes, height: float | None = None) -> Strokes:
    """Put a digit's foot at y = 0, and scale it to a height, if one is given."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = 1.0 if height is None else height / max(*(high - low), 1.0)
    return [(stroke - (low[0], high[1])) * scale for stroke in strokes]


def height_of(strokes: Strokes) -> float:
    """How high a digit is."""
    return float(np.ptp(np.concatenate(strokes)[:, 1]))


def late_digit(marks: list[tuple[str, Strokes]], rng: np.random.Generator) -> int | None:
    """One of the digits of several strokes but the last, or the last, or None."""
    several = [at for at, (_, strokes) in enumerate(marks) if len(strokes) > 1]
    earlier = [at for at in several if at < len(marks) - 1] or several
    return int(rng.choice(earlier)) if earlier else None
