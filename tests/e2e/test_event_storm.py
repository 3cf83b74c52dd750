"""A thousand events a second, of a pen and of a mouse, while they are read: all arrive."""

import subprocess
import sys
from pathlib import Path

STORM = Path(__file__).resolve().parent.parent / "benchmarks" / "event_storm.py"
SECONDS = 3


def test_none_is_lost_and_none_merged(display: str) -> None:
    # The display is not used: where there can be none, this is skipped.
    done = subprocess.run(
        [sys.executable, str(STORM), "--seconds", str(SECONDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(f"{SECONDS * 1000} handled") == 2
    assert done.stdout.count("none lost, none merged") == 2
