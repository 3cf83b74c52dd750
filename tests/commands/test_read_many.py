"""`handwrite-gui read` on many files: folders, pages of documents, and other processes."""

import csv
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from handwrite_gui import paths
from handwrite_gui.domain.picture import Picture
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture
from handwrite_gui.reading.crew import Crew, Process
from handwrite_gui.reading.reading_process import Hears

SEVEN = paths.resources_dir() / "samples" / "seven.png"
LOAD = "handwrite_gui.recognition.keras_recogniser.load_recogniser"


@pytest.mark.parametrize("many", [True, False])
def test_many_files_share_the_processor_by_themselves(
    run_command: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    many: bool,
    fake_recogniser: Callable[[int], object],
) -> None:
    asked: list[object] = []

    def load(_: Path, *, one_thread: bool, **__: object) -> object:
        asked.append(one_thread)
        return fake_recogniser(7)

    monkeypatch.setattr(LOAD, load)
    (tmp_path / "seven.png").write_bytes(SEVEN.read_bytes())
    run_command("read", tmp_path if many else SEVEN)
    assert asked == [many]


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
