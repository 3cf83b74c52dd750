"""Training: from digits to a model, with checkpoints on the way and a soft stop."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning.batches import batches
from handwrite_gui.recognition.learning.checkpoint import identity, load_checkpoint, save_checkpoint
from handwrite_gui.recognition.learning.learner import Learner
from handwrite_gui.recognition.learning.progress import Meter, Progress
from handwrite_gui.recognition.learning.recipes import Recipe

_log = logging.getLogger(__name__)
#: Normalisations are measured over so many batches.
REFRESHING_BATCHES = 20
#: Of the recipe's learning rate, where a model learns more: too little to forget what it knows.
STARTED_RATE_SHARE = 0.4
#: Progress is told after so many steps.
TOLD_STEPS = 20
#: A killed training loses at most about this.
CHECKPOINT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """When a training is over: at whatever comes first.

    Attributes:
        epochs: After so many times through the data.
        minutes: After so long; infinite without a limit.
    """

    epochs: int
    minutes: float = math.inf


@dataclass(frozen=True, eq=False, slots=True)
class Trained:
    """A network that a training would keep.

    Attributes:
        model: The network.
        step: Steps after which it was taken.
        epoch: Whole epochs after which it was taken.
        validation: As in `Progress`, of this network.
    """

    model: keras.Model
    step: int
    epoch: int
    validation: dict[str, float]

    @property
    def score(self) -> float:
        """Mean of the validation sets' shares, each set counting the same; 0 without any."""
        return sum(self.validation.values()) / max(len(self.validation), 1)


class Training:
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
        checkpoint: Where to keep the training as it stands, or None for nowhere. It is left there
            for the caller to delete once what came of it is safe.

    Raises:
        RecognitionError: Some of the digits are "no digit", and the recipe knows only the ten; or
            a teacher knows others; or the model to start from is of another recipe.

    Attributes:
        seconds: Time that it took so far, before it was resumed, too.
        steps: Steps done.
        is_unsaved: Whether the last checkpoint could not be written.
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
        self._recipe, self._digits, self._limits = recipe, digits, limits
        self._validation, self._seed, self._checkpoint = validation, seed, checkpoint
        self._learner = Learner(recipe, seed, teachers)
        if any((part.labels >= self._learner.classes).any() for part in (digits, *validation)):
            raise RecognitionError(
                f"Some of the data is no digit, and the recipe {recipe.name} knows only the ten "
                "digits; leave it out, or choose another recipe."
            )
        for teacher in teachers:
            if teacher.output_shape[1] != self._learner.classes:
                raise RecognitionError(
                    f"The teacher {teacher.name} knows {teacher.output_shape[1]} answers, and the "
                    f"recipe {recipe.name} {self._learner.classes}; choose another teacher."
                )
        self._batch = min(recipe.batch, len(digits))
        self._steps_per_epoch = len(digits) // self._batch
        self._rate_share = 1.0
        if start is not None:
            self._start_from(start)
        models = [*teachers] if start is None else [*teachers, start]
        self._identity = identity(recipe.name, digits, models, seed)
        self._best: Trained | None = None
        self._measured: dict[str, float] = {}
        self._on_unsaved: Callable[[str], None] = _log.warning
        self.is_unsaved = False
        self.seconds = 0.0

    @property
    def steps(self) -> int:
        """Steps done."""
        return self._learner.steps

    def run(
        self,
        on_progress: Callable[[Progress], None] = lambda _: None,
        stops: Callable[[], bool] = lambda: False,
        on_unsaved: Callable[[str], None] = _log.warning,
    ) -> Trained | None:
        """Train until a limit is reached or a stop is asked for.

        Args:
            on_progress: Called after every twentieth step and every epoch, in this thread.
            stops: Asked before every step whether to stop softly.
            on_unsaved: Told in one sentence when a checkpoint first could not be written; the
                training goes on, and so does the trying.

        Returns:
            The network to keep; None if it was stopped before anything was learned.

        Raises:
            RecognitionError: The loss is no number any more.
        """
        learner, meter = self._learner, Meter()
        self._on_unsaved = on_unsaved
        stream = iter(self._batches(learner.steps))
        resumed, saved = time.monotonic() - self.seconds, time.monotonic()
        while (done := self._done()) < 1 and not stops():
            with meter.waiting():
                images, labels = next(stream)
            loss, right = learner.learn(images, labels, self._recipe.rate(done) * self._rate_share)
            if not math.isfinite(loss):
                raise RecognitionError(
                    f"The training went astray at step {learner.steps}, where its loss is no "
                    "number any more; start it anew with another --seed."
                )
            meter.add(loss, right)
            self.seconds = time.monotonic() - resumed
            whole_epoch = learner.steps % self._steps_per_epoch == 0
            if whole_epoch and self._validation:
                self._keep()
            if whole_epoch or learner.steps % TOLD_STEPS == 0:
                on_progress(self._progress(meter))
                meter = Meter()
            if time.monotonic() - saved > CHECKPOINT_SECONDS:
                self._save()
                saved = time.monotonic()
        if learner.steps == 0:
            return None
        if not self._validation or learner.steps % self._steps_per_epoch:
            self._keep()
        self._save()
        return self._best

    def resume(self) -> bool:
        """Go on from the checkpoint; tell whether there is one.

        Raises:
            RecognitionError: It is damaged, or of another training.
        """
        found = load_checkpoint(self._checkpoint) if self._checkpoint else None
        if found is None:
            return False
        arrays, details = found
        try:
            if details["of"] != self._identity:
                raise ValueError("it is of another recipe, seed or data")
            self._learner.restore(arrays)
            self.seconds = float(details["seconds"])
            self._measured = details["measured"]
            if details["best"] is not None:
                model = self._recipe.network()
                model.set_weights([arrays[f"best_{n}"] for n in range(len(model.get_weights()))])
                self._best = Trained(model, **details["best"])
        except (KeyError, ValueError, TypeError) as error:
            raise RecognitionError(
                f"The checkpoint {self._checkpoint} does not fit this training ({error}); "
                "delete it, or train without --resume."
            ) from error
        return True

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

    def _save(self) -> None:
        if self._checkpoint is None:
            return
        arrays, best = self._learner.state(), None
        if self._best is not None:
            best = {key: getattr(self._best, key) for key in ("step", "epoch", "validation")}
            arrays |= {f"best_{n}": w for n, w in enumerate(self._best.model.get_weights())}
        details = {
            "of": self._identity,
            "seconds": self.seconds,
            "measured": self._measured,
            "best": best,
        }
        try:
            save_checkpoint(self._checkpoint, arrays, details)
        except OSError as error:
            if not self.is_unsaved:
                self._on_unsaved(
                    f"The checkpoint {self._checkpoint} could not be written "
                    f"({error.strerror or error}); make room there or allow writing, or what is "
                    "learned from here on is lost if the training is stopped or killed."
                )
            self.is_unsaved = True
        else:
            self.is_unsaved = False

    def _done(self) -> float:
        in_steps = self.steps / (self._limits.epochs * self._steps_per_epoch)
        return min(1.0, max(in_steps, self.seconds / 60 / self._limits.minutes))

    def _batches(self, first: int) -> tf.data.Dataset:
        vary = self._recipe.vary
        return batches(self._digits, self._batch, first=first, seed=self._seed, vary=vary)

    def _keep(self) -> None:
        """Measure the network as it would be kept now; keep it if it is the best."""
        model = self._learner.kept(
            images for images, _ in self._batches(0).take(min(REFRESHING_BATCHES, self.steps))
        )
        self._measured = {
            digits.name: float(np.mean(predict(model, digits.images).argmax(1) == digits.labels))
            for digits in self._validation
        }
        trained = Trained(model, self.steps, self.steps // self._steps_per_epoch, self._measured)
        if self._best is None or trained.score >= self._best.score:
            self._best = trained

    def _progress(self, meter: Meter) -> Progress:
        done = self._done()
        return Progress(
            step=self.steps,
            epoch=self.steps // self._steps_per_epoch,
            whole_epoch=self.steps % self._steps_per_epoch == 0,
            done=done,
            seconds=self.seconds,
            seconds_left=self.seconds * (1 - done) / done,
            loss=meter.loss / meter.steps,
            accuracy=meter.right / meter.steps,
            images_per_second=meter.steps * self._batch / meter.seconds,
            waiting=meter.waited / meter.seconds,
            validation=self._measured,
        )


def predict(model: keras.Model, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return a model's probabilities for digit images (n, 28, 28) uint8, a thousand at a time."""
    parts = [
        model.predict_on_batch(images[first : first + 1000, ..., None].astype(np.float32) / 255)
        for first in range(0, len(images), 1000)
    ]
    return np.concatenate(parts)
