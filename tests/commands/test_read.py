"""`handwrite-gui read`: what it tells of a file, as text, JSON and CSV, and how it is called."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from handwrite_gui import paths
from handwrite_gui.commands import command_line
from handwrite_gui.recognition.errors import RecognitionError

SEVEN = paths.resources_dir() / "samples" / "seven.png"
LOAD = "handwrite_gui.recognition.keras_recogniser.load_recogniser"


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    Image.new("L", (40, 40), 255).save(tmp_path / "blank.png")
    return tmp_path / "blank.png"


@pytest.mark.usefixtures("loaded")
def test_line_tells_text_and_confidence(read: Callable[..., tuple[int, list[str]]]) -> None:
    assert read(SEVEN) == (0, [f"{SEVEN}: 7 (very sure, 99.5 %)"])


@pytest.mark.usefixtures("loaded")
def test_json_has_the_promised_shape(read: Callable[..., tuple[int, list[str]]]) -> None:
    code, lines = read("--json", SEVEN)
    assert code == 0
    (line,) = [json.loads(line) for line in lines]
    assert set(line) == {"path", "numbers", "error"}
    assert line["path"] == str(SEVEN)
    assert line["error"] is None
    (number,) = line["numbers"]
    of_numbers = {"text", "confidence", "box", "row", "confirmed", "alternatives", "digits"}
    assert set(number) == of_numbers
    assert number["text"] == "7"
    (digit,) = number["digits"]
    assert set(digit) == {"digit", "confidence", "box", "probabilities", "no_digit"}
    assert digit["digit"] == 7
    assert digit["confidence"] == digit["probabilities"][7]
    assert number["confidence"] == pytest.approx(digit["confidence"])
    assert len(digit["probabilities"]) == 10
    assert sum(digit["probabilities"]) + digit["no_digit"] == pytest.approx(1.0, abs=1e-12)
    x, y, width, height = number["box"]
    seven_width, seven_height = Image.open(SEVEN).size
    assert 0 <= x < x + width <= seven_width
    assert 0 <= y < y + height <= seven_height


@pytest.mark.usefixtures("loaded")
def test_table_has_a_line_for_each_number(
    read: Callable[..., tuple[int, list[str]]], blank: Path, tmp_path: Path
) -> None:
    table = tmp_path / "t.csv"
    code, lines = read("--csv", table, SEVEN, blank, tmp_path / "missing.png", SEVEN)
    assert (code, len(lines)) == (1, 4)
    first, second = csv.DictReader(table.open())
    assert first == second
    assert (first["path"], first["number"]) == (str(SEVEN), "7")
    assert float(first["confidence"]) == pytest.approx(0.995)
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.usefixtures("loaded")
def test_table_that_cannot_be_written_is_one_sentence(
    run_command: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, said, told = run_command("read", SEVEN, "--csv", tmp_path / "no" / "t.csv")
    assert (code, said) == (2, "")
    assert told.startswith("The table “t.csv” could not be written (No such file")
    assert told.count("\n") == 1


@pytest.mark.usefixtures("loaded")
def test_table_is_no_folder_and_nothing_is_read_before_that_is_said(
    run_command: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    told = f"The table cannot be “{tmp_path}”, a folder: name a file in it.\n"
    assert run_command("read", SEVEN, "--csv", tmp_path) == (2, "", told)
    assert list(tmp_path.parent.glob("*.part")) == []


def test_careful_reading_asks_all_that_were_brought_along(
    read: Callable[..., tuple[int, list[str]]], loaded: list[Path]
) -> None:
    code, (line,) = read("--careful", SEVEN)
    assert (code, loaded) == (0, list(paths.careful_models()))
    assert line.startswith(f"{SEVEN}: 7 (")
    assert read("--careful", "--model", "other.keras", SEVEN)[0] == 0
    assert loaded[-1:] == [Path("other.keras")], "it alone, from several angles"
    assert len(loaded) == len(paths.careful_models()) + 1


def test_nothing_found_counts_as_read(
    read: Callable[..., tuple[int, list[str]]], loaded: list[Path], blank: Path
) -> None:
    assert read(blank) == (0, [f"{blank}: nothing is written here"])
    code, lines = read("--json", "--model", "refusing.keras", blank, SEVEN)
    assert code == 0
    for path, line in zip((blank, SEVEN), lines, strict=True):
        assert json.loads(line) == {"path": str(path), "numbers": [], "error": None}
    assert read("--model", "refusing.keras", SEVEN) == (0, [f"{SEVEN}: no digit"])
    assert loaded == [Path("refusing.keras")] * 2, "blank paper needs none"


def test_model_that_cannot_be_used(
    read: Callable[..., tuple[int, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(model: Path, **_: object) -> None:
        raise RecognitionError(f"The model {model} is damaged: get another.")

    monkeypatch.setattr(LOAD, load)
    code, lines = read("--model", "bad.keras", SEVEN)
    assert (code, lines) == (1, [f"{SEVEN}: The model bad.keras is damaged: get another."])


def test_bad_file_alone_needs_no_model(
    read: Callable[..., tuple[int, list[str]]], loaded: list[Path], tmp_path: Path
) -> None:
    assert read(tmp_path / "missing.png")[0] == 1
    assert loaded == []


@pytest.mark.usefixtures("loaded")
def test_name_with_a_line_break_stays_on_one_line(
    read: Callable[..., tuple[int, list[str]]], tmp_path: Path
) -> None:
    name = "two\nlines\x1b[31m \N{GRINNING FACE}.png"
    code, lines = read(tmp_path / name)
    assert code == 1
    assert len(lines) == 1
    assert "two\\nlines\\x1b[31m \N{GRINNING FACE}.png" in lines[0]
    assert json.loads(read("--json", tmp_path / name)[1][0])["path"] == str(tmp_path / name)


@pytest.mark.usefixtures("loaded")
def test_console_that_lacks_letters_gets_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", console)
    assert command_line.run(["read", "\N{GRINNING FACE}\udcff.png"]) == 1
    console.seek(0)
    assert console.read().startswith("\\U0001f600\\udcff.png: ")


@pytest.mark.usefixtures("loaded")
def test_name_like_an_option_follows_two_dashes(
    read: Callable[..., tuple[int, list[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "--json").write_bytes(SEVEN.read_bytes())
    assert read("--", "--json") == (0, ["--json: 7 (very sure, 99.5 %)"])


@pytest.mark.parametrize(
    "words", [[], ["--fast", "a.png"], ["a.png", "--model"], ["--js", "a.png"]]
)
def test_wrong_use(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.run(["read", *words]) == 2
    told = capsys.readouterr().err
    assert told.startswith("handwrite-gui read: ")
    assert told.count("\n") == 1
