"""An hour's ink, a million points: how fast it is opened, what memory it takes, when it is seen.

`python tests/benchmarks/big_ink.py [POINTS]`. The file is InkML as Handwrite writes it. Opening is
measured beside ElementTree and `np.array(text.split(), float)` for the numbers of each trace, in
turns. Memory is measured in a process of its own: what Python and NumPy have asked for, reading,
placing, journalling and holding included; and, on Linux, what the whole program's process has more
of, at most, than before. While the whole program opens the file, a pen draws.
"""

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from measure import CHECKOUT, compare, describe, ready_program, run_script
from process_memory import memory_now, most_memory

POINTS, REPEATS = 1_000_000, 11
LEAST_POINTS, MOST_POINTS = 30, 200
#: 280 points a second, as pens tell them.
STEP_MS = 3.57
MOST_RATIO, MOST_BYTES = 2.0, 200
PEN_HZ = 200
_TRACE = "{http://www.w3.org/2003/InkML}trace"
#: For a process of its own.
_HERE = f"import sys; sys.path.insert(0, {str(CHECKOUT / 'tests' / 'benchmarks')!r})\n"


def write_ink(path: Path, points: int) -> None:
    """Write ink of lines and bows in rows, with pauses between the strokes."""
    from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Ink, Stroke, X, Y
    from handwrite_gui.storage.inkml_writing import ink_as_inkml

    random, strokes, left, time_ms = np.random.default_rng(7), [], points, 0.0
    while left > 0:
        count = min(int(random.integers(LEAST_POINTS, MOST_POINTS + 1)), left)
        turn = np.cumsum(random.normal(0.0, 0.1, count))
        stroke = np.empty((count, 4))
        stroke[:, X] = random.uniform(50, 950) + np.cumsum(0.5 * np.cos(turn))
        stroke[:, Y] = random.uniform(50, 650) + np.cumsum(0.5 * np.sin(turn))
        stroke[:, TIME_MS] = time_ms + np.arange(count) * STEP_MS
        bend = np.cumsum(random.normal(0.0, 0.02, count))
        stroke[:, PRESSURE] = np.clip(0.5 + bend, 0.01, 1.0)
        strokes.append(Stroke(stroke))
        time_ms, left = stroke[-1, TIME_MS] + random.uniform(50, 400), left - count
    path.write_bytes(ink_as_inkml(Ink(tuple(strokes), 1, 12.0)))


def open_ink(path: Path) -> None:
    """What is measured."""
    from handwrite_gui.storage.read_ink import read_ink

    read_ink(path)


def open_plainly(path: Path) -> None:
    """A plain XML parser, and NumPy for the same numbers."""
    traces = ElementTree.parse(path).getroot().iter(_TRACE)
    numbers = [np.array(trace.text.replace(",", " ").split(), float) for trace in traces]
    assert numbers


def compare_speed(path: Path) -> None:
    """Open the file in both ways, in turns, and print how long they take.

    Both work in one thread. The ratio is of the time on the processor, which is the time elapsed
    where the machine does nothing else.
    """
    ways: dict[Callable[[Path], None], list[tuple[float, float]]]
    ways = {open_ink: [], open_plainly: []}
    for turn in range(REPEATS + 1):
        for way, times_ms in ways.items():
            elapsed, own = time.perf_counter(), time.thread_time()
            way(path)
            own, elapsed = time.thread_time() - own, time.perf_counter() - elapsed
            if turn:  # The first is for the caches.
                times_ms.append((elapsed * 1000, own * 1000))
    (opened, opened_own), (plain, plain_own) = (zip(*each, strict=True) for each in ways.values())
    print(f"elapsed: opened {describe(opened)}, ElementTree and NumPy {describe(plain)}")
    compare("opened", opened_own, "ElementTree and NumPy", plain_own, MOST_RATIO)


def print_traced(path: Path) -> None:
    """Print the most bytes that Python and NumPy held to open ink and to have it on the paper."""
    from handwrite_gui.domain.ink import Ink
    from handwrite_gui.domain.placement import place
    from handwrite_gui.domain.undo import InkHistory
    from handwrite_gui.storage.journal import Journal
    from handwrite_gui.storage.read_ink import read_ink

    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder))
        journal.write([Ink()])
        tracemalloc.start()
        file, history = read_ink(path), InkHistory(12.0)
        history.put(place(file.ink, (700.0, 500.0), None))
        journal.write([history.ink])
        journal.sync()
        print(tracemalloc.get_traced_memory()[1])
        journal.close()


def print_resident(path: Path) -> None:
    """Print how many bytes more than before the program's process has at most and at the end."""
    with ready_program() as program:
        canvas = program.draw_page.canvas
        Path("/proc/self/clear_refs").write_text("5")  # Forgets the most that it ever had.
        before = memory_now()
        program.open_files([path])
        _wait_until(lambda: canvas.painted.is_whole and not canvas.is_blank, 60.0)
        _wait_until(lambda: program.draw_page.reading is not None, 60.0)
        print(most_memory() - before, memory_now() - before)


def _wait_until(is_done: Callable[[], object], most_s: float) -> None:
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    ticks, end = QTimer(interval=5), time.perf_counter() + most_s
    ticks.start()
    while not is_done():
        if time.perf_counter() > end:
            raise SystemExit("waited in vain")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def show(path: Path) -> None:
    """Open the file in the whole program while a pen draws, and print what that was like."""
    from PySide6.QtCore import QPoint, Qt, QTimer
    from PySide6.QtTest import QTest

    with ready_program() as program:
        canvas, opened = program.draw_page.canvas, []
        began = last = time.perf_counter()
        gaps_ms, sent = [], 1
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 50))

        def move() -> None:
            nonlocal last, sent
            now = time.perf_counter()
            gaps_ms.append((now - last) * 1000)
            last = now
            if not opened:
                QTest.mouseMove(canvas, QPoint(20 + sent % 150, 50 + sent // 150))
                sent += 1

        program._inks.file_opened.connect(lambda _: opened.append(time.perf_counter() - began))
        pen = QTimer(interval=1000 // PEN_HZ, timerType=Qt.TimerType.PreciseTimer)
        pen.timeout.connect(move)
        pen.start()
        program.open_files([path])
        _wait_until(lambda: opened, 60.0)
        _wait_until(lambda: canvas.painted.is_whole, 60.0)
        painted_s = time.perf_counter() - began
        pen.stop()
        on_paper_gap_ms = max(gaps_ms[sent - 1 :])
        canvas.undo()
        (stroke,) = canvas.ink().strokes
    kept = "none lost" if len(stroke.points) == sent else "BROKEN"
    print(f"on the paper after {opened[0]:.2f} s, all painted after {painted_s:.2f} s")
    print(
        f"meanwhile the pen told of {sent} points, {len(stroke.points)} are in its stroke: {kept}"
    )
    reading_ms = np.array(gaps_ms[: sent - 1])
    median_ms, late_ms = np.percentile(reading_ms, (50, 99))
    print(
        f"between two of its moves, {1000 // PEN_HZ} ms apart: median {median_ms:.1f}, 99 % by"
        f" {late_ms:.1f}, at most {reading_ms.max():.1f} ms while the file is read; at most"
        f" {on_paper_gap_ms:.0f} ms while it is put on the paper and painted"
    )


def main() -> None:
    points = int(sys.argv[1]) if len(sys.argv) > 1 else POINTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hour.inkml"
        write_ink(path, points)
        print(f"{points} points, {path.stat().st_size / 2**20:.1f} MB")
        compare_speed(path)
        _, output = run_script(
            f"{_HERE}import big_ink; big_ink.print_traced(big_ink.Path({str(path)!r}))"
        )
        _print_bytes("Python and NumPy at most", int(output) / points)
        if sys.platform == "linux":
            _, output = run_script(
                f"{_HERE}import big_ink; big_ink.print_resident(big_ink.Path({str(path)!r}))"
            )
            most, held = (int(each) / points for each in output.split())
            _print_bytes("the whole program's process at most", most)
            print(f"and {held:.0f} while it is held")
        show(path)


def _print_bytes(what: str, each: float) -> None:
    kept = "kept" if each <= MOST_BYTES else "BROKEN"
    print(f"{what}: {each:.0f} bytes a point, bound {MOST_BYTES}: {kept}")


if __name__ == "__main__":
    main()
