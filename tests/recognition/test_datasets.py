import functools
import hashlib
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, bounding_box
from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.datasets import download_mnist, load_digits, load_writers
from handwrite_gui.recognition.digits import Digits, join
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


def test_where_and_join(file: Path) -> None:
    np.savez(file, **strokes())
    digits = load_digits(file, "train")
    four = digits.where(digits.labels == 4)
    assert (len(four), four.writers) == (1, [30])
    both = join([digits, Digits("other", digits.images[:1], digits.labels[:1])])
    assert both.name == "some + other"
    assert both.labels.tolist() == [1, 4, 1]
    assert both.images.shape == (3, 28, 28)
    assert both.writers is None


@pytest.mark.parametrize("content", [b"", b"hello, no archive", b"PK\x03\x04", b"\x80\x04K\x01."])
def test_what_is_no_archive(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    message = refusal(file)
    assert "could not be read as .npz data" in message
    assert "allow_pickle" not in message, "nobody is to be told to trust it"


def test_missing_file_folder_and_single_array(tmp_path: Path) -> None:
    np.save(tmp_path / "single.npy", np.zeros((5, 28, 28), np.uint8))
    for path in (tmp_path, tmp_path / "single.npy"):
        assert "could not be read as .npz data" in refusal(path)
    assert "does not exist" in refusal(tmp_path / "missing.npz")


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


def test_writers(file: Path) -> None:
    np.savez(file, train_writer=np.array([7, 7, 30], np.int16))
    assert load_writers(file).tolist() == [7, 7, 30]
    for changed in ({"test_writer": np.array([1])}, {"train_writer": np.zeros((3, 2), int)}):
        np.savez(file, **changed)
        with pytest.raises(RecognitionError, match=r"does not say who wrote MNIST's digits .*\.$"):
            load_writers(file)


class Server(ThreadingHTTPServer):
    """Serves a folder on this machine only, and notes what it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        server = self

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                server.asked.append(self.path)

        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=folder))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The place that Keras downloads MNIST from, with a tiny one, whose checksum is expected."""
    place = tmp_path / "served" / "tensorflow" / "tf-keras-datasets"
    place.mkdir(parents=True)
    np.savez(place / "mnist.npz", **images(30))
    checksum = hashlib.sha256((place / "mnist.npz").read_bytes()).hexdigest()
    get_file = keras.utils.get_file

    def get_from_here(fname: str, origin: str, file_hash: str) -> str:
        host = "https://storage.googleapis.com"
        assert origin.startswith(host)
        here = origin.replace(host, f"http://127.0.0.1:{server.server_port}")
        return str(get_file(fname, here, file_hash=checksum, cache_dir=tmp_path / "cache"))

    monkeypatch.setattr("keras.src.datasets.mnist.get_file", get_from_here)
    monkeypatch.setenv("no_proxy", "*")
    (tmp_path / "cache").mkdir()
    with Server(tmp_path / "served") as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_mnist_is_downloaded_once(server: Server) -> None:
    train, test = download_mnist("train"), download_mnist("test")
    assert (train.images == images(30)["x_train"]).all()
    assert (test.labels == images(30)["y_test"]).all()
    assert (train.name, train.labels.dtype, train.writers) == ("mnist", np.int64, None)
    assert server.asked == ["/tensorflow/tf-keras-datasets/mnist.npz"]


@pytest.mark.parametrize("fault", ["missing", "other content", "nobody answers"])
def test_failed_download_is_one_sentence(server: Server, tmp_path: Path, fault: str) -> None:
    (served,) = (tmp_path / "served").rglob("mnist.npz")
    if fault == "missing":
        served.unlink()
    elif fault == "other content":
        served.write_bytes(b"a page that asks for a password")
    else:
        server.server_close()
    with pytest.raises(RecognitionError, match=r"^MNIST could not be downloaded \(.*\.npz\.$") as e:
        download_mnist("train")
    assert ". " not in str(e.value)
    assert "\n" not in str(e.value)
