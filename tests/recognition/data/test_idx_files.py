import gzip
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, bounding_box
from handwrite_gui.recognition.data import idx_files
from handwrite_gui.recognition.data.datasets import load_digits
from handwrite_gui.recognition.errors import RecognitionError

IMAGES, LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
RNG = np.random.default_rng(5)
FOUR = RNG.integers(0, 256, (4, 28, 28), np.uint8)


def idx(array: NDArray[Any], kind: int = 8) -> bytes:
    header = struct.pack(f">HBB{array.ndim}I", 0, kind, array.ndim, *array.shape)
    return header + array.astype(array.dtype.newbyteorder(">")).tobytes()


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Four images and their labels, 3 to 6."""
    write(tmp_path / LABELS, idx(np.arange(3, 7).astype(np.uint8)))
    return write(tmp_path / IMAGES, idx(FOUR))


def refusal(path: Path, names: Path | None = None) -> str:
    with pytest.raises(RecognitionError) as caught:
        load_digits(path, "train")
    message = str(caught.value)
    assert message.startswith(f"{names or path} ")
    assert message.endswith(".")
    assert ". " not in message
    assert "\n" not in message
    return message


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_mnist_as_idx_is_mnist(data_dir: Path, tmp_path: Path, suffix: str) -> None:
    with np.load(data_dir / "mnist.npz") as mnist:
        parts = {
            "train": ("train", mnist["x_train"][:300], mnist["y_train"][:300]),
            "test": ("t10k", mnist["x_test"][:200], mnist["y_test"][:200]),
        }
    for name, some_images, labels in parts.values():
        write(tmp_path / f"{name}-images-idx3-ubyte{suffix}", idx(some_images))
        write(tmp_path / f"{name}-labels-idx1-ubyte{suffix}", idx(labels))
    for part, (name, some_images, labels) in parts.items():
        by_file = load_digits(tmp_path / f"{name}-images-idx3-ubyte{suffix}", "train")
        by_folder = load_digits(tmp_path, part)  # type: ignore[arg-type]
        for digits in (by_file, by_folder):
            assert digits.name == f"{name}-images-idx3-ubyte"
            assert (digits.images == some_images).all()
            assert (digits.labels == labels).all()
            assert digits.writers is None
            assert (digits.images.dtype, digits.labels.dtype) == (np.uint8, np.int64)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        (IMAGES, LABELS + ".gz"),
        (IMAGES + ".gz", LABELS),
        ("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
        ("emnist-digits-test-images-idx3-ubyte.gz", "emnist-digits-test-labels-idx1-ubyte.gz"),
        ("images-idx3-ubyte", "labels-idx1-ubyte"),
    ],
)
def test_labels_are_found_beside_the_images(tmp_path: Path, name: str, labels: str) -> None:
    write(tmp_path / labels, idx(np.array([9, 0, 1, 2], np.uint8)))
    digits = load_digits(write(tmp_path / name, idx(FOUR)), "train")
    assert digits.labels.tolist() == [9, 0, 1, 2]
    assert (digits.images == FOUR).all()


def test_gzip_is_told_by_the_content(images: Path) -> None:
    images.write_bytes(gzip.compress(images.read_bytes()))
    assert (load_digits(images, "train").images == FOUR).all()


def test_other_sizes_are_framed(images: Path) -> None:
    tall = np.zeros((4, 40, 30), np.uint8)
    tall[:, 5:35, 10:20] = 255
    write(images, idx(tall))
    framed = load_digits(images, "train").images
    assert framed.shape == (4, 28, 28)
    for image in framed:
        assert (bounding_box(image / 255) or (0, 0, 0, 0))[3] == BOX_PX


def test_file_and_its_gzipped_twin_are_one(images: Path) -> None:
    for name in (IMAGES, LABELS):
        write(images.with_name(name + ".gz"), images.with_name(name).read_bytes())
    assert len(load_digits(images.parent, "train")) == 4


def test_folder_without_the_part_or_with_two(images: Path) -> None:
    images.rename(images.with_name("t10k-images-idx3-ubyte"))
    assert "no IDX file of images of a train part" in refusal(images.parent)
    for name in ("latest-train", "emnist-letters-train"):
        write(images.with_name(f"{name}-images-idx3-ubyte"), idx(FOUR))
    assert "several IDX files of images of a train part" in refusal(images.parent)


@pytest.mark.parametrize("name", [LABELS, LABELS + ".gz"])
def test_missing_labels(images: Path, name: str) -> None:
    images.with_name(LABELS).unlink()
    images.with_name(LABELS).mkdir()
    assert f"put {LABELS} beside it" in refusal(images)


def test_name_that_leads_to_no_labels(images: Path) -> None:
    for name in ("digits.idx", LABELS):
        renamed = write(images.with_name(name), idx(FOUR))
        assert "name a file such as train-images-idx3-ubyte" in refusal(renamed)


@pytest.mark.parametrize(
    "labels",
    [
        np.array([3, 4, 5], np.uint8),
        np.array([3, 4, 5, 6, 7], np.uint8),
        np.array([3, 4, 5, 10], np.uint8),
        np.zeros(0, np.uint8),
    ],
    ids=str,
)
def test_labels_that_do_not_fit(images: Path, labels: NDArray[np.uint8]) -> None:
    write(images.with_name(LABELS), idx(labels))
    message = refusal(images)
    assert f"and the labels in {LABELS} are no digits that Handwrite knows" in message


@pytest.mark.parametrize("shape", [(0, 28, 28), (4, 0, 28), (2**32 - 1, 0, 28)])
def test_empty_images(images: Path, shape: tuple[int, ...]) -> None:
    write(images, struct.pack(">HBB3I", 0, 8, 3, *shape))
    assert "are no digits that Handwrite knows" in refusal(images)


@pytest.mark.parametrize(
    "content",
    [
        idx(FOUR.astype(np.int16), 11),
        idx(FOUR.astype(np.float32), 13),
        idx(FOUR.reshape(4, 784)),
        idx(FOUR[..., None]),
        idx(np.zeros(4, np.uint8)),
        b"\0\0",
        b"\0\0\x08",
    ],
)
def test_other_kinds_of_idx(images: Path, content: bytes) -> None:
    write(images, content)
    assert "is no IDX file of images in bytes" in refusal(images)
    write(images, idx(FOUR))
    write(images.with_name(LABELS), idx(np.zeros((4, 4), np.uint8)))
    assert "is no IDX file of labels in bytes" in refusal(images, images.with_name(LABELS))


@pytest.mark.parametrize("name", [IMAGES, LABELS])
@pytest.mark.parametrize("packed", [False, True])
def test_cut_at_any_byte(images: Path, name: str, packed: bool) -> None:
    path = images.with_name(name)
    content = gzip.compress(path.read_bytes()) if packed else path.read_bytes()
    for length in {*range(2, 40), *range(40, len(content), 97), len(content) - 1}:
        if length < len(content):
            path.write_bytes(content[:length])
            with pytest.raises(RecognitionError, match=name):
                load_digits(images, "train")


def test_longer_than_it_says(images: Path) -> None:
    content = images.read_bytes()
    for longer in (
        content + b"\0",
        gzip.compress(content + b"\0"),
        gzip.compress(content) + gzip.compress(b"\0"),
        gzip.compress(content) + b"more",
    ):
        images.write_bytes(longer)
        assert "is damaged" in refusal(images)


def test_changed_bytes_in_gzip_are_noticed(images: Path) -> None:
    content = np.frombuffer(gzip.compress(images.read_bytes()), np.uint8)
    rng = np.random.default_rng(3)
    refused = 0
    for _ in range(100):
        changed = content.copy()
        changed[rng.integers(len(content))] ^= 1 << rng.integers(8)
        images.write_bytes(changed.tobytes())
        try:
            assert (load_digits(images, "train").images == FOUR).all()
        except RecognitionError:
            refused += 1
    assert refused > 90


@pytest.mark.parametrize("packed", [False, True])
def test_nothing_is_unpacked_for_a_size_that_cannot_be(
    images: Path, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of few bytes says that it holds a gigabyte: no room is made for it."""
    content = struct.pack(">HBB3I", 0, 8, 3, 2**20, 32, 32) + bytes(1000)
    images.write_bytes(gzip.compress(content) if packed else content)
    monkeypatch.setattr("numpy.frombuffer", lambda *_: pytest.fail("room was made"))
    reads: list[int] = []
    read = gzip.GzipFile.read
    monkeypatch.setattr(
        gzip.GzipFile, "read", lambda file, size: reads.append(size) or read(file, size)
    )
    assert "is damaged" in refusal(images)
    assert reads == ([16] if packed else [])


def test_gzip_bomb_is_unpacked_no_further_than_it_says(
    images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images.write_bytes(gzip.compress(idx(FOUR) + bytes(2**26)))
    reads: list[int] = []
    read = gzip.GzipFile.read
    monkeypatch.setattr(
        gzip.GzipFile, "read", lambda file, size: reads.append(size) or read(file, size)
    )
    assert "is damaged" in refusal(images)
    assert sum(reads) == 16 + FOUR.size + 1


def test_more_than_the_limit(images: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idx_files, "MOST_BYTES", FOUR.size - 1)
    assert "says that it holds more than" in refusal(images)
