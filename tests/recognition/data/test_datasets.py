import functools
import hashlib
import os
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.recognition.data.datasets import download_mnist, load_digits, load_writers
from handwrite_gui.recognition.data.digits import Digits, join
from handwrite_gui.recognition.errors import RecognitionError


def images(count: int) -> dict[str, NDArray[Any]]:
    """Arrays as in Keras's own mnist.npz; the test part is half as large."""
    rng = np.random.default_rng(count)
    parts = (("train", count), ("test", count // 2))
    return {f"x_{part}": rng.integers(0, 256, (n, 28, 28), np.uint8) for part, n in parts} | {
        f"y_{part}": (np.arange(n) % 10).astype(np.uint8) for part, n in parts
    }


def test_where_and_join() -> None:
    digits = Digits("some", images(2)["x_train"], np.array([1, 4]), np.array([3, 30]))
    four = digits.where(digits.labels == 4)
    assert (len(four), four.writers) == (1, [30])
    both = join([digits, Digits("other", digits.images[:1], digits.labels[:1])])
    assert both.name == "some + other"
    assert both.labels.tolist() == [1, 4, 1]
    assert both.images.shape == (3, 28, 28)
    assert both.writers is None


def refusal(path: Path) -> str:
    with pytest.raises(RecognitionError) as caught:
        load_digits(path, "train")
    message = str(caught.value)
    assert message.startswith(f"{path} ")
    assert message.endswith(".")
    assert ". " not in message
    assert "\n" not in message
    return message


def test_missing_file(tmp_path: Path) -> None:
    for name in ("missing.npz", "missing", "folder/missing"):
        assert "does not exist: check where it lies" in refusal(tmp_path / name)


def test_file_of_an_unknown_kind(tmp_path: Path) -> None:
    np.save(tmp_path / "single.npy", np.zeros((5, 28, 28), np.uint8))
    (tmp_path / "seven.inkml").write_text("<ink/>")
    (tmp_path / "empty").touch()
    for name in ("single.npy", "seven.inkml", "empty"):
        assert "is no data that Handwrite knows" in refusal(tmp_path / name)


def test_empty_folder(tmp_path: Path) -> None:
    assert "holds no data that Handwrite knows" in refusal(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "could not be read" in refusal(tmp_path / "pipe")


def test_kind_is_told_by_the_content(tmp_path: Path) -> None:
    np.savez(tmp_path / "some.npz", **images(20))
    (tmp_path / "some.npz").rename(tmp_path / "digits.data")
    digits = load_digits(tmp_path / "digits.data", "test")
    assert (digits.name, len(digits)) == ("digits", 10)


def test_writers(tmp_path: Path) -> None:
    file = tmp_path / "writers.npz"
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
