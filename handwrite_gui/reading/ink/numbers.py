"""Numbers: what the likeliest ways to part and to read a run say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Alternative, Digit, Number
from handwrite_gui.reading.ink.features import features_of
from handwrite_gui.reading.ink.groups import SIGNS, Group
from handwrite_gui.reading.ink.images import strokes_of
from handwrite_gui.reading.ink.lattice import Way, best_ways, build_lattice
from handwrite_gui.reading.ink.pieces import around, box_of
from handwrite_gui.reading.ink.rows import Run
from handwrite_gui.reading.ink.weights import SCORING, Scoring

#: So many ways are found; those that say the same are one text.
MOST_WAYS = 12
MOST_ALTERNATIVES = 5
#: Beside other marks of a run, something is no digit this many times as seldom as alone.
NO_DIGIT_BESIDE = 0.05
#: What a mark is not read as: anything this many times less likely than the likeliest.
_NEGLIGIBLE = 1e-4
_MOST_OPTIONS = 3
#: Parts the texts of what lies on both sides of a mark that is no digit.
_PARTED = "\t"


@dataclass(frozen=True, eq=False, slots=True)
class Mark:
    """A group in the way that was chosen.

    Attributes:
        group: Which pieces of the run.
        label: A digit, `NO_DIGIT`, or beyond that a place in `SIGNS`.
        prediction: What the model says of it.
    """

    group: Group
    label: int
    prediction: Prediction

    @property
    def text(self) -> str:
        """What it is in the text."""
        return _text(self.label)


@dataclass(frozen=True, eq=False, slots=True)
class RunText:
    """What a run says.

    Attributes:
        marks: From left to right.
        probability: That this text is right.
        alternatives: What else it may say, likeliest first.
    """

    marks: tuple[Mark, ...]
    probability: float
    alternatives: tuple[Alternative, ...]


def read_run(
    run: Run,
    groups: Sequence[Group],
    predictions: Sequence[Prediction],
    scoring: Scoring = SCORING,
) -> RunText:
    """Choose the likeliest text of a run.

    Args:
        run: Pieces side by side.
        groups: From `find_groups`.
        predictions: What the model says of each, read as a digit.
        scoring: How groups are weighed, and how far their joint probability is to be believed.
    """
    lattice = build_lattice(len(run.pieces), [group.pieces for group in groups])
    scores = (features_of(run, groups, predictions) @ scoring.weights).tolist()
    ways = best_ways(lattice, scores, _options(run, groups, predictions), MOST_WAYS)
    ordered = _left_to_right(run, groups, ways)
    texts = ["".join([_text(label) for _, label in marks]) for marks in ordered]
    chances: dict[str, float] = {}
    for way, text in zip(ways, texts, strict=True):
        chances[text] = chances.get(text, 0.0) + math.exp(way.log_probability)
    best = max(chances, key=lambda text: chances[text])
    chosen = ordered[texts.index(best)]
    share = min(chances[best], 1.0)
    # One mark alone is what the model says of it, which is calibrated.
    right = scoring.confidence(share) if len(chosen) > 1 else share
    left = (1.0 - right) / max(1.0 - share, 1e-12)
    others = sorted((-chance, text) for text, chance in chances.items() if text != best)
    return RunText(
        tuple(Mark(groups[index], label, predictions[index]) for index, label in chosen),
        right,
        tuple(
            Alternative(text, min(-chance * left, right))
            for chance, text in others
            if _PARTED not in text and any(letter.isdigit() for letter in text)
        )[:MOST_ALTERNATIVES],
    )


def _text(label: int) -> str:
    if label < NO_DIGIT:
        return str(label)
    return _PARTED if label == NO_DIGIT else SIGNS[label - NO_DIGIT - 1]


def _options(
    run: Run, groups: Sequence[Group], predictions: Sequence[Prediction]
) -> list[list[tuple[float, int]]]:
    """What each group may be read as, likeliest first, with the logarithm of the probability."""
    chances = np.array([prediction.probabilities for prediction in predictions])
    beside = np.array([len(group.pieces) < len(run.pieces) for group in groups])
    chances[beside, NO_DIGIT] *= NO_DIGIT_BESIDE
    chances[beside] /= chances[beside].sum(axis=1, keepdims=True)
    ranked = np.argsort(-chances, axis=1, kind="stable")[:, :_MOST_OPTIONS]
    return [
        _options_of(run, *each)
        for each in zip(groups, ranked.tolist(), chances.tolist(), strict=True)
    ]


def _options_of(
    run: Run, group: Group, labels: list[int], chances: list[float]
) -> list[tuple[float, int]]:
    """What a group may be read as: as these labels, of all chances."""
    said = run.pieces[group.pieces[0]].said
    if group.sign:
        return [(0.0, NO_DIGIT + 1 + SIGNS.index(group.sign))]
    if said is not None:
        return [(0.0, said)]
    least = chances[labels[0]] * _NEGLIGIBLE
    return [(math.log(chances[label]), label) for label in labels if chances[label] > least]


def _left_to_right(
    run: Run, groups: Sequence[Group], ways: Sequence[Way]
) -> list[list[tuple[int, int]]]:
    """The groups of each way and their labels, by the middles of their boxes."""
    middles = {
        index: _middle(run, groups[index]) for index in {at for way in ways for at in way.groups}
    }
    return [
        sorted(zip(way.groups, way.labels, strict=True), key=lambda each: middles[each[0]])
        for way in ways
    ]


def _middle(run: Run, group: Group) -> float:
    left, _, right, _ = around([run.pieces[at].shape.sides for at in group.pieces])
    return left / 2 + right / 2


def numbers_of(
    run: Run, text: RunText, images: Sequence[NDArray[np.float32]]
) -> tuple[list[Number], list[Digit]]:
    """Return the Numbers of a run, and the marks in it that are none.

    Args:
        run: What was read.
        text: What it says.
        images: The digit image of each mark.
    """
    numbers, refused = [], []
    parts: list[list[tuple[Mark, NDArray[np.float32]]]] = [[]]
    for mark, image in zip(text.marks, images, strict=True):
        if mark.label == NO_DIGIT:
            refused.append(_digit(run, mark, image))
            parts.append([])
        else:
            parts[-1].append((mark, image))
    is_whole = not refused
    for part in filter(None, parts):
        digits = tuple(_digit(run, *each) for each in part if each[0].label < NO_DIGIT)
        if not digits:
            refused.extend(_digit(run, *each) for each in part)
            continue
        shapes = [run.pieces[at].shape for mark, _ in part for at in mark.group.pieces]
        said = "".join(mark.text for mark, _ in part)
        others = text.alternatives if is_whole else ()
        signs = tuple(
            replace(_digit(run, mark, image), prediction=mark.prediction)
            for mark, image in part
            if mark.label > NO_DIGIT
        )
        box = box_of(shapes)
        numbers.append(Number(said, text.probability, box, digits, others, signs=signs))
    return numbers, refused


def _digit(run: Run, mark: Mark, image: NDArray[np.float32]) -> Digit:
    pieces = [run.pieces[at] for at in mark.group.pieces]
    return Digit(
        box_of(piece.shape for piece in pieces),
        image,
        Prediction.certainly_no_digit() if mark.group.sign else mark.prediction,
        strokes_of(run, mark.group.pieces),
        pieces[0].said,
    )
