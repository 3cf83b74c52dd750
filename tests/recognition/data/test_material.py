from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.recognition.data import material
from handwrite_gui.recognition.data.datasets import load_digits
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.data.material import (
    FORMS_SHARE,
    NO_DIGITS_SHARE,
    OURS,
    PEN_WIDTHS_PX,
    TERMS,
    gather,
)
from handwrite_gui.recognition.errors import RecognitionError

COUNT = 240
PEN_WRITERS = range(1, 31)


@pytest.fixture(autouse=True)
def _little_is_drawn_to_validate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(material, "VALIDATION_DRAWN", 15)


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Digits that no two are alike: the first row holds each one's number."""
    images = np.zeros((COUNT, 28, 28), np.uint8)
    images[:, 5:20, 10:15] = 200
    images[:, 0, 0] = np.arange(COUNT)
    labels = (np.arange(COUNT) % 10).astype(np.uint8)
    path = tmp_path / "mnist.npz"
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
    ours = (digits.images[:, 5:20, 10:15] == 200).all(axis=(1, 2))
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
    gathered = gather([images], writers, seed=0, more=True)
    held = {number for number in range(COUNT) if number // 4 % 10 == 0}
    assert len(held) == 24
    mnist, forms, no_digit = gathered.validation
    assert numbers(mnist) == held
    assert len(mnist) == len(held)
    assert numbers(gathered.training) == set(range(COUNT)) - held
    assert set(forms.labels) == set(range(10))
    assert (no_digit.labels == NO_DIGIT).all()
    assert len(forms) == len(no_digit) == 15


def test_drawn_validation_is_not_what_was_learned(images: Path, writers: Path) -> None:
    gathered = gather([images], writers, seed=0, more=True)
    learned = {image.tobytes() for image in gathered.training.images}
    for digits in gathered.validation[1:]:
        assert not learned & {image.tobytes() for image in digits.images}


def test_all_is_learned_where_writers_are_not_named(images: Path) -> None:
    gathered = gather([images], None, seed=0, more=True)
    assert gathered.validation == ()
    assert numbers(gathered.training) == set(range(COUNT))


def test_nothing_is_drawn_unless_asked(images: Path, writers: Path) -> None:
    for chosen in (None, writers):
        gathered = gather([images], chosen, seed=0, more=False)
        assert [source.name for source in gathered.sources] == ["mnist"]
        assert [digits.name for digits in gathered.validation] == ["mnist"] * (chosen is not None)
        assert gathered.training.labels.max() == 9


def test_some_pen_writers_are_never_learned(images: Path, writers: Path, pens: Path) -> None:
    for chosen in (None, writers):
        told: list[str] = []
        gathered = gather([images, pens], chosen, seed=0, more=False, on_skipped=told.append)
        assert told == [
            f"Left out {6 * len(PEN_WIDTHS_PX)} images of pens: "
            "writers 25 to 30 of pen strokes are kept for measuring."
        ]
        seen = [pen_writers(digits, pens) for digits in (gathered.training, *gathered.validation)]
        assert set().union(*seen) == set(range(1, 25))


def test_some_pen_writers_only_validate(images: Path, writers: Path, pens: Path) -> None:
    gathered = gather([images, pens], writers, seed=0, more=True)
    assert pen_writers(gathered.training, pens) == set(range(1, 19))
    validation = {digits.name: digits for digits in gathered.validation}
    assert list(validation) == ["mnist", "pens", "written forms", "no digit"]
    assert pen_writers(validation["pens"], pens) == set(range(19, 25))
    without = gather([images, pens], None, seed=0, more=False)
    assert pen_writers(without.training, pens) == set(range(1, 25))


def test_temperature_is_found_on_all_that_was_held_out_of_the_files(
    images: Path, writers: Path, pens: Path
) -> None:
    gathered = gather([images, pens], writers, seed=0, more=True)
    assert gathered.calibration is not None
    assert numbers(gathered.calibration) == numbers(gathered.validation[0])
    assert pen_writers(gathered.calibration, pens) == set(range(19, 25))
    assert len(gathered.calibration) == sum(map(len, gathered.validation[:2]))
    assert gather([images, pens], None, seed=0, more=True).calibration is None


def test_files_of_one_name_are_told_apart(images: Path, writers: Path) -> None:
    gathered = gather([images, images], writers, seed=0, more=False)
    assert [source.name for source in gathered.sources] == ["mnist", "mnist (2)"]
    assert [digits.name for digits in gathered.validation] == ["mnist", "mnist (2)"]
    assert [source.terms for source in gathered.sources] == [TERMS["mnist"]] * 2


def test_sources_say_what_was_learned_from(images: Path, writers: Path, pens: Path) -> None:
    gathered = gather([images, pens], writers, seed=0, more=True)
    pen_strokes = 18 * len(PEN_WIDTHS_PX)
    given = 216 + pen_strokes
    forms, none = int(given * FORMS_SHARE), int(given * NO_DIGITS_SHARE)
    learned = {source.name: source.digits for source in gathered.sources}
    assert learned == {
        "mnist": 216,
        "pens": pen_strokes,
        "written forms": forms,
        "no digit": none,
    }
    assert sum(learned.values()) == len(gathered.training)
    assert (gathered.training.labels == NO_DIGIT).sum() == none
    terms = [source.as_json()["terms"] for source in gathered.sources]
    assert terms == [TERMS["mnist"], "not known to Handwrite", OURS, OURS]
    assert gathered.sources[0].as_json().keys() == {"name", "digits", "terms"}


def test_same_seed_draws_the_same(images: Path) -> None:
    def drawn(seed: int) -> NDArray[np.uint8]:
        return gather([images], None, seed, more=True).training.images[COUNT:]

    first = drawn(3)
    assert (first == drawn(3)).all()
    assert (first != drawn(4)).any(axis=(1, 2)).mean() > 0.9


def test_what_is_no_digit_in_the_data_counts_for_no_digit(
    images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is learned, but neither makes pairs nor asks for more forms."""
    digits = load_digits(images, "train")
    labels = digits.labels.copy()
    labels[:40] = NO_DIGIT
    marked = Digits("mine", digits.images, labels)
    monkeypatch.setattr(material, "load_digits", lambda *_: marked)
    gathered = gather([images], None, seed=0, more=True)
    counts = {source.name: source.digits for source in gathered.sources}
    assert counts == {
        "mine": COUNT,
        "written forms": int(200 * FORMS_SHARE),
        "no digit": int(200 * NO_DIGITS_SHARE),
    }


@pytest.mark.parametrize("forms", [0, 70])
def test_as_many_forms_are_drawn_as_are_asked_for(images: Path, forms: int) -> None:
    gathered = gather([images], None, seed=0, more=True, forms=forms)
    counts = {source.name: source.digits for source in gathered.sources}
    assert counts["written forms"] == forms
    assert len(gathered.training) == sum(counts.values())


def test_without_files_mnist_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    digits = Digits("mnist", np.full((20, 28, 28), 9, np.uint8), np.arange(20) % 10)
    asked: list[str] = []
    monkeypatch.setattr(material, "download_mnist", lambda part: asked.append(part) or digits)
    assert gather([], None, seed=0, more=False).sources[0].name == "mnist"
    assert asked == ["train"]


@pytest.mark.parametrize("wrong", [np.arange(COUNT - 1), np.zeros((COUNT, 2), int)], ids=len)
def test_writers_of_other_digits_are_refused(
    images: Path, tmp_path: Path, wrong: NDArray[np.int64]
) -> None:
    np.savez(tmp_path / "wrong.npz", train_writer=wrong)
    with pytest.raises(RecognitionError, match=r"wrong\.npz .*\.$"):
        gather([images], tmp_path / "wrong.npz", seed=0, more=False)


def test_nothing_to_learn_from_is_refused(tmp_path: Path, images: Path, writers: Path) -> None:
    held_out = write_pens(tmp_path / "held.npz", np.arange(25, 31))
    with pytest.raises(RecognitionError, match="left out"):
        gather([held_out], None, seed=0, more=False)
    validating = write_pens(tmp_path / "validating.npz", np.repeat(np.arange(19, 25), COUNT // 6))
    with pytest.raises(RecognitionError, match=r"writers\.npz .* no data has so many"):
        gather([held_out], writers, seed=0, more=False)
    # As many samples as MNIST's would have, drawn with three pens each.
    np.savez(writers, train_writer=np.arange(COUNT * len(PEN_WIDTHS_PX)))
    with pytest.raises(RecognitionError, match="left out"):
        gather([validating], writers, seed=0, more=False)


def test_data_without_a_digit_is_refused(images: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    none = Digits("none", np.full((5, 28, 28), 9, np.uint8), np.full(5, NO_DIGIT))
    monkeypatch.setattr(material, "load_digits", lambda *_: none)
    for more in (False, True):
        with pytest.raises(RecognitionError, match=r"^There is no digit among the data .*\.$"):
            gather([images], None, seed=0, more=more)


def test_skipped_files_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "mine" / "3").mkdir(parents=True)
    np.savez(tmp_path / "mine" / "3" / "x.npz")
    told: list[str] = []
    with pytest.raises(RecognitionError, match="holds no digit"):
        gather([tmp_path / "mine"], None, seed=0, more=False, on_skipped=told.append)
    from PIL import Image

    picture = np.full((60, 60), 255, np.uint8)
    picture[10:50, 28:33] = 0
    Image.fromarray(picture).save(tmp_path / "mine" / "3" / "good.png")
    gathered = gather([tmp_path / "mine"], None, seed=0, more=False, on_skipped=told.append)
    assert len(gathered.training) == 1
    assert len(told) == 1
    assert told[0].startswith("Skipped 1 of 2 files")
