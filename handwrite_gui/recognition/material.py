"""Material: what a training learns from, and what it is chosen on.

Chosen on writers whose digits it did not learn: every tenth of MNIST's, and 19 to 24 of the UCI
pen digits. Writers 25 to 30 of those no model sees at all.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.recognition.datasets import (
    HELD_OUT_PEN_WRITERS,
    VALIDATION_PEN_WRITERS,
    download_mnist,
    load_digits,
    load_writers,
)
from handwrite_gui.recognition.digits import Digits, join
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.forms.drawing import draw_forms
from handwrite_gui.recognition.no_digit import draw_no_digits

#: Pen strokes are drawn with each of these widths, in pixels of the 28.
PEN_WIDTHS_PX = (1.9, 2.4, 3.0)
#: For every two digits that are given so many written forms are drawn, and as many that are none.
FORMS_SHARE, NO_DIGITS_SHARE = 0.5, 0.25
#: Terms of the data that Handwrite knows, by the name of its file.
TERMS = {
    "mnist": "CC BY-SA 3.0 as usually cited (MNIST: LeCun, Cortes, Burges)",
    "pendigits_train": "CC BY 4.0 (UCI pen-based digits: Alpaydin, Alimoglu 1998)",
}
OURS = "drawn by Handwrite itself"
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
        validation: Sets that are only measured; empty where the writers are not known. The first
            is MNIST's.
        sources: What `training` was made from.
    """

    training: Digits
    validation: tuple[Digits, ...]
    sources: tuple[Source, ...]


def gather(files: list[Path], writers: Path | None, seed: int, *, more: bool) -> Material:
    """Load and draw everything that a recipe needs.

    Args:
        files: Data of any kind that `load_digits` knows; empty to download MNIST.
        writers: Who wrote each digit of MNIST's training part, or None to learn from all of them.
        seed: Of what is drawn.
        more: Whether to draw written forms and what is no digit, too.

    Raises:
        RecognitionError: A file cannot be used, or the writers do not fit it.
    """
    loaded = [load_digits(path, "train", PEN_WIDTHS_PX) for path in files]
    loaded = loaded or [download_mnist("train")]
    learned, measured, sources = [], [], []
    for digits in loaded:
        if digits.writers is not None:
            train, validation = _split_pens(digits, digits.writers, validates=writers is not None)
        else:
            train, validation = _split_images(digits, writers)
        learned.append(train)
        measured += [validation] if validation is not None else []
        terms = TERMS.get(digits.name, "not known to Handwrite")
        sources.append(Source(digits.name, len(train), terms))
    if sum(map(len, learned)) == 0:
        raise RecognitionError("All digits are of writers who are left out; add other --data.")
    if more:
        images = np.concatenate([part.images for part in learned])
        drawn = draw_forms(int(len(images) * FORMS_SHARE), seed)
        none = _no_digits(int(len(images) * NO_DIGITS_SHARE), images, seed)
        learned += [drawn, none]
        sources += [Source(part.name, len(part), OURS) for part in (drawn, none)]
        if measured:
            measured += [draw_forms(VALIDATION_DRAWN, seed + 1)]
            measured += [_no_digits(VALIDATION_DRAWN, images, seed + 1)]
    return Material(join(learned), tuple(measured), tuple(sources))


def _split_images(digits: Digits, writers: Path | None) -> tuple[Digits, Digits | None]:
    if writers is None:
        return digits, None
    wrote = load_writers(writers)
    if len(wrote) != len(digits):
        raise RecognitionError(
            f"{writers} names the writers of {len(wrote)} digits, but there are {len(digits)}; "
            "name the file that belongs to the data."
        )
    held = wrote % 10 == 0
    return digits.where(~held), digits.where(held)


def _split_pens(
    digits: Digits, wrote: NDArray[np.int64], *, validates: bool
) -> tuple[Digits, Digits | None]:
    validation = np.isin(wrote, VALIDATION_PEN_WRITERS)
    seen = ~np.isin(wrote, HELD_OUT_PEN_WRITERS)
    if not validates:
        return digits.where(seen), None
    return digits.where(seen & ~validation), digits.where(validation)


def _no_digits(count: int, images: NDArray[np.uint8], seed: int) -> Digits:
    drawn = draw_no_digits(count, images, seed)
    return Digits("no digit", drawn, np.full(count, NO_DIGIT, np.int64))
