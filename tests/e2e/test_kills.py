"""The program is killed between strokes, and the next start offers every finished stroke."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KILLS = Path(__file__).resolve().parent.parent / "benchmarks" / "kills.py"
STROKES = [
    [(300, 200), (350, 250), (400, 300)],
    [(420, 180), (380, 260)],
    [(310, 320), (350, 330), (390, 320), (420, 340)],
]


def test_strokes_of_a_real_mouse_outlast_a_kill(start: Callable[..., Any]) -> None:
    program = start()
    for number, stroke in enumerate(STROKES, 1):
        program.draw(*stroke)
        program.until(
            lambda number=number: [len(ink.strokes) for ink in program.kept()] == [number],
            "the journal",
        )
    program.draw((200, 200), (250, 300), lift=False)  # Is not finished, and may be lost.
    (ink,) = program.kept()
    program.process.kill()
    program.process.wait()

    again = start()
    again.until(lambda: again.kept(offered=True), "the offer")
    (offered,) = again.kept(offered=True)
    assert [len(stroke.points) for stroke in offered.strokes] == list(map(len, STROKES))
    for before, after in zip(ink.strokes, offered.strokes, strict=True):
        assert (before.points == after.points).all()


def test_strokes_that_are_dragged_as_the_program_is_killed_are_where_they_were(
    start: Callable[..., Any],
) -> None:
    def places(offered: bool = False) -> list[list[list[float]]]:
        return [
            stroke.xy.tolist() for ink in program.kept(offered=offered) for stroke in ink.strokes
        ]

    program = start()
    program.draw(*STROKES[0])
    drawn = program.until(places, "the journal")
    program.person.type("s")
    program.draw((350, 250), (360, 250), (390, 270))
    program.until(lambda: places() != drawn, "the move in the journal")
    (stroke,), (moved,) = drawn, places()
    assert moved == [[x + 40, y + 20] for x, y in stroke]
    program.draw((390, 270), (400, 270), (500, 400), lift=False)
    time.sleep(0.5)
    program.process.kill()
    program.process.wait()

    program = start()
    program.until(lambda: program.kept(offered=True), "the offer")
    assert places(offered=True) == [moved]


def test_two_windows_that_are_killed_lose_nothing(start: Callable[..., Any]) -> None:
    programs = []
    for number in (1, 2):
        programs.append(start())
        # The second window is above the first, as soon as it is there.
        while len(programs[-1].kept()) < number:
            programs[-1].draw(*STROKES[0])
            time.sleep(0.5)
    drawn = sorted(len(ink.strokes) for ink in programs[0].kept())
    for program in programs:
        program.process.kill()
        program.process.wait()
    again = start()
    again.until(lambda: again.kept(offered=True), "the offer")
    (offered,) = again.kept(offered=True)
    (next_one,) = again.kept()
    assert sorted([len(offered.strokes), len(next_one.strokes)]) == drawn


def test_line_of_digits_outlasts_a_kill_and_goes_on(start: Callable[..., Any]) -> None:
    seven = [
        *((x, 180) for x in range(300, 460, 8)),
        *((460 - y // 3, 180 + y) for y in range(0, 260, 8)),
    ]
    for line in ("7", "77"):
        program = start()
        if line == "7":
            program.person.type("Control_L", "d")
        program.draw(*seven)
        file = program.home / "data" / "line.txt"
        program.until(
            lambda file=file, line=line: file.is_file() and file.read_text() == line,
            "the digit in the line",
        )
        program.process.kill()
        program.process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="Qt cannot watch a pipe there")
def test_what_was_drawn_is_brought_back_after_each_kill() -> None:
    done = subprocess.run(
        # Long after the last lift, for a machine may be busy with other things.
        [sys.executable, str(KILLS), "3", "1000"],
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
