"""Decoding, against all paths of tiny cases."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, product

import numpy as np
import pytest

from handwrite_gui.recognition.sequences.decoding import (
    align,
    log_probabilities,
    merged,
    read_greedily,
    search,
)

BLANK = 2


def _logs(steps: int, seed: int) -> np.ndarray:
    chances = np.random.default_rng(seed).dirichlet(np.ones(BLANK + 1), steps)
    return np.log(chances)


def _all_texts(logs: np.ndarray) -> dict[tuple[int, ...], float]:
    """The probability of every text, by every path there is."""
    texts: dict[tuple[int, ...], float] = defaultdict(float)
    for path in product(range(logs.shape[1]), repeat=len(logs)):
        text = tuple(sign for sign, _ in groupby(path) if sign != BLANK)
        texts[text] += float(np.exp(sum(logs[n, sign] for n, sign in enumerate(path))))
    return texts


@pytest.mark.parametrize("seed", range(6))
def test_probability_is_the_sum_over_all_paths(seed: int) -> None:
    logs = _logs(6, seed)
    texts = _all_texts(logs)
    found = np.exp(log_probabilities(logs, list(texts)))
    assert found == pytest.approx(np.array(list(texts.values())))


def test_no_text_has_no_probability() -> None:
    assert log_probabilities(_logs(6, 0), []).shape == (0,)


@pytest.mark.parametrize("seed", range(6))
def test_signs_that_count_as_the_blank_may_stand_anywhere(seed: int) -> None:
    logs = _logs(6, seed)
    digits: dict[tuple[int, ...], float] = defaultdict(float)
    for text, chance in _all_texts(logs).items():
        digits[tuple(sign for sign in text if sign < 1)] += chance
    found = np.exp(log_probabilities(merged(logs, 1), list(digits)))
    assert found == pytest.approx(np.array(list(digits.values())))


@pytest.mark.parametrize("seed", range(6))
def test_search_finds_the_likeliest_texts_in_their_order(seed: int) -> None:
    logs = _logs(6, seed)
    texts = sorted(_all_texts(logs).items(), key=lambda item: -item[1])
    found = search(logs, width=64)
    assert [text for text, _ in found[:8]] == [text for text, _ in texts[:8]]
    assert np.exp([log for _, log in found[:8]]) == pytest.approx([c for _, c in texts[:8]])


def test_search_keeps_no_more_than_asked_for() -> None:
    assert len(search(_logs(8, 0), width=3)) == 3


@pytest.mark.parametrize("seed", range(6))
def test_alignment_follows_the_likeliest_path(seed: int) -> None:
    logs = _logs(6, seed)
    for text in [(0,), (0, 1), (1, 1), (0, 0, 1), ()]:
        paths = [
            path
            for path in product(range(3), repeat=6)
            if tuple(sign for sign, _ in groupby(path) if sign != BLANK) == text
        ]
        best = max(paths, key=lambda path: sum(logs[n, sign] for n, sign in enumerate(path)))
        runs, at = [], 0
        for sign, run in groupby(best):
            length = len(list(run))
            if sign != BLANK:
                runs.append((at, at + length))
            at += length
        assert align(logs, text) == runs


def test_alignment_refuses_more_signs_than_fit() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        align(_logs(4, 0), (0, 0, 0))


def test_the_likeliest_path_is_read_without_repeats_and_blanks() -> None:
    path = [0, 0, BLANK, 0, 1, 1, BLANK]
    assert read_greedily(np.log(np.eye(3)[path] + 1e-9)) == (0, 0, 1)
