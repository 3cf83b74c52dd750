"""Drawing forms: from skeletons to digit images, at many pen widths and pressures."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.forms.digits import digit_form
from handwrite_gui.recognition.forms.hand import written
from handwrite_gui.recognition.forms.skeleton import Stroke

#: Widths of the pen in pixels of the 28, uniform between these.
PEN_WIDTHS_PX = (1.5, 3.6)


def draw_forms(count: int, seed: int) -> Digits:
    """Draw digits in all their forms, each of the ten as often.

    Args:
        count: How many.
        seed: The same seed gives the same images.
    """
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 10
    images = np.empty((count, SIDE_PX, SIDE_PX), np.uint8)
    for image, digit in zip(images, labels, strict=True):
        image[:] = inked(written(digit_form(int(digit), rng), rng), rng)
    return Digits("written forms", images, labels)


def inked(strokes: list[Stroke], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Rasterise strokes with a pen whose width varies with pressure over the image.

    Returns:
        Uint8 array (28, 28), framed as digits are, ink 255 on 0.
    """
    width_px = rng.uniform(*PEN_WIDTHS_PX)
    image = digit_image(strokes, width_px)
    if rng.random() < 0.3:
        finer = digit_image(strokes, max(1.2, width_px - rng.uniform(0.3, 1.2)))
        coarse = rng.uniform(-0.5, 1.5, (3, 3)).astype(np.float32)
        pressure = np.clip(
            cv2.resize(coarse, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC), 0, 1
        )
        image = image * pressure + finer * (1 - pressure)
    return np.round(image * 255).astype(np.uint8)
