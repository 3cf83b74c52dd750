from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.recognition import recipe
from handwrite_gui.recognition.datasets import load_digits
from handwrite_gui.recognition.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.recipe import PEN_WIDTHS_PX, Material, gather

COUNT = 240
PEN_WRITERS = range(1, 31)


@pytest.fixture(autouse=True)
def _few_validation_no_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "VALIDATION_NO_DIGITS", 15)


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Digits that no two are alike: the first row holds each one's number."""
    images = np.zeros((COUNT, 28, 28), np.uint8)
    images[:, 5:20, 10:15] = 200
    images[:, 0, 0] = np.arange(COUNT)
    labels = (np.arange(COUNT) % 10).astype(np.uint8)
    path = tmp_path / "images.npz"
    np.savez(path, x_train=images, y_train=labels, x_test=images[:0], y_test=labels[:0])
    return path


@pytest.fixture
def writers(tmp_path: Path) -> Path:
    """Digit i is by writer i // 4, so that every tenth writer has four."""
    np.savez(tmp_path / "writers.npz", train_writer=np.arange(COUNT) // 4)
    return tmp_path / "writers.npz"


@pytest.fixture
def pens(tmp_path: Path) -> Path:
    """A line by each of the 30 writers, each at another slant."""
    return write_pens(tmp_path / "pens.npz", np.array(PEN_WRITERS))


def write_pens(path: Path, writers: NDArray[Any]) -> Path:
    angles = writers * np.pi / 40
    ends = np.stack([np.cos(angles), np.sin(angles)], axis=1) * 100
    np.savez(
        path,
        points=np.stack([np.zeros_like(ends), ends], axis=1).reshape(-1, 2),
        stroke_start=np.arange(len(writers) + 1) * 2,
        sample_start=np.arange(len(writers) + 1),
        label=writers % 10,
        writer=writers,
    )
    return path


def numbers(digits: Digits) -> set[int]:
    """The numbers of those digits that came from the file of images."""
    ours = (digits.images[:, 12, 12] == 200) & (digits.images[:, 25] == 0).all(axis=1)
    return set(digits.images[ours, 0, 0].tolist())


def pen_writers(digits: Digits, pens: Path) -> set[int]:
    """Who wrote those digits that came from the file of pen strokes."""
    drawn = load_digits(pens, "train", PEN_WIDTHS_PX)
    assert drawn.writers is not None
    images = {image.tobytes() for image in digits.images}
    wrote = [
        w for image, w in zip(drawn.images, drawn.writers, strict=True) if image.tobytes() in images
    ]
    assert len(wrote) == len(set(wrote)) * len(PEN_WIDTHS_PX), "all widths of a digit stay together"
    return set(wrote)


def test_every_tenth_writer_is_held_out(images: Path, writers: Path) -> None:
    material = gather([images], writers, seed=0)
    held = {number for number in range(COUNT) if number // 4 % 10 == 0}
    assert len(held) == 24
    mnist, no_digit = material.validation
    assert numbers(mnist) == held
    assert len(mnist) == len(held)
    assert numbers(material.training) == set(range(COUNT)) - held
    assert (no_digit.labels == NO_DIGIT).all()
    assert len(no_digit) == 15


def test_all_is_learned_where_writers_are_not_named(images: Path) -> None:
    material = gather([images], None, seed=0)
    assert material.validation == ()
    assert numbers(material.training) == set(range(COUNT))


def test_some_pen_writers_are_never_learned(images: Path, writers: Path, pens: Path) -> None:
    for chosen in (None, writers):
        material = gather([images, pens], chosen, seed=0)
        seen = [pen_writers(digits, pens) for digits in (material.training, *material.validation)]
        assert set().union(*seen) == set(range(1, 25))


def test_some_pen_writers_only_validate(images: Path, writers: Path, pens: Path) -> None:
    material = gather([images, pens], writers, seed=0)
    assert pen_writers(material.training, pens) == set(range(1, 19))
    validation = {digits.name: digits for digits in material.validation}
    assert list(validation) == ["images", "pens", "no digit"]
    assert pen_writers(validation["pens"], pens) == set(range(19, 25))
    without = gather([images, pens], None, seed=0)
    assert pen_writers(without.training, pens) == set(range(1, 25))


def test_sources_say_what_was_learned_from(images: Path, writers: Path, pens: Path) -> None:
    material = gather([images, pens], writers, seed=0)
    learned = {source.name: source.digits for source in material.sources}
    pen_strokes = 18 * len(PEN_WIDTHS_PX)
    drawn = (216 + pen_strokes) // 10
    assert learned == {"images": 216, "pens": pen_strokes, "no digit": drawn}
    assert sum(learned.values()) == len(material.training)
    assert (material.training.labels == NO_DIGIT).sum() == drawn
    assert material.sources[0].as_json().keys() == {"name", "digits", "terms"}


def test_same_seed_draws_the_same(images: Path) -> None:
    def drawn(material: Material) -> NDArray[np.uint8]:
        return material.training.images[material.training.labels == NO_DIGIT]

    first = drawn(gather([images], None, seed=3))
    assert (first == drawn(gather([images], None, seed=3))).all()
    assert (first != drawn(gather([images], None, seed=4))).any()


def test_without_files_mnist_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    digits = Digits("mnist", np.full((20, 28, 28), 9, np.uint8), np.arange(20) % 10)
    asked: list[str] = []
    monkeypatch.setattr(recipe, "download_mnist", lambda part: asked.append(part) or digits)
    assert gather([], None, seed=0).sources[0].name == "mnist"
    assert asked == ["train"]


@pytest.mark.parametrize("wrong", [np.arange(COUNT - 1), np.zeros((COUNT, 2), int)], ids=len)
def test_writers_of_other_digits_are_refused(
    images: Path, tmp_path: Path, wrong: NDArray[np.int64]
) -> None:
    np.savez(tmp_path / "wrong.npz", train_writer=wrong)
    with pytest.raises(RecognitionError, match=r"wrong\.npz .*\.$"):
        gather([images], tmp_path / "wrong.npz", seed=0)


def test_nothing_to_learn_from_is_refused(tmp_path: Path, writers: Path) -> None:
    held_out = write_pens(tmp_path / "held.npz", np.arange(25, 31))
    with pytest.raises(RecognitionError, match="left out"):
        gather([held_out], None, seed=0)
    validating = write_pens(tmp_path / "validating.npz", np.arange(19, 25))
    with pytest.raises(RecognitionError, match="left out"):
        gather([validating], writers, seed=0)
