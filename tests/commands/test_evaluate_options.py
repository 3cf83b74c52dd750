"""What `evaluate` measures beyond the digits as they are, and of several models."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console

from handwrite_gui.commands.evaluate import DAMAGES
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.measurement import damage
from handwrite_gui.recognition.strange.marks import KINDS

Run = Callable[..., tuple[int, str, str]]


class LeftInk:
    """Reads 1 where there is ink in the left half, and else nothing."""

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        left = images[:, :, :14].any(axis=(1, 2))
        return np.eye(11, dtype=np.float32)[np.where(left, 1, 10)]


class Always:
    """Reads 4 everywhere."""

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.eye(11, dtype=np.float32)[np.full(len(images), 4)]


@pytest.fixture
def run(run_command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs it with models that are known by their names."""

    def load(path: Path, **_: object) -> LeftInk | Always:
        if path.stem == "missing":
            raise RecognitionError("It is missing; name another.")
        return Always() if path.stem == "always" else LeftInk()

    monkeypatch.setattr("handwrite_gui.recognition.keras_recogniser.load_recogniser", load)
    return partial(run_command, "evaluate")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two ones, whose ink is at the left edge and in the middle, and a four without any."""
    images = np.zeros((3, 28, 28), np.uint8)
    images[0, 13, 2] = images[1, 13, 13] = 255
    np.savez(tmp_path / "some.npz", x_test=images, y_test=np.array([1, 1, 4]))
    return tmp_path / "some.npz"


@pytest.fixture
def models(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "left.keras", tmp_path / "always.keras"
    for path in paths:
        path.write_bytes(b"weights")
    return paths


def test_kinds_of_damage_are_those_that_there_are() -> None:
    assert tuple(dict.fromkeys(one.kind for one in damage.DAMAGES)) == DAMAGES


def test_named_damages(run: Run, data: Path) -> None:
    code, said, _ = run("--data", data, "--json", "--damage", "shift", "--damage", "noise")
    assert code == 0
    figures = json.loads(said)["models"][0]
    assert len(figures["damage"]) == 9 + 4
    left, right = figures["damage"]["moved 3 px left"], figures["damage"]["moved 3 px right"]
    assert (left["accuracy"], left["refused"]) == (0.333333, 0.666667), "ink that leaves is lost"
    assert (right["accuracy"], right["refused"]) == (0.333333, 0.666667)
    assert figures["accuracy"] == 0.666667, "as they are they are read as before"
    assert figures["seed"] == 0


def test_all_damages_are_printed(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, said, _ = run("--data", data, "--damage", "all")
    assert code == 0
    for one in damage.DAMAGES:
        assert f"\n{one.name} " in said


def test_what_the_data_says_is_no_digit(run: Run, tmp_path: Path) -> None:
    for label, bars in (("1", [(45, 20, 52, 80)]), ("none", [(45, 20, 52, 80), (20, 45, 80, 52)])):
        (tmp_path / "own" / label).mkdir(parents=True)
        paper = Image.new("L", (100, 100), 255)
        for bar in bars:
            paper.paste(0, bar)
        paper.save(tmp_path / "own" / label / "mark.png")
    code, said, _ = run("--data", tmp_path / "own", "--json")
    assert code == 0
    figures = json.loads(said)["models"][0]
    assert figures["n"] == 1
    assert figures["no_digit"].keys() == {"all", "in the data"}
    assert figures["no_digit"]["all"]["n"] == 1


def test_what_is_no_digit(run: Run, data: Path) -> None:
    code, said, _ = run("--data", data, "--json", "--no-digit", "16")
    assert code == 0
    counted = json.loads(said)["models"][0]["no_digit"]
    assert counted.keys() == {"all", *KINDS}
    assert counted["all"]["n"] == 16
    assert counted["scribble"]["n"] == 2
    assert counted["scribble"]["accepted"] == 1, "there is ink in its left half"
    assert run("--data", data, "--json", "--no-digit", "16")[1] == said, "it is seeded"


def test_models_lie_side_by_side(run: Run, data: Path, models: tuple[Path, Path]) -> None:
    words = [word for model in (*models, models[0]) for word in ("--model", model)]
    code, said, _ = run("--data", data, *words)
    assert code == 0
    assert said.startswith("some, test part: 3 digits\nA  left.keras\nB  always.keras\n")
    (row,) = [line for line in said.splitlines() if line.startswith("accuracy (refused")]
    assert "66.67 % (20.77–93.85)" in row
    assert "33.33 % (6.15–79.23)" in row
    figures = json.loads(run("--data", data, "--json", *words)[1])["models"]
    assert [one["model"] for one in figures] == ["left.keras", "always.keras"]
    assert [one["accuracy"] for one in figures] == [0.666667, 0.333333]


def test_models_of_the_same_name_are_told_apart(run: Run, data: Path, tmp_path: Path) -> None:
    paths = tmp_path / "new" / "left.keras", tmp_path / "old" / "left.keras"
    _, said, _ = run("--data", data, "--json", "--model", paths[0], "--model", paths[1])
    names = [one["model"] for one in json.loads(said)["models"]]
    assert names == [path.as_posix() for path in paths]


def test_each_model_gets_its_card(run: Run, data: Path, models: tuple[Path, Path]) -> None:
    words = [word for model in models for word in ("--model", model)]
    for model in models:
        model.with_suffix(".json").write_text("{}")
    assert run("--data", data, *words, "--card", "--damage", "jpeg", "--no-digit", "8")[0] == 0
    for model, accuracy in zip(models, (0.666667, 0.333333), strict=True):
        card = json.loads(model.with_suffix(".json").read_text("utf-8"))
        figures = card["metrics"]["some, test part"]
        assert figures["accuracy"] == accuracy
        assert figures["damage"].keys() == {"JPEG quality 20"}
        assert figures["no_digit"]["all"]["n"] == 8
    assert run("--data", data, *words, "--card")[0] == 0
    card = json.loads(models[0].with_suffix(".json").read_text("utf-8"))
    assert "damage" not in card["metrics"]["some, test part"], "the last run's are all that count"


def test_too_many_models(run: Run, data: Path) -> None:
    words = [word for number in range(5) for word in ("--model", f"{number}.keras")]
    said = "5 models do not fit side by side; name at most 4.\n"
    assert run("--data", data, *words) == (1, "", said)


def test_mistyped_model_is_told_of_before_anything_is_read(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("something was read")

    monkeypatch.setattr(LeftInk, "predict", fail)
    words = ("--model", "left.keras", "--model", "missing.keras")
    assert run("--data", data, *words) == (1, "", "It is missing; name another.\n")


def test_pictures(run: Run, data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "pictures"
    code, said, told = run("--data", data, "--pictures", folder, "--damage", "noise")
    assert (code, told) == (0, "")
    assert said.startswith("digits.keras on ")
    names = {"confusion", "calibration", "refusal", "noise"}
    assert {path.name for path in folder.iterdir()} == {
        f"{name}.{suffix}" for name in names for suffix in ("png", "svg")
    }


def test_pictures_in_a_place_that_is_none(run: Run, data: Path) -> None:
    code, said, told = run("--data", data, "--pictures", data / "folder")
    assert (code, said, told.count("\n")) == (1, "", 1)
    assert told.startswith(f"The folder {data / 'folder'} could not be made (")


def test_pictures_on_a_full_disk(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    code, said, told = run("--data", data, "--pictures", tmp_path / "pictures", "--json")
    assert code == 1
    assert json.loads(said)["models"][0]["n"] == 3, "what was measured is told all the same"
    assert told == (
        f"The pictures could not be written to {tmp_path / 'pictures'} (No space left on device); "
        "name another folder.\n"
    )


def test_progress_is_shown_on_a_terminal(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rich.console.Console", partial(Console, force_terminal=True))
    _, _, told = run("--data", data, "--json")
    assert "reading" in told
    assert "100%" in told


def test_skipped_files_are_told_of(run: Run, tmp_path: Path, data: Path) -> None:
    from PIL import Image

    folder = tmp_path / "digits" / "1"
    folder.mkdir(parents=True)
    seven = np.full((40, 40), 255, np.uint8)
    seven[8:32, 18:22] = 0
    Image.fromarray(seven).save(folder / "good.png")
    (folder / "notes.txt").write_text("No picture.")
    code, said, told = run("--data", tmp_path / "digits", "--json")
    assert code == 0
    assert json.loads(said)["models"][0]["n"] == 1
    assert json.loads(said)["data"] == "digits", "a folder by label has no parts"
    assert told.startswith("Skipped 1 of 2 files in ")
