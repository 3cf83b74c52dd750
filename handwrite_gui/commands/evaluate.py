"""`handwrite-gui evaluate`: how well models read digits whose labels are known."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from handwrite_gui.commands.arguments import whole_number
from handwrite_gui.paths import careful_models, default_model
from handwrite_gui.recognition.errors import RecognitionError

if TYPE_CHECKING:
    from handwrite_gui.recognition.data.digits import Digits
    from handwrite_gui.recognition.measurement.evaluation import Marks, Measurement
    from handwrite_gui.recognition.recogniser import Recogniser

#: The kinds in `recognition.measurement.damage`, which is not imported for --help.
DAMAGES = ("noise", "turn", "scale", "shear", "shift", "thin", "thick", "blur", "jpeg")
#: As many fit beside each other in 80 columns.
MOST_MODELS = 4
JSON_KEYS = """\
The object of --json has `data` and `models`; each of these has `model`, `n`, the figures, `digits`
(recall and precision of 0 to 9), `confusion` (a row for each digit, a column for each that it was
read as, then refused), `calibration_curve`, `refusal_curve` and, where they were measured, `damage`
and `no_digit`. Shares are 0 to 1, or null where there was nothing to measure; the 95 % interval of
`x` is `x_interval`. `mistakes_among_least_sure` is the share of all mistakes that lies among the
least sure 2 % of the digits, those refused first among them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe this command's words."""
    parser.epilog = JSON_KEYS
    parser.add_argument(
        "--model",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="the model, by default the one brought along; up to four are laid side by side",
    )
    parser.add_argument(
        "--careful",
        action="store_true",
        help="let the models read together, each digit from several angles; by default those "
        "brought along for that",
    )
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="PATH",
        help=".npz of images or of pen strokes, MNIST's IDX files (or their folder, gzipped or "
        "not), a folder with a folder of pictures or InkML for each digit",
    )
    parser.add_argument(
        "--part",
        choices=("test", "train"),
        default="test",
        help="which part, where the data has parts",
    )
    parser.add_argument(
        "--writers",
        type=_parse_range,
        metavar="A-B",
        help="only these writers of pen strokes, such as 25-30",
    )
    parser.add_argument(
        "--damage",
        action="append",
        default=[],
        choices=("all", *DAMAGES),
        metavar="KIND",
        help=f"damage the digits, too: {', '.join(DAMAGES)} or all; may be repeated",
    )
    parser.add_argument(
        "--no-digit",
        type=whole_number(1),
        metavar="N",
        help="also draw N things that are no digit, and count how many pass for one",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--pictures", type=Path, metavar="FOLDER", help="also draw charts there, as PNG and SVG"
    )
    parser.add_argument(
        "--card",
        action="store_true",
        help="also write the figures to the card of each model, in place of those on the same data",
    )


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 for success, 1 where the models or the data cannot be used."""
    try:
        own = careful_models() if args.careful else [default_model()]
        models = list(dict.fromkeys(args.model)) or list(own)
        if len(models) > MOST_MODELS and not args.careful:
            raise RecognitionError(
                f"{len(models)} models do not fit side by side; name at most {MOST_MODELS}."
            )
        digits, marks = _load(args)
        if args.pictures:
            _make_folder(args.pictures)
        measurements = _measure_all(models, digits, args.damage, marks, careful=args.careful)
        _print(measurements, digits.name, as_json=args.json)
        if args.pictures:
            _draw(measurements, digits.name, args.pictures)
        if args.card:
            data = f"{digits.name}, read carefully" if args.careful else digits.name
            # What several read together stands on the card of the first.
            for model, measurement in zip(models, measurements, strict=not args.careful):
                _note_on_card(model, data, measurement)
    except RecognitionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _load(args: argparse.Namespace) -> tuple[Digits, Marks | None]:
    """Load the digits, and what is none: that of the data, and what is drawn."""
    import numpy as np

    from handwrite_gui.domain.prediction import NO_DIGIT
    from handwrite_gui.recognition.data.datasets import load_digits
    from handwrite_gui.recognition.measurement.evaluation import SEED, Marks
    from handwrite_gui.recognition.strange.marks import KINDS, draw_strange_marks

    digits = load_digits(args.data, args.part, on_skipped=partial(print, file=sys.stderr))
    if args.data.suffix == ".npz" and digits.writers is None:
        digits = dataclasses.replace(digits, name=f"{digits.name}, {args.part} part")
    if args.writers is not None:
        if digits.writers is None:
            raise RecognitionError(
                f"{args.data} does not say who wrote its digits; drop --writers."
            )
        first, last = args.writers
        digits = digits.where((digits.writers >= first) & (digits.writers <= last))
        digits = dataclasses.replace(digits, name=f"{digits.name}, writers {first}-{last}")
    none = digits.where(digits.labels == NO_DIGIT)
    digits = digits.where(digits.labels != NO_DIGIT)
    if len(digits) == 0:
        raise RecognitionError(f"{args.data} holds no digits of those; choose others.")
    images, kinds = none.images, ("in the data",) * len(none)
    if args.no_digit:
        drawn, kind = draw_strange_marks(args.no_digit, digits.images, SEED)
        images = np.concatenate([images, drawn])
        kinds += tuple(KINDS[index] for index in kind)
    return digits, Marks(images, kinds) if kinds else None


def _measure_all(
    models: list[Path], digits: Digits, kinds: list[str], marks: Marks | None, *, careful: bool
) -> list[Measurement]:
    from handwrite_gui.recognition.keras_recogniser import load_recogniser
    from handwrite_gui.recognition.measurement.damage import choose_damages
    from handwrite_gui.recognition.measurement.evaluation import measure

    names = _names(models)
    damages = choose_damages(kinds)
    # All of them first, so that a mistyped name costs no wait.
    warn = partial(print, file=sys.stderr)
    recognisers: list[Recogniser] = [load_recogniser(model, on_warning=warn) for model in models]
    if careful:
        from handwrite_gui.recognition.careful import CarefulRecogniser

        names, recognisers = [" + ".join(names)], [CarefulRecogniser(recognisers)]
    images = len(digits) * (1 + len(damages)) + (len(marks.kinds) if marks else 0)
    with _ProgressBar(images * len(names)) as bar:
        return [
            measure(name, recogniser, digits, damages, marks, bar.advance)
            for name, recogniser in zip(names, recognisers, strict=True)
        ]


def _names(models: list[Path]) -> list[str]:
    """What to call the models: their files' names, or where two have the same, the paths."""
    names = [model.name for model in models]
    return names if len(set(names)) == len(names) else [model.as_posix() for model in models]


def _print(measurements: list[Measurement], data: str, *, as_json: bool) -> None:
    if not as_json:
        from handwrite_gui.commands.evaluation_tables import print_measurements

        print_measurements(measurements, data)
        return
    from handwrite_gui.recognition.measurement.evaluation_json import measurement_to_json

    models = [{"model": one.model, **measurement_to_json(one)} for one in measurements]
    print(json.dumps({"data": data, "models": models}))


def _make_folder(folder: Path) -> None:
    """Find out before the minutes of measuring, not after them, that it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecognitionError(
            f"The folder {folder} could not be made ({error.strerror or error}); name another."
        ) from error


def _draw(measurements: list[Measurement], data: str, folder: Path) -> None:
    from handwrite_gui.recognition.measurement.charts import write_charts

    try:
        write_charts(measurements, data, folder)
    except OSError as error:
        raise RecognitionError(
            f"The pictures could not be written to {folder} ({error.strerror or error}); "
            "name another folder."
        ) from error


def _note_on_card(model: Path, data: str, measurement: Measurement) -> None:
    from handwrite_gui.recognition.measurement.evaluation_json import measurement_for_card
    from handwrite_gui.recognition.model_files.card import card_path, read_card, write_card

    card = read_card(model)
    if card is None:
        raise RecognitionError(
            f"{model} has no card that the figures could be written to; leave --card out."
        )
    metrics = {**card.get("metrics", {}), data: measurement_for_card(measurement)}
    try:
        write_card(model, card | {"metrics": metrics})
    except OSError as error:
        raise RecognitionError(
            f"The model card {card_path(model)} could not be written ({error.strerror or error}); "
            "copy the model to a place of your own."
        ) from error


def _parse_range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    try:
        return int(first), int(last or first)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no range such as 25-30") from error


class _ProgressBar:
    """Shows on a terminal how many of the images are read; says nothing elsewhere."""

    def __init__(self, images: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self._bar = Progress(console=console, transient=True, disable=not console.is_terminal)
        self._task = self._bar.add_task("reading", total=images)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def advance(self, images: int) -> None:
        """Count images that were read."""
        self._bar.advance(self._task, images)
