import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from handwrite_gui.recognition.forms.letters import GLYPHS, letter_form
from handwrite_gui.recognition.forms.skeleton import Stroke

#: Letters and signs that are digits as far as their form goes.
LOOK_ALIKES = {
    *"OoDQIijlr|/()ZzSsYybGBgq",
    *("Theta", "Phi", "Lambda", "cyrillic e", "exists", "bar", "slash", "parenthesis"),
    *"ΘΦΛЭ∃0123456789",
}
PIECE = r"[LC]( -?\d+,-?\d+){2,}"
STROKE = rf"{PIECE}( \+ {PIECE})*"


class Chosen(np.random.Generator):
    """Draws one glyph only; every point where it stands, unless the hand moves."""

    def __init__(self, glyph: str, *, moves: bool) -> None:
        super().__init__(np.random.PCG64(0))
        self._glyph, self._moves = glyph, moves

    def integers(self, *_: object, **__: object) -> int:  # type: ignore[override]
        return list(GLYPHS).index(self._glyph)

    def normal(self, mean: float, spread: float, shape: Any = None) -> Any:  # type: ignore[override]
        return super().normal(mean, spread * self._moves, shape)


def drawn(glyph: str, *, moves: bool = False) -> list[Stroke]:
    return letter_form(Chosen(glyph, moves=moves))


@pytest.mark.parametrize("glyph", GLYPHS)
def test_every_glyph_is_strokes_of_pieces(glyph: str) -> None:
    assert re.fullmatch(rf"{STROKE}(; {STROKE})*", GLYPHS[glyph])
    strokes = drawn(glyph)
    assert len(strokes) == GLYPHS[glyph].count(";") + 1
    for stroke in strokes:
        assert len(stroke) >= 2
        assert np.isfinite(stroke).all()
        assert np.ptp(stroke, axis=0).max() > 0
    width, height = np.ptp(np.concatenate(strokes), axis=0)
    assert 0.5 < max(width, height) < 1.35


@pytest.mark.parametrize("glyph", GLYPHS)
def test_pieces_of_a_stroke_are_joined(glyph: str) -> None:
    for stroke in GLYPHS[glyph].split(";"):
        pieces = [piece.split()[1:] for piece in stroke.split("+")]
        assert all(before[-1] == after[0] for before, after in pairwise(pieces))
    strokes = GLYPHS[glyph].split(";")
    for described, stroke in zip(strokes, drawn(glyph, moves=True), strict=True):
        lengths = np.hypot(*np.diff(stroke, axis=0).T)
        assert (lengths < 1e-9).sum() == described.count("+")
        assert lengths.max() < 0.2


def test_none_of_them_has_the_form_of_a_digit() -> None:
    assert not LOOK_ALIKES & GLYPHS.keys()
    assert len(GLYPHS) > 60


def test_no_two_have_one_form() -> None:
    assert len({np.concatenate(drawn(glyph)).tobytes() for glyph in GLYPHS}) == len(GLYPHS)


def test_letters_are_drawn_by_chance_and_never_twice_the_same() -> None:
    def forms(seed: int) -> list[bytes]:
        rng = np.random.default_rng(seed)
        return [np.concatenate(letter_form(rng)).tobytes() for _ in range(300)]

    assert len(set(forms(0))) == 300
    assert forms(0) == forms(0)
    assert not set(forms(0)) & set(forms(1))
