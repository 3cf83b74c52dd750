"""Memory of a process that reads one digit 100,000 times; on Linux and macOS only."""

import numpy as np
from measure import CHECKOUT
from process_memory import most_memory

CALLS, STEP = 100_000, 10_000
#: More than this after the first step would be a leak of some twenty bytes a call.
MOST_GROWTH_MB = 2.0


def main() -> None:
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    recogniser = load_recogniser(CHECKOUT / "models" / "digits.keras", one_thread=True)
    digit = np.random.default_rng(7).random((1, 28, 28), np.float32)
    print(f"loaded: {most_memory() / 2**20:.1f} MB")
    at = []
    for calls in range(STEP, CALLS + 1, STEP):
        for _ in range(STEP):
            recogniser.predict(digit)
        at.append(most_memory() / 2**20)
        print(f"{calls:7,} calls: {at[-1]:.1f} MB", flush=True)
    growth = at[-1] - at[0]
    kept = "kept" if growth <= MOST_GROWTH_MB else "BROKEN"
    print(f"growth after the first {STEP:,}: {growth:.1f} MB, bound {MOST_GROWTH_MB} MB: {kept}")


if __name__ == "__main__":
    main()
