"""Hints: what a person could do so that ink is read well, each tried out before it is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.mending import closed, groups, splits, turned
from handwrite_gui.domain.prediction import Prediction, percent
from handwrite_gui.domain.reading import Box
from handwrite_gui.reading.explaining.parts import Hint, HintKind, Hints, Underway, in_words

if TYPE_CHECKING:
    from handwrite_gui.reading.reader import Reader

MOST_HINTS = 2
#: An answer that is this sure needs no help, and what is done otherwise must be read this surely.
SURE = 0.9
#: Turned ink is tried so often that it must be read yet more surely.
SURE_TURNED = 0.95
#: Ink that is less than so many pen widths large is too small for its pen.
SMALL = 3.0
#: A piece that is lower than this share of all ink is no digit beside others.
LEAST_HEIGHT = 0.5
#: Ink that is narrower than this share of its height is not two digits that touch.
LEAST_ASPECT = 0.9
#: Digits that together look like one lie at least this share of their height apart.
SURE_GAP = 0.1
#: Nearer to the paper's edge, in canvas units, ink was cut off: a pen beyond it draws just on it.
EDGE = 0.05
#: More digits side by side are not read one by one, and of more strokes nobody makes a digit.
_MOST_GROUPS, _MOST_STROKES = 6, 12
#: Of the gaps in a drawing so many are bridged, for each takes a reading.
_MOST_GAPS = 6
_LOOPS = (0, 6, 8, 9)
#: Turns that are tried, in degrees clockwise: of two that do as well the smaller is meant.
_TURNS = (
    {15: "a little to the right", -15: "a little to the left"},
    {30: "by 30° to the right", -30: "by 30° to the left"},
)
_FAR_TURNS = (
    {90: "by a quarter to the right", -90: "by a quarter to the left", 180: "upside down"},
)


def hints(
    reader: Reader, ink: Ink, prediction: Prediction, paper: Box
) -> Iterator[Underway | Hints]:
    """Look for what a person could do.

    Args:
        reader: Tries out what is said.
        ink: At least one stroke.
        prediction: What is read of it.
        paper: The paper that was seen, in canvas units.

    Yields:
        `Underway` after each try that was read, and at the end the hints.
    """
    if ink.is_dot:
        dot = "This is only a dot: write a digit larger than the pen is wide."
        yield Hints((Hint(HintKind.DOT, dot),))
        return
    found: list[Hint] = []
    for each in _found(reader, ink, prediction, paper):
        if isinstance(each, Underway):
            yield each
            continue
        found.append(each)
        if len(found) == MOST_HINTS:
            break
    if not found and prediction.digit is None:
        found = [_no_digit(prediction)]
    yield Hints(tuple(found))


def _found(
    reader: Reader, ink: Ink, prediction: Prediction, paper: Box
) -> Iterator[Underway | Hint]:
    """All hints, the most urgent first; none is looked for before it is asked for."""
    are_two = False
    for each in _two_digits(reader, ink, prediction):
        are_two = are_two or isinstance(each, Hint)
        yield each
    yield from _cut_off(ink, paper)
    if not are_two and not _is_sure(prediction):
        yield from _too_small(ink)
        yield from _not_closed(reader, ink)
        yield from _turned(reader, ink, prediction)


def _is_sure(prediction: Prediction, least: float = SURE) -> bool:
    return prediction.digit is not None and prediction.confidence >= least


def _read(reader: Reader, ink: Ink) -> Prediction:
    digit = reader.read_one_digit(ink).first_digit
    assert digit is not None
    return digit.prediction


def _two_digits(reader: Reader, ink: Ink, prediction: Prediction) -> Iterator[Underway | Hint]:
    for parted in _side_by_side(ink, prediction):
        if not all(each.box[3] >= LEAST_HEIGHT * ink.box[3] for each in parted):
            continue
        read: list[Prediction] = []
        for each in parted:
            read.append(_read(reader, each))
            yield Underway()
            if not _is_sure(read[-1]):
                break
        else:
            *first, last = (str(each.digit) for each in read)
            what = f"{', '.join(first)} and {last}"
            yield Hint(HintKind.TWO_DIGITS, f"This looks like {what}: write one digit at a time.")
            return


def _side_by_side(ink: Ink, prediction: Prediction) -> Iterator[Sequence[Ink]]:
    """Ways in which ink may be several digits: by the gaps between or, without any, by strokes.

    What is surely one digit is only two where they lie far apart, for a 4 may have a gap.
    """
    if _is_sure(prediction):
        found = groups(ink, SURE_GAP * ink.box[3])
        if 1 < len(found) <= _MOST_GROUPS:
            yield found
        return
    found = groups(ink, ink.pen_width or 0.0)
    if 1 < len(found) <= _MOST_GROUPS:
        yield found
    elif ink.box[2] >= LEAST_ASPECT * ink.box[3] and len(ink.strokes) <= _MOST_GROUPS:
        yield from splits(ink)


def _cut_off(ink: Ink, paper: Box) -> Iterator[Hint]:
    x, y = ink.xy.T
    left, upper, width, height = paper
    for edge, distance in (
        ("left", x - left),
        ("upper", y - upper),
        ("right", left + width - x),
        ("lower", upper + height - y),
    ):
        # A single point may lie there by chance; a pen that went on leaves a line along the edge.
        if int((abs(distance) <= EDGE).sum()) >= 2:
            yield Hint(
                HintKind.CUT_OFF,
                f"The pen left the paper at its {edge} edge, and what lay beyond is not read: "
                "write it whole.",
            )
            return


def _too_small(ink: Ink) -> Iterator[Hint]:
    side = max(ink.box[2:])
    if ink.pen_width is not None and side < SMALL * ink.pen_width:
        yield Hint(
            HintKind.TOO_SMALL,
            f"This is only {side / ink.pen_width:.1f} times as large as the pen is wide: write "
            "larger, or choose a thinner pen in the settings.",
        )


def _not_closed(reader: Reader, ink: Ink) -> Iterator[Underway | Hint]:
    if len(ink.strokes) > _MOST_STROKES:
        return
    gaps_bridged = list(islice(closed(ink), _MOST_GAPS))
    yield Underway()  # To look for them among very many points takes as long as reading does.
    for bridged in gaps_bridged:
        read = _read(reader, bridged)
        yield Underway()
        if read.digit in _LOOPS and _is_sure(read):
            yield Hint(
                HintKind.NOT_CLOSED,
                f"A loop is not closed: closed, it would be read as {in_words(read)}.",
            )
            return


def _turned(reader: Reader, ink: Ink, prediction: Prediction) -> Iterator[Underway | Hint]:
    # What lies on its side or its head is refused as a rule; what is read may stand as it should.
    for turns in _TURNS if prediction.digit is not None else _TURNS + _FAR_TURNS:
        read: dict[int, Prediction] = {}
        for degrees in turns:
            read[degrees] = _read(reader, turned(ink, degrees))
            yield Underway()
        sure = [degrees for degrees in turns if _is_sure(read[degrees], SURE_TURNED)]
        if sure:
            best = max(sure, key=lambda degrees: read[degrees].confidence)
            yield Hint(
                HintKind.TURNED,
                f"It does not stand upright: turned {turns[best]}, it would be read as "
                f"{in_words(read[best])}.",
            )
            return


def _no_digit(prediction: Prediction) -> Hint:
    nearest = prediction.best_of_ten
    chance = percent(float(prediction.probabilities[nearest]))
    near = "" if chance == percent(0.0) else f"; the nearest is {nearest} ({chance})"
    return Hint(HintKind.NO_DIGIT, f"It looks like none of the ten digits{near}.")
