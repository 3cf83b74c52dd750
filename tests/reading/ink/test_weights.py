"""How far the joint probability of a text is believed."""

import numpy as np
import pytest

from handwrite_gui.reading.ink.features import NAMES
from handwrite_gui.reading.ink.weights import SCORING, Scoring


def test_each_feature_has_its_weight() -> None:
    assert SCORING.weights.shape == (len(NAMES),)


def test_confidence_is_the_logistic_of_the_scaled_log_odds() -> None:
    scoring = Scoring(np.zeros(len(NAMES)), slope=2.0, offset=0.0)
    assert scoring.confidence(0.9) == pytest.approx(0.81 / 0.82)
    assert scoring.confidence(0.5) == pytest.approx(0.5)


def test_likelier_texts_are_believed_more_and_none_for_certain() -> None:
    shares = [0.0, 0.2, 0.5, 0.9, 0.99, 0.999, 1.0]
    believed = [SCORING.confidence(share) for share in shares]
    assert believed == sorted(believed)
    assert 0.0 < min(believed) <= max(believed) < 1.0
