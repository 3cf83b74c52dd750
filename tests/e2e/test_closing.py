"""The program can be closed at any moment: at once, cleanly, and nothing is lost."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

#: Promised are 100 ms and a second; a machine that is busy with other things gets longer.
WINDOW_GONE_S = 1.0
PROCESS_GONE_S = 5.0

Start = Callable[..., Any]
STROKE = [(300, 200), (350, 250), (400, 300)]


def check(program: Any, times: tuple[float, float]) -> None:
    window_s, process_s = times
    print(f"window gone after {window_s * 1000:.0f} ms, process after {process_s * 1000:.0f} ms")
    program.assert_clean()
    assert window_s < WINDOW_GONE_S
    assert process_s < PROCESS_GONE_S


@pytest.mark.parametrize("after_s", [0.0, 0.1, 0.5, 1.0, 2.0])
def test_closing_while_tensorflow_is_imported(start: Start, after_s: float) -> None:
    program = start()
    program.draw(*STROKE)
    time.sleep(after_s)
    check(program, program.close())
    (ink,) = program.kept()
    assert len(ink.strokes) == 1


def test_closing_when_the_model_is_ready(start: Start) -> None:
    program = start()
    program.draw(*STROKE)
    program.say(1)
    check(program, program.close())


def test_closing_in_mid_stroke(start: Start) -> None:
    program = start()
    program.draw(*STROKE, lift=False)
    check(program, program.close())
    (ink,) = program.kept()
    assert len(ink.strokes[0].points) == len(STROKE)


@pytest.mark.parametrize("after_s", [0.0, 0.3])
def test_closing_while_pictures_are_opened(start: Start, tmp_path: Path, after_s: float) -> None:
    large = Image.effect_noise((3000, 3000), 50)
    files = [tmp_path / f"{number}.png" for number in range(10)]
    large.save(files[0])
    for file in files[1:]:
        os.link(files[0], file)
    program = start(*map(str, files))
    time.sleep(after_s)
    check(program, program.close())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_close_as_the_window_does(start: Start, number: signal.Signals) -> None:
    program = start()
    began = time.monotonic()
    program.process.send_signal(number)
    check(program, program.wait_for_end(began))


def test_quitting_by_key(start: Start) -> None:
    program = start()
    began = time.monotonic()
    program.person.type("Control_L", "q")
    check(program, program.wait_for_end(began))
