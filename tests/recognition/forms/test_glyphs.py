import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from handwrite_gui.recognition.forms.glyphs import glyph_form
from handwrite_gui.recognition.forms.letters import GLYPHS, letter_form
from handwrite_gui.recognition.forms.shapes import SHAPES, shape_form
from handwrite_gui.recognition.forms.skeleton import Stroke

ALL = {**GLYPHS, **{f"{name} as a shape": glyph for name, glyph in SHAPES.items()}}
PIECE = r"[LC]( -?\d+,-?\d+){2,}"
STROKE = rf"{PIECE}( \+ {PIECE})*"


class Steady(np.random.Generator):
    """Puts every point where it stands."""

    def normal(self, mean: float, spread: float, shape: Any = None) -> Any:  # type: ignore[override]
        return super().normal(mean, 0.0, shape)


def drawn(glyph: str, kind: type[np.random.Generator] = Steady) -> list[Stroke]:
    return glyph_form({glyph: ALL[glyph]}, kind(np.random.PCG64(0)))


@pytest.mark.parametrize("glyph", ALL)
def test_every_glyph_is_strokes_of_pieces(glyph: str) -> None:
    assert re.fullmatch(rf"{STROKE}(; {STROKE})*", ALL[glyph])
    strokes = drawn(glyph)
    assert len(strokes) == ALL[glyph].count(";") + 1
    for stroke in strokes:
        assert len(stroke) >= 2
        assert np.isfinite(stroke).all()
        assert np.ptp(stroke, axis=0).max() > 0
    width, height = np.ptp(np.concatenate(strokes), axis=0)
    assert 0.5 < max(width, height) < 1.35


@pytest.mark.parametrize("glyph", ALL)
def test_pieces_of_a_stroke_are_joined(glyph: str) -> None:
    for stroke in ALL[glyph].split(";"):
        pieces = [piece.split()[1:] for piece in stroke.split("+")]
        assert all(before[-1] == after[0] for before, after in pairwise(pieces))
    strokes = ALL[glyph].split(";")
    for described, stroke in zip(strokes, drawn(glyph, np.random.Generator), strict=True):
        lengths = np.hypot(*np.diff(stroke, axis=0).T)
        assert (lengths < 1e-9).sum() == described.count("+")
        assert lengths.max() < 0.2


def test_no_two_have_one_form() -> None:
    assert len({np.concatenate(drawn(glyph)).tobytes() for glyph in ALL}) == len(ALL)


@pytest.mark.parametrize("form", [letter_form, shape_form])
def test_forms_are_drawn_by_chance_and_never_twice_the_same(
    form: Callable[[np.random.Generator], list[Stroke]],
) -> None:
    def forms(seed: int) -> list[bytes]:
        rng = np.random.default_rng(seed)
        return [np.concatenate(form(rng)).tobytes() for _ in range(300)]

    assert len(set(forms(0))) == 300
    assert forms(0) == forms(0)
    assert not set(forms(0)) & set(forms(1))
