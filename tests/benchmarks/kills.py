"""Kills the program between strokes, again and again: is every finished stroke offered back?

`python tests/benchmarks/kills.py [KILLS [LEAST_DELAY_MS]]`, by default fifty and 0. Each program
brings back what the one before it left, draws, corrects, undoes and clears, and is killed (SIGKILL)
with the pen up, at a random moment after the last lift: while TensorFlow is imported, or later. It
also tells how long it takes from a lift until the record of that stroke is written, and is on the
disk.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from measure import WHOLE_PROGRAM, describe

KILLS = 50
#: The program is killed within this time after the last lift, or after the least delay; a hand
#: takes longer until it puts the pen down again.
SPAN_MS = 100.0
#: Half of the programs draw as soon as the window is there, half later, up to when all is loaded.
MOST_WAIT_S = 4.0

PROGRAM = (
    WHOLE_PROGRAM
    + """
import json, time
from collections import deque
from hashlib import sha256
from PySide6.QtCore import QObject, QPoint, QSocketNotifier, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from handwrite_gui.domain.ink import Correction
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.storage import journal
from handwrite_gui.storage.journal import Journal

journal.MOST_SPENT_BYTES = 2000  # So that it is often written anew.
LEFT = Qt.MouseButton.LeftButton
lifts, unsynced = deque(), deque()

def tell(**what):
    os.write(1, json.dumps(what).encode() + b"\\n")

class Hand(QObject):
    def __init__(self, program):
        super().__init__(program)
        self.page, self.lifted, self.change = program.draw_page, 0.0, 0
        self.buttons = program.window.findChildren(QPushButton)
        self.told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self.told.activated.connect(self.obey)

    @Slot()
    def obey(self):
        what, *numbers = os.read(0, 65536).decode().split()
        self.lifted = time.perf_counter()
        getattr(self, what)(*map(int, numbers))
        if what != "bring":
            self.tell_ink()

    def tell_ink(self):
        ink = self.page.canvas.ink()
        strokes, said = ink.strokes, sorted(ink.standing_corrections.items())
        points = b"".join(stroke.points.tobytes() for stroke in strokes)
        digest = sha256(points + repr(said).encode()).hexdigest()
        tell(ink=f"{len(strokes)} strokes {digest[:16]}")

    def stroke(self, *numbers):
        places = [QPoint(*place) for place in zip(numbers[::2], numbers[1::2])]
        QTest.mousePress(self.page.canvas, LEFT, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(self.page.canvas, place)
        self.lifted = time.perf_counter()
        QTest.mouseRelease(self.page.canvas, LEFT, pos=places[-1])

    def correct(self, digit):
        strokes = self.page.canvas.sheet.strokes
        if strokes:  # As a person does once it is read, which takes longer than a kill may wait.
            self.page.canvas.sheet.correct(Correction(strokes[-2:], digit))

    def undo(self):
        self.page.canvas.undo()

    def clear(self):
        self.page.canvas.clear()

    def bring(self):
        offer = next(button for button in self.buttons if button.text() == "Bring it back")
        if offer.isVisible():
            QTest.mouseClick(offer, LEFT)
            self.tell_ink()
        elif self.change < 500:
            self.change += 1
            QTimer.singleShot(10, self.bring)
        else:
            tell(ink="nothing was offered")

def watch(program):
    hand = Hand(program)
    keep_ink, write, sync = Keeper.keep_ink, Journal.write, Journal.sync

    def keep(keeper, ink):
        lifts.append(hand.lifted)
        keep_ink(keeper, ink)

    def write_and_tell(journal, inks):
        write(journal, inks)
        for _ in inks:
            unsynced.append(lifts.popleft())
            tell(kept="written", ms=(time.perf_counter() - unsynced[-1]) * 1000)

    def sync_and_tell(journal):
        count = len(unsynced)
        sync(journal)
        for _ in range(count):
            tell(kept="on the disk", ms=(time.perf_counter() - unsynced.popleft()) * 1000)

    Keeper.keep_ink, Journal.write, Journal.sync = keep, write_and_tell, sync_and_tell
    QTimer.singleShot(100, lambda: tell(shown=True))

run()
"""
)


class Round(NamedTuple):
    """What one program had on its paper, after each change, and how it was killed."""

    inks: list[str]
    age_ms: float


class Program:
    """A program that draws when it is told to."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | {"HANDWRITE_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.times_ms: list[tuple[str, float]] = []
        self._until("shown")

    def do(self, *words: object) -> str:
        """Have something done; return what is on the paper then."""
        self.process.stdin.write(" ".join(map(str, words)))
        self.process.stdin.flush()
        return self._until("ink")

    def kill(self) -> None:
        """Kill the process, and hear what it still had to say."""
        self.process.kill()
        output, _ = self.process.communicate()
        for line in output.splitlines():
            self._hear(line)

    def _until(self, what: str) -> Any:
        for line in self.process.stdout:
            told = self._hear(line)
            if what in told:
                return told[what]
        raise SystemExit(f"the program failed:\n{self.process.communicate()[1]}")

    def _hear(self, line: str) -> dict[str, Any]:
        told = json.loads(line)
        if "kept" in told:
            self.times_ms.append((told["kept"], told["ms"]))
        return told


def draw_and_kill(program: Program, random: Random, brought: str, least_delay_ms: float) -> Round:
    """Draw, correct, undo and clear with pauses, and kill with the pen up."""
    if random.random() < 0.5:
        time.sleep(random.uniform(0.0, MOST_WAIT_S))
    inks = [brought]
    for number in range(random.randint(2, 8)):
        time.sleep(random.uniform(0.0, SPAN_MS) / 1000)
        ways = ["stroke"] * 6 + ["undo", "clear", "correct", "correct"]
        what = random.choice(ways) if number else "stroke"
        if what == "stroke":
            places = [random.randint(20, 380) for _ in range(2 * random.randint(1, 60))]
            inks.append(program.do("stroke", *places))
        elif what == "correct":
            inks.append(program.do("correct", random.randint(0, 9)))
        else:
            inks.append(program.do(what))
    if inks[-1].startswith("0 "):  # Blank paper is offered to nobody.
        inks.append(program.do("stroke", 100, 100, 160, 100, 120, 200))
    lifted = time.perf_counter()
    time.sleep((least_delay_ms + random.uniform(0.0, SPAN_MS)) / 1000)
    age_ms = (time.perf_counter() - lifted) * 1000
    program.kill()
    return Round(inks, age_ms)


def main() -> None:
    words = [*map(int, sys.argv[1:])]
    kills, least_delay_ms = (*words, *(KILLS, 0)[len(words) :])
    random, lost, changes = Random(7), 0, 0
    times_ms: dict[str, list[float]] = {"written": [], "on the disk": []}
    with tempfile.TemporaryDirectory() as home:
        last: Round | None = None
        for number in range(kills + 1):
            program = Program(Path(home))
            brought = "blank"
            if last is not None:
                brought = program.do("bring")
                if brought != last.inks[-1]:
                    lost += 1
                    known = "older ink" if brought in last.inks else "other ink"
                    print(f"kill {number}: {known} came back, {last.age_ms:.1f} ms after the lift")
            if number == kills:
                program.kill()
                break
            last = draw_and_kill(program, random, brought, least_delay_ms)
            changes += len(last.inks) - 1
            for what, ms in program.times_ms:
                times_ms[what].append(ms)
    print(f"{kills} kills, {changes} changes: after {lost} of them something was missing")
    for what, each_ms in times_ms.items():
        late_ms = sorted(each_ms)[int(0.99 * len(each_ms))]
        print(f"from the lift until it is {what}: {describe(each_ms)}, 99 % by {late_ms:.1f} ms")
    sys.exit(lost > 0)


if __name__ == "__main__":
    main()
