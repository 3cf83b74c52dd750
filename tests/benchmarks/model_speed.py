"""The model that is shipped beside the textbook's network, both as the program runs them."""

import time
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from measure import CHECKOUT, compare

if TYPE_CHECKING:
    from handwrite_gui.recognition.keras_recogniser import KerasRecogniser

DIGITS, BATCHES = 400, 7
BATCH = 2_000
MOST_RATIO, LEAST_THROUGHPUT = 2.0, 0.5


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


def _measure(
    ours: "KerasRecogniser", textbook: "KerasRecogniser", times: int, count: int
) -> tuple[list[float], list[float]]:
    """Let both read so many digits in turns, so many times; return their times in ms."""
    digits = np.random.default_rng(7).random((count, 28, 28), np.float32)

    def predict_ms(recogniser: "KerasRecogniser") -> float:
        began = time.perf_counter()
        recogniser.predict(digits)
        return (time.perf_counter() - began) * 1000

    turns = [(predict_ms(ours), predict_ms(textbook)) for _ in range(times + 1)][1:]
    return [turn[0] for turn in turns], [turn[1] for turn in turns]


if __name__ == "__main__":
    main()
