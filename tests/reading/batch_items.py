"""What the processes of `test_batch.py` do; they import it by its name."""

import logging
import multiprocessing
import os
import time

import numpy as np

from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.batch import Unread
from handwrite_gui.reading.one_digit import FramedDigit
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.errors import RecognitionError


def is_first_process() -> bool:
    return multiprocessing.parent_process() is None


def ten_times(_: Reader, number: int) -> tuple[int, int]:
    """Ten times the number and which process found it out, sooner for an odd one."""
    time.sleep(0.2 if is_first_process() else 0.02 * (number % 2 == 0))
    return 10 * number, os.getpid()


def die_of_three(_: Reader, number: int) -> int | str:
    if is_first_process():
        time.sleep(0.2)
        return "here"
    if number == 3:
        os._exit(9)
    return number


def ask(reader: Reader, number: int) -> tuple[int | str | None, int]:
    """What the networks say of a picture that is as dark as the number, or what they raise."""
    time.sleep(0.2 * is_first_process())
    try:
        said: int | str | None = reader.predict(dark(number)[None])[0].digit
    except (RecognitionError, RuntimeError) as error:
        said = f"{type(error).__name__}: {error}"
    return said, os.getpid()


def frame(_: Reader, number: int) -> Unread[str] | str:
    """A picture that is as dark as the number, to be read with others; none is nothing."""
    time.sleep(0.2 * is_first_process())
    return Unread(FramedDigit(dark(number), (0, 0, 1, 1)), text_of) if number else "nothing"


def text_of(read: Reading | Exception) -> str:
    return f"failed: {read}" if isinstance(read, Exception) else read.text


def dark(number: int) -> np.ndarray:
    return np.full((28, 28), number, np.float32)


def ask_for_strips(reader: Reader, number: int) -> tuple[list[float] | str | None, int]:
    """What the network for strips says of one."""
    time.sleep(0.2 * is_first_process())
    said: list[float] | str | None = None
    try:
        strips = reader._pictures._strips._sequences()
        if strips is not None:
            said = [float(logs[0, 0]) for logs in strips.predict([np.full((2, 2), number)], 0.5)]
    except RecognitionError as error:
        said = str(error)
    return said, os.getpid()


def log(_: Reader, number: int) -> int:
    time.sleep(0.2 * is_first_process())
    logging.getLogger("handwrite_gui.far").warning("%s in %s", number, os.getpid())
    return os.getpid()


def sleep(_: Reader, tenths: int) -> int:
    """Take so long; a number below nothing takes next to nothing."""
    time.sleep(max(0.0, tenths / 10))
    return tenths


def sleep_or_frame(reader: Reader, tenths: int) -> Unread[str] | str:
    """Take so long; a number below nothing is a digit to be read with others."""
    if tenths < 0:
        return frame(reader, -tenths)
    return str(sleep(reader, tenths))
