import numpy as np

from handwrite_gui.domain.opinions import Opinion, opinions_of
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction


def saying(which: int, confidence: float) -> Prediction:
    probabilities = np.full(11, (1 - confidence) / 10)
    probabilities[which] = confidence
    return Prediction(probabilities)


def rounded(opinions: list[Opinion]) -> list[tuple[int | None, float, float, float]]:
    return [(o.digit, o.since_ms, o.until_ms, round(o.confidence, 6)) for o in opinions]


def test_each_change_of_mind_begins_an_opinion() -> None:
    moments = np.array([0.0, 10.0, 20.0, 30.0, 40.0, 50.0])
    said = [(NO_DIGIT, 1.0), (1, 0.6), (1, 0.9), (1, 0.5), (7, 0.7), (7, 0.95)]
    opinions = opinions_of(moments, [saying(*each) for each in said])
    assert rounded(opinions) == [(None, 0, 10, 1.0), (1, 10, 40, 0.9), (7, 40, 50, 0.95)]


def test_mind_that_is_changed_back_has_three_opinions() -> None:
    said = [saying(4, 0.8), saying(9, 0.6), saying(4, 0.7)]
    digits = [opinion.digit for opinion in opinions_of(np.arange(3.0), said)]
    assert digits == [4, 9, 4]


def test_another_digit_begins_an_opinion_of_its_own() -> None:
    said = [saying(1, 0.8), saying(1, 0.6), saying(1, 0.7), saying(2, 0.9)]
    opinions = opinions_of(np.arange(4.0), said, [0, 0, 1, 1])
    assert rounded(opinions) == [(1, 0, 2, 0.8), (1, 2, 3, 0.7), (2, 3, 3, 0.9)]
    assert [opinion.nth for opinion in opinions] == [0, 1, 1]


def test_only_what_is_read_so_far_counts() -> None:
    moments = np.array([0.0, 10.0, 20.0])
    assert opinions_of(moments, []) == []
    assert rounded(opinions_of(moments, [saying(3, 0.8)])) == [(3, 0, 0, 0.8)]


def test_sign_is_one_opinion_whatever_digit_it_looked_like() -> None:
    said = [saying(7, 0.8), saying(NO_DIGIT, 0.9), saying(1, 0.9), saying(NO_DIGIT, 0.6)]
    opinions = opinions_of(np.arange(4.0), said, [0, 1, 1, 1], {1: "-"})
    assert [(o.digit, o.sign, o.since_ms, o.until_ms) for o in opinions] == [
        (7, "", 0, 1),
        (None, "-", 1, 3),
    ]
