import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.paths import careful_models, default_model

Run = Callable[..., tuple[int, str, str]]
RunProgram = Callable[..., subprocess.CompletedProcess[str]]


class FirstPixel:
    """Reads each image as the digit that its first pixel names; 10 and more are no digit.

    Second to that it says 5.
    """

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        named = np.minimum(np.round(images[:, 0, 0] * 255).astype(int), 10)
        probabilities = np.full((len(images), 11), 0.0, np.float32)
        probabilities[:, 5] = 0.1
        probabilities[np.arange(len(images)), named] += 0.9
        return probabilities


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The models that were loaded; each reads the first pixel."""
    loaded: list[Path] = []

    def load(path: Path, **_: object) -> FirstPixel:
        loaded.append(path)
        return FirstPixel()

    monkeypatch.setattr("handwrite_gui.recognition.keras_recogniser.load_recogniser", load)
    return loaded


@pytest.fixture
def run(run_command: Run) -> Run:
    return partial(run_command, "evaluate")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Four test digits: 3 read as 3, 8 as 3, 5 refused, 7 refused; two training digits, right."""
    images = np.zeros((4, 28, 28), np.uint8)
    images[:, 0, 0] = [3, 3, 10, 10]
    labels = np.array([3, 8, 5, 7], np.uint8)
    train = images[[0, 0]], labels[[0, 0]]
    path = tmp_path / "some.npz"
    np.savez(path, x_test=images, y_test=labels, x_train=train[0], y_train=train[1])
    return path


@pytest.fixture
def strokes(tmp_path: Path) -> Path:
    """A line by each of five writers; their first pixel is paper, so all are read as 0."""
    np.savez(
        tmp_path / "pens.npz",
        points=np.array([[0, 0], [1, 2]] * 5),
        stroke_start=np.arange(6) * 2,
        sample_start=np.arange(6),
        label=np.array([0, 0, 1, 1, 0]),
        writer=np.array([24, 25, 26, 30, 1]),
    )
    return tmp_path / "pens.npz"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "other.keras").write_bytes(b"weights")
    return tmp_path / "other.keras"


@pytest.mark.usefixtures("loaded")
def test_json_has_the_promised_keys(run: Run, data: Path) -> None:
    code, said, told = run("--data", data, "--json")
    assert (code, told, said.count("\n")) == (0, "", 1)
    whole = json.loads(said)
    assert whole.keys() == {"data", "models"}
    assert whole["data"] == "some, test part"
    (result,) = whole["models"]
    assert result["model"] == "digits.keras"
    assert result["n"] == 4
    assert result["accuracy"] == 1 / 4, "a refused digit is wrong"
    assert result["accuracy_interval"] == pytest.approx([0.0456, 0.6994], abs=1e-4)
    assert result["accuracy_of_ten"] == 2 / 4
    assert result["refused"] == 2 / 4
    confusion = np.zeros((10, 11), int)
    confusion[[3, 8, 5, 7], [3, 3, 10, 10]] = 1
    assert result["confusion"] == confusion.tolist()
    assert result.keys().isdisjoint({"damage", "no_digit"})


def test_models_that_are_used(run: Run, data: Path, loaded: list[Path], model: Path) -> None:
    assert run("--data", data)[0] == 0
    assert run("--data", data, "--model", model)[0] == 0
    assert loaded == [default_model(), model]


def test_models_read_together(run: Run, data: Path, loaded: list[Path], model: Path) -> None:
    code, said, told = run("--data", data, "--careful", "--json")
    assert (code, told, loaded) == (0, "", list(careful_models()))
    (result,) = json.loads(said)["models"]
    assert result["model"] == "digits.keras + careful.keras + clean.keras"
    assert result["n"] == 4
    loaded.clear()
    run("--data", data, "--careful", "--model", model)
    assert loaded == [model]


@pytest.mark.usefixtures("loaded")
def test_table_for_people(run: Run, data: Path) -> None:
    code, said, _ = run("--data", data)
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert code == 0
    assert said.splitlines()[0] == "digits.keras on some, test part: 4 digits"
    assert "accuracy (refused is wrong) 25.00 % (4.56–69.94)" in lines
    assert "accuracy, refusals ignored 50.00 % (15.00–85.00)" in lines
    assert "3 · · · 1 · · · · · · ·" in lines
    assert "7 · · · · · · · · · · 1" in lines
    assert "3 100.00 % (20.65–100.00) 50.00 % (9.45–90.55)" in lines
    assert "5 0.00 % (0.00–79.35) –" in lines


@pytest.mark.usefixtures("loaded")
def test_table_fits_a_narrow_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    images = np.zeros((12_000, 28, 28), np.uint8)
    labels = np.arange(12_000) % 10
    images[:, 0, 0] = labels
    np.savez(tmp_path / "many.npz", x_test=images, y_test=labels)
    _, said, _ = run("--data", tmp_path / "many.npz")
    assert "digits.keras on many, test part: 12,000 digits" in said
    assert said.count("1200") == 10
    assert "…" not in said
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.usefixtures("loaded")
def test_part_and_writers_are_chosen(run: Run, data: Path, strokes: Path) -> None:
    def measured(*words: object) -> tuple[int, float]:
        (result,) = json.loads(run("--json", "--data", *words)[1])["models"]
        return result["n"], result["accuracy"]

    assert measured(data, "--part", "train") == (2, 1.0)
    assert measured(strokes) == (5, 0.6)
    assert measured(strokes, "--writers", "25-30") == (3, pytest.approx(1 / 3, abs=1e-6))
    assert measured(strokes, "--writers", "1") == (1, 1.0)


@pytest.mark.usefixtures("loaded")
def test_figures_go_on_the_card(run: Run, data: Path, strokes: Path, model: Path) -> None:
    card = model.with_suffix(".json")
    card.write_text('{"name": "other", "metrics": {"old": {"n": 1}}}', "utf-8")
    assert run("--data", data, "--model", model, "--card")[0] == 0
    assert run("--data", strokes, "--writers", "25-30", "--model", model, "--card")[0] == 0
    written = json.loads(card.read_text("utf-8"))
    assert written["name"] == "other"
    assert len(written["sha256"]) == 64
    metrics = written["metrics"]
    assert metrics.keys() == {"old", "some, test part", "pens, writers 25-30"}
    assert metrics["some, test part"]["accuracy"] == 0.25
    assert metrics["some, test part"]["accuracy_interval"] == [0.045587, 0.699358]
    assert "confusion" not in metrics["some, test part"]


@pytest.mark.usefixtures("loaded")
def test_without_the_option_no_card_is_written(run: Run, data: Path, model: Path) -> None:
    assert run("--data", data, "--model", model)[0] == 0
    assert not model.with_suffix(".json").exists()


@pytest.mark.usefixtures("loaded")
def test_damaged_card_is_one_sentence(run: Run, data: Path, model: Path) -> None:
    model.with_suffix(".json").write_bytes(b"{")
    code, said, told = run("--data", data, "--model", model, "--card", "--json")
    assert code == 1
    assert json.loads(said)["models"][0]["n"] == 4, "what was measured is told all the same"
    assert told.startswith("The model card ")
    assert told.count("\n") == 1


@pytest.mark.usefixtures("loaded")
def test_model_without_a_card_gets_none(run: Run, data: Path, model: Path) -> None:
    """With one, it would no longer be warned of."""
    code, _, told = run("--data", data, "--model", model, "--card")
    assert code == 1
    assert told == (
        f"{model} has no card that the figures could be written to; leave --card out.\n"
    )
    assert not model.with_suffix(".json").exists()


@pytest.mark.usefixtures("loaded")
def test_card_that_cannot_be_written(
    run: Run, data: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    model.with_suffix(".json").write_text("{}")
    monkeypatch.setattr("os.fsync", fail)
    code, _, told = run("--data", data, "--model", model, "--card")
    assert code == 1
    assert "other.json could not be written (No space left on device); copy " in told
    assert told.count("\n") == 1


def test_bad_data_needs_no_model(run: Run, tmp_path: Path, loaded: list[Path]) -> None:
    code, said, told = run("--data", tmp_path / "missing.npz")
    assert (code, said) == (1, "")
    assert told.startswith(f"{tmp_path / 'missing.npz'} does not exist: check where it lies.")
    assert told.count("\n") == 1
    assert loaded == []


@pytest.mark.usefixtures("loaded")
def test_writers_that_are_not_there(run: Run, data: Path, strokes: Path) -> None:
    for words, says in (
        ((strokes, "--writers", "7-9"), f"{strokes} holds no digits of those; choose others.\n"),
        ((data, "--writers", "1"), f"{data} does not say who wrote its digits; drop --writers.\n"),
    ):
        assert run("--data", *words) == (1, "", says)


@pytest.mark.parametrize(
    "words",
    [
        *([], ["--data"], ["--data", "x", "--writers", "all"], ["--data", "x", "--part", "y"]),
        *(["--data", "x", "--damage", "fire"], ["--data", "x", "--no-digit", "0"]),
    ],
)
def test_wrong_use(run: Run, words: list[str]) -> None:
    code, said, told = run(*words)
    assert (code, said) == (2, "")
    assert told.startswith("handwrite-gui evaluate: ")
    assert told.endswith("; handwrite-gui evaluate --help shows what it takes.\n")


def test_program_of_its_own_is_quiet(run_program: RunProgram, data: Path) -> None:
    done = run_program("evaluate", "--data", data, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["models"][0]["n"] == 4


def test_model_that_is_not_there(run: Run, data: Path, tmp_path: Path) -> None:
    code, said, told = run("--data", data, "--model", tmp_path / "missing.keras")
    assert (code, said) == (1, "")
    assert told.startswith(f"The model {tmp_path / 'missing.keras'} is not there; ")
    assert told.count("\n") == 1
