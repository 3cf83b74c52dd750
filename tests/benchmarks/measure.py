"""Timing for the benchmarks: fresh processes, a running program, and one way to print figures.

Each benchmark is run by itself, on a quiet machine: `python tests/benchmarks/NAME.py`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handwrite_gui.app import Handwrite

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PROCESSES = 5

# What is measured is this checkout, whatever is installed.
sys.path.insert(0, str(CHECKOUT))
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")])
)
# And compiled once, as pip does when it installs.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

#: Begins a script for `run_script` in which the program does what it always does; `watch` is given
#: it as soon as it is built.
WHOLE_PROGRAM = """
import os, sys
from handwrite_gui.__main__ import import_app, main
app = import_app()

def fail(sentence):
    print(sentence, file=sys.stderr, flush=True)
    os._exit(1)

class Watched(app.Handwrite):
    def show(self, pictures):
        self.recognition.failed.connect(fail)
        watch(self)
        super().show(pictures)

def run():
    app.Handwrite = Watched
    main([])
"""


def run_script(script: str) -> tuple[float, str]:
    """Run Python in a fresh process and a fresh home; return the time it began and its output."""
    with tempfile.TemporaryDirectory() as home:
        environ = os.environ | {"HANDWRITE_HOME": home}
        began = time.time()
        done = subprocess.run(
            [sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=False
        )
    if done.returncode != 0 or not done.stdout:
        raise SystemExit(f"the measured process failed:\n{done.stdout}{done.stderr}")
    return began, done.stdout


def until_printed_ms(script: str) -> float:
    """How long a fresh process takes until it prints `time.time()`, its own start included."""
    began, output = run_script(script)
    return (float(output) - began) * 1000


def alternate(*measures: Callable[[], float]) -> list[list[float]]:
    """Measure several things in turns, each `PROCESSES` times, after one turn for the caches."""
    turns = [[measure() for measure in measures] for _ in range(PROCESSES + 1)]
    return [list(values) for values in zip(*turns[1:], strict=True)]


def compare(
    what: str, times_ms: Sequence[float], than_what: str, reference_ms: Sequence[float], most: float
) -> None:
    """Print how many times as long something takes as something else, and whether it may."""
    ratio = median(times_ms) / median(reference_ms)
    print(f"{what}: {describe(times_ms)}")
    print(f"{than_what}: {describe(reference_ms)}")
    print(f"ratio {ratio:.2f}, bound {most}: {'kept' if ratio <= most else 'BROKEN'}")


def describe(times_ms: Sequence[float]) -> str:
    """Median, least and most of some times."""
    return (
        f"median {median(times_ms):.2f} ms"
        f" ({min(times_ms):.2f} to {max(times_ms):.2f}, n = {len(times_ms)})"
    )


@contextmanager
def ready_program() -> "Iterator[Handwrite]":
    """The whole program in this process, with its window shown and its model loaded."""
    from PySide6.QtCore import QEventLoop

    from handwrite_gui import paths
    from handwrite_gui.app import Handwrite
    from handwrite_gui.widgets.application import build_application

    with tempfile.TemporaryDirectory() as home:
        os.environ["HANDWRITE_HOME"] = home
        program = Handwrite(build_application(), paths.careful_models())
        ready = QEventLoop()
        program.recognition.ready.connect(ready.quit)
        program.show([])
        ready.exec()
        yield program
        program.window.close()
        program.stop()
