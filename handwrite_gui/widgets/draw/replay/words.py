"""What a replay says in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handwrite_gui.domain.opinions import Opinion
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction, percent
from handwrite_gui.domain.reading import confidence_in_words
from handwrite_gui.widgets.answer_words import sign_named

#: Probabilities from this on are told.
_WORTH_TELLING = 0.01


def seconds(moment_ms: float) -> str:
    """Write a moment, in ms, for a person."""
    return f"{moment_ms / 1000:.2f} s"


def name_of(digit: int | None, sign: str = "") -> str:
    """Name a digit, or a sign, or that there is none."""
    if digit is None or digit == NO_DIGIT:
        return sign_named(sign) if sign else "no digit"
    return str(digit)


def describe_opinion(opinion: Opinion, before: Opinion | None = None) -> str:
    """Tell what was held, since when, and how surely at most, and whether of another digit."""
    is_next = before is not None and before.nth != opinion.nth
    name = f"next: {_name(opinion)}" if is_next else _name(opinion)
    return f"{name[0].upper()}{name[1:]} from {seconds(opinion.since_ms)}{_how_sure(opinion)}"


def describe_opinions(opinions: Sequence[Opinion]) -> str:
    """Tell in one sentence how the mind was changed; "" where nothing was read."""
    if not opinions:
        return ""
    said = ""
    for before, each in pairwise(opinions):
        said += f"{_name(before)} until {seconds(before.until_ms)}"
        if before.nth == each.nth:
            said += ", then "
        else:
            said += "; next: " if each.sign else "; the next digit: "
    said += f"{_name(opinions[-1])}{_how_sure(opinions[-1])}"
    return f"{said[0].upper()}{said[1:]}."


def describe_change(before: Opinion, after: Opinion) -> str:
    """Tell when which digit becomes another, or when the pen goes to the next."""
    if before.nth != after.nth:
        where = _name(after) if after.sign else "another digit"
        return f"At {seconds(after.since_ms)}: the pen is at {where}"
    return f"At {seconds(after.since_ms)}: {_name(before)} becomes {_name(after)}"


def describe_moment(moment_ms: float, prediction: Prediction, sign: str = "") -> str:
    """Tell the probabilities of a moment, the likeliest first, and whether it is of a sign."""
    told = []
    for which in prediction.ranked():
        probability = float(prediction.probabilities[which])
        if probability >= _WORTH_TELLING:
            told.append(f"{name_of(which)} {percent(probability)}")
    what = f", {sign_named(sign)}" if sign else ""
    return f"At {seconds(moment_ms)}{what}: {', '.join(told)}"


def _name(opinion: Opinion) -> str:
    return name_of(opinion.digit, opinion.sign)


def _how_sure(opinion: Opinion) -> str:
    # How sure the model is of a sign nobody knows: it tells of digits only.
    return "" if opinion.sign else f", {confidence_in_words(opinion.confidence)}"
