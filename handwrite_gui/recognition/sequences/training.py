"""Training: from synthesised strips to a network, with checkpoints on the way and a soft stop."""

from __future__ import annotations

import logging
import math
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning.checkpoint import load_checkpoint, save_checkpoint
from handwrite_gui.recognition.learning.progress import Meter, Progress
from handwrite_gui.recognition.learning.training import (
    CHECKPOINT_SECONDS,
    REFRESHING_BATCHES,
    TOLD_STEPS,
    Limits,
    Trained,
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

_log = logging.getLogger(__name__)
#: Strips of hands held back that are read after every epoch.
MEASURED_STRIPS = 600


class StripTraining:
    """A training of the network that reads whole numbers.

    Args:
        files: Where the hands come from.
        limits: When it is over; an epoch is `EPOCH_STEPS` steps.
        seed: Of weights, strips and order.
        checkpoint: Where to keep the training as it stands, or None for nowhere.

    Raises:
        RecognitionError: A file cannot be used.

    Attributes:
        hands: How many writers' hands are learned from, by where they come from.
        seconds: Time that it took so far, before it was resumed, too.
        is_unsaved: Whether the last checkpoint could not be written.
    """

    def __init__(
        self, files: Files, limits: Limits, *, seed: int = 0, checkpoint: Path | None = None
    ) -> None:
        self._files, self._limits = files, limits
        self._seed, self._checkpoint = seed, checkpoint
        self._identity: list[object] = [NUMBERS.name, seed, [path.name for path in files.data]]
        self._learner = StripLearner(NUMBERS, seed)
        self.hands = count_hands(files)
        held_back = load_hands(files, seed, to_measure=True)
        self.held_back = draw_to_measure(held_back, MEASURED_STRIPS, seed)
        self._recent: list[Batch] = []
        self._measured: dict[str, float] = {}
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
            on_unsaved: Told in one sentence when a checkpoint first could not be written.

        Returns:
            The network to keep; None if it was stopped before anything was learned.

        Raises:
            RecognitionError: The loss is no number any more, or the drawing of strips failed.
        """
        with batches_beside(self._files, self._seed, self.steps) as stream:
            meter, strips = Meter(), 0
            resumed, saved = time.monotonic() - self.seconds, time.monotonic()
            while (done := self._done()) < 1 and not stops():
                with meter.waiting():
                    batch = next(stream)
                loss, right = self._learner.learn(batch.images, batch.labels, NUMBERS.rate(done))
                if not math.isfinite(loss):
                    raise RecognitionError(
                        f"The training went astray at step {self.steps}, where its loss is no "
                        "number any more; start it anew with another --seed."
                    )
                self._recent = [*self._recent[1 - REFRESHING_BATCHES :], batch]
                meter.add(loss, right)
                strips += len(batch.labels)
                self.seconds = time.monotonic() - resumed
                whole_epoch = self.steps % EPOCH_STEPS == 0
                if whole_epoch:
                    self._measured = measure(self._kept(), self.held_back)
                if whole_epoch or self.steps % TOLD_STEPS == 0:
                    on_progress(self._progress(meter, strips))
                    meter, strips = Meter(), 0
                if time.monotonic() - saved > CHECKPOINT_SECONDS:
                    self._save(on_unsaved)
                    saved = time.monotonic()
        if self.steps == 0:
            return None
        self._save(on_unsaved)
        if not self._recent:  # Resumed, and over at once.
            self._recent = self.held_back
        model = self._kept()
        self._measured = measure(model, self.held_back)
        return Trained(model, self.steps, self.steps // EPOCH_STEPS, self._measured)

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
        except (KeyError, ValueError, TypeError) as error:
            raise RecognitionError(
                f"The checkpoint {self._checkpoint} does not fit this training ({error}); "
                "delete it, or train without --resume."
            ) from error
        return True

    def _kept(self) -> keras.Model:
        images = (batch.images.astype(np.float32) / 255 for batch in self._recent)
        return self._learner.kept(images)

    def _save(self, on_unsaved: Callable[[str], None]) -> None:
        if self._checkpoint is None:
            return
        details = {"of": self._identity, "seconds": self.seconds, "measured": self._measured}
        try:
            save_checkpoint(self._checkpoint, self._learner.state(), details)
        except OSError as error:
            if not self.is_unsaved:
                on_unsaved(
                    f"The checkpoint {self._checkpoint} could not be written "
                    f"({error.strerror or error}); make room there or allow writing, or what is "
                    "learned from here on is lost if the training is stopped or killed."
                )
            self.is_unsaved = True
        else:
            self.is_unsaved = False

    def _done(self) -> float:
        in_steps = self.steps / (self._limits.epochs * EPOCH_STEPS)
        return min(1.0, max(in_steps, self.seconds / 60 / self._limits.minutes))

    def _progress(self, meter: Meter, strips: int) -> Progress:
        done = self._done()
        return Progress(
            step=self.steps,
            epoch=self.steps // EPOCH_STEPS,
            whole_epoch=self.steps % EPOCH_STEPS == 0,
            done=done,
            seconds=self.seconds,
            seconds_left=self.seconds * (1 - done) / done,
            loss=meter.loss / meter.steps,
            accuracy=meter.right / meter.steps,
            images_per_second=strips / meter.seconds,
            waiting=meter.waited / meter.seconds,
            validation=self._measured,
        )


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
