"""`handwrite-gui card`: what a model is, made from what, how good; out of its model card."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from handwrite_gui.paths import default_model
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_files.archive import (
    ModelRefusedError,
    read_model_file,
    refusal,
)
from handwrite_gui.recognition.model_files.card import check_card, read_card

#: Lines longer than about this are tiring.
_MOST_WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--model", type=Path, metavar="FILE", help="a model other than our own")
    parser.add_argument("--json", action="store_true", help="print the card as it is, in one line")


def run(args: argparse.Namespace) -> int:
    """Print the card, once it is known to be that of the file.

    Returns:
        0 for success, 1 where there is no card, or that of another file.
    """
    model = args.model or default_model()
    try:
        warning = check_card(model, read_model_file(model))
        card = read_card(model)
    except ModelRefusedError as error:
        print(refusal(model, str(error)), file=sys.stderr)
        return 1
    except RecognitionError as error:
        print(error, file=sys.stderr)
        return 1
    if warning:
        print(warning, file=sys.stderr)
    if card is None:
        return 1
    print(json.dumps(card) if args.json else _as_text(card))
    return 0


def _as_text(card: dict[str, object]) -> str:
    from handwrite_gui.recognition.model_files.card_text import card_as_text

    return card_as_text(card, min(shutil.get_terminal_size().columns, _MOST_WIDTH))
