"""What the processes of `test_batch.py` do; they import it by its name."""

import logging
import os
import time

import numpy as np

from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.errors import RecognitionError


def ten_times(_: Reader, number: int) -> tuple[int, int]:
    """Ten times the number and which process found it out, sooner for an odd one."""
    time.sleep(0.02 * (number % 2 == 0))
    return 10 * number, os.getpid()


def die_of_three(_: Reader, number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def ask(reader: Reader, number: int) -> int | str | None:
    """What the networks say of a picture that is as dark as the number, or what they raise."""
    try:
        return reader.predict(np.full((1, 28, 28), number, np.float32))[0].digit
    except (RecognitionError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"


def ask_for_strips(reader: Reader, number: int) -> list[float] | None:
    """What the network for strips says of one."""
    strips = reader._pictures._strips._sequences()
    if strips is None:
        return None
    return [float(logs[0, 0]) for logs in strips.predict([np.full((2, 2), number)], 0.5)]


def log(_: Reader, number: int) -> None:
    logging.getLogger("handwrite_gui.far").warning("%s in %s", number, os.getpid())
