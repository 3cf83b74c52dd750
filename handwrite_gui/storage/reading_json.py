"""A Reading's Numbers as JSON, in the shape that the command line promises."""

from __future__ import annotations

from typing import Any

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.domain.reading import Digit, Number, Reading


def page_to_json(
    path: str, result: Reading | str, page: int = 0, page_count: int = 1
) -> dict[str, Any]:
    """Tell what came of a page of a file.

    Args:
        path: Of the file, or what a person calls it.
        result: What was read, or one sentence that says why nothing was.
        page: Which page, counted from 0.
        page_count: How many pages the file has.

    Returns:
        `path`, `numbers`, `error` and, of several pages, the `page` counted from 1.
    """
    about: dict[str, Any] = {
        "path": path,
        "numbers": [] if isinstance(result, str) else numbers_to_json(result),
        "error": result if isinstance(result, str) else None,
    }
    if page_count > 1:
        about["page"] = page + 1
    return about


def numbers_to_json(reading: Reading) -> list[dict[str, Any]]:
    """Turn the Numbers into plain lists, dicts, strings and floats.

    Returns:
        For each Number its `text`, `confidence`, `box` ([x, y, width, height] in the source), the
        `row` of writing that it stands in (0 at the top), whether a person has `confirmed` it, its
        `digits` and its `alternatives`, likeliest first, each a `text` and its `probability`. Of
        each digit the `digit`, its `confidence` and `box`, the ten `probabilities` and `no_digit`,
        which the model gave whatever a person says; and if they did, what they `said` it is. The
        eleven sum to 1 in double precision.
    """
    return [_number_to_json(number) for number in reading.numbers]


def _number_to_json(number: Number) -> dict[str, Any]:
    return {
        "text": number.text,
        "confidence": float(number.confidence),
        "box": [float(side) for side in number.box],
        "row": number.row,
        "confirmed": number.is_confirmed,
        "alternatives": [
            {"text": other.text, "probability": float(other.probability)}
            for other in number.alternatives
        ],
        "digits": [_digit_to_json(digit) for digit in number.digits],
    }


def _digit_to_json(digit: Digit) -> dict[str, Any]:
    probabilities = digit.prediction.probabilities
    about: dict[str, Any] = {
        "digit": digit.prediction.best_of_ten,
        "confidence": float(probabilities[digit.prediction.best_of_ten]),
        "box": [float(side) for side in digit.box],
        "probabilities": probabilities[:NO_DIGIT].tolist(),
        "no_digit": float(probabilities[NO_DIGIT]),
    }
    return about if digit.said is None else about | {"said": digit.said}
