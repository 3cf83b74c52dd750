"""The sequence recogniser: from strips of writing to the chances of every sign at every step."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.runtime import start_tensorflow, trace
from handwrite_gui.recognition.sequences.framing import HEIGHT_PX, WIDTHS_PX, frame_strip

if TYPE_CHECKING:
    import keras

_log = logging.getLogger(__name__)
#: Columns of all strips that go through the network at once: memory stays bounded.
_COLUMNS_AT_ONCE = 16_384
#: What is likelier than this for no sign is as good as impossible; its logarithm stays a number.
_LEAST_PROBABILITY = 1e-9


class SequenceRecogniser:
    """Ink maps of strips to logarithms of probabilities, from any thread, one after the other.

    Args:
        model: As `networks.numbers` builds it.
    """

    def __init__(self, model: keras.Model) -> None:
        self._compute = trace(model, (None, HEIGHT_PX, None, 1))
        self._computing = Lock()

    def predict(
        self, ink_maps: Sequence[NDArray[np.floating]], squeeze: float = 1.0
    ) -> list[NDArray[np.float32]]:
        """Return the natural logarithms of each strip's probabilities, (steps, CLASSES).

        Args:
            ink_maps: Each (height, width), 0.0 paper to 1.0 ink, one line of writing.
            squeeze: Scales the widths alone, for a second opinion.
        """
        framed = [frame_strip(each, squeeze) for each in ink_maps]
        by_width: dict[int, list[int]] = defaultdict(list)
        for n, image in enumerate(framed):
            by_width[image.shape[1]].append(n)
        logs: list[NDArray[np.float32]] = [np.zeros((0, 0), np.float32)] * len(framed)
        for width, all_places in by_width.items():
            at_once = max(1, _COLUMNS_AT_ONCE // max(width, WIDTHS_PX))
            for first in range(0, len(all_places), at_once):
                places = all_places[first : first + at_once]
                images = np.stack([framed[n] for n in places])[..., None]
                scaled = np.divide(images, 255, dtype=np.float32)
                with self._computing:  # Memory, too, is for one at a time.
                    answers = self._compute(scaled)[:, 0]
                for n, answer in zip(places, answers, strict=True):
                    logs[n] = np.log(answer + _LEAST_PROBABILITY)
        return logs


def load_sequence_recogniser(
    path: Path, on_warning: Callable[[str], None] = _log.warning
) -> SequenceRecogniser:
    """Start TensorFlow and load the network that reads strips.

    Args:
        path: The model file.
        on_warning: Told in one sentence where no card vouches for the model.

    Raises:
        RecognitionError: The file cannot be used, or TensorFlow cannot run here.
    """
    start_tensorflow()
    from handwrite_gui.recognition.model_files.model_file import fill_from_file
    from handwrite_gui.recognition.sequences.networks import numbers

    model = numbers()
    fill_from_file(model, path, on_warning)
    return SequenceRecogniser(model)


def load_when_asked(
    path: Path, on_warning: Callable[[str], None] = _log.warning
) -> Callable[[], SequenceRecogniser | None]:
    """Return what loads the network when it is first called, and only then.

    Args:
        path: The model file.
        on_warning: Told in one sentence, once, where the network cannot be used; None is then
            returned, and Numbers are read without it.
    """
    lock = Lock()

    @cache
    def load() -> SequenceRecogniser | None:
        try:
            return load_sequence_recogniser(path, on_warning)
        except RecognitionError as error:
            on_warning(f"Whole numbers in pictures are read less well: {error}")
        except Exception:  # Whatever else Keras and TensorFlow raise: cuts read without it.
            _log.exception("The model %s could not be loaded", path)
            on_warning(
                "Whole numbers in pictures are read less well because of a fault in Handwrite; "
                "the log says more."
            )
        return None

    def load_once() -> SequenceRecogniser | None:
        with lock:  # Several threads may read files at once.
            return load()

    return load_once
