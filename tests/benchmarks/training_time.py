"""Our quick recipe beside the textbook's: processor time and what each then reads of MNIST.

Whole commands, one after the other, on all cores; about a quarter of an hour on two. MNIST is taken
from where the tests take it. On Linux and macOS only.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import CHECKOUT

MOST_RATIO, LEAST_ACCURACY = 0.5, 0.994
DATA = Path(os.environ.get("HANDWRITE_DATA", CHECKOUT.parent / "shared" / "data")) / "mnist.npz"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours_s, ours = _train("quick", Path(folder))
        textbook_s, _ = _train("paper", Path(folder))
    ratio = ours_s / textbook_s
    kept = "kept" if ratio <= MOST_RATIO else "BROKEN"
    print(f"ratio of processor time {ratio:.2f}, bound {MOST_RATIO}: {kept}")
    kept = "kept" if ours >= LEAST_ACCURACY else "BROKEN"
    print(f"quick reads {ours:.2%}, bound {LEAST_ACCURACY:.1%}: {kept}")


def _train(recipe: str, folder: Path) -> tuple[float, float]:
    """Train by a recipe; return seconds of processor time and the accuracy on MNIST's test part."""
    model = folder / f"{recipe}.keras"
    before = _processor_s()
    _run("train", "--recipe", recipe, "--data", DATA, "--seed", 1, "--out", model)
    seconds = _processor_s() - before
    said = _run("evaluate", "--model", model, "--data", DATA, "--json")
    accuracy = float(json.loads(said)["models"][0]["accuracy"])
    print(f"{recipe}: {seconds:.0f} s of processor time, reads {accuracy:.2%}", flush=True)
    return seconds, accuracy


def _run(*words: object) -> str:
    command = [sys.executable, "-m", "handwrite_gui", *map(str, words)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
