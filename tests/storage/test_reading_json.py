import json
from dataclasses import replace

import numpy as np
import pytest

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Alternative, Digit, Number, Reading, Refusal
from handwrite_gui.storage.reading_json import numbers_to_json


def digit(best: int, box: tuple[float, float, float, float]) -> Digit:
    probabilities = np.full(11, 0.1 / 10, np.float32)
    probabilities[best] = 0.9
    return Digit(box, np.zeros((28, 28), np.float32), Prediction(probabilities))


def test_numbers_become_plain_values() -> None:
    digits = digit(4, (1, 2, 3, 4)), digit(2, (5.5, 2, 3, 4))
    number = Number("42", 0.81, (1, 2, 7.5, 4), digits)
    (shown,) = json.loads(json.dumps(numbers_to_json(Reading((number,)))))
    assert shown["text"] == "42"
    assert shown["confidence"] == 0.81
    assert shown["box"] == [1.0, 2.0, 7.5, 4.0]
    assert [part["digit"] for part in shown["digits"]] == [4, 2]
    assert shown["digits"][1]["box"] == [5.5, 2.0, 3.0, 4.0]
    for part in shown["digits"]:
        assert sum(part["probabilities"]) + part["no_digit"] == pytest.approx(1.0, abs=1e-12)
        assert part["confidence"] == pytest.approx(0.9, abs=1e-6)


def test_digit_tells_what_a_person_said_that_it_is() -> None:
    box = (1, 2, 3, 4)
    digits = digit(4, box), replace(digit(2, box), said=7)
    (shown,) = numbers_to_json(Reading((Number("47", 0.9, box, digits),)))
    assert [part.get("said") for part in shown["digits"]] == [None, 7]
    assert [part["digit"] for part in shown["digits"]] == [4, 2]


def test_number_tells_its_row_its_alternatives_and_a_persons_word() -> None:
    others = Alternative("41", 0.25), Alternative("12", 0.05)
    number = Number("42", 1.0, (1, 2, 7, 4), (), others, row=3, is_confirmed=True)
    (shown,) = json.loads(json.dumps(numbers_to_json(Reading((number,)))))
    assert shown["row"] == 3
    assert shown["confirmed"] is True
    assert shown["alternatives"] == [
        {"text": "41", "probability": 0.25},
        {"text": "12", "probability": 0.05},
    ]


def test_nothing_read_is_an_empty_list() -> None:
    refused = digit(10, (0, 0, 1, 1))
    assert numbers_to_json(Reading(refusal=Refusal.NO_DIGIT, refused=(refused,))) == []
