"""Ink from files: of any scale, in any unit, with or without a known pen."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.reading import Refusal
from handwrite_gui.reading.reader import Reader
from handwrite_gui.storage.inkml import read_inkml

WAVE = np.stack([np.linspace(0, 3, 20), np.sin(np.linspace(0, 3, 20)) + 2], axis=1)


class Keeping:
    """Keeps the images that it is shown, and sees threes."""

    def __init__(self) -> None:
        self.images: list[NDArray[np.float32]] = []

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.images.extend(images)
        return np.tile(np.eye(11, dtype=np.float32)[3], (len(images), 1))


def read(path: Path, points: NDArray[np.float64], before: str = "") -> tuple[object, ...]:
    """The refusal, the box and the image that the model was shown."""
    trace = ", ".join(f"{x!r} {y!r}" for x, y in points.tolist())
    path.write_text(f"<ink>{before}<trace>{trace}</trace></ink>")
    recogniser = Keeping()
    reading = Reader(recogniser).read_ink(read_inkml(path).ink)
    box = reading.numbers[0].box if reading.numbers else None
    return reading.refusal, box, recogniser.images


@pytest.mark.parametrize("scale", [1e-200, 1e-9, 0.001, 1.0, 1e6, 1e99])
def test_scale_makes_no_difference(tmp_path: Path, scale: float) -> None:
    _, _, (expected,) = read(tmp_path / "a.inkml", WAVE)
    refusal, box, (image,) = read(tmp_path / "b.inkml", WAVE * scale)
    assert refusal is None
    np.testing.assert_array_equal(image, expected)
    np.testing.assert_allclose(
        box, (0, WAVE[:, 1].min() * scale, 3 * scale, np.ptp(WAVE[:, 1]) * scale)
    )


@pytest.mark.parametrize(
    ("points", "is_dot"),
    [([[5, 5]], True), ([[5, 5], [5, 5]], True), ([[5, 5], [5, 5.0000001]], False)],
)
def test_without_a_known_pen_only_one_place_is_a_dot(
    tmp_path: Path, points: list[list[float]], is_dot: bool
) -> None:
    refusal, _, images = read(tmp_path / "dot.inkml", np.array(points))
    assert refusal == (Refusal.DOT if is_dot else None)
    assert len(images) == (0 if is_dot else 1)


@pytest.mark.parametrize(("width_mm", "is_dot"), [(31, True), (29, False)])
def test_with_a_known_pen_what_is_no_larger_is_a_dot(
    tmp_path: Path, width_mm: float, is_dot: bool
) -> None:
    pen = f"<brush><brushProperty name='width' value='{width_mm}' units='mm'/></brush>"
    centimetres = "<channel name='X' units='cm'/><channel name='Y' units='cm'/>"
    before = f"{pen}<traceFormat>{centimetres}</traceFormat>"
    refusal, _, _ = read(tmp_path / "dot.inkml", WAVE, before)
    assert refusal == (Refusal.DOT if is_dot else None)
