"""What the tests of this room share: one start of TensorFlow, and digits that are easy to learn."""

from collections.abc import Callable

import numpy as np
import pytest

from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.datasets import Digits
from handwrite_gui.recognition.runtime import start_tensorflow

# Before the test modules are imported, for most of them import Keras.
start_tensorflow()

#: Each digit as on a seven-segment display, in one stroke: a b above, c d in the middle, e f below.
SEGMENTS = "abfea bf abdcef abdcdfe acdbf bacdfe baefdc abf abfeacd dcabfe".split()  # noqa: SIM905


@pytest.fixture(scope="session")
def draw_digits() -> Callable[[int, int], Digits]:
    """Draws so many digits from a seed, each corner where it may fall."""

    def draw(count: int, seed: int) -> Digits:
        rng = np.random.default_rng(seed)
        labels = np.arange(count) % 10
        corners = dict(zip("abcdef", np.indices((3, 2)).reshape(2, 6).T[:, ::-1], strict=True))
        images = [
            digit_image([np.array([corners[c] + rng.normal(0, 0.08, 2) for c in SEGMENTS[label]])])
            for label in labels
        ]
        return Digits("drawn", np.round(np.array(images) * 255).astype(np.uint8), labels)

    return draw
