"""How many single digits are read right on papers of many kinds.

Real ink of the UCI pen digits, drawn on paper and photographed with a camera's grain, a slight blur
and turn, as JPEG. `--measure` takes the ink of writers that nothing was tuned on.
"""

import argparse
from dataclasses import replace

import numpy as np
from written_pages import (
    BLUE,
    MEASURING_WRITERS,
    RED,
    TUNING_WRITERS,
    Layout,
    Paper,
    Pens,
    written_page,
)

from handwrite_gui.domain.picture import Picture
from handwrite_gui.reading.reader import Reader

#: Share that must be read right on each kind of paper.
BOUND = 0.98
DIGITS_EACH = 500
PAPERS = {
    "plain": Paper(),
    "squared": Paper(rules="squared"),
    "ruled": Paper(rules="ruled"),
    "in shadow": Paper(shadow=0.45),
    "blue": Paper(ink=BLUE),
    "red": Paper(ink=RED),
    "white on black": Paper((30, 32, 30), (225, 225, 220)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--digits", type=int, default=DIGITS_EACH, help="on each paper")
    args = parser.parse_args()
    from handwrite_gui import paths
    from handwrite_gui.recognition.keras_recogniser import load_recogniser
    from handwrite_gui.recognition.sequences.sequence_recogniser import load_when_asked

    sequences = load_when_asked(paths.numbers_model(), print)
    reader = Reader(load_recogniser(paths.default_model()), sequences)
    pens = Pens(MEASURING_WRITERS if args.measure else TUNING_WRITERS)
    for kind, paper in PAPERS.items():
        right = 0
        wrong: dict[str, int] = {}
        for nth in range(args.digits):
            chance = np.random.default_rng((7, nth))
            side = int(chance.integers(240, 700))
            tall = round(0.3 * side), round(0.5 * side)
            turned = replace(
                paper,
                turn=float(chance.uniform(-5, 5)),
                blur_px=float(chance.uniform(0.4, 1.2)),
                grain=float(chance.uniform(1, 5)),
                quality=int(chance.integers(70, 95)),
            )
            layout = Layout((side, round(0.8 * side)), 1, 1, (1, 1), tall)
            pixels, numbers = written_page(pens, layout, turned, chance)
            read = reader.read_picture(Picture(pixels, kind)).text
            right += read == numbers[0].text
            if read != numbers[0].text:
                mistake = f"{numbers[0].text}→{read or 'none'}"
                wrong[mistake] = wrong.get(mistake, 0) + 1
        share = right / args.digits
        kept = "kept" if share >= BOUND else "BROKEN"
        most = sorted(wrong, key=lambda mistake: -wrong[mistake])[:6]
        print(
            f"{kind:16} {right} of {args.digits} ({share:.1%}), bound {BOUND:.0%}: {kept}  "
            + ", ".join(f"{mistake} {wrong[mistake]}×" for mistake in most),
            flush=True,
        )


if __name__ == "__main__":
    main()
