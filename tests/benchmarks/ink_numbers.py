"""How many five-digit numbers, each of one pen writer, are read exactly right.

`python tests/benchmarks/ink_numbers.py [--writers 19-24] [--count 1000] [--careful | --model FILE]
[--seed 7]`. The shipped model learned from writers 1 to 24; `clean` did from no pen writer. The
digits stand on one line as large as they were written, side by side with a gap uniform in -10 to
40 % of their height; in every tenth number a digit's last stroke is written at the very end.

Digits are counted twice: those of the text (its length less the edits between what was written and
what was read), and those whose strokes are just those of the digit, too. What was read as several
Numbers is called sure where each of them is.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from edits import edit_distance
from pen_numbers import (
    MISLABELLED,
    Written,
    height_of,
    late_digit,
    load_pens,
    side_by_side,
    standing,
)

DIGITS, SEED = 5, 7
LEAST_GAP, MOST_GAP, LATE_EVERY = -0.1, 0.4, 10


def numbers(writers: range, count: int, seed: int = SEED) -> Iterator[tuple[Written, bool]]:
    """Write numbers; with each goes whether the labels of all its digits are right by eye."""
    rng = np.random.default_rng(seed)
    pens = load_pens(writers)
    names = sorted(pens)
    for nth in range(count):
        writer = names[rng.integers(len(names))]
        digits = pens[writer]
        places = rng.integers(len(digits), size=DIGITS).tolist()
        chosen = [digits[at] for at in places]
        marks = [(str(label), standing(strokes)) for label, strokes in chosen]
        height = float(np.mean([height_of(strokes) for _, strokes in marks]))
        gaps = (rng.uniform(LEAST_GAP, MOST_GAP, DIGITS - 1) * height).tolist()
        late = late_digit(marks, rng) if nth % LATE_EVERY == LATE_EVERY - 1 else None
        is_labelled = not any((writer, at) in MISLABELLED for at in places)
        yield side_by_side(marks, gaps, late), is_labelled


def main() -> None:
    from handwrite_gui.domain.reading import SURE
    from handwrite_gui.paths import careful_models, default_model
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.recognition.careful import CarefulRecogniser
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    args = _arguments()
    first, last = map(int, args.writers.split("-"))
    if args.careful:
        reader = Reader(CarefulRecogniser([load_recogniser(each) for each in careful_models()]))
    else:
        reader = Reader(load_recogniser(args.model or default_model()))
    right = parted = in_text = with_strokes = sure = sure_right = among = 0
    sure_labelled = sure_labelled_right = 0
    began = time.perf_counter()
    for written, is_labelled in numbers(range(first, last + 1), args.count, args.seed):
        reading = reader.read_ink(written.ink)
        read = "".join(number.text for number in reading.numbers)
        found = [digit.strokes for number in reading.numbers for digit in number.digits]
        said = {
            digit.strokes: str(figure)
            for number in reading.numbers
            for digit, figure in zip(number.digits, number.figures, strict=True)
        }
        is_right = read == written.text
        right += is_right
        parted += found == written.groups
        in_text += max(0, len(written.text) - edit_distance(written.text, read))
        with_strokes += sum(
            said.get(strokes) == text
            for text, strokes in zip(written.text, written.groups, strict=True)
        )
        is_sure = min((number.confidence for number in reading.numbers), default=0.0) >= SURE
        sure += is_sure
        sure_labelled += is_sure and is_labelled
        sure_right += is_right and is_sure
        sure_labelled_right += is_right and is_sure and is_labelled
        if len(reading.numbers) == 1:
            (number,) = reading.numbers
            among += written.text in [number.text, *(each.text for each in number.alternatives)]
        if not is_right and args.show:
            chance = [round(number.confidence, 3) for number in reading.numbers]
            print(written.text, "read as", reading.text.replace("\t", " "), chance)
    count, seconds = args.count, time.perf_counter() - began
    print(f"writers {args.writers}: {right} of {count} numbers exactly right, {right / count:.1%}")
    for digits, how in (
        (in_text, "in the text, by edit distance"),
        (with_strokes, "strokes and all"),
    ):
        share = digits / (count * DIGITS)
        print(f"digits right {how}: {digits} of {count * DIGITS}, {share:.2%}")
    print(
        f"parted into their digits: {parted / count:.1%}; the text or an alternative is right:"
        f" {among / count:.1%}"
    )
    print(
        f"of {sure} called sure {sure_right / max(sure, 1):.2%} are right;"
        f" of those read right {sure_right / max(right, 1):.1%} are called sure"
    )
    share = sure_labelled_right / max(sure_labelled, 1)
    print(
        f"without those that hold a digit whose label is wrong by eye: {sure_labelled_right} of"
        f" {sure_labelled} called sure, {share:.2%}, are right"
    )
    print(f"{seconds / count * 1000:.1f} ms a number")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", default="19-24")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--careful", action="store_true")
    which.add_argument("--model", type=Path)
    parser.add_argument("--show", action="store_true", help="show what is misread")
    return parser.parse_args()


if __name__ == "__main__":
    main()
