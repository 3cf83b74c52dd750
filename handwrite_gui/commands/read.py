"""`handwrite-gui read`: pictures and ink to digits, a line each, with no display needed."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from handwrite_gui import paths
from handwrite_gui.commands.command_line import ctrl_c_leaves_at_once
from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import confidence_in_words, percent
from handwrite_gui.domain.reading import Number, Reading, Refusal
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.read_ink import is_ink, read_ink
from handwrite_gui.storage.reading_json import numbers_to_json

_log = logging.getLogger(__name__)
_REFUSALS = {
    Refusal.BLANK: "nothing is written here",
    Refusal.DOT: "no digit, only a dot",
    Refusal.NO_DIGIT: "no digit",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a picture, or ink (InkML, SVG)")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--model", type=Path, metavar="FILE", help="a model other than our own")
    parser.add_argument(
        "--careful",
        action="store_true",
        help="let several networks look at each digit from several angles: fewer mistakes, slower",
    )


def run(args: argparse.Namespace) -> int:
    """Read every file and print a line for each as soon as it is read.

    Returns:
        0 if all files were read, also where nothing was found in them; 1 if some were not.
    """
    code = 0
    # Every line is out as soon as it is made: there is nothing to lose.
    with ctrl_c_leaves_at_once():
        load = partial(_load_reader, args.model, careful=args.careful)
        for path, outcome in _read_all(args.files, load):
            if isinstance(outcome, str):
                code = 1
            print(_json_line(path, outcome) if args.json else _line(path, outcome), flush=True)
    return code


def _read_all(files: list[str], load: Callable[[], Reader]) -> Iterator[tuple[str, Reading | str]]:
    """Give each file's Reading, or one sentence that says why there is none."""
    reader: Reader | None = None
    for path in files:
        try:
            source = _open(Path(path))
            # The model is loaded for the first good file, so that a mistyped name costs no wait.
            reader = reader or load()
            if isinstance(source, Ink):
                yield path, reader.read_ink(source)
            else:
                yield path, reader.read_picture(source)
        except (PictureError, RecognitionError, StorageError) as error:
            yield path, str(error)
        except Exception:  # A bug that one file brings out must not cost the others their lines.
            _log.exception("%s could not be read", path)
            yield path, "This could not be read because of a fault in Handwrite; the log says more."


def _open(path: Path) -> Ink | Picture:
    return read_ink(path).ink if is_ink(path) else open_picture(path)


def _load_reader(model: Path | None, *, careful: bool) -> Reader:
    # Imports TensorFlow: seconds that `read --help` does not need.
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    warn = partial(print, file=sys.stderr)
    if not careful:
        return Reader(load_recogniser(model or paths.default_model(), on_warning=warn))
    from handwrite_gui.recognition.careful import CarefulRecogniser

    models = (model,) if model else paths.careful_models()
    return Reader(CarefulRecogniser([load_recogniser(path, on_warning=warn) for path in models]))


def _line(path: str, outcome: Reading | str) -> str:
    if isinstance(outcome, str):
        said = outcome
    elif outcome.refusal is not None:
        said = _REFUSALS[outcome.refusal]
    else:
        said = ", ".join(_number_in_words(number) for number in outcome.numbers)
    # A name may hold line breaks, or bytes that are no text: one line stays one line.
    return "".join(
        letter if letter.isprintable() else ascii(letter)[1:-1] for letter in f"{path}: {said}"
    )


def _number_in_words(number: Number) -> str:
    certainty = f"{confidence_in_words(number.confidence)}, {percent(number.confidence)}"
    return f"{number.text} ({certainty})"


def _json_line(path: str, outcome: Reading | str) -> str:
    if isinstance(outcome, str):
        return json.dumps({"path": path, "numbers": [], "error": outcome})
    return json.dumps({"path": path, "numbers": numbers_to_json(outcome), "error": None})
