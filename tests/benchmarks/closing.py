"""How long a window that is closed takes to be gone, and its process to end, at several moments.

At the moment, or so long after it, a byte is sent to the program, and the clock starts. Qt's event
loop watches for it and calls `QWidget.close`, as it does when the window system sends word: a loop
that an import holds up counts, as it does for a person. (On Windows, Qt cannot watch a pipe.)

The window is gone when it gets QEvent.Hide, which QWidget sends once the platform's own window is
hidden; the process is gone when the system says so to the parent that waits for it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from measure import PROCESSES, WHOLE_PROGRAM, describe
from PIL import Image

WINDOW_MS, PROCESS_MS = 100.0, 1000.0
SIDE_PX = 3000
#: What the program waits for, what it then does, and how many seconds later it is closed.
MOMENTS = [
    ("painted", "nothing_done", (0.0, 0.2, 0.5, 1.0, 1.5, 2.0, 3.0)),
    ("ready", "nothing_done", (0.1,)),
    ("ready", "half_a_stroke_drawn", (0.0,)),
    ("ready", "a_picture_being_read", (0.0,)),
    ("painted", "ten_pictures_chosen", (0.0, 0.3)),
    ("ready", "ten_pictures_chosen", (0.0, 0.3)),
]

PROGRAM = (
    WHOLE_PROGRAM
    + """
import time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QPoint, QSocketNotifier, Qt, QTimer, Signal

pictures = [Path(word) for word in sys.argv[1:]]

class Eyes(QObject):
    painted = Signal()
    is_painted = False

    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint and not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, self.painted.emit)
        elif event.type() == QEvent.Type.Hide:
            print(time.time(), flush=True)
        return False

def now():
    print("now", flush=True)

def watch(program):
    program.eyes = Eyes(program)
    program.window.installEventFilter(program.eyes)
    program.told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, program)
    program.told.activated.connect(program.window.close)
    begin = program.eyes.painted if START == "painted" else program.recognition.ready
    begin.connect(lambda: act(program))

def nothing_done(program):
    now()

def half_a_stroke_drawn(program):
    from PySide6.QtTest import QTest

    canvas = program.draw_page.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    for x in range(101, 200):
        QTest.mouseMove(canvas, QPoint(x, 100))
    now()

def a_picture_being_read(program):
    from handwrite_gui.reading.reader import Reader

    read_picture = Reader.read_picture

    def tell_and_read(reader, picture):
        now()
        return read_picture(reader, picture)

    Reader.read_picture = tell_and_read
    program.open_files(pictures[:1])

def ten_pictures_chosen(program):
    program.open_files(pictures)
    now()
"""
)
#: The program itself is started without pictures: it may be ready before it is to open them.
RUN = """
START, act = {start!r}, {act}
app.Handwrite = Watched
sys.exit(main([]))
"""


class Closed(NamedTuple):
    """A program that was closed: how long it took, and what it left."""

    window_ms: float
    process_ms: float
    exit_code: int
    errors: str


def close(pictures: list[Path], start: str, act: str, after_s: float) -> Closed:
    """Start a program in a fresh process and a fresh home, and close it at a moment."""
    script = PROGRAM + RUN.format(start=start, act=act)
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(
            [sys.executable, "-c", script, *map(str, pictures)],
            env=os.environ | {"HANDWRITE_HOME": home},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        if process.stdout.readline() != "now\n":
            raise SystemExit(f"the measured process failed:\n{process.stderr.read()}")
        time.sleep(after_s)
        asked = time.time()
        process.stdin.write("!")
        process.stdin.flush()
        exit_code = process.wait()
        ended = time.time()
        hidden, errors = process.stdout.readline(), process.stderr.read()
    if not hidden:
        raise SystemExit(f"the measured process ended with {exit_code}:\n{errors}")
    return Closed((float(hidden) - asked) * 1000, (ended - asked) * 1000, exit_code, errors)


def report(moment: str, closed: list[Closed]) -> None:
    """Print what it took to close programs at a moment, and whether it may; the worst counts."""
    print(f"\n{moment}")
    for what, bound_ms, times_ms in (
        ("window gone", WINDOW_MS, [each.window_ms for each in closed]),
        ("process gone", PROCESS_MS, [each.process_ms for each in closed]),
    ):
        verdict = "kept" if max(times_ms) <= bound_ms else "BROKEN"
        print(f"  {what}: {describe(times_ms)}, bound {bound_ms:.0f} ms: {verdict}")
    codes = ", ".join(sorted({str(each.exit_code) for each in closed}))
    errors = "".join(each.errors for each in closed)
    print(f"  exit code {codes}, stderr {errors or 'empty'}", flush=True)


def make_pictures(folder: Path) -> list[Path]:
    """Ten large pictures of noise, which is slow to unpack and to read."""
    files = [folder / f"{number}.png" for number in range(10)]
    Image.effect_noise((SIDE_PX, SIDE_PX), 50).save(files[0])
    for file in files[1:]:
        os.link(files[0], file)
    return files


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pictures = make_pictures(Path(folder))
        close(pictures, "ready", "nothing_done", 0.0)  # For the caches.
        for start, act, delays_s in MOMENTS:
            for after_s in delays_s:
                report(
                    f"{start}, {act.replace('_', ' ')}, {after_s} s later",
                    [close(pictures, start, act, after_s) for _ in range(PROCESSES)],
                )


if __name__ == "__main__":
    main()
