"""Training: from synthesised strips to a network, with checkpoints on the way and a soft stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.learning.training_run import (
    REFRESHING_BATCHES,
    Limits,
    Trained,
    TrainingRun,
)
from handwrite_gui.recognition.sequences.alphabet import decode
from handwrite_gui.recognition.sequences.decoding import read_greedily
from handwrite_gui.recognition.sequences.learner import StripLearner
from handwrite_gui.recognition.sequences.material import Files, Hands, count_hands, load_hands
from handwrite_gui.recognition.sequences.papers import Papers
from handwrite_gui.recognition.sequences.recipe import EPOCH_STEPS, NUMBERS
from handwrite_gui.recognition.sequences.strips import (
    Batch,
    batches_beside,
    draw_strip,
    fits,
    to_batch,
)

#: Strips of hands held back that are read after every epoch.
MEASURED_STRIPS = 600


class StripTraining(TrainingRun):
    """A training of the network that reads whole numbers.

    Args:
        files: Where the hands come from.
        limits: When it is over; an epoch is `EPOCH_STEPS` steps.
        seed: Of weights, strips and order.
        checkpoint: As for `TrainingRun`.

    Raises:
        RecognitionError: A file cannot be used.

    Attributes:
        hands: How many writers' hands are learned from, by where they come from.
    """

    def __init__(
        self, files: Files, limits: Limits, *, seed: int = 0, checkpoint: Path | None = None
    ) -> None:
        super().__init__(
            NUMBERS,
            StripLearner(NUMBERS, seed),
            limits,
            steps_per_epoch=EPOCH_STEPS,
            identity=[NUMBERS.name, seed, [path.name for path in files.data]],
            checkpoint=checkpoint,
        )
        self._files, self._seed = files, seed
        self.hands = count_hands(files)
        held_back = load_hands(files, seed, to_measure=True)
        self.held_back = draw_to_measure(held_back, MEASURED_STRIPS, seed)
        self._recent: list[Batch] = []

    @contextmanager
    def _stream(self) -> Iterator[Iterator[tuple[NDArray[np.uint8], NDArray[np.int32]]]]:
        with batches_beside(self._files, self._seed, self.steps) as stream:
            yield map(self._remembered, stream)

    def _remembered(self, batch: Batch) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
        self._recent = [*self._recent[1 - REFRESHING_BATCHES :], batch]
        return batch.images, batch.labels

    def _end_epoch(self) -> None:
        self._measured = measure(self._kept(), self.held_back)

    def _end(self) -> Trained:
        self._save()
        if not self._recent:  # Resumed, and over at once.
            self._recent = self.held_back
        model = self._kept()
        return Trained(model, self.steps, self.epochs, measure(model, self.held_back))

    def _kept(self) -> keras.Model:
        images = (batch.images.astype(np.float32) / 255 for batch in self._recent)
        return self._learner.kept(images)


def draw_to_measure(hands: Hands, count: int, seed: int) -> list[Batch]:
    """Draw strips, in batches of one width each; the same seed gives the same."""
    rng = np.random.default_rng([seed, count])
    papers = Papers(rng)
    by_width: dict[int, list[tuple[NDArray[np.uint8], str]]] = defaultdict(list)
    for _ in range(count):
        image, text = draw_strip(hands, papers, rng)
        if fits(image, text):
            by_width[image.shape[1]].append((image, text))
    return [to_batch(strips) for _, strips in sorted(by_width.items())]


def measure(model: keras.Model, batches: list[Batch]) -> dict[str, float]:
    """Share of strips whose text is read exactly right, other marks aside."""
    right, count = 0, 0
    for batch in batches:
        probabilities = model.predict_on_batch(batch.images.astype(np.float32) / 255)
        read = [decode(read_greedily(each)) for each in np.asarray(probabilities)[:, 0]]
        right += sum(text == wanted for text, wanted in zip(read, batch.texts, strict=True))
        count += len(batch.labels)
    return {"strips": right / max(count, 1)}
