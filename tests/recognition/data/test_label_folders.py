import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.domain.raster import digit_image
from handwrite_gui.imaging.open_picture import open_picture
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.data.datasets import Part, load_digits
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.storage.inkml import read_inkml

SEVEN = [np.array([[0.0, 0.0], [60.0, 0.0], [20.0, 100.0]])]


class Unsure:
    """Stands in for the model, so that `Reader` shows what it would be asked."""

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.full((len(images), 11), 1 / 11, np.float32)


def draw(path: Path, strokes: list[NDArray[np.float64]] = SEVEN, paper: int = 255) -> Path:
    """Save a dark or light drawing of strokes, 84×84."""
    image = np.kron(digit_image(strokes), np.ones((3, 3)))
    pixels = paper + image * (255 - 2 * paper)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.round(pixels).astype(np.uint8)).save(path)
    return path


def blank(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (50, 50), 255).save(path)
    return path


@pytest.fixture
def load() -> Callable[..., tuple[Digits, list[str]]]:
    """Loads a folder; returns the digits and what was said of skipped files."""

    def load(folder: Path, part: Part = "train", **options: Any) -> tuple[Digits, list[str]]:
        said: list[str] = []
        return load_digits(folder, part, on_skipped=said.append, **options), said

    return load


Load = Callable[..., tuple[Digits, list[str]]]


def refusal(folder: Path, names: Path | None = None, part: Part = "train") -> str:
    with pytest.raises(RecognitionError) as caught:
        load_digits(folder, part)
    message = str(caught.value)
    assert message.startswith(f"{names or folder} ")
    assert message.endswith(".")
    assert ". " not in message
    assert "\n" not in message
    return message


def test_pictures_are_loaded_by_label_and_name(tmp_path: Path, load: Load) -> None:
    names = ["3/b.png", "3/a.png", "3/B.jpg", "0/x.bmp", "none/line.gif", "9/10.png", "9/2.png"]
    marks = {}
    for name in names:
        turned = SEVEN[0] @ np.array([[1, 0.1 * len(marks)], [0, 1]])
        draw(tmp_path / name, [turned])
        marks[name] = load_alone(tmp_path / name)
    (tmp_path / "readme.txt").write_text("Beside the folders there may be anything.")
    digits, said = load(tmp_path)
    in_order = ["0/x.bmp", "3/B.jpg", "3/a.png", "3/b.png", "9/10.png", "9/2.png", "none/line.gif"]
    assert digits.labels.tolist() == [0, 3, 3, 3, 9, 9, NO_DIGIT]
    assert (digits.images == [marks[name] for name in in_order]).all()
    assert (digits.name, digits.writers, said) == (tmp_path.name, None, [])
    assert (digits.images.dtype, digits.labels.dtype) == (np.uint8, np.int64)


def load_alone(path: Path) -> NDArray[np.uint8]:
    """The digit image of a picture, as the program reads it."""
    digit = Reader(Unsure()).read_picture(open_picture(path)).first_digit
    assert digit is not None
    return np.round(digit.image * 255).astype(np.uint8)


@pytest.mark.parametrize("paper", [0, 255])
def test_mnist_as_pictures_is_mnist(data_dir: Path, tmp_path: Path, load: Load, paper: int) -> None:
    """What a folder of exported digits gives, against the digits themselves."""
    with np.load(data_dir / "mnist.npz") as mnist:
        images, labels = mnist["x_train"][:200], mnist["y_train"][:200]
    order = np.argsort(labels, kind="stable")
    for number, (image, label) in enumerate(zip(images, labels, strict=True)):
        (tmp_path / str(label)).mkdir(exist_ok=True)
        Image.fromarray(np.abs(paper - image.astype(int)).astype(np.uint8)).save(
            tmp_path / str(label) / f"{number:05}.png"
        )
    digits, said = load(tmp_path)
    assert said == []
    assert (digits.labels == labels[order]).all()
    difference = np.abs(digits.images - images[order].astype(int)).mean(axis=(1, 2)) / 255
    assert difference.mean() < 0.005
    assert (difference < 0.005).mean() > 0.95


def ink(*strokes: NDArray[np.float64], scale: float = 1.0) -> str:
    """An InkML file of strokes, their unit as given."""
    traces = (", ".join(f"{x * scale} {y * scale}" for x, y in stroke) for stroke in strokes)
    body = "".join(f"<trace>{points}</trace>" for points in traces)
    return f'<ink xmlns="http://www.w3.org/2003/InkML">{body}</ink>'


FOUR = (
    np.array([[40.0, 0.0], [0.0, 60.0], [70.0, 60.0]]),
    np.array([[50.0, 30.0], [50.0, 100.0]]),
)


def test_ink_is_drawn_once_with_each_width(tmp_path: Path, load: Load) -> None:
    (tmp_path / "4").mkdir()
    (tmp_path / "7").mkdir()
    (tmp_path / "4" / "a.inkml").write_text(ink(*FOUR))
    (tmp_path / "4" / "B.InkML").write_text(ink(*FOUR, scale=1e-3))
    (tmp_path / "7" / "a.xml").write_text(ink(*SEVEN, scale=500))
    draw(tmp_path / "7" / "b.png")
    digits, said = load(tmp_path, widths_px=(2.0, 3.0))
    assert (digits.labels.tolist(), said) == ([4, 4, 4, 4, 7, 7, 7], [])
    fours, sevens = [
        [np.round(digit_image(strokes, width) * 255) for width in (2.0, 3.0)]
        for strokes in (FOUR, SEVEN)
    ]
    assert (digits.images[:6] == [*fours, *fours, *sevens]).all()
    assert (digits.images[6] == load_alone(tmp_path / "7" / "b.png")).all()


def test_ink_is_drawn_as_the_program_reads_it(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "4" / "a.inkml"
    path.parent.mkdir()
    path.write_text(ink(*FOUR))
    digit = Reader(Unsure()).read_ink(read_inkml(path).ink).first_digit
    assert digit is not None
    assert (load(tmp_path)[0].images[0] == np.round(digit.image * 255)).all()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ink(), "holds no ink"),
        (ink(np.array([[5.0, 5.0]])), "is blank or only a dot"),
        (ink(*SEVEN)[:-20], "is damaged or incomplete"),
        (f'<!DOCTYPE ink [<!ENTITY a "b">]>{ink(*SEVEN)}', "declares a document type"),
        ("no ink", "a.inkml”"),
        ("<svg/>", "a.inkml”"),
    ],
)
def test_ink_that_is_skipped(tmp_path: Path, load: Load, content: str, says: str) -> None:
    draw(tmp_path / "7" / "b.png")
    (tmp_path / "7" / "a.inkml").write_text(content)
    digits, (said,) = load(tmp_path)
    assert digits.labels.tolist() == [7]
    assert said.startswith(
        f"Skipped 1 of 2 files in {tmp_path}; to begin with, in folder 7 “a.inkml” "
    )
    assert says in said
    assert "\n" not in said


@pytest.mark.parametrize("names", [("train", "test"), ("training", "testing")])
def test_parts(tmp_path: Path, load: Load, names: tuple[str, str]) -> None:
    for name, labels in zip(names, ("12", "3"), strict=True):
        for label in labels:
            draw(tmp_path / name / label / "a.png")
    assert load(tmp_path, "train")[0].labels.tolist() == [1, 2]
    assert load(tmp_path, "test")[0].labels.tolist() == [3]
    assert load(tmp_path, "test")[0].name == f"{tmp_path.name}/{names[1]}"
    shutil.rmtree(tmp_path / names[1])
    assert "has no test part" in refusal(tmp_path, part="test")
    for name in ("test", "testing"):
        draw(tmp_path / name / "1" / "a.png")
    assert "has two test parts" in refusal(tmp_path, part="test")


def test_folder_we_are_in_without_parts_is_both(
    tmp_path: Path, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(tmp_path / "7" / "a.png")
    monkeypatch.chdir(tmp_path)
    for part in ("train", "test"):
        digits, _ = load(Path(), part)
        assert (digits.name, digits.labels.tolist()) == (tmp_path.name, [7])


def test_what_systems_leave_behind_is_ignored(tmp_path: Path, load: Load) -> None:
    draw(tmp_path / "7" / "a.png")
    for name in ("7/.hidden", "7/Thumbs.db", "7/desktop.ini", ".git/x", "__MACOSX/7/._a.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"no picture")
    assert load(tmp_path)[0].labels.tolist() == [7]
    assert load(tmp_path)[1] == []


def test_skipped_files_are_counted_and_the_first_is_named(tmp_path: Path, load: Load) -> None:
    for name in ("0/ok.png", "3/ok.png"):
        draw(tmp_path / name)
    (tmp_path / "3" / "notes.txt").write_text("not a picture")
    blank(tmp_path / "3" / "later.png")
    (tmp_path / "3" / "more").mkdir()
    draw(tmp_path / "5" / "cut.png")
    os.truncate(tmp_path / "5" / "cut.png", 60)
    digits, said = load(tmp_path)
    assert digits.labels.tolist() == [0, 3]
    skipped = f"Skipped 4 of 6 files in {tmp_path}; to begin with, in folder 3 "
    assert said == [skipped + "“later.png” is blank or only a dot: take it out."]
    (tmp_path / "3" / "later.png").unlink()
    assert load(tmp_path)[1] == [
        f"Skipped 3 of 5 files in {tmp_path}; to begin with, in folder 3 “more” is a folder: "
        "choose a picture inside it."
    ]


def test_dots_are_skipped(tmp_path: Path, load: Load) -> None:
    draw(tmp_path / "none" / "line.png")
    y, x = np.indices((400, 400)) - 200
    dot = np.clip(np.hypot(x, y) - 70, 0, 5) * 45 + 20
    Image.fromarray(dot.astype(np.uint8)).save(tmp_path / "none" / "dot.png")
    digits, said = load(tmp_path)
    assert digits.labels.tolist() == [NO_DIGIT]
    assert "in folder none “dot.png” is blank or only a dot: take it out." in said[0]


def test_skipped_files_are_logged_where_nobody_asks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    draw(tmp_path / "7" / "a.png")
    blank(tmp_path / "7" / "100 %s.png")
    load_digits(tmp_path, "train")
    assert "“100 %s.png” is blank" in caplog.text


def test_nothing_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "7").mkdir()
    assert "has only empty folders" in refusal(tmp_path)
    blank(tmp_path / "7" / "a.png")
    message = refusal(tmp_path)
    assert "holds no digit that can be read; to begin with, in folder 7 “a.png” is blank" in message


@pytest.mark.parametrize("name", ["seven", "10", "O", "-1", "٣", "train"])
def test_folder_that_is_no_label(tmp_path: Path, name: str) -> None:
    draw(tmp_path / "7" / "a.png")
    draw(tmp_path / name / "a.png")
    assert f"holds a folder “{name}”, which is no label" in refusal(tmp_path)


def test_folders_that_are_no_labels(tmp_path: Path) -> None:
    for name in ("Documents", "Pictures"):
        draw(tmp_path / name / "a.png")
    assert "holds no data that Handwrite knows: it needs folders 0 to 9" in refusal(tmp_path)
    (tmp_path / "train").mkdir()
    message = refusal(tmp_path, tmp_path / "train")
    assert "holds no data that Handwrite knows: it needs folders 0 to 9" in message


@pytest.mark.skipif(sys.platform == "win32", reason="needs links that anybody may make")
def test_links_that_lead_round_or_nowhere(tmp_path: Path, load: Load) -> None:
    draw(tmp_path / "digits" / "7" / "a.png")
    seven = tmp_path / "digits" / "7"
    (seven / "here").symlink_to(seven)
    (seven / "itself").symlink_to(seven / "itself")
    (seven / "nowhere.png").symlink_to(tmp_path / "missing.png")
    (tmp_path / "digits" / "8").symlink_to(seven)
    digits, said = load(tmp_path / "digits")
    assert digits.labels.tolist() == [7, 8]
    assert said[0].startswith("Skipped 6 of 8 files in ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_are_not_waited_for(tmp_path: Path, load: Load) -> None:
    draw(tmp_path / "7" / "a.png")
    os.mkfifo(tmp_path / "7" / "pipe.png")
    assert "“pipe.png” is not an ordinary file" in load(tmp_path)[1][0]


def test_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw(tmp_path / "7" / "a.png")

    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.listdir", refuse)
    assert "could not be read (Permission denied)" in refusal(tmp_path)
