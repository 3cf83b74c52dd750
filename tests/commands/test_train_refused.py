"""`handwrite-gui train` where it cannot: a full disk, a wrong place, bad data, wrong words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from handwrite_gui.commands import train
from handwrite_gui.commands.train_progress import JsonLines

Run = Callable[..., tuple[int, str, str]]
Events = Callable[[str], list[dict[str, Any]]]


@pytest.mark.parametrize("where", ["os.fsync", "os.replace"])
def test_full_disk_is_one_sentence_and_the_old_model_stays(
    run_train: Run, new_model: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    new_model.parent.mkdir()
    new_model.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(where, full)
    code, said, told = run_train("--epochs", 1)
    assert (code, said) == (1, "")
    unsaved, end = told.splitlines()[2:]
    assert unsaved.startswith(f"The checkpoint {new_model}.checkpoint could not be written ")
    assert end == (
        f"{new_model} could not be written (No space left on device); choose another place."
    )
    assert [*new_model.parent.iterdir()] == [new_model]
    assert new_model.read_bytes() == b"old"


def test_output_that_nobody_reads_is_no_fault_of_the_place(
    training_data: Path,
    new_model: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import argparse

    def gone(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(JsonLines, "_print", gone)
    parser = argparse.ArgumentParser()
    train.add_arguments(parser)
    words = [
        "--data",
        str(training_data),
        "--out",
        str(new_model),
        "--recipe",
        "mlp",
        "--progress",
        "json",
    ]
    with pytest.raises(BrokenPipeError):
        train.run(parser.parse_args(words))
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("untrained")
def test_place_is_tried_before_the_training(run_train: Run, training_data: Path) -> None:
    code, said, told = run_train("--out", training_data / "new.keras")
    assert (code, said) == (1, "")
    assert told.count("\n") == 1
    assert told.endswith("; choose another place.\n")


def test_name_that_is_no_model(run_train: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.keras").mkdir()
    for name in ("model.h5", "model", "folder.keras"):
        code, said, told = run_train("--out", tmp_path / name)
        assert (code, said) == (1, "")
        assert told == f"{tmp_path / name} must be a file that ends in .keras; choose another.\n"


@pytest.mark.usefixtures("untrained")
@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_bad_data_is_one_sentence(
    run_train: Run, training_data: Path, new_model: Path, content: bytes
) -> None:
    training_data.write_bytes(content)
    code, said, told = run_train()
    assert (code, said) == (1, "")
    assert told.startswith(f"{training_data} could not be read as .npz data (")
    assert told.endswith("; name a file such as mnist.npz.\n")
    assert told.count("\n") == 1
    assert list(new_model.parent.iterdir()) == []


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """A folder of pictures by label: a 1, a cross that is no digit, and one that is damaged."""
    picture = np.full((60, 60), 255, np.uint8)
    picture[10:50, 28:33] = 0
    for label in ("1", "none"):
        (tmp_path / "folders" / label).mkdir(parents=True)
        Image.fromarray(picture).save(tmp_path / "folders" / label / "a.png")
        picture[28:33, 10:50] = 0
    (tmp_path / "folders" / "1" / "damaged.png").write_bytes(b"damaged")
    return tmp_path / "folders"


@pytest.mark.usefixtures("untrained")
def test_what_is_no_digit_is_refused_where_a_recipe_knows_ten(
    run_train: Run, folders: Path
) -> None:
    code, said, told = run_train("--data", folders, "--recipe", "paper")
    assert (code, said) == (1, "")
    assert told.splitlines()[1:] == [
        "Some of the data is no digit, and the recipe paper knows only the ten digits; leave it "
        "out, or choose another recipe."
    ]


@pytest.mark.usefixtures("untrained")
def test_skipped_files_are_told_of(events: Events, run_train: Run, folders: Path) -> None:
    code, said, _ = run_train("--data", folders, "--progress", "json")
    assert code == 1
    (skipped,) = events(said)
    assert skipped["event"] == "skipped"
    assert skipped["message"].startswith("Skipped 1 of 3 files")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--out", "x.keras", "--epochs", "0"],
        ["--out", "x.keras", "--epochs", "many"],
        ["--out", "x.keras", "--forms", "-1"],
        ["--out", "x.keras", "--minutes", "0"],
        ["--out", "x.keras", "--minutes", "inf"],
        ["--out", "x.keras", "--temperature", "0"],
        ["--out", "x.keras", "--temperature", "nan"],
        ["--out", "x.keras", "--temperature", "warm"],
        ["--out", "x.keras", "--temperature", "-2"],
        ["--out", "x.keras", "--no-digit-prior", "0"],
        ["--out", "x.keras", "--no-digit-prior", "1"],
        ["--out", "x.keras", "--no-digit-prior", "rare"],
        ["--out", "x.keras", "--seed", "-1"],
        ["--out", "x.keras", "--seed", "4294967296"],
        ["--out", "x.keras", "--recipe", "cake"],
        ["--out", "x.keras", "--progress", "dots"],
        ["--out", "x.keras", "extra"],
    ],
)
def test_wrong_use(run_command: Run, words: list[str]) -> None:
    code, said, told = run_command("train", *words)
    assert (code, said) == (2, "")
    assert told.startswith("handwrite-gui train: ")
    assert told.endswith("; handwrite-gui train --help shows what it takes.\n")
    assert "_" not in told  # A function's name says nothing to a person.


def test_unfinished_training_is_not_written_over(run_train: Run, new_model: Path) -> None:
    new_model.parent.mkdir()
    checkpoint = new_model.with_name("new.keras.checkpoint")
    checkpoint.write_bytes(b"hours")
    code, said, told = run_train()
    assert (code, said) == (1, "")
    assert told == (
        f"An unfinished training lies in {checkpoint}: go on with --resume, or delete it.\n"
    )
    assert checkpoint.read_bytes() == b"hours"
