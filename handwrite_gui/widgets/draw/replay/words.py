"""What a replay says in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handwrite_gui.domain.opinions import Opinion
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction, percent
from handwrite_gui.domain.reading import confidence_in_words

#: Probabilities from this on are told.
_WORTH_TELLING = 0.01


def seconds(moment_ms: float) -> str:
    """Write a moment, in ms, for a person."""
    return f"{moment_ms / 1000:.2f} s"


def name_of(digit: int | None) -> str:
    """Name a digit, or that there is none."""
    return "no digit" if digit is None or digit == NO_DIGIT else str(digit)


def describe_opinion(opinion: Opinion, before: Opinion | None = None) -> str:
    """Tell what was held, since when, and how surely at most, and whether of another digit."""
    is_next = before is not None and before.nth != opinion.nth
    name = f"next: {name_of(opinion.digit)}" if is_next else name_of(opinion.digit)
    since, sure = seconds(opinion.since_ms), confidence_in_words(opinion.confidence)
    return f"{name[0].upper()}{name[1:]} from {since}, {sure}"


def describe_opinions(opinions: Sequence[Opinion]) -> str:
    """Tell in one sentence how the mind was changed; "" where nothing was read."""
    if not opinions:
        return ""
    said = ""
    for before, each in pairwise(opinions):
        said += f"{name_of(before.digit)} until {seconds(before.until_ms)}"
        said += ", then " if before.nth == each.nth else "; the next digit: "
    last = opinions[-1]
    said += f"{name_of(last.digit)}, {confidence_in_words(last.confidence)}"
    return f"{said[0].upper()}{said[1:]}."


def describe_change(before: Opinion, after: Opinion) -> str:
    """Tell when which digit becomes another, or when the pen goes to the next."""
    if before.nth != after.nth:
        return f"At {seconds(after.since_ms)}: the pen is at another digit"
    return f"At {seconds(after.since_ms)}: {name_of(before.digit)} becomes {name_of(after.digit)}"


def describe_moment(moment_ms: float, prediction: Prediction) -> str:
    """Tell the probabilities of a moment, the likeliest first."""
    told = []
    for which in prediction.ranked():
        probability = float(prediction.probabilities[which])
        if probability >= _WORTH_TELLING:
            told.append(f"{name_of(which)} {percent(probability)}")
    return f"At {seconds(moment_ms)}: {', '.join(told)}"
