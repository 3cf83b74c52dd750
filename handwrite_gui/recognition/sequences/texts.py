"""Texts: what people write as numbers, drawn at random."""

from __future__ import annotations

import numpy as np

from handwrite_gui.recognition.sequences.alphabet import DIGITS, OTHER

Rng = np.random.Generator
#: How many digits an amount has, from 1 on; the rest is left to `_long_number`.
_LENGTHS = np.array([3, 6, 16, 24, 26, 13, 8, 4])
#: What is written behind an amount so that nobody adds to it.
_ENDS = ("-", ".-", ".-", ",-", "=", ".=", ".", "--", ",", ". -", "-.", ".--", "*", "#", " -")
_BEGINNINGS = ("$", "#", "*", "=", "-", "(", "€", "£", "+", "$.", "=")


def draw_text(rng: Rng) -> str:
    """Draw a number as it might be written; a space stands for a wider gap and is not read."""
    kind = rng.random()
    if kind < 0.82:
        return _amount(rng)
    if kind < 0.9:
        return _long_number(rng)
    if kind < 0.92:
        return _date(rng)
    if kind < 0.97:
        return _grouped(rng)
    return _with_other_marks(rng)


def _digits(count: int, rng: Rng) -> str:
    """Draw digits: even ones, or those of a round amount, or few different ones."""
    kind = rng.random()
    drawn = "".join(DIGITS[n] for n in rng.integers(0, 10, count))
    if kind < 0.28 and count > 2:
        zeros = int(rng.integers(2, count))
        return drawn[: count - zeros] + "0" * zeros
    if kind < 0.4 and count > 1:
        few = rng.integers(0, 10, 2)
        return "".join(DIGITS[few[n]] for n in rng.integers(0, 2, count))
    return drawn


def _amount(rng: Rng) -> str:
    count = 1 + int(rng.choice(len(_LENGTHS), p=_LENGTHS / _LENGTHS.sum()))
    text = _digits(count, rng)
    form = rng.random()
    if form < 0.5 and count > 3:  # Thousands are parted.
        sign = "." if rng.random() < 0.8 else rng.choice([",", " ", "-"])
        first = count % 3 or 3
        groups = [text[:first], *(text[n : n + 3] for n in range(first, count, 3))]
        text = sign.join(groups)
    elif form < 0.62 and count > 2:  # Cents are parted.
        text = text[:-2] + ("," if rng.random() < 0.5 else ".") + text[-2:]
    if rng.random() < 0.4:
        text += str(rng.choice(_ENDS))
    if rng.random() < 0.1:
        beginning = str(rng.choice(_BEGINNINGS))
        text = beginning + text + (")" if beginning == "(" else "")
    return text


def _long_number(rng: Rng) -> str:
    text = _digits(int(rng.integers(7, 15)), rng)
    if rng.random() < 0.4:
        sign = rng.choice(["-", " ", ".", "-", " "])
        size = int(rng.integers(2, 5))
        text = sign.join(text[n : n + size] for n in range(0, len(text), size))
    return text


def _date(rng: Rng) -> str:
    sign = rng.choice(["/", "-", ".", "/"])
    day, month = rng.integers(1, 32), rng.integers(1, 13)
    year = rng.integers(1950, 2040) if rng.random() < 0.6 else rng.integers(10, 100)
    return f"{day:02}{sign}{month:02}{sign}{year}" if rng.random() < 0.5 else f"{day}{sign}{month}"


def _grouped(rng: Rng) -> str:
    return " ".join(_digits(int(rng.integers(1, 5)), rng) for _ in range(rng.integers(2, 5)))


def _with_other_marks(rng: Rng) -> str:
    text = _digits(int(rng.integers(1, 7)), rng)
    for _ in range(rng.integers(1, 3)):
        place = [0, len(text), int(rng.integers(0, len(text) + 1))][int(rng.integers(3))]
        text = text[:place] + OTHER + text[place:]
    return text
