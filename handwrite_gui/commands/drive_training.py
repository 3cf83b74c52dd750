"""Drives a training from what is gathered to the model that is written."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handwrite_gui.commands.soft_stop import SoftStop
from handwrite_gui.recognition.errors import RecognitionError

if TYPE_CHECKING:
    from handwrite_gui.commands.train_progress import Display
    from handwrite_gui.recognition.learning.training_run import Trained, TrainingRun


@dataclass(frozen=True, eq=False, slots=True)
class Gathered:
    """A training that can begin.

    Attributes:
        training: The training.
        counts: How much it learns from, by name.
        kind: What is counted, as it stands before the counts in a sentence.
        write: Writes the model and its card.
    """

    training: TrainingRun
    counts: dict[str, int]
    kind: str
    write: Callable[[Trained], None]


def drive_training(
    args: argparse.Namespace, display: Display, gather: Callable[[Path], Gathered]
) -> int:
    """Gather, resume, train until the end or a soft stop, write.

    Args:
        args: The words of `train`.
        display: Shows how far it is.
        gather: Makes the training ready, given its checkpoint's path.

    Returns:
        0 for success, 130 if it was stopped before anything was learned.

    Raises:
        RecognitionError: An unfinished training lies there, or the data cannot be used.
        OSError: The place cannot be written to.
    """
    from handwrite_gui.commands.command_line import INTERRUPTED
    from handwrite_gui.recognition.learning.checkpoint import checkpoint_path

    checkpoint = checkpoint_path(args.out)
    if checkpoint.exists() and not args.resume:
        raise RecognitionError(
            f"An unfinished training lies in {checkpoint}: go on with --resume, or delete it."
        )
    gathered = gather(checkpoint)
    training, counts = gathered.training, gathered.counts
    listed = ", ".join(f"{count:,} of {name}" for name, count in counts.items())
    display.say("gathered", f"Learning from {gathered.kind}{listed}.", digits=counts)
    if args.resume:
        found = training.resume()
        said = f"Going on after step {training.steps}." if found else "No checkpoint: from step 0."
        display.say("resumed", said, step=training.steps)
    stop = SoftStop()
    with stop.listening():
        trained = training.run(
            display.show, stop, lambda said: display.say("unsaved", said, message=said)
        )
    if stop():
        goes_on = "the same command with --resume goes on."
        if training.is_unsaved:
            goes_on = "it cannot go on from there, for its checkpoint could not be written."
        said = f"Stopped after step {training.steps}; {goes_on}"
        display.say("stopped", said, step=training.steps)
    if trained is None:
        return INTERRUPTED
    gathered.write(trained)
    if not stop():
        checkpoint.unlink(missing_ok=True)
    saved = {"model": str(args.out), "epoch": trained.epoch, "validation": trained.validation}
    display.say("saved", f"Wrote {args.out} and its card.", **saved)
    return 0
