"""Saving Numbers of a document of several pages in the whole program."""

import csv
import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import Reading, Refusal
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.file_dialogs import CSV, JSON, TXT, SaveFormat
from handwrite_gui.widgets.pictures import numbers_desk


@pytest.fixture
def scan(program: Any, pdf: Callable[..., bytes], qtbot: QtBot, tmp_path: Path) -> Path:
    """A document of three pages, the first of which is read."""
    (tmp_path / "scan.pdf").write_bytes(pdf("", "", ""))
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.open_files([tmp_path / "scan.pdf"])
    return tmp_path / "scan.pdf"


def test_pages_that_were_not_read_are_spoken_of_before_and_after(
    program: Any, scan: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles: list[str] = []

    def ask(_window: object, _folder: object, title: str, *_: object) -> Any:
        titles.append(title)
        return tmp_path / "all.csv", CSV

    monkeypatch.setattr(numbers_desk, "ask_where_to_save", ask)
    save_all = program.window.actions_.save_all
    save_all.trigger()
    qtbot.waitUntil(lambda: program.status.startswith("Saved "))
    assert titles == ["Save numbers of 2 of 4 pages as"]
    assert program.status == (
        "Saved 2 of 4 pages as all.csv: the others were not read yet. “Read all” reads every page."
    )
    for _ in range(2):  # And now all of them.
        with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
            program.press("Ctrl+PgDown")
    save_all.trigger()
    qtbot.waitUntil(lambda: program.status == f"Saved as {tmp_path / 'all.csv'}.")
    assert titles[-1] == "Save numbers as"


def test_pages_are_named_as_on_the_command_line(
    program: Any, scan: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.press("Ctrl+PgDown")

    def save_all(chosen: SaveFormat) -> Path:
        path = tmp_path / f"all.{chosen.suffix}"
        monkeypatch.setattr(numbers_desk, "ask_where_to_save", lambda *_: (path, chosen))
        program.window.actions_.save_all.trigger()
        qtbot.waitUntil(path.exists)
        return path

    told = json.loads(save_all(JSON).read_bytes())
    page = str(tmp_path / "page.png")
    assert [(each["path"], each.get("page")) for each in told] == [
        *((page, None), (str(scan), 1), (str(scan), 2))
    ]
    rows = "007\t13\n-5\n"
    heads = ("page.png", "scan.pdf, page 1", "scan.pdf, page 2")
    assert save_all(TXT).read_text("utf-8") == "\n".join(f"{head}\n{rows}" for head in heads)
    with save_all(CSV).open(newline="", encoding="utf-8") as file:
        paths = list(dict.fromkeys(row["path"] for row in csv.DictReader(file)))
    assert paths == [page, f"{scan}#page=1", f"{scan}#page=2"]


def test_the_name_that_is_offered_says_which_page_it_is(
    program: Any, scan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    monkeypatch.setattr(numbers_desk, "ask_where_to_save", lambda *asked: names.append(asked[3]))
    save = program.window.actions_.save
    save.trigger()
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.press("Ctrl+PgDown")
    save.trigger()
    program.pictures.list.make_current(program.pictures.list.keys[0])
    save.trigger()
    assert names == ["scan page 1 numbers", "scan page 2 numbers", "page numbers"]


def test_pages_that_hold_nothing_are_listed_as_on_the_command_line(
    program: Any, scan: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slices(*_: object) -> Generator[None, None, Reading]:
        yield
        return Reading(refusal=Refusal.BLANK)

    monkeypatch.setattr(Reader, "picture_slices", slices)
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.press("Ctrl+PgDown")

    def save_all(chosen: SaveFormat) -> str:
        path = tmp_path / f"all.{chosen.suffix}"
        monkeypatch.setattr(numbers_desk, "ask_where_to_save", lambda *_: (path, chosen))
        program.window.actions_.save_all.trigger()
        qtbot.waitUntil(path.exists)
        return path.read_text(encoding="utf-8")

    *_, last = json.loads(save_all(JSON))
    assert last == {"path": str(scan), "numbers": [], "error": None, "page": 2}
    assert "#page=2" not in save_all(CSV)
    assert "page 2" not in save_all(TXT)
