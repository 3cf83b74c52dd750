import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit
from handwrite_gui.storage.corrections import append_correction, delete_corrections


def digit() -> Digit:
    image = np.linspace(0, 1, 784, dtype=np.float32).reshape(28, 28)
    probabilities = np.full(11, 0.03, np.float32)
    probabilities[9] = 0.7
    return Digit((0, 0, 1, 1), image, Prediction(probabilities))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "corrections.jsonl"


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_correction_of_a_drawing(file: Path) -> None:
    points = np.array([[1.23456, 2, 0, 0.5], [3, 4, 15, 1.0]])
    append_correction(file, digit(), 4, Ink((Stroke(points), Stroke(points[:1]))))
    (line,) = lines(file)
    assert set(line) == {"time", "label", "probabilities", "image", "strokes"}
    assert line["label"] == 4
    assert line["probabilities"] == pytest.approx(digit().prediction.probabilities, abs=1e-6)
    assert line["strokes"] == [
        [[1.235, 2.0, 0.0, 0.5], [3.0, 4.0, 15.0, 1.0]],
        [[1.235, 2.0, 0.0, 0.5]],
    ]
    image = np.frombuffer(b64decode(line["image"]), np.uint8).reshape(28, 28) / 255
    assert image == pytest.approx(digit().image, abs=0.5 / 255 + 1e-6)
    age = datetime.now(UTC) - datetime.fromisoformat(line["time"])
    assert timedelta(seconds=-1) < age < timedelta(minutes=1)


def test_corrections_are_added_one_a_line(file: Path) -> None:
    append_correction(file, digit(), 4, Ink())
    append_correction(file, digit(), 7)
    assert [line["label"] for line in lines(file)] == [4, 7]
    assert [line["strokes"] for line in lines(file)] == [[], None]


def test_line_that_was_cut_short_spoils_no_other(file: Path) -> None:
    append_correction(file, digit(), 4)
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:100])
    append_correction(file, digit(), 7)
    first, cut, last = file.read_bytes().splitlines()
    assert json.loads(first)["label"] == 4
    assert cut == whole[:100]
    assert json.loads(last)["label"] == 7


def test_deleting_leaves_nothing_and_may_be_repeated(file: Path) -> None:
    delete_corrections(file)
    append_correction(file, digit(), 4)
    delete_corrections(file)
    delete_corrections(file)
    assert not file.exists()


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(OSError, match="taken"):
        append_correction(tmp_path / "taken" / "corrections.jsonl", digit(), 4)
    with pytest.raises(OSError, match=tmp_path.name):
        append_correction(tmp_path, digit(), 4)
