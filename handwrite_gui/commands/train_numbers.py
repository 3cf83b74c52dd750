"""`handwrite-gui train --recipe numbers`: from hands to the network that reads whole numbers."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from handwrite_gui import __version__
from handwrite_gui.commands.soft_stop import SoftStop
from handwrite_gui.recognition.errors import RecognitionError

if TYPE_CHECKING:
    from handwrite_gui.commands.train_progress import Display
    from handwrite_gui.recognition.learning.training import Trained
    from handwrite_gui.recognition.sequences.training import StripTraining

LIMITS = (
    "Reads one line of digits and signs, upright, in the Arabic numerals 0 to 9.",
    "It learned from strips that were synthesised, never from real cheques or pages.",
    "Letters that look like digits are read as digits.",
)


def train_numbers(args: argparse.Namespace, display: Display) -> int:
    """Train, write model and card; as `train.run`.

    Raises:
        RecognitionError: The data, or a choice that this recipe does not know, cannot be used.
        OSError: The place cannot be written to.
    """
    from handwrite_gui.commands.command_line import INTERRUPTED
    from handwrite_gui.recognition.learning.checkpoint import checkpoint_path
    from handwrite_gui.recognition.learning.training import Limits
    from handwrite_gui.recognition.model_files.model_file import save_model
    from handwrite_gui.recognition.sequences.material import Files
    from handwrite_gui.recognition.sequences.recipe import NUMBERS
    from handwrite_gui.recognition.sequences.training import StripTraining

    if not args.data or args.writers is None:
        raise RecognitionError(
            "The recipe numbers needs to know who wrote each digit: name mnist.npz and "
            "pendigits_train.npz with --data, and mnist_writers.npz with --writers."
        )
    if args.teacher or args.start or args.forms is not None:
        raise RecognitionError(
            "The recipe numbers takes no --teacher, --start or --forms; leave them out."
        )
    checkpoint = checkpoint_path(args.out)
    if checkpoint.exists() and not args.resume:
        raise RecognitionError(
            f"An unfinished training lies in {checkpoint}: go on with --resume, or delete it."
        )
    training = StripTraining(
        Files(tuple(args.data), args.writers),
        Limits(args.epochs or NUMBERS.epochs, args.minutes),
        seed=args.seed,
        checkpoint=checkpoint,
    )
    hands = training.hands
    listed = ", ".join(f"{count:,} of {name}" for name, count in hands.items())
    display.say("gathered", f"Learning from the hands of {listed}.", digits=hands)
    if args.resume:
        found = training.resume()
        said = f"Going on after step {training.steps}." if found else "No checkpoint: from step 0."
        display.say("resumed", said, step=training.steps)
    stop = SoftStop()
    with stop.listening():
        trained = training.run(display.show, stop, partial(_warn, display))
    if stop():
        said = f"Stopped after step {training.steps}; the same command with --resume goes on."
        display.say("stopped", said, step=training.steps)
    if trained is None:
        return INTERRUPTED
    save_model(trained.model, args.out, _card(args, training, trained))
    if not stop():
        checkpoint.unlink(missing_ok=True)
    saved = {"model": str(args.out), "epoch": trained.epoch, "validation": trained.validation}
    display.say("saved", f"Wrote {args.out} and its card.", **saved)
    return 0


def _warn(display: Display, said: str) -> None:
    display.say("unsaved", said, message=said)


def _card(args: argparse.Namespace, training: StripTraining, trained: Trained) -> dict[str, Any]:
    from handwrite_gui.recognition.data.material import OURS, TERMS, UNKNOWN
    from handwrite_gui.recognition.sequences.alphabet import DIGITS, SIGNS
    from handwrite_gui.recognition.sequences.framing import HEIGHT_PX, STEP_PX
    from handwrite_gui.recognition.sequences.material import DRAWN_NAME

    return {
        "name": args.out.stem,
        "recipe": "numbers",
        "weights": trained.model.count_params(),
        "input": f"(N, {HEIGHT_PX}, W, 1) float32, 0.0 paper to 1.0 ink, one line of writing",
        "output": f"(N, 1, W / {STEP_PX}, {trained.model.output_shape[-1]}) probabilities: "
        f"{DIGITS} {SIGNS}, any other mark, and CTC's blank",
        "date": datetime.now(UTC).date().isoformat(),
        "data": [
            {
                "name": name,
                "hands": count,
                "terms": OURS if name == DRAWN_NAME else TERMS.get(name, UNKNOWN),
            }
            for name, count in training.hands.items()
        ],
        "seed": args.seed,
        "steps": trained.step,
        "minutes": round(training.seconds / 60, 1),
        "validation": trained.validation,
        "versions": {"handwrite-gui": __version__}
        | {name: version(name) for name in ("keras", "numpy")},
        "limits": [*LIMITS],
    }
