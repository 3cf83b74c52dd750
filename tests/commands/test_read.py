import csv
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from handwrite_gui import paths
from handwrite_gui.commands import command_line
from handwrite_gui.domain.picture import Picture
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture
from handwrite_gui.reading.crew import Crew, Process
from handwrite_gui.reading.reading_process import Hears
from handwrite_gui.recognition.errors import RecognitionError

SEVEN = paths.resources_dir() / "samples" / "seven.png"
LOAD = "handwrite_gui.recognition.keras_recogniser.load_recogniser"


class FakeRecogniser:
    """Answers every image alike, in float32 as a model does."""

    def __init__(self, best: int) -> None:
        self._probabilities = np.full(11, 0.005 / 10, np.float32)
        self._probabilities[best] = 0.995

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.tile(self._probabilities, (len(images), 1))


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The models that were loaded; each of them sees sevens."""
    loaded: list[Path] = []

    def load(model: Path, **_: object) -> FakeRecogniser:
        loaded.append(model)
        return FakeRecogniser(10 if "refusing" in model.name else 7)

    monkeypatch.setattr(LOAD, load)
    return loaded


@pytest.mark.parametrize("many", [True, False])
def test_many_files_share_the_processor_by_themselves(
    run_command: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    many: bool,
) -> None:
    asked: list[object] = []

    def load(_: Path, *, one_thread: bool, **__: object) -> FakeRecogniser:
        asked.append(one_thread)
        return FakeRecogniser(7)

    monkeypatch.setattr(LOAD, load)
    (tmp_path / "seven.png").write_bytes(SEVEN.read_bytes())
    run_command("read", tmp_path if many else SEVEN)
    assert asked == [many]


@pytest.fixture
def read(
    run_command: Callable[..., tuple[int, str, str]],
) -> Callable[..., tuple[int, list[str]]]:
    def read(*words: str | Path) -> tuple[int, list[str]]:
        code, said, told = run_command("read", *words)
        assert told == ""
        return code, said.splitlines()

    return read


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


def test_bad_file_gets_an_error_and_the_others_are_read(
    read: Callable[..., tuple[int, list[str]]], loaded: list[Path], tmp_path: Path
) -> None:
    missing, folder = tmp_path / "missing.png", tmp_path / "empty"
    folder.mkdir()
    code, lines = read("--json", SEVEN, missing, folder, SEVEN)
    results = [json.loads(line) for line in lines]
    assert code == 1
    assert [result["path"] for result in results] == list(map(str, (SEVEN, missing, folder, SEVEN)))
    assert [len(result["numbers"]) for result in results] == [1, 0, 0, 1]
    assert "missing.png" in results[1]["error"]
    assert loaded == [paths.default_model()], "one model for all"


@pytest.mark.usefixtures("loaded")
def test_a_folder_is_read_in_the_order_of_its_names(
    read: Callable[..., tuple[int, list[str]]], tmp_path: Path
) -> None:
    for name in ("scan10.png", "scan9.png", "more/scan1.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(SEVEN.read_bytes())
    code, lines = read(tmp_path)
    assert code == 0
    names = [Path(line.partition(": ")[0]).relative_to(tmp_path).as_posix() for line in lines]
    assert names == ["more/scan1.png", "scan9.png", "scan10.png"]


@pytest.mark.usefixtures("loaded")
def test_each_page_of_a_document_is_read(
    read: Callable[..., tuple[int, list[str]]], tmp_path: Path
) -> None:
    document, table = tmp_path / "scan.tif", tmp_path / "t.csv"
    seven = Image.open(SEVEN).convert("L")
    seven.save(document, save_all=True, append_images=[Image.new("L", (40, 40), 255), seven])
    said = [f"{document}, page 1: 7 (very sure, 99.5 %)"]
    said += [f"{document}, page 2: nothing is written here"]
    said += [f"{document}, page 3: 7 (very sure, 99.5 %)"]
    assert read(document, "--csv", table) == (0, said)
    rows = list(csv.DictReader(table.open()))
    assert [row["path"] for row in rows] == [f"{document}#page=1", f"{document}#page=3"]
    pages = [json.loads(line) for line in read("--json", document)[1]]
    assert [(page["page"], len(page["numbers"])) for page in pages] == [(1, 1), (2, 0), (3, 1)]


@pytest.mark.usefixtures("loaded")
def test_a_page_that_cannot_be_read_does_not_cost_the_others(
    read: Callable[..., tuple[int, list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = tmp_path / "scan.tif"
    seven = Image.open(SEVEN).convert("L")
    seven.save(document, save_all=True, append_images=[seven])
    opened = open_picture

    def fails_at_the_first(path: Path, page: int) -> Picture:
        if page == 0:
            raise PictureError("It is too large.")
        return opened(path, page=page)

    monkeypatch.setattr("handwrite_gui.commands.read.open_picture", fails_at_the_first)
    said = [f"{document}, page 1: It is too large.", f"{document}, page 2: 7 (very sure, 99.5 %)"]
    assert read(document) == (1, said)


@pytest.fixture
def shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes are ready before anything is read."""
    start = Crew.start

    def start_and_wait(self: Crew, count: int) -> None:
        start(self, count)
        for process in self.processes:
            if process.number is None:
                said = process.hear()
                assert said is not None
                process.number = said[1]

    monkeypatch.setattr(Crew, "start", start_and_wait)


@pytest.mark.usefixtures("loaded", "shared_out")
def test_many_are_read_as_each_alone(
    read: Callable[..., tuple[int, list[str]]], tmp_path: Path
) -> None:
    """In other processes, that is: also pages of a document, ink, and what is no picture."""
    seven = Image.open(SEVEN).convert("L")
    seven.save(tmp_path / "a.tif", save_all=True, append_images=[seven, seven])
    seven.crop((0, 0, 30, 30)).save(tmp_path / "b.png")
    (tmp_path / "c.png").write_text("no picture")
    (tmp_path / "d.inkml").write_text(
        '<ink xmlns="http://www.w3.org/2003/InkML"><trace>0 0, 40 0, 20 60</trace></ink>'
    )
    (tmp_path / "e.svg").write_text("<svg")
    (tmp_path / "f.png").write_bytes(SEVEN.read_bytes())
    alone = [line for path in sorted(tmp_path.iterdir()) for line in read("--json", path)[1]]
    assert len(alone) == 8
    assert read("--json", tmp_path) == (1, alone)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.usefixtures("loaded", "shared_out")
def test_a_picture_whose_process_was_ended_is_one_sentence(
    read: Callable[..., tuple[int, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[object] = []
    tell = Process.tell

    def tell_and_kill(self: Process, kind: Hears, what: object) -> bool:
        is_told = tell(self, kind, what)
        if not killed:
            killed.append(what)
            assert self.number is not None
            os.kill(self.number, signal.SIGKILL)
        return is_told

    monkeypatch.setattr(Process, "tell", tell_and_kill)
    code, lines = read(*[SEVEN] * 9)
    assert code == 1
    told = f"{SEVEN}: Reading “seven.png” was ended by the system, perhaps for want of memory: "
    assert sorted(lines) == [
        *[f"{SEVEN}: 7 (very sure, 99.5 %)"] * 8,
        f"{told}close other programs, and read it again.",
    ]


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
    assert (code, said) == (1, "")
    assert told.startswith("The table “t.csv” could not be written (No such file")
    assert told.count("\n") == 1


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
    def load(model: Path, **_: object) -> FakeRecogniser:
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
