import numpy as np

from handwrite_gui.reading.strips.calibration import confidence


def test_confidence_grows_with_the_share_and_stays_a_chance() -> None:
    told = [confidence(float(np.log(share))) for share in (1e-6, 0.3, 0.9, 0.999, 1.0)]
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1
