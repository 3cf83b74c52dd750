"""`handwrite-gui train --recipe numbers`: from hands to the network that reads whole numbers."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handwrite_gui import __version__
from handwrite_gui.commands.drive_training import Gathered, drive_training
from handwrite_gui.recognition.errors import RecognitionError

if TYPE_CHECKING:
    from handwrite_gui.commands.train_progress import Display
    from handwrite_gui.recognition.learning.training_run import Trained
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
    if not args.data or args.writers is None:
        raise RecognitionError(
            "The recipe numbers needs to know who wrote each digit: name mnist.npz and "
            "pendigits_train.npz with --data, and mnist_writers.npz with --writers."
        )
    if args.teacher or args.start or args.forms is not None:
        raise RecognitionError(
            "The recipe numbers takes no --teacher, --start or --forms; leave them out."
        )
    return drive_training(args, display, lambda checkpoint: _gather(args, checkpoint))


def _gather(args: argparse.Namespace, checkpoint: Path) -> Gathered:
    from handwrite_gui.recognition.learning.training_run import Limits
    from handwrite_gui.recognition.model_files.model_file import save_model
    from handwrite_gui.recognition.sequences.material import Files
    from handwrite_gui.recognition.sequences.recipe import NUMBERS
    from handwrite_gui.recognition.sequences.training import StripTraining

    training = StripTraining(
        Files(tuple(args.data), args.writers),
        Limits(args.epochs or NUMBERS.epochs, args.minutes),
        seed=args.seed,
        checkpoint=checkpoint,
    )
    return Gathered(
        training,
        training.hands,
        "the hands of ",
        lambda trained: save_model(trained.model, args.out, _card(args, training, trained)),
    )


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
