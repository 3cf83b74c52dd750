"""The run of a training: steps until a limit or a stop, with checkpoints on the way."""

from __future__ import annotations

import logging
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning.checkpoint import load_checkpoint, save_checkpoint
from handwrite_gui.recognition.learning.learner import Learner
from handwrite_gui.recognition.learning.progress import Meter, Progress
from handwrite_gui.recognition.learning.recipes import Recipe

_log = logging.getLogger(__name__)
#: Normalisations are measured over so many batches.
REFRESHING_BATCHES = 20
#: Progress is told after so many steps.
TOLD_STEPS = 20
#: A killed training loses at most about this.
CHECKPOINT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """When a training is over: at whatever comes first.

    Attributes:
        epochs: After so many epochs.
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


class TrainingRun(ABC):
    """What every training does; a training adds what it learns from, and measures and keeps.

    Args:
        recipe: What to train and how.
        learner: What takes the steps.
        limits: When it is over.
        steps_per_epoch: Steps after which an epoch is whole.
        identity: What a checkpoint has to be of; plain values for JSON.
        checkpoint: Where to keep the training as it stands, or None for nowhere. It is left there
            for the caller to delete once what came of it is safe.

    Attributes:
        seconds: Time that it took so far, before it was resumed, too.
        is_unsaved: Whether the last checkpoint could not be written.
    """

    def __init__(
        self,
        recipe: Recipe,
        learner: Learner,
        limits: Limits,
        *,
        steps_per_epoch: int,
        identity: list[object],
        checkpoint: Path | None,
    ) -> None:
        self._recipe, self._learner, self._limits = recipe, learner, limits
        self._steps_per_epoch, self._identity = steps_per_epoch, identity
        self._checkpoint = checkpoint
        self._rate_share = 1.0
        self._measured: dict[str, float] = {}
        self._on_unsaved: Callable[[str], None] = _log.warning
        self.is_unsaved = False
        self.seconds = 0.0

    @property
    def steps(self) -> int:
        """Steps done."""
        return self._learner.steps

    @property
    def epochs(self) -> int:
        """Whole epochs done."""
        return self.steps // self._steps_per_epoch

    @abstractmethod
    def _stream(self) -> AbstractContextManager[Iterator[tuple[Any, Any]]]:
        """Endless batches from the next step on: images and labels, as the learner takes them."""

    @abstractmethod
    def _end_epoch(self) -> None:
        """Measure the network after a whole epoch."""

    @abstractmethod
    def _end(self) -> Trained | None:
        """Save the training, and return the network to keep."""

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
            RecognitionError: The loss is no number any more, or what is learned from failed.
        """
        self._on_unsaved = on_unsaved
        with self._stream() as stream:
            meter = Meter()
            resumed, saved = time.monotonic() - self.seconds, time.monotonic()
            while (done := self._done()) < 1 and not stops():
                with meter.waiting():
                    images, labels = next(stream)
                rate = self._recipe.rate(done) * self._rate_share
                loss, right = self._learner.learn(images, labels, rate)
                if not math.isfinite(loss):
                    raise RecognitionError(
                        f"The training went astray at step {self.steps}, where its loss is no "
                        "number any more; start it anew with another --seed."
                    )
                meter.add(loss, right, len(labels))
                self.seconds = time.monotonic() - resumed
                whole_epoch = self.steps % self._steps_per_epoch == 0
                if whole_epoch:
                    self._end_epoch()
                if whole_epoch or self.steps % TOLD_STEPS == 0:
                    on_progress(self._progress(meter))
                    meter = Meter()
                if time.monotonic() - saved > CHECKPOINT_SECONDS:
                    self._save()
                    saved = time.monotonic()
        return self._end() if self.steps else None

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
            self._restore(arrays, details)
        except (KeyError, ValueError, TypeError) as error:
            raise RecognitionError(
                f"The checkpoint {self._checkpoint} does not fit this training ({error}); "
                "delete it, or train without --resume."
            ) from error
        return True

    def _state(self) -> tuple[dict[str, NDArray[np.generic]], dict[str, Any]]:
        """Arrays and details of a checkpoint."""
        details = {"of": self._identity, "seconds": self.seconds, "measured": self._measured}
        return self._learner.state(), details

    def _restore(self, arrays: dict[str, NDArray[np.generic]], details: dict[str, Any]) -> None:
        """Take over what `_state` gave; KeyError, ValueError or TypeError where it does not fit."""
        self._learner.restore(arrays)
        self.seconds = float(details["seconds"])
        self._measured = details["measured"]

    def _save(self) -> None:
        if self._checkpoint is None:
            return
        try:
            save_checkpoint(self._checkpoint, *self._state())
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

    def _progress(self, meter: Meter) -> Progress:
        done = self._done()
        return Progress(
            step=self.steps,
            epoch=self.epochs,
            whole_epoch=self.steps % self._steps_per_epoch == 0,
            done=done,
            seconds=self.seconds,
            seconds_left=self.seconds * (1 - done) / done,
            loss=meter.loss / meter.steps,
            accuracy=meter.right / meter.steps,
            images_per_second=meter.images / meter.seconds,
            waiting=meter.waited / meter.seconds,
            validation=self._measured,
        )
