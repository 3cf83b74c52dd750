"""A fast mouse loses no point on its way through the X server, Qt and the canvas."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

MOVES_PER_S = 1000
SECONDS = 10
CENTRE_X, CENTRE_Y, RADIUS = 420, 330, 140


def places() -> list[tuple[int, int]]:
    """A spiral whose every place differs from the one before."""
    turns = np.arange(MOVES_PER_S * SECONDS) / 30
    radius = RADIUS * (0.75 + 0.25 * np.sin(turns / 37))
    x, y = CENTRE_X + radius * np.cos(turns), CENTRE_Y + radius * np.sin(turns)
    rounded = np.stack([x, y], axis=1).round().astype(int)
    assert (np.diff(rounded, axis=0) != 0).any(axis=1).all()
    return [(int(x), int(y)) for x, y in rounded]


def test_as_many_moves_arrive_as_were_sent(start: Callable[..., Any]) -> None:
    program = start()
    sent = places()
    program.person.move(*sent[0])
    program.person.press(down=True)
    began = time.perf_counter()
    for number, place in enumerate(sent[1:], 1):
        time.sleep(max(0.0, began + number / MOVES_PER_S - time.perf_counter()))
        program.person.move(*place)
    took_s = time.perf_counter() - began
    program.person.press(down=False)
    program.close()
    program.assert_clean()

    (ink,) = program.kept()
    (stroke,) = ink.strokes
    print(f"{len(sent)} moves sent at {len(sent) / took_s:.0f}/s, {len(stroke.xy)} arrived")
    assert len(stroke.xy) == len(sent)
    corner = stroke.xy[0] - sent[0]
    assert (stroke.xy - corner == np.array(sent)).all()
    assert took_s == pytest.approx(SECONDS, rel=0.1)
