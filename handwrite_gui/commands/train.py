"""`handwrite-gui train`: from labelled digits to a model file and its card."""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handwrite_gui import __version__
from handwrite_gui.commands.arguments import number_between, whole_number
from handwrite_gui.commands.drive_training import Gathered, drive_training
from handwrite_gui.commands.train_numbers import train_numbers
from handwrite_gui.commands.train_progress import Bar, Display, JsonLines
from handwrite_gui.recognition.errors import RecognitionError

if TYPE_CHECKING:
    from handwrite_gui.recognition.data.material import Material
    from handwrite_gui.recognition.learning.recipes import Recipe
    from handwrite_gui.recognition.learning.training import Training
    from handwrite_gui.recognition.learning.training_run import Trained

#: Names of `recognition.learning.recipes.RECIPES`, which is not imported to show help, and of the
#: recipe that reads whole numbers.
RECIPE_NAMES = ("handwrite", "wide", "clean", "quick", "paper", "mlp", "numbers")
LIMITS = (
    "Reads one digit at a time, written by hand, in the Arabic numerals 0 to 9.",
    "Digits of forms that its data does not hold are read worse, and it may be sure of them.",
)
#: Of a model without, and with, an answer for what is no digit.
KNOWS_NO_REFUSAL = "Refuses nothing: whatever it is shown it takes for a digit."
REFUSES = (
    "Refuses what is no digit only where it is like what it learned from; a letter that looks like "
    "a digit is read as one."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe this command's words."""
    parser.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="what to learn from: .npz of images or of pen strokes, MNIST's IDX files (or their "
        "folder, gzipped or not), a folder with a folder of pictures or InkML for each digit; "
        "may be repeated; without any, MNIST is downloaded",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the model to write (.keras)"
    )
    parser.add_argument(
        "--recipe", choices=RECIPE_NAMES, default=RECIPE_NAMES[0], help="what to train, and how"
    )
    parser.add_argument(
        "--teacher",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="learn what this model says of each image more than its label; may be repeated",
    )
    parser.add_argument(
        "--start",
        type=Path,
        metavar="FILE",
        help="go on learning from this model, more gently; by default from nothing",
    )
    parser.add_argument(
        "--forms",
        type=whole_number(0, 1_000_000),
        metavar="N",
        help="draw so many written forms to learn from, where the recipe draws any; by default one "
        "for every four digits",
    )
    parser.add_argument(
        "--epochs", type=whole_number(1), help="times through the data; by default the recipe's"
    )
    parser.add_argument(
        "--minutes",
        type=number_between(0),
        default=math.inf,
        metavar="M",
        help="be done after so many minutes, if that is before the last epoch",
    )
    parser.add_argument(
        "--seed",
        type=whole_number(0, 2**32 - 1),
        default=0,
        help="of weights, order and variations",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on from the last checkpoint, which lies beside the model to write",
    )
    parser.add_argument(
        "--writers",
        type=Path,
        metavar="FILE",
        help="who wrote each of MNIST's digits (.npz with train_writer): every tenth writer, and "
        "the pen strokes' writers 19-24, are then left out and measured after every epoch",
    )
    parser.add_argument(
        "--temperature",
        type=number_between(0),
        metavar="T",
        help="divide the logits by T; by default found on the writers left out, else 1",
    )
    parser.add_argument(
        "--no-digit-prior",
        type=number_between(0, 1),
        metavar="P",
        help="how much of what is read shall be taken for no digit beforehand, 0 to 1; by default "
        "0.01",
    )
    parser.add_argument(
        "--progress",
        choices=("bar", "json"),
        default="bar",
        help="how to show how far it is: a bar, or one JSON object a line on standard output",
    )


def run(args: argparse.Namespace) -> int:
    """Train, write model and card.

    Ctrl+C, or a line `stop` on standard input, stops softly: the best so far is written.

    Returns:
        0 for success, 1 where data or place cannot be used, 130 if it was stopped before anything
        was learned.
    """
    from handwrite_gui.commands.command_line import ctrl_c_leaves_at_once
    from handwrite_gui.recognition.runtime import start_tensorflow

    display: Display = JsonLines() if args.progress == "json" else Bar()
    try:
        if args.out.suffix != ".keras" or args.out.is_dir():
            raise RecognitionError(
                f"{args.out} must be a file that ends in .keras; choose another."
            )
        _try_place(args.out)
        with ctrl_c_leaves_at_once():
            start_tensorflow()
        with display:
            if args.recipe == "numbers":
                return train_numbers(args, display)
            return drive_training(args, display, lambda file: _gather(args, display, file))
    except RecognitionError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # Whoever was told of the progress is gone: no fault of the place.
        raise
    except OSError as error:
        print(
            f"{args.out} could not be written ({error.strerror or error}); choose another place.",
            file=sys.stderr,
        )
        return 1


def _try_place(out: Path) -> None:
    """Find out before the hours of training, not after them, that nothing can be written there."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=out.parent):
        pass


def _gather(args: argparse.Namespace, display: Display, checkpoint: Path) -> Gathered:
    from handwrite_gui.recognition.data.material import gather
    from handwrite_gui.recognition.learning.recipes import RECIPES, quicken
    from handwrite_gui.recognition.learning.training import Training
    from handwrite_gui.recognition.learning.training_run import Limits
    from handwrite_gui.recognition.model_files.model_file import load_model

    recipe = RECIPES[args.recipe]
    teachers = [quicken(load_model(file)) for file in args.teacher]
    start = load_model(args.start) if args.start else None
    material = gather(
        args.data,
        args.writers,
        args.seed,
        more=recipe.more,
        forms=args.forms,
        on_skipped=lambda said: display.say("skipped", said, message=said),
    )
    training = Training(
        recipe,
        material.training,
        Limits(args.epochs or recipe.epochs, args.minutes),
        validation=material.validation,
        teachers=teachers,
        start=start,
        seed=args.seed,
        checkpoint=checkpoint,
    )
    return Gathered(
        training,
        {source.name: source.digits for source in material.sources},
        "",
        lambda trained: _write(args, recipe, material, training, trained),
    )


def _write(
    args: argparse.Namespace,
    recipe: Recipe,
    material: Material,
    training: Training,
    trained: Trained,
) -> None:
    from handwrite_gui.domain.prediction import NO_DIGIT
    from handwrite_gui.recognition.learning.calibration import (
        NO_DIGIT_PRIOR,
        apply_prior,
        apply_temperature,
        fit_temperature,
    )
    from handwrite_gui.recognition.learning.training import predict
    from handwrite_gui.recognition.model_files.model_file import save_model

    temperature = args.temperature or 1.0
    if material.calibration is not None and args.temperature is None:
        probabilities = predict(trained.model, material.calibration.images)
        temperature = fit_temperature(probabilities, material.calibration.labels)
    apply_temperature(trained.model, temperature)
    no_digits = float((material.training.labels == NO_DIGIT).mean())
    prior = args.no_digit_prior or NO_DIGIT_PRIOR
    if no_digits:  # A teacher knows already how rare it is.
        apply_prior(trained.model, NO_DIGIT_PRIOR if args.teacher else no_digits, prior)
    classes = trained.model.output_shape[1]
    card: dict[str, Any] = {
        "name": args.out.stem,
        "recipe": recipe.name,
        "weights": trained.model.count_params(),
        "input": "(N, 28, 28, 1) float32, 0.0 paper to 1.0 ink, in MNIST framing",
        "output": f"(N, {classes}) probabilities: the digits 0 to 9"
        + (", then no digit" if classes > NO_DIGIT else ""),
        "date": datetime.now(UTC).date().isoformat(),
        "data": [source.as_json() for source in material.sources],
        "teachers": [teacher.stem for teacher in args.teacher],
        "start": args.start.stem if args.start else None,
        "seed": args.seed,
        "epochs": trained.epoch,
        "steps": trained.step,
        "minutes": round(training.seconds / 60, 1),
        "temperature": round(temperature, 4),
        "no_digit_prior": prior if no_digits else 0.0,
        "validation": trained.validation,
        "versions": {"handwrite-gui": __version__}
        | {name: version(name) for name in ("keras", "numpy")},
        "limits": [*LIMITS, REFUSES if no_digits else KNOWS_NO_REFUSAL],
    }
    save_model(trained.model, args.out, card)
