import numpy as np

from handwrite_gui.domain.opinions import Opinion
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.widgets.draw.replay.words import (
    describe_change,
    describe_moment,
    describe_opinion,
    describe_opinions,
)

NONE, ONE, SEVEN = (
    Opinion(None, 0, 120, 1.0),
    Opinion(1, 120, 624, 0.95),
    Opinion(7, 624, 1800, 0.992),
)


def test_opinions_in_one_sentence() -> None:
    assert (
        describe_opinions([NONE, ONE, SEVEN])
        == "No digit until 0.12 s, then 1 until 0.62 s, then 7, very sure."
    )
    assert describe_opinions([ONE]) == "1, doubtful."
    assert describe_opinions([]) == ""


def test_opinion_in_one_line() -> None:
    assert describe_opinion(NONE) == "No digit from 0.00 s, very sure"
    assert describe_opinion(ONE) == "1 from 0.12 s, doubtful"


def test_change_of_mind() -> None:
    assert describe_change(ONE, SEVEN) == "At 0.62 s: 1 becomes 7"
    assert describe_change(NONE, ONE) == "At 0.12 s: no digit becomes 1"


def test_another_digit_is_told_and_is_no_change_of_mind() -> None:
    two = Opinion(2, 1800, 2000, 0.995, nth=1)
    assert describe_opinion(two, SEVEN) == "Next: 2 from 1.80 s, very sure"
    assert describe_opinion(SEVEN, ONE) == "7 from 0.62 s, very sure"
    assert describe_change(SEVEN, two) == "At 1.80 s: the pen is at another digit"
    assert describe_opinions([ONE, SEVEN, two]) == (
        "1 until 0.62 s, then 7 until 1.80 s; the next digit: 2, very sure."
    )


def test_moment_tells_what_is_likely_and_leaves_the_rest() -> None:
    probabilities = np.full(11, 0.0005)
    probabilities[[1, 7, 10]] = 0.3, 0.65, 0.046
    said = describe_moment(430, Prediction(probabilities))
    assert said == "At 0.43 s: 7 65.0 %, 1 30.0 %, no digit 4.6 %"


def test_sign_is_called_what_it_is_without_how_sure() -> None:
    dash = Opinion(None, 1800, 2000, 1.0, nth=1, sign="-")
    two = Opinion(2, 2400, 2600, 0.995, nth=2)
    assert describe_opinion(dash, SEVEN) == "Next: a dash from 1.80 s"
    assert describe_change(SEVEN, dash) == "At 1.80 s: the pen is at a dash"
    assert describe_opinions([SEVEN, dash, two]) == (
        "7 until 1.80 s; next: a dash until 2.00 s; the next digit: 2, very sure."
    )
    assert describe_opinions([SEVEN, dash]) == "7 until 1.80 s; next: a dash."
    none = Prediction(np.eye(11)[10])
    assert describe_moment(1900, none, "-") == "At 1.90 s, a dash: no digit 99.9 %"
