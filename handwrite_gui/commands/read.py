"""`handwrite-gui read`: pictures and ink to digits, a line each, with no display needed."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handwrite_gui import paths
from handwrite_gui.commands.arguments import file_named_unlike
from handwrite_gui.commands.command_line import INTERRUPTED, ctrl_c_leaves_at_once
from handwrite_gui.commands.files import SUFFIXES, named_files
from handwrite_gui.commands.read_lines import Outcome, json_line, line
from handwrite_gui.commands.soft_stop import SoftStop
from handwrite_gui.domain.reading import Number, Reading
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture, page_count
from handwrite_gui.reading.batch import Batch, Networks, Unread
from handwrite_gui.reading.one_digit import FramedDigit
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.recogniser import Recogniser
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.numbers_csv import growing_table, write_numbers
from handwrite_gui.storage.read_ink import is_ink, read_ink

_log = logging.getLogger(__name__)
Page = tuple[str, int, str | None]
"""A file, the page in it counted from 0, and what is known to be wrong with it."""
_BUG = "This could not be read because of a fault in Handwrite; the log says more."
_ENDED = (
    "Reading “{}” was ended by the system, perhaps for want of memory: close other programs, and "
    "read it again."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a picture, a PDF, ink (InkML, SVG), or a folder with such files in it and below",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument(
        "--csv",
        type=file_named_unlike(SUFFIXES),
        metavar="FILE",
        help="also write a table with a line for each number: path, number, confidence, box, "
        "confirmed; what a spreadsheet would change (007, 1/2, -5) begins with an apostrophe",
    )
    parser.add_argument("--model", type=Path, metavar="FILE", help="a model other than our own")
    parser.add_argument(
        "--careful",
        action="store_true",
        help="let several networks look at each digit from several angles: fewer mistakes, slower",
    )


def run(args: argparse.Namespace) -> int:
    """Read every file and print a line for each as soon as it is read.

    Returns:
        0 if all files were read, also where nothing was found in them; 1 if some were not, or the
        table could not be written to its end; 2 if it cannot be begun, and nothing is read then;
        130 after Ctrl+C.
    """
    is_one = len(args.files) == 1 and not Path(args.files[0]).is_dir()
    load = partial(_load, args.model, careful=args.careful, one_thread=not is_one)
    outcomes = _read_all(args.files, _networks(load))
    told = _Told(outcomes, json_line if args.json else line)
    if args.csv is None:
        # Every line is out as soon as it is made: there is nothing to lose.
        with ctrl_c_leaves_at_once():
            for _ in told.numbers():
                pass
        return told.code
    stop, failed = SoftStop(), 2
    try:
        with stop.listening(), growing_table(args.csv) as table:
            failed = 1
            write_numbers(table, told.numbers(stop))
    except StorageError as error:
        print(error, file=sys.stderr)
        return failed
    return INTERRUPTED if stop() else told.code


class _Told:
    """Prints what came of each file, and gives the Numbers on."""

    def __init__(
        self, outcomes: Generator[Outcome, None, None], say: Callable[[Outcome], str]
    ) -> None:
        self._outcomes, self._say = outcomes, say
        self.code = 0

    def numbers(
        self, must_stop: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[str, Number]]:
        """Give each Number and where it stands."""
        with contextlib.closing(self._outcomes) as outcomes:
            for outcome in outcomes:
                if isinstance(outcome.result, str):
                    self.code = 1
                print(self._say(outcome), flush=True)
                yield from ((outcome.address, number) for number in outcome.numbers)
                if must_stop():
                    return


def _read_all(names: list[str], networks: Networks) -> Generator[Outcome, None, None]:
    """Give what came of each file, in the files' order."""
    pages = ((path, 0, problem) for path, problem in named_files(names))
    return Batch(_read, _other_pages, _lost, networks).results(pages)


def _read(reader: Reader, what: Page) -> Outcome | Unread[Outcome]:
    """Read one page of a file, in any process."""
    path, page, problem = what
    if problem is not None:
        return Outcome(path, problem)
    try:
        if is_ink(Path(path)):
            return Outcome(path, reader.read_ink(read_ink(Path(path)).ink))
        picture = open_picture(Path(path), page=page)
        told = partial(_told, path, page, picture.page_count)
        found = reader.frame_or_read(picture)
        return Unread(found, told) if isinstance(found, FramedDigit) else told(found)
    except PictureError as error:
        return Outcome(path, str(error), page, max(page + 1, _pages_of(path)))
    except Exception as error:
        return _failed(path, page, error)


def _told(path: str, page: int, page_count: int, read: Reading | Exception) -> Outcome:
    """Say what a page was read as, or why it was not."""
    if isinstance(read, Exception):
        return _failed(path, page, read)
    return Outcome(path, read, page, page_count)


def _failed(path: str, page: int, error: Exception) -> Outcome:
    """Say why a page was not read: a bug that one brings out costs the others nothing."""
    if isinstance(error, (RecognitionError, StorageError)):
        return Outcome(path, str(error), page, page + 1)
    _log.error("%s could not be read", path, exc_info=error)
    return Outcome(path, _BUG, page, max(page + 1, _pages_of(path)))


def _lost(what: Page) -> Outcome:
    """Say what is known of a page whose process has ended."""
    path, page, _ = what
    return Outcome(path, _ENDED.format(Path(path).name), page, max(page + 1, _pages_of(path)))


def _other_pages(first: Outcome) -> Iterable[Page]:
    """What follows from a file's first page, even if that cannot be read: the others."""
    if first.page > 0:
        return []
    return [(first.path, page, None) for page in range(1, first.page_count)]


def _pages_of(path: str) -> int:
    """How many pages a file has, one of which could not be opened; 1 where nobody can tell."""
    try:
        return page_count(Path(path))
    except Exception:  # Also ink, and what a bug keeps from being opened.
        return 1


def _networks(load: Callable[[], Recogniser]) -> Networks:
    """Return what is loaded when it is first asked: a mistyped name costs no wait."""
    from handwrite_gui.recognition.sequences.sequence_recogniser import load_when_asked

    warn = partial(print, file=sys.stderr)
    return Networks(_LoadedWhenAsked(load), load_when_asked(paths.numbers_model(), warn))


class _LoadedWhenAsked:
    """A Recogniser that is loaded for the first digit."""

    def __init__(self, load: Callable[[], Recogniser]) -> None:
        self._load = cache(load)

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """As `Recogniser.predict`.

        Raises:
            RecognitionError: The model cannot be used.
        """
        return self._load().predict(images)


def _load(model: Path | None, *, careful: bool, one_thread: bool) -> Recogniser:
    """Load what reads; with `one_thread` for many files, whose processes share the processor."""
    # Imports TensorFlow: seconds that `read --help` does not need.
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    warn = partial(print, file=sys.stderr)
    if not careful:
        path = model or paths.default_model()
        return load_recogniser(path, one_thread=one_thread, on_warning=warn)
    from handwrite_gui.recognition.careful import CarefulRecogniser

    models = (model,) if model else paths.careful_models()
    return CarefulRecogniser(
        [load_recogniser(path, one_thread=one_thread, on_warning=warn) for path in models]
    )
