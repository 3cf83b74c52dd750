import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, bounding_box
from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.data import npz_files
from handwrite_gui.recognition.data.datasets import load_digits, load_writers
from handwrite_gui.recognition.errors import RecognitionError


def images(count: int, side: int = 28) -> dict[str, NDArray[Any]]:
    """Arrays as in Keras's own mnist.npz; the test part is half as large."""
    rng = np.random.default_rng(count)
    parts = (("train", count), ("test", count // 2))
    return {f"x_{part}": rng.integers(0, 256, (n, side, side), np.uint8) for part, n in parts} | {
        f"y_{part}": (np.arange(n) % 10).astype(np.uint8) for part, n in parts
    }


def strokes() -> dict[str, NDArray[Any]]:
    """Two samples: a 1 of one stroke by writer 3, a 4 of two strokes by writer 30."""
    return {
        "points": np.array([[5, 0], [5, 90], [0, 0], [0, 50], [60, 50], [40, 0], [40, 99]]),
        "stroke_start": np.array([0, 2, 5, 7]),
        "sample_start": np.array([0, 1, 3]),
        "label": np.array([1, 4], np.uint8),
        "writer": np.array([3, 30], np.uint8),
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "some.npz"


def refusal(path: Path) -> str:
    with pytest.raises(RecognitionError) as caught:
        load_digits(path, "train")
    message = str(caught.value)
    assert message.startswith(f"{path} ")
    assert message.endswith(".")
    assert ". " not in message
    assert "\n" not in message
    return message


def test_images_are_taken_as_they_are(file: Path) -> None:
    arrays = images(20)
    np.savez(file, **arrays)
    train, test = load_digits(file, "train"), load_digits(file, "test")
    assert (len(train), len(test)) == (20, 10)
    assert (train.images == arrays["x_train"]).all()
    assert (test.labels == arrays["y_test"]).all()
    assert (train.name, train.writers, train.labels.dtype) == ("some", None, np.int64)


def test_smaller_images_are_framed(file: Path) -> None:
    arrays = images(4, side=16)
    arrays["x_train"][:, :, :8] = 0
    np.savez(file, **arrays)
    framed = load_digits(file, "train").images
    assert framed.shape == (4, 28, 28)
    assert framed.dtype == np.uint8
    for image in framed:
        assert (bounding_box(image / 255) or (0, 0, 0, 0))[2:] == (BOX_PX // 2, BOX_PX)


def test_pen_strokes_are_drawn(file: Path) -> None:
    arrays = strokes()
    np.savez(file, **arrays)
    digits = load_digits(file, "train")
    assert digits.labels.tolist() == [1, 4]
    assert digits.writers is not None
    assert digits.writers.tolist() == [3, 30]
    points = arrays["points"].astype(float)
    for image, parts in zip(digits.images, ([points[:2]], [points[2:5], points[5:]]), strict=True):
        assert (image == np.round(digit_image(parts) * 255)).all()


def test_pen_strokes_are_drawn_once_with_each_width(file: Path) -> None:
    np.savez(file, **strokes())
    digits = load_digits(file, "train", (1.5, 3.0))
    assert digits.labels.tolist() == [1, 4, 1, 4]
    assert digits.writers is not None
    assert digits.writers.tolist() == [3, 30, 3, 30]
    ink = digits.images.sum(axis=(1, 2), dtype=int)
    assert (ink[2:] > 1.6 * ink[:2]).all()


@pytest.mark.parametrize("content", [b"", b"hello, no archive", b"PK\x03\x04", b"\x80\x04K\x01."])
def test_what_is_no_archive(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    message = refusal(file)
    assert "could not be read as .npz data" in message
    assert "allow_pickle" not in message, "nobody is to be told to trust it"


def test_what_unpacks_to_too_much(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez_compressed(file, **images(20))
    monkeypatch.setattr(npz_files, "MOST_BYTES", 30 * 28 * 28)
    assert "unpacks to more than" in refusal(file)
    with pytest.raises(RecognitionError, match="unpacks to more than"):
        load_writers(file)


def test_array_that_says_it_is_huge(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive, archive.open("x_train.npy", "w") as member:
        header = {"descr": "|u1", "fortran_order": False, "shape": (10**15, 28, 28)}
        np.lib.format.write_array_header_1_0(member, header)
    assert "holds more than fits into memory" in refusal(file)


def test_damaged_archives_are_refused_or_read(file: Path) -> None:
    np.savez_compressed(file, **strokes())
    content = np.frombuffer(file.read_bytes(), np.uint8)
    rng = np.random.default_rng(2)
    refused = 0
    for _ in range(150):
        changed = content.copy()
        changed[rng.integers(len(content), size=2)] = rng.integers(256, size=2)
        file.write_bytes(
            changed[: rng.choice([len(content), rng.integers(len(content))])].tobytes()
        )
        try:
            assert len(load_digits(file, "train")) == 2
        except RecognitionError:
            refused += 1
    assert refused > 100


class Bomb:
    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._trace,)


def test_pickles_are_not_run(file: Path, tmp_path: Path) -> None:
    trace = tmp_path / "unpickled"
    np.savez(file, **images(4) | {"x_train": np.array([Bomb(trace)] * 4, object)})
    refusal(file)
    with pytest.raises(RecognitionError):
        load_writers(file)
    assert not trace.exists()


BAD_IMAGES: list[dict[str, Any]] = [
    {"x_train": None},
    {"y_train": None},
    {"x_train": np.zeros((4, 28, 28), np.float32)},
    {"x_train": np.zeros((4, 784), np.uint8)},
    {"x_train": np.zeros((4, 28, 28, 3), np.uint8)},
    {"x_train": np.zeros((0, 28, 28), np.uint8), "y_train": np.zeros(0, np.uint8)},
    {"y_train": np.array([0, 1, 2])},
    {"y_train": np.array([0, 1, 2, 10])},
    {"y_train": np.array([0, 1, 2, -1])},
    {"x_train": np.zeros((4, 0, 28), np.uint8)},
    {"y_train": np.array([0.0, 1.0, 2.0, 3.0])},
    {"y_train": np.array(["0", "1", "2", "3"])},
    {"y_train": np.zeros((4, 10), np.uint8)},
]
BAD_STROKES: list[dict[str, Any]] = [
    {"writer": None},
    {"sample_start": None},
    {"points": np.zeros((7, 3))},
    {"points": np.full((7, 2), np.nan)},
    {"points": np.array(["x"] * 7)},
    {"stroke_start": np.array([0, 2, 2, 7])},
    {"stroke_start": np.array([0, 2, 5, 99])},
    {"stroke_start": np.array([0.0, 2.0, 5.0, 7.0])},
    {"stroke_start": np.array(7)},
    {"sample_start": np.array([0, 3, 3])},
    {"sample_start": np.array([0, -2, 3])},
    {"sample_start": np.array([0])},
    {"label": np.array([1, 11])},
    {"label": np.array([1, 4, 4])},
    {"writer": np.array([1])},
]


@pytest.mark.parametrize("changed", BAD_IMAGES, ids=str)
def test_images_that_are_no_digits(file: Path, changed: dict[str, Any]) -> None:
    np.savez(
        file, **{key: value for key, value in (images(4) | changed).items() if value is not None}
    )
    assert "holds no digits that Handwrite knows" in refusal(file)


@pytest.mark.parametrize("changed", BAD_STROKES, ids=str)
def test_strokes_that_are_no_digits(file: Path, changed: dict[str, Any]) -> None:
    np.savez(
        file, **{key: value for key, value in (strokes() | changed).items() if value is not None}
    )
    assert "holds no digits that Handwrite knows" in refusal(file)


def test_archive_of_text(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("points", "no array")
    assert "holds no digits" in refusal(file)
