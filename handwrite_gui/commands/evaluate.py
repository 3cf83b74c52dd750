"""`handwrite-gui evaluate`: how well a model reads digits whose labels are known."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handwrite_gui.paths import default_model
from handwrite_gui.recognition.errors import RecognitionError

if TYPE_CHECKING:
    from handwrite_gui.recognition.digits import Digits
    from handwrite_gui.recognition.evaluation import Evaluation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe this command's words."""
    parser.add_argument("--model", type=Path, help="the model; by default the one brought along")
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="FILE",
        help=".npz of images (its test part is read) or of pen strokes",
    )
    parser.add_argument(
        "--part", choices=("test", "train"), default="test", help="which part of a file of images"
    )
    parser.add_argument(
        "--writers",
        type=_parse_range,
        metavar="A-B",
        help="only these writers of pen strokes, such as 25-30",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--card", action="store_true", help="also write the figures to the card")


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 for success, 1 where the model or the data cannot be used."""
    from handwrite_gui.recognition.evaluation import evaluate
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    model = args.model or default_model()
    try:
        digits = _load(args)
        recogniser = load_recogniser(model)
        evaluation = evaluate(recogniser, digits)
        if args.json:
            print(json.dumps(evaluation.as_json()))
        else:
            _print(evaluation, digits.name, model)
        if args.card:
            _note_on_card(model, digits.name, evaluation)
    except RecognitionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _load(args: argparse.Namespace) -> Digits:
    import numpy as np

    from handwrite_gui.recognition.datasets import Digits, load_digits

    digits = load_digits(args.data, args.part)
    name = digits.name if digits.writers is not None else f"{digits.name}, {args.part} part"
    digits = Digits(name, digits.images, digits.labels, digits.writers)
    if args.writers is not None:
        if digits.writers is None:
            raise RecognitionError(
                f"{args.data} does not say who wrote its digits; drop --writers."
            )
        first, last = args.writers
        digits = digits.where(np.isin(digits.writers, range(first, last + 1)))
        name = f"{name}, writers {first}-{last}"
        digits = Digits(name, digits.images, digits.labels, digits.writers)
    if len(digits) == 0:
        raise RecognitionError(f"{args.data} holds no digits of those; choose others.")
    return digits


def _parse_range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    try:
        return int(first), int(last or first)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no range such as 25-30") from error


def _print(evaluation: Evaluation, name: str, model: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    console.print(f"{model.name} on {name}: {evaluation.n} digits")
    console.print(f"accuracy           {evaluation.accuracy:8.2%}  (a refused digit is wrong)")
    console.print(f"accuracy of ten    {evaluation.accuracy_of_ten:8.2%}  (refusals ignored)")
    console.print(f"calibration error  {evaluation.calibration_error:8.2%}")
    console.print("confusion: a row for each digit, a column for what it was read as")
    # Without lines it fits 80 columns, also with thousands in every one.
    table = Table(box=None, pad_edge=False)
    for heading in ("", *map(str, range(10)), "none"):
        table.add_column(heading, justify="right")
    for digit, row in enumerate(evaluation.confusion):
        table.add_row(str(digit), *(str(count) if count else "·" for count in row))
    console.print(table)


def _note_on_card(model: Path, name: str, evaluation: Evaluation) -> None:
    from handwrite_gui.recognition.model_card import card_path, read_card, write_card

    card = read_card(model) or {}
    figures = {key: value for key, value in evaluation.as_json().items() if key != "confusion"}
    metrics = {**card.get("metrics", {}), name: figures}
    try:
        write_card(model, card | {"metrics": metrics})
    except OSError as error:
        raise RecognitionError(
            f"The model card {card_path(model)} could not be written ({error.strerror or error}); "
            "copy the model to a place of your own."
        ) from error
