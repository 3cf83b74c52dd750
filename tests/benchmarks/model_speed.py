"""The model that is shipped beside the textbook's network, and reading carefully beside it.

All as the program runs them.
"""

import time
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from measure import CHECKOUT, compare

if TYPE_CHECKING:
    from handwrite_gui.recognition.keras_recogniser import KerasRecogniser
    from handwrite_gui.recognition.recogniser import Recogniser

DIGITS, BATCHES = 400, 7
BATCH, MOST_CAREFUL_MB = 2_000, 8
MOST_RATIO, LEAST_THROUGHPUT, MOST_CAREFUL_RATIO = 2.0, 0.5, 15.0


def main() -> None:
    from handwrite_gui.recognition.keras_recogniser import KerasRecogniser, load_recogniser

    ours = load_recogniser(CHECKOUT / "models" / "digits.keras")
    from handwrite_gui.recognition.learning.networks import paper

    textbook = KerasRecogniser(paper())
    _measure(ours, textbook, 100, 1)  # What was idle for a second is slower at first.
    ours_ms, textbook_ms = _measure(ours, textbook, DIGITS, 1)
    compare("one digit", ours_ms, "the textbook's network", textbook_ms, MOST_RATIO)
    ours_ms, textbook_ms = _measure(ours, textbook, BATCHES, BATCH)
    compare(
        f"{BATCH:,} digits", ours_ms, "the textbook's network", textbook_ms, 1 / LEAST_THROUGHPUT
    )
    ours_per_s, textbook_per_s = (BATCH / median(ms) * 1000 for ms in (ours_ms, textbook_ms))
    print(
        f"digits a second: {ours_per_s:,.0f} and {textbook_per_s:,.0f},"
        f" ratio {ours_per_s / textbook_per_s:.2f}, at least {LEAST_THROUGHPUT}"
    )
    _measure_care(ours)


def _measure_care(ours: "KerasRecogniser") -> None:
    from handwrite_gui.paths import careful_models
    from handwrite_gui.recognition.careful import CarefulRecogniser
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    others = [load_recogniser(model) for model in careful_models()[1:]]
    careful = CarefulRecogniser([ours, *others])
    for count, times in ((1, DIGITS), (BATCH, 1)):
        careful_ms, ours_ms = _measure(careful, ours, times, count)
        compare(f"carefully, {count:,}", careful_ms, "quickly", ours_ms, MOST_CAREFUL_RATIO)
    size_mb = sum(model.stat().st_size for model in careful_models()) / 1e6
    print(f"models for careful reading: {size_mb:.1f} MB, at most {MOST_CAREFUL_MB}")


def _measure(
    ours: "Recogniser", textbook: "Recogniser", times: int, count: int
) -> tuple[list[float], list[float]]:
    """Let both read so many digits in turns, so many times; return their times in ms."""
    digits = np.random.default_rng(7).random((count, 28, 28), np.float32)

    def predict_ms(recogniser: "Recogniser") -> float:
        began = time.perf_counter()
        recogniser.predict(digits)
        return (time.perf_counter() - began) * 1000

    turns = [(predict_ms(ours), predict_ms(textbook)) for _ in range(times + 1)][1:]
    return [turn[0] for turn in turns], [turn[1] for turn in turns]


if __name__ == "__main__":
    main()
