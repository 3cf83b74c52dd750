"""How long the program takes until it can predict, beside `python -c "import keras"`."""

import time
from functools import partial

from measure import WHOLE_PROGRAM, alternate, compare, run_script, until_printed_ms

PROGRAM = (
    WHOLE_PROGRAM
    + """
import os, time

def tell():
    print(time.time(), flush=True)
    os._exit(0)

def watch(program):
    program.recognition.ready.connect(tell)

run()
"""
)


def import_keras_ms() -> float:
    began, _ = run_script("import keras; print(keras.__version__)")
    return (time.time() - began) * 1000


if __name__ == "__main__":
    program, keras = alternate(partial(until_printed_ms, PROGRAM), import_keras_ms)
    compare("start to ready", program, 'python -c "import keras"', keras, 1.25)
