"""The paper is enlarged and moved with the mouse of a real X server, and drawn on."""

from collections.abc import Callable
from typing import Any

import numpy as np

LINE = [(420, 330), (440, 350), (470, 340), (500, 380)]
FAR = (30, -20)


def draw(person: Any, *places: tuple[int, int], button: int = 1) -> None:
    person.move(*places[0])
    person.press(down=True, button=button)
    for place in places[1:]:
        person.move(*place)
    person.press(down=False, button=button)


def test_what_is_drawn_at_a_zoom_lies_where_it_was_seen(start: Callable[..., Any]) -> None:
    program = start()
    person = program.person
    draw(person, *LINE)
    person.move(*LINE[0])
    person.hold("Control_L", down=True)
    person.turn(4)
    person.hold("Control_L", down=False)
    draw(person, *LINE)
    x, y = LINE[0]
    draw(person, (x, y), (x + FAR[0], y + FAR[1]), button=2)
    person.turn(-1)
    draw(person, *LINE)
    program.close()
    program.assert_clean()

    (ink,) = program.kept()
    plain, enlarged, moved = (stroke.xy for stroke in ink.strokes)
    places = np.array(LINE, float) - LINE[0]
    np.testing.assert_allclose(plain - plain[0], places)
    np.testing.assert_allclose(enlarged[0], plain[0])  # It stayed under the pointer.
    np.testing.assert_allclose(enlarged - enlarged[0], places / 2)
    np.testing.assert_allclose(moved - moved[0], places / 2)
    np.testing.assert_allclose(moved[0], enlarged[0] - np.array([30, -20 - 48]) / 2)
