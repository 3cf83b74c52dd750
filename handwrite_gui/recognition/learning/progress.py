"""Progress: how far a training is, and how fast."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training is.

    Attributes:
        step: Steps done.
        epoch: Whole epochs done.
        whole_epoch: Whether the last of them ended with this very step.
        done: Share of the training that is done, 0 to 1.
        seconds: Time that it took so far.
        seconds_left: Time that it will still take, as it went so far.
        loss: Mean loss since the last report.
        accuracy: Share of the training images since then, varied as they were, read right, 0 to 1.
        images_per_second: Speed since then.
        waiting: Share of that time spent waiting for data, 0 to 1.
        validation: Share of the validation digits read right after the last whole epoch, 0 to 1,
            by the name of their data; empty without any.
    """

    step: int
    epoch: int
    whole_epoch: bool
    done: float
    seconds: float
    seconds_left: float
    loss: float
    accuracy: float
    images_per_second: float
    waiting: float
    validation: dict[str, float]

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        return asdict(self)


class Meter:
    """Adds up the steps between two reports.

    Attributes:
        steps: How many.
        loss: Sum of their losses.
        right: Sum of the shares of their images that were read right.
        images: How many images they learned from.
        waited: Seconds that were spent in `waiting`.
    """

    def __init__(self) -> None:
        self.steps, self.images = 0, 0
        self.loss, self.right, self.waited = 0.0, 0.0, 0.0
        self._start = self._end = time.perf_counter()

    @property
    def seconds(self) -> float:
        """From when this was made to the end of the last step."""
        return self._end - self._start

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Wait for data meanwhile."""
        asked = time.perf_counter()
        yield
        self.waited += time.perf_counter() - asked

    def add(self, loss: float, right: float, images: int) -> None:
        """Add a step that just ended."""
        self.steps += 1
        self.loss += loss
        self.right += right
        self.images += images
        self._end = time.perf_counter()
