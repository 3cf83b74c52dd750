"""Every form of every digit that the world writes, as skeletons with room for the hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from handwrite_gui.recognition.forms.angular_digits import five, four, one, seven, two
from handwrite_gui.recognition.forms.round_digits import eight, nine, six, three, zero
from handwrite_gui.recognition.forms.skeleton import Stroke

_FORMS: tuple[Callable[[np.random.Generator], list[Stroke]], ...] = (
    zero,
    one,
    two,
    three,
    four,
    five,
    six,
    seven,
    eight,
    nine,
)


def digit_form(digit: int, rng: np.random.Generator) -> list[Stroke]:
    """Draw the skeleton of a digit in one of its forms.

    Args:
        digit: 0 to 9.
        rng: What the form and its proportions are drawn with.

    Returns:
        Its strokes in the order in which they are written.
    """
    return _FORMS[digit](rng)
