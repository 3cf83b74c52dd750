"""What a person sees first, through the window, the mouse, the keyboard and the real model.

What the program reads cannot be seen from outside; but a digit's key corrects the answer, and the
correction that is kept on the disk tells what had been read.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from handwrite_gui.domain.prediction import NO_DIGIT

CHECKOUT = Path(__file__).resolve().parent.parent.parent

Start = Callable[..., Any]
SEVEN = [
    *((x, 180) for x in range(300, 460, 8)),
    *((460 - y // 3, 180 + y) for y in range(0, 260, 8)),
]


def read(correction: dict[str, Any]) -> int:
    return int(np.argmax(correction["probabilities"]))


def test_seven_is_read_before_the_pen_lifts_and_after_clear_again(start: Start) -> None:
    program = start()
    program.draw(*SEVEN, lift=False)  # Long before the model is ready.
    *_, early = program.say(3)
    assert (early["label"], read(early)) == (3, 7)
    assert len(early["strokes"]) == 1
    program.person.press(down=False)

    program.person.type("Control_L", "Delete")
    program.draw((350, 300))
    *_, dot = program.say(5)
    assert read(dot) == NO_DIGIT
    assert len(dot["strokes"]) == 1

    for _ in range(3):  # What was said of the dot, the dot, then the clearing.
        program.person.type("Control_L", "z")
    program.close()
    program.assert_clean()
    (ink,) = program.kept()
    assert len(ink.strokes[0].points) == len(SEVEN)
    assert ink.standing_corrections == {(0,): 3}


def test_jpeg_from_the_command_line_is_read(start: Start, tmp_path: Path) -> None:
    photograph = tmp_path / "my seven.jpg"
    with Image.open(CHECKOUT / "resources" / "samples" / "seven.png") as sample:
        sample.convert("RGB").save(photograph)
    program = start(str(photograph))
    *_, kept = program.say(7)
    assert read(kept) == 7
    assert kept["strokes"] is None
    program.close()
    program.assert_clean()
