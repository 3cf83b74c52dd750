"""Strips: what is written on them is what they say, and they come in batches of one width."""

from __future__ import annotations

import queue
from itertools import islice

import cv2
import numpy as np
import pytest

from handwrite_gui.recognition.sequences import strips
from handwrite_gui.recognition.sequences.alphabet import ALPHABET, OTHER, decode, encode
from handwrite_gui.recognition.sequences.hands import (
    Hand,
    drawn_hands,
    pen_hands,
    picture_hands,
    sign_glyph,
)
from handwrite_gui.recognition.sequences.layout import write_line
from handwrite_gui.recognition.sequences.looped_forms import LOOPED
from handwrite_gui.recognition.sequences.material import Hands
from handwrite_gui.recognition.sequences.papers import Papers
from handwrite_gui.recognition.sequences.signs import sign_form
from handwrite_gui.recognition.sequences.strips import draw_batches, draw_strip, fits
from handwrite_gui.recognition.sequences.texts import draw_text


def _rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_encoding_is_undone_and_other_marks_are_not_shown() -> None:
    assert decode(encode("$ 12.047,-".replace(" ", ""))) == "$12.047,-"
    assert decode(encode(f"4{OTHER}7")) == "47"


def test_texts_hold_only_signs_that_are_known_and_all_of_them() -> None:
    rng = _rng()
    seen = set("".join(draw_text(rng) for _ in range(6000)))
    assert seen == {*ALPHABET, " "}


def test_texts_have_no_space_at_their_ends() -> None:
    rng = _rng()
    assert all(text == text.strip() for text in (draw_text(rng) for _ in range(500)))


@pytest.mark.parametrize("sign", ALPHABET[10:])
def test_every_sign_has_a_form(sign: str) -> None:
    glyph = sign_glyph(sign, _rng())
    assert glyph.width >= 0
    assert all(np.isfinite(stroke).all() for stroke in glyph.strokes)


def test_a_point_stands_at_the_foot_and_a_dash_in_the_middle() -> None:
    points = [sign_glyph(".", _rng(seed)).outline[:, 1].mean() for seed in range(40)]
    dashes = [sign_glyph("-", _rng(seed)).outline[:, 1].mean() for seed in range(40)]
    assert np.median(points) > 0.85 > np.median(dashes) > 0.3


def test_more_digits_are_wider(hands: Hands) -> None:
    few, many = (write_line(text, hands.drawn[0], _rng(3)) for text in ("20", "20472047"))
    assert many.shape[1] > 2 * few.shape[1]
    assert few.max() == 255


def test_every_digit_of_a_line_leaves_ink_of_its_own(hands: Hands) -> None:
    for seed in range(5):
        ones = write_line("1  1  1", hands.drawn[0], _rng(seed))
        count, *_ = cv2.connectedComponentsWithStats((ones > 127).astype(np.uint8))
        assert count >= 4


def _pen_arrays() -> dict[str, np.ndarray]:
    """Ten digits of two writers, each one stroke of three points."""
    labels = np.tile(np.arange(10), 2)
    stroke = np.array([[0, 0], [30, 50], [0, 100]])
    starts = np.arange(21)
    return {
        "points": np.tile(stroke, (20, 1)),
        "stroke_start": starts * 3,
        "sample_start": starts,
        "label": labels,
        "writer": np.repeat([3, 5], 10),
    }


def test_pen_strokes_are_sorted_by_writers_and_scaled_to_one_height() -> None:
    (hand,) = pen_hands(_pen_arrays(), [5, 9])
    assert sorted(hand) == list(range(10))
    outline = hand[7][0].outline
    np.testing.assert_allclose(outline.min(axis=0), 0, atol=0.02)
    np.testing.assert_allclose(np.ptp(outline[:, 1]), 1, atol=0.02)


def test_pictures_are_sorted_by_writers_who_wrote_all_digits() -> None:
    images = np.zeros((15, 28, 28), np.uint8)
    images[:, 4:24, 10:14] = 255
    labels, writers = np.arange(15) % 10, np.repeat([1, 2], [10, 5])
    (hand,) = picture_hands(images, labels, writers)
    glyph = hand[3][0]
    assert (glyph.width, glyph.height) == (pytest.approx(0.2), pytest.approx(1.0))


@pytest.fixture(scope="module")
def papers() -> Papers:
    return Papers(_rng())


def test_ink_is_darker_than_the_paper_whatever_the_paper(papers: Papers) -> None:
    writing = np.zeros((60, 160), np.uint8)
    writing[10:50, 75:85] = 255
    for seed in range(40):
        laid = papers.lay(writing, _rng(seed))
        assert np.quantile(laid, 0.99) > np.median(laid) + 0.1


def _pictures() -> Hand:
    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 4:24, 10:14] = 255
    (hand,) = picture_hands(images, np.arange(10), np.zeros(10, np.int64))
    return hand


def test_strips_are_drawn_from_every_kind_of_hand_that_there_is(papers: Papers) -> None:
    pens = pen_hands(_pen_arrays(), [3, 5])
    drawn = drawn_hands(1, _rng())
    for hands in (Hands([_pictures()], pens, drawn), Hands([], pens, []), Hands([], [], drawn)):
        image, text = draw_strip(hands, papers, _rng(1))
        assert image.max() == 255
        assert set(text) <= set(ALPHABET)


def test_batches_are_of_one_width_and_say_what_is_written(hands: Hands, papers: Papers) -> None:
    for batch in islice(draw_batches(hands, papers, _rng()), 2):
        assert len(batch.images) == len(batch.labels) == len(batch.texts)
        assert all(set(text) <= set(ALPHABET) for text in batch.texts)
        assert any(batch.texts)


def test_the_same_seed_draws_the_same_strips(hands: Hands) -> None:
    first, second = (draw_strip(hands, Papers(_rng(4)), _rng(5)) for _ in range(2))
    assert first[1] == second[1]
    np.testing.assert_array_equal(first[0], second[0])


def test_what_ctc_cannot_learn_does_not_fit() -> None:
    assert fits(np.zeros((40, 64), np.uint8), "1" * 8)
    assert not fits(np.zeros((40, 64), np.uint8), "1" * 9)


@pytest.mark.parametrize("digit", LOOPED)
def test_looped_forms_are_about_as_high_as_digits_are(digit: int) -> None:
    for seed in range(40):
        points = np.concatenate(LOOPED[digit](_rng(seed)))
        assert np.isfinite(points).all()
        (left, top), (right, foot) = points.min(axis=0), points.max(axis=0)
        assert -0.2 <= top <= 0.15
        assert 0.8 <= foot <= 1.15
        assert right - left < 1.7


def test_a_long_dash_and_a_struck_one_are_drawn_too() -> None:
    lengths = [np.ptp(sign_form("-", _rng(seed))[0][:, 0]) for seed in range(200)]
    assert max(lengths) > 1.5
    assert {len(sign_form("#", _rng(seed))) for seed in range(60)} == {3, 4}


def test_what_draws_ends_where_the_training_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "_PATIENCE_SECONDS", 0.001)
    full: queue.Queue[object] = queue.Queue(1)
    full.put("an earlier batch")
    lives = iter([True, True, False])
    assert not strips._put("batch", full, lambda: next(lives))  # type: ignore[arg-type]
    full.get()
    assert strips._put("batch", full, lambda: True)  # type: ignore[arg-type]
    assert full.get() == "batch"
