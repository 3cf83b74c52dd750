"""Amounts on patterned cheque paper: how many are read exactly, and how far confidence is true.

Only digits are compared. `--first N` reads only so many, `--careful` with all models; `--reader`
says whether the cuts, the sequence network (`ctc`) or, as in the program, both read.
"""

import argparse
import os
from pathlib import Path

import numpy as np
from edits import edit_distance
from measure import CHECKOUT

SURE = 0.99
#: Amounts whose label is wrong by eye, and what is written: looked for among those that were read
#: as something else than their label. Where an eye may doubt, the label stands.
MISLABELLED = {
    131: "89800",
    186: "7393",
    211: "13817",
    260: "30880",
    344: "104927",
    371: "22107",
    515: "157946",
    518: "32712",
    614: "17146",
    649: "39300",
    663: "1119",
    665: "671",
    731: "40000",
    873: "15775",
    883: "110820",
    914: "28304",
    932: "97060",
    1009: "5965",
    1011: "15371",
    1013: "109",
    1038: "198",
    1044: "1895",
}


def main() -> None:
    from handwrite_gui.domain.picture import Picture
    from handwrite_gui.paths import careful_models, default_model, numbers_model
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.reading.strips import joining
    from handwrite_gui.recognition.careful import CarefulRecogniser
    from handwrite_gui.recognition.keras_recogniser import load_recogniser
    from handwrite_gui.recognition.sequences.sequence_recogniser import load_when_asked

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--first", type=int, default=None)
    arguments.add_argument("--careful", action="store_true")
    arguments.add_argument("--reader", choices=("both", "cuts", "ctc"), default="both")
    asked = arguments.parse_args()
    folder = Path(os.environ.get("HANDWRITE_DATA", CHECKOUT.parent / "shared" / "data"))
    data = np.load(folder / "cheque_amounts_train.npz", allow_pickle=False)
    if asked.careful:
        recogniser = CarefulRecogniser([load_recogniser(path) for path in careful_models()])
    else:
        recogniser = load_recogniser(default_model())
    if asked.reader == "ctc":
        joining.CUT = joining.CUT_ON_PAPER = 0.0
    sequences = load_when_asked(numbers_model(), print) if asked.reader != "cuts" else lambda: None
    reader = Reader(recogniser, sequences)
    texts = data["text"][: asked.first].tolist()
    read, sure = [], []
    for index in range(len(texts)):
        start, end = data["offset"][index : index + 2]
        grey = data["pixels"][start:end].reshape(data["hw"][index])
        picture = Picture(np.repeat(grey[:, :, None], 3, axis=2), str(data["name"][index]))
        numbers = reader.read_picture(picture).numbers
        read.append("".join(each for number in numbers for each in number.text if each.isdigit()))
        # All of an amount's Numbers must be right.
        sure.append(float(np.prod([number.confidence for number in numbers])) if numbers else 0.0)
    report(texts, read, np.array(sure))


def report(texts: list[str], read: list[str], confidence: np.ndarray) -> None:
    """Print how many are exact, digits by edit distance, and how many of the sure are right."""
    right = np.array([text == each for text, each in zip(texts, read, strict=True)])
    wrong_digits = sum(edit_distance(text, each) for text, each in zip(texts, read, strict=True))
    digits = sum(map(len, texts))
    sure = confidence >= SURE
    print(f"amounts exactly right: {right.sum()} of {len(texts)}, {right.mean():.1%}")
    print(f"digits by edit distance: {1 - wrong_digits / digits:.2%} of {digits}")
    if sure.any():
        print(
            f"sure (at least {SURE}): {sure.sum()}, of them right {right[sure].mean():.2%};"
            f" of the right ones sure {sure[right].mean():.1%}"
        )
        places = [place for place in MISLABELLED if place < len(texts)]
        labelled = sure.copy()
        labelled[places] = False
        print(
            f"without the {len(places)} whose label is wrong by eye: "
            f"{right[labelled].sum()} of {labelled.sum()} sure ones, {right[labelled].mean():.2%}"
        )
    print(f"mean confidence {confidence.mean():.1%}")


if __name__ == "__main__":
    main()
