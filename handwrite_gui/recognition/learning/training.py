"""Training: from digits to a model, with checkpoints on the way and a soft stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning.batches import batches
from handwrite_gui.recognition.learning.checkpoint import identity
from handwrite_gui.recognition.learning.learner import Learner
from handwrite_gui.recognition.learning.recipes import Recipe
from handwrite_gui.recognition.learning.training_run import (
    REFRESHING_BATCHES,
    Limits,
    Trained,
    TrainingRun,
)

#: Of the recipe's learning rate, where a model learns more: too little to forget what it knows.
STARTED_RATE_SHARE = 0.4


class Training(TrainingRun):
    """A training of one recipe on some digits.

    Args:
        recipe: What to train and how.
        digits: What to learn from; label 10 is "no digit".
        limits: When it is over.
        validation: Digits that are only measured, after every epoch. With any, the network kept is
            that of the best epoch; without, the last.
        teachers: As for `Learner`.
        start: A model of the same recipe to go on from, more gently; None to start from nothing.
        seed: Of the weights, the order and the variations.
        checkpoint: As for `TrainingRun`.

    Raises:
        RecognitionError: Some of the digits are "no digit", and the recipe knows only the ten; or
            a teacher knows others; or the model to start from is of another recipe.
    """

    def __init__(
        self,
        recipe: Recipe,
        digits: Digits,
        limits: Limits,
        *,
        validation: tuple[Digits, ...] = (),
        teachers: Sequence[keras.Model] = (),
        start: keras.Model | None = None,
        seed: int = 0,
        checkpoint: Path | None = None,
    ) -> None:
        learner = Learner(recipe, seed, teachers)
        if any((part.labels >= learner.classes).any() for part in (digits, *validation)):
            raise RecognitionError(
                f"Some of the data is no digit, and the recipe {recipe.name} knows only the ten "
                "digits; leave it out, or choose another recipe."
            )
        for teacher in teachers:
            if teacher.output_shape[1] != learner.classes:
                raise RecognitionError(
                    f"The teacher {teacher.name} knows {teacher.output_shape[1]} answers, and the "
                    f"recipe {recipe.name} {learner.classes}; choose another teacher."
                )
        models = [*teachers] if start is None else [*teachers, start]
        self._batch = min(recipe.batch, len(digits))
        super().__init__(
            recipe,
            learner,
            limits,
            steps_per_epoch=len(digits) // self._batch,
            identity=identity(recipe.name, digits, models, seed),
            checkpoint=checkpoint,
        )
        self._digits, self._validation, self._seed = digits, validation, seed
        self._best: Trained | None = None
        if start is not None:
            self._start_from(start)

    def _start_from(self, model: keras.Model) -> None:
        self._rate_share = STARTED_RATE_SHARE
        try:
            self._learner.start_from(
                model, (images for images, _ in self._batches(0).take(REFRESHING_BATCHES))
            )
        except ValueError as error:
            raise RecognitionError(
                f"The model {model.name} to start from does not fit the recipe "
                f"{self._recipe.name} ({error}); choose another model or recipe."
            ) from error

    def _stream(self) -> AbstractContextManager[Iterator[tuple[Any, Any]]]:
        return nullcontext(iter(self._batches(self.steps)))

    def _batches(self, first: int) -> tf.data.Dataset:
        vary = self._recipe.vary
        return batches(self._digits, self._batch, first=first, seed=self._seed, vary=vary)

    def _end_epoch(self) -> None:
        if self._validation:
            self._keep()

    def _end(self) -> Trained | None:
        if not self._validation or self.steps % self._steps_per_epoch:
            self._keep()
        self._save()
        return self._best

    def _keep(self) -> None:
        """Measure the network as it would be kept now; keep it if it is the best."""
        model = self._learner.kept(
            images for images, _ in self._batches(0).take(min(REFRESHING_BATCHES, self.steps))
        )
        self._measured = {
            digits.name: float(np.mean(predict(model, digits.images).argmax(1) == digits.labels))
            for digits in self._validation
        }
        trained = Trained(model, self.steps, self.epochs, self._measured)
        if self._best is None or trained.score >= self._best.score:
            self._best = trained

    def _state(self) -> tuple[dict[str, NDArray[np.generic]], dict[str, Any]]:
        arrays, details = super()._state()
        best = None
        if self._best is not None:
            best = {key: getattr(self._best, key) for key in ("step", "epoch", "validation")}
            arrays |= {f"best_{n}": w for n, w in enumerate(self._best.model.get_weights())}
        return arrays, details | {"best": best}

    def _restore(self, arrays: dict[str, NDArray[np.generic]], details: dict[str, Any]) -> None:
        super()._restore(arrays, details)
        if details["best"] is not None:
            model = self._recipe.network()
            model.set_weights([arrays[f"best_{n}"] for n in range(len(model.get_weights()))])
            self._best = Trained(model, **details["best"])


def predict(model: keras.Model, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return a model's probabilities for digit images (n, 28, 28) uint8, a thousand at a time."""
    parts = [
        model.predict_on_batch(images[first : first + 1000, ..., None].astype(np.float32) / 255)
        for first in range(0, len(images), 1000)
    ]
    return np.concatenate(parts)
