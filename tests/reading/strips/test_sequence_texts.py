"""Texts of whole strips, from chances that are made up."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.strip import Strip
from handwrite_gui.reading.strips import joining
from handwrite_gui.reading.strips.joining import CUT, LEAST_CUT, join
from handwrite_gui.reading.strips.lattice import Hypothesis, Lattice
from handwrite_gui.reading.strips.sequence_texts import SequenceReading, read_sequences
from handwrite_gui.recognition.sequences.framing import MARGIN_PX, STEP_PX
from handwrite_gui.recognition.sequences.sequence_recogniser import SequenceRecogniser

Says = Callable[..., SequenceRecogniser]
STILL = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def _strip(width: int = 100) -> Strip:
    return Strip(np.zeros((40, width), np.float32), STILL)


def _log(read: SequenceReading, digits: str) -> float:
    return float(read.log_probabilities([digits]).mean())


def test_digits_count_together_whatever_signs_stand_between_them(says: Says) -> None:
    (read,) = read_sequences(says("4", ".|,", "7"), [_strip()])
    assert np.exp(_log(read, "47")) == pytest.approx(1.0, abs=1e-3)
    assert [sign for sign, _, _ in read.places("47")] == ["4", ".", "7"]


def test_doubt_is_shared_between_texts(says: Says) -> None:
    (read,) = read_sequences(says("4|1", "7"), [_strip()])
    assert np.exp(_log(read, "47")) == pytest.approx(0.7, abs=0.01)
    assert np.exp(_log(read, "17")) == pytest.approx(0.3, abs=0.01)
    assert _log(read, "99") < -20


def test_a_slash_must_be_far_clearer_than_a_leaning_one(says: Says) -> None:
    (read,) = read_sequences(says("/|1", "7"), [_strip()])
    assert _log(read, "17") > _log(read, "7")


def test_places_lead_back_to_the_strip(says: Says) -> None:
    (read,) = read_sequences(says("4", "7"), [_strip()])
    (_, first, middle), (_, same, last) = read.places("47")
    assert first == 0.0
    assert middle == same == pytest.approx(3 * STEP_PX - MARGIN_PX)
    assert last <= 100


def test_more_digits_than_steps_get_places_all_the_same(says: Says) -> None:
    (read,) = read_sequences(says("4"), [_strip()])
    assert len(read.places("123456")) == 6


def _lattice(*scores: float) -> tuple[Lattice, list[Hypothesis]]:
    """One segment, and the log-probabilities of the digits from 0 on."""
    labels = np.full((1, 11), -30.0)
    labels[0, : len(scores)] = scores
    lattice = Lattice(np.array([0]), np.array([1]), labels, 2)
    return lattice, lattice.hypotheses()


def test_the_cuts_decide_where_the_network_is_in_doubt(says: Says) -> None:
    (read,) = read_sequences(says("0|1"), [_strip()])
    assert join(read, None, [])[0][0] == "0"
    assert join(read, *_lattice(-12.0, 0.0))[0][0] == "1"


def test_shares_of_all_texts_sum_to_one_and_the_likeliest_is_first(says: Says) -> None:
    (read,) = read_sequences(says("4|1", "7|2"), [_strip()])
    shares = [share for _, share in join(read, None, [])]
    assert sum(np.exp(shares)) == pytest.approx(1.0, abs=1e-3)
    assert shares == sorted(shares, reverse=True)


def test_what_nobody_thought_of_has_a_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "SLOPE", 1.0)
    monkeypatch.setattr(joining, "OFFSET", 0.0)
    silent = Strip(np.zeros((40, 100), np.float32), STILL)
    read = _OfFour(silent, np.zeros((1, 25), np.float32), ())
    assert np.exp(join(read, None, [])[0][1]) == pytest.approx(0.6)
    # Where the cuts agree, they think as little of the others as they can.
    likely = 0.6 / (0.6 + 0.4 * math.exp(CUT * LEAST_CUT))
    (text, share), *_ = join(read, *_lattice(-30.0, -30.0, -30.0, -30.0, 0.0))
    assert text == "4"
    assert np.exp(share) == pytest.approx(likely, rel=1e-3)


class _OfFour(SequenceReading):
    """Thinks of 4 alone, at three in five."""

    @property
    def texts(self) -> list[str]:  # type: ignore[override]
        return ["4"]

    def log_probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.array([[math.log(0.6 if text == "4" else 1e-9) for text in texts]])


class _Counted:
    """Counts the looks of a network."""

    def __init__(self, network: SequenceRecogniser) -> None:
        self._network, self.looks = network, 0

    def predict(
        self, ink_maps: Sequence[NDArray[np.floating]], squeeze: float = 1.0
    ) -> list[NDArray[np.float32]]:
        self.looks += len(ink_maps)
        return self._network.predict(ink_maps, squeeze)


def test_clear_strips_get_one_look_and_doubtful_ones_five_more(says: Says) -> None:
    for signs, looks in ((("4", "7"), 1), (("4|1", "7"), 6)):
        counted = _Counted(says(*signs))
        (read,) = read_sequences(cast("SequenceRecogniser", counted), [_strip()])
        assert counted.looks == len(read.looks) == looks


def test_doubt_between_signs_alone_is_no_doubt(says: Says) -> None:
    (read,) = read_sequences(says("4", ".|,", "7"), [_strip()])
    assert len(read.looks) == 1
