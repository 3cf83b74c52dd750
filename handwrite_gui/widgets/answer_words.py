"""What is said beside an answer: what else it might be, and how it is put right."""

from __future__ import annotations

import re

from handwrite_gui.domain.prediction import NO_DIGIT, Prediction, percent
from handwrite_gui.domain.reading import Digit, Number

#: Another digit is named beside the answer from this probability on.
WORTH_NAMING = 0.05
#: What the signs are called that are read in ink; screen readers leave them out.
SIGN_NAMES = {".": "point", ",": "comma", "-": "dash", "/": "slash"}
#: Where a label may break a line, and where nothing is seen; and where it may not.
_BREAK, _NO_BREAK = "\u200b", "\u00a0"


def second_guess(number: Number, digit: Digit) -> str:
    """Name what else it might be, "no digit" included, if that is worth it."""
    if digit in number.signs:
        return sign_in_words(number.letter_of(digit))
    if digit.said is not None:
        return _said_in_words(digit.said, digit.prediction)
    others = [each for each in number.alternatives if each.text != number.text]
    if others:
        best = others[0]
        name, probability = best.text, best.probability
    else:
        figure = number.figures[number.digits.index(digit)]
        second = next(kind for kind in digit.prediction.ranked() if kind != figure)
        probability = float(digit.prediction.probabilities[second])
        name = "no digit" if second == NO_DIGIT else str(second)
    if probability < WORTH_NAMING:
        return ""
    which = "It" if others or len(number.digits) == 1 else f"The {figure}"
    return f"{which} might also be {name} ({percent(probability)})."


def _said_in_words(said: int, read: Prediction) -> str:
    """Tell what a person said, and what the model held it to be where that is another."""
    if read.digit == said:
        return f"You said {said}."
    name = "no digit" if read.digit is None else str(read.digit)
    return f"You said {said}; the model read {name} ({percent(read.confidence)})."


def hint_for(number: Number | None, digit: Digit | None, *, is_typed_over: bool) -> str:
    """Say how an answer is put right, and in a longer number of which digit the bars tell."""
    key = "type the whole number" if is_typed_over else "press its key"
    if number is not None and digit in number.signs:
        return f"Is it a digit? Click the right bar, or {key}."
    if number is None or digit is None or len(number.digits) == 1:
        return f"Wrong? Click the right digit's bar, or {key}."
    place = f"{number.digits.index(digit) + 1} of {len(number.digits)}"
    return f"This is digit {place}. Wrong? Click the right bar, or {key}."


def breakable(text: str) -> str:
    """Let a file's long name be broken anywhere, and no per cent off their number.

    A label breaks lines between words only.
    """
    text = text.replace(" %", f"{_NO_BREAK}%")
    return re.sub(r"\S{30,}", lambda run: re.sub("(.{16})", f"\\1{_BREAK}", run[0]), text)


def unbroken(text: str) -> str:
    """Return a text as it was before `breakable`."""
    return text.replace(_BREAK, "").replace(_NO_BREAK, " ")


def sign_in_words(letter: str) -> str:
    """Say that a sign was read."""
    return f"“{letter}” was read here, a sign and no digit."


def sign_named(letter: str) -> str:
    """Say what a sign is, as "a dash"."""
    return f"a {SIGN_NAMES[letter]}" if letter in SIGN_NAMES else f"“{letter}”"
