import numpy as np
import pytest

from handwrite_gui.recognition.forms import shapes
from handwrite_gui.recognition.forms.shapes import MOST_TURNED, SHAPES, shape_form


def test_none_of_them_has_the_form_of_a_digit() -> None:
    assert not {"circle", "ellipse", "egg", "drop", "hourglass", "flag", "ribbon"} & SHAPES.keys()
    assert len(SHAPES) > 40


def test_shapes_are_turned_a_little_or_mirrored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "SHAPES", {"leaning triangle": SHAPES["leaning triangle"]})
    rng = np.random.default_rng(0)
    mirrored, turned = [], []
    for _ in range(200):
        (stroke,) = shape_form(rng)
        # It begins at the top of its standing side and goes down to the right angle.
        down = stroke[len(stroke) // 4] - stroke[0]
        turned.append(abs(np.arctan2(down[0], down[1])))
        x, y = (stroke - stroke.mean(axis=0)).T
        mirrored.append(float(x @ np.roll(y, 1) - y @ np.roll(x, 1)) > 0)
    assert 0.3 < np.mean(mirrored) < 0.7
    assert 0.8 * MOST_TURNED < max(turned) < MOST_TURNED + 0.2
