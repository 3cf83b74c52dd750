"""`handwrite-gui train`: from labelled digits to a model file and its card."""

from __future__ import annotations

import argparse
import contextlib
import math
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handwrite_gui import __version__
from handwrite_gui.recognition.errors import RecognitionError

if TYPE_CHECKING:
    from handwrite_gui.recognition.recipe import Material
    from handwrite_gui.recognition.training import Progress

LIMITS = (
    "Reads one digit at a time, written by hand, in the Arabic numerals 0 to 9.",
    "Digits of forms that its data does not hold are read worse, and it may be sure of them.",
    "Refuses scribbles, shapes and some letters, and nothing else: a letter that looks like a "
    "digit is read as one.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=".npz of images or of pen strokes; may be repeated; without any, MNIST is downloaded",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the model to write"
    )
    parser.add_argument("--epochs", type=_at_least_one, default=20, help="times through the data")
    parser.add_argument("--seed", type=int, default=0, help="of weights, order and variations")
    parser.add_argument(
        "--writers",
        type=Path,
        metavar="FILE",
        help="who wrote each of MNIST's digits (.npz with train_writer): every tenth writer, and "
        "the pen strokes' writers 19-24, are then left out and measured after every epoch",
    )
    parser.add_argument(
        "--temperature",
        type=_above_zero,
        metavar="T",
        help="divide the logits by T; by default found on the writers left out, else 1",
    )


def run(args: argparse.Namespace) -> int:
    """Train, write model and card; 0 for success, 1 where data or place cannot be used."""
    from handwrite_gui.recognition.runtime import start_tensorflow

    try:
        if args.out.suffix != ".keras" or args.out.is_dir():
            raise RecognitionError(
                f"{args.out} must be a file that ends in .keras; choose another."
            )
        start_tensorflow()
        from handwrite_gui.recognition.recipe import gather

        material = gather(args.data, args.writers, args.seed)
        _try_place(args.out)
        _train(args, material)
    except RecognitionError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"{args.out} could not be written ({error.strerror or error}); choose another place.",
            file=sys.stderr,
        )
        return 1
    return 0


def _try_place(out: Path) -> None:
    """Find out before the hours of training, not after them, that nothing can be written there."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=out.parent):
        pass


def _train(args: argparse.Namespace, material: Material) -> None:
    from handwrite_gui.recognition import training
    from handwrite_gui.recognition.model_card import write_card
    from handwrite_gui.recognition.model_file import save_model

    started = time.monotonic()
    with _ProgressBar(args.epochs) as bar:
        model = training.train(
            material.training,
            args.epochs,
            validation=material.validation,
            seed=args.seed,
            on_progress=bar.show,
        )
    temperature = args.temperature or 1.0
    if material.validation and args.temperature is None:
        measured = material.validation[0]
        probabilities = training.predict(model, measured.images)
        temperature = training.fit_temperature(probabilities, measured.labels)
    training.apply_temperature(model, temperature)
    save_model(model, args.out)
    last = bar.last
    write_card(
        args.out,
        {
            "name": args.out.stem,
            "recipe": "handwrite",
            "weights": model.count_params(),
            "input": "(N, 28, 28, 1) float32, 0.0 paper to 1.0 ink, in MNIST framing",
            "output": "(N, 11) probabilities: the digits 0 to 9, then no digit",
            "date": datetime.now(UTC).date().isoformat(),
            "licence": "MIT",
            "data": [source.as_json() for source in material.sources],
            "seed": args.seed,
            "epochs": args.epochs,
            "steps": last.step if last else 0,
            "minutes": round((time.monotonic() - started) / 60, 1),
            "temperature": round(temperature, 4),
            "validation": last.validation if last else {},
            "versions": _versions(),
            "limits": LIMITS,
        },
    )
    print(f"Wrote {args.out} and its card.")


def _versions() -> dict[str, str]:
    return {"handwrite-gui": __version__} | {name: version(name) for name in ("keras", "numpy")}


def _at_least_one(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return number


def _above_zero(text: str) -> float:
    with contextlib.suppress(ValueError):
        number = float(text)
        if 0 < number < math.inf:
            return number
    raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")


class _ProgressBar:
    """Shows how far a training is: a bar on a terminal, a line an epoch elsewhere."""

    def __init__(self, epochs: int) -> None:
        from rich import progress as rich
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._bar = rich.Progress(
            rich.TextColumn("{task.description}"),
            rich.BarColumn(),
            rich.TextColumn("{task.percentage:3.0f} %"),
            rich.TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("training")
        self._epochs = epochs
        self._epochs_done = 0
        self.last: Progress | None = None

    def __enter__(self) -> _ProgressBar:
        self._bar.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Show one report."""
        self.last = progress
        text = (
            f"loss {progress.loss:.4f}  accuracy {progress.accuracy:.2%}  "
            f"{progress.images_per_second:.0f} images/s"
        )
        self._bar.update(
            self._task, completed=progress.step, total=progress.steps, description=text
        )
        epochs_done = progress.step * self._epochs // progress.steps
        if epochs_done > self._epochs_done:
            self._epochs_done = epochs_done
            measured = "".join(
                f"  {name} {share:.2%}" for name, share in progress.validation.items()
            )
            line = f"epoch {epochs_done}/{self._epochs}  {text}{measured}"
            self._console.print(line, markup=False, soft_wrap=True)
