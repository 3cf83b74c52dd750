"""Material: what a training learns from, and what it is chosen on.

Chosen on writers whose digits it did not learn: every tenth of MNIST's, and 19 to 24 of the UCI
pen digits. Writers 25 to 30 of those no model sees at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.recognition.data.datasets import (
    HELD_OUT_PEN_WRITERS,
    VALIDATION_PEN_WRITERS,
    download_mnist,
    load_digits,
    load_writers,
)
from handwrite_gui.recognition.data.digits import Digits, join
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.forms.drawing import draw_forms
from handwrite_gui.recognition.forms.no_digit import draw_no_digits

_log = logging.getLogger(__name__)
#: Pen strokes are drawn with each of these widths, in pixels of the 28.
PEN_WIDTHS_PX = (2.0, 2.8)
#: So many written forms, and so much that is no digit, is drawn for each digit that is given.
FORMS_SHARE, NO_DIGITS_SHARE = 0.25, 0.2
#: Terms of the data that Handwrite knows, by the name of its file.
TERMS = {
    "mnist": "CC BY-SA 3.0 as usually cited (MNIST: LeCun, Cortes, Burges)",
    "pendigits_train": "CC BY 4.0 (UCI pen-based digits: Alpaydin, Alimoglu 1998)",
}
OURS, UNKNOWN = "drawn by Handwrite itself", "not known to Handwrite"
VALIDATION_DRAWN = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """Data that a model was made from.

    Attributes:
        name: What it is called.
        digits: How many images of it were learned from.
        terms: Under which terms it may be used, as far as known.
    """

    name: str
    digits: int
    terms: str

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Material:
    """What a training needs.

    Attributes:
        training: Digits and what is none, to learn from.
        validation: Sets that are only measured; empty where the writers are not known. Those of
            the files come first, then those that are drawn.
        calibration: All of `validation` that came from files, or None.
        sources: What `training` was made from.
    """

    training: Digits
    validation: tuple[Digits, ...]
    calibration: Digits | None
    sources: tuple[Source, ...]


def gather(
    files: list[Path],
    writers: Path | None,
    seed: int,
    *,
    more: bool,
    forms: int | None = None,
    on_skipped: Callable[[str], None] = _log.warning,
) -> Material:
    """Load and draw everything that a recipe needs.

    Args:
        files: Data of any kind that `load_digits` knows; empty to download MNIST.
        writers: Who wrote each digit of MNIST's training part, or None to learn from all of them.
        seed: Of what is drawn.
        more: Whether to draw written forms and what is no digit, too.
        forms: How many written forms to draw; by default a share of the digits.
        on_skipped: Told, in a sentence each, of what could not or must not be learned.

    Raises:
        RecognitionError: A file cannot be used, or the writers fit none.
    """
    loaded = [load_digits(path, "train", PEN_WIDTHS_PX, on_skipped) for path in files]
    loaded = loaded or [download_mnist("train")]
    wrote = None if writers is None else load_writers(writers)
    if wrote is not None and len(wrote) not in map(len, loaded):
        raise RecognitionError(
            f"{writers} names the writers of {len(wrote)} digits, and no data has so many; "
            "name the file that belongs to the data."
        )
    learned: list[Digits] = []
    measured: list[Digits] = []
    sources: list[Source] = []
    names: list[str] = []
    for digits in loaded:
        seen = _seen(digits)
        if len(seen) < len(digits):
            on_skipped(
                f"Left out {len(digits) - len(seen):,} images of {digits.name}: writers "
                f"{HELD_OUT_PEN_WRITERS[0]} to {HELD_OUT_PEN_WRITERS[-1]} of pen strokes are kept "
                "for measuring."
            )
        train, validation = _split(seen, wrote)
        names.append(digits.name)
        nth = names.count(digits.name)  # Two files may have one name.
        name = digits.name if nth == 1 else f"{digits.name} ({nth})"
        learned.append(train)
        measured += [replace(validation, name=name)] if len(validation) else []
        terms = TERMS.get(digits.name, UNKNOWN)
        sources.append(Source(name, len(train), terms))
    if sum(map(len, learned)) == 0:
        raise RecognitionError("All digits are of writers who are left out; add other --data.")
    if all((part.labels == NO_DIGIT).all() for part in learned):
        raise RecognitionError("There is no digit among the data to learn from; add other --data.")
    calibration = join(measured) if measured else None
    if more:
        images = np.concatenate([part.images[part.labels != NO_DIGIT] for part in learned])
        drawn = draw_forms(int(len(images) * FORMS_SHARE) if forms is None else forms, seed)
        none = _no_digits(int(len(images) * NO_DIGITS_SHARE), images, seed)
        learned += [drawn, none]
        sources += [Source(part.name, len(part), OURS) for part in (drawn, none)]
        if measured:
            measured += [draw_forms(VALIDATION_DRAWN, seed + 1)]
            measured += [_no_digits(VALIDATION_DRAWN, images, seed + 1)]
    return Material(join(learned), tuple(measured), calibration, tuple(sources))


def _seen(digits: Digits) -> Digits:
    """Leave out the pen writers that no model may see."""
    if digits.writers is None:
        return digits
    return digits.where(~np.isin(digits.writers, HELD_OUT_PEN_WRITERS))


def _split(digits: Digits, wrote: NDArray[np.int64] | None) -> tuple[Digits, Digits]:
    """Part digits into those to learn from and those to measure, which may be none.

    Args:
        digits: Loaded digits.
        wrote: Who wrote each digit of MNIST's training part; None to measure nothing.
    """
    held = np.zeros(len(digits), np.bool_)
    if wrote is not None and digits.writers is not None:
        held = np.isin(digits.writers, VALIDATION_PEN_WRITERS)
    elif wrote is not None and len(wrote) == len(digits):
        held = wrote % 10 == 0
    return digits.where(~held), digits.where(held)


def _no_digits(count: int, images: NDArray[np.uint8], seed: int) -> Digits:
    drawn = draw_no_digits(count, images, seed)
    return Digits("no digit", drawn, np.full(count, NO_DIGIT, np.int64))
