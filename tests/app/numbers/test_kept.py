"""The Numbers of a picture in the whole program: what is kept of them on the disk, and saved."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.file_dialogs import CSV, DRAWN_ON, JSON, TXT, SaveFormat
from handwrite_gui.widgets.pictures import numbers_desk

Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]
Key = Qt.Key
TypeText = Callable[[str], None]


def save_as(
    program: Any, path: Path, chosen: SaveFormat, monkeypatch: pytest.MonkeyPatch, *, all_: bool
) -> None:
    monkeypatch.setattr(numbers_desk, "ask_where_to_save", lambda *_: (path, chosen))
    actions = program.window.actions_
    (actions.save_all if all_ else actions.save).trigger()


def test_what_was_confirmed_is_on_the_disk_at_once_and_there_again_later(
    program: Any, start: Start, home: Path, qtbot: QtBot, tmp_path: Path, type_and_enter: TypeText
) -> None:
    program.press("F8")
    type_and_enter("1,800")
    qtbot.waitUntil(lambda: any((home / "data" / "numbers").glob("*.json")))
    (tmp_path / "page.png").rename(tmp_path / "renamed.png")
    again = start()
    again.open_files([tmp_path / "renamed.png"])
    qtbot.waitUntil(lambda: again.pictures is not None)
    qtbot.waitUntil(lambda: again.numbers == ["007", "1,800", "-5"])
    assert not again.window.actions_.undo.isEnabled()


def test_numbers_are_saved_in_each_format(
    program: Any,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    type_and_enter: TypeText,
) -> None:
    program.press("F8")
    type_and_enter("18")
    saved = {}
    for chosen in (TXT, CSV, JSON, DRAWN_ON):
        path = tmp_path / f"saved.{chosen.suffix}"
        save_as(program, path, chosen, monkeypatch, all_=False)
        qtbot.waitUntil(path.exists)
        saved[chosen.suffix] = path
    assert saved["txt"].read_bytes() == b"007\t18\n-5\n"
    with saved["csv"].open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["number"] for row in rows] == ["'007", "18", "'-5"]
    assert {row["path"] for row in rows} == {str(tmp_path / "page.png")}
    assert [row["confidence"] for row in rows] == ["0.999", "1", "0.2"]
    assert [row["confirmed"] for row in rows] == ["false", "true", "false"]
    assert [row["row"] for row in rows] == ["0", "0", "1"]
    told = json.loads(saved["json"].read_bytes())
    assert told["path"] == str(tmp_path / "page.png")
    assert "page" not in told
    assert [each["text"] for each in told["numbers"]] == ["007", "18", "-5"]
    assert [each["confirmed"] for each in told["numbers"]] == [False, True, False]
    drawn, page = Image.open(saved["png"]), Image.open(tmp_path / "page.png").convert("RGB")
    assert drawn.size == (120, 120)  # Enlarged, for letters on so small digits could not be read.
    enlarged = page.resize(drawn.size, Image.Resampling.NEAREST)
    assert drawn.convert("RGB").tobytes() != enlarged.tobytes()


def test_all_pictures_numbers_are_saved_together(
    program: Any,
    save_digit: SaveDigit,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("second.png")])
    save_as(program, tmp_path / "all.csv", CSV, monkeypatch, all_=True)
    qtbot.waitUntil((tmp_path / "all.csv").exists)
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as file:
        paths = [Path(row["path"]).name for row in csv.DictReader(file)]
    assert paths == ["page.png"] * 3 + ["second.png"] * 3


def test_what_cannot_be_saved_is_said_in_one_sentence(
    program: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.png").unlink()
    save_as(program, tmp_path / "drawn.png", DRAWN_ON, monkeypatch, all_=False)
    qtbot.waitUntil(lambda: program.status.startswith("“page.png” does not exist"))
    (tmp_path / "folder").write_text("a file")
    save_as(program, tmp_path / "folder" / "a.txt", TXT, monkeypatch, all_=False)
    qtbot.waitUntil(lambda: program.status.startswith("The numbers could not be kept in "))


def test_number_that_gets_shorter_than_the_digit_spoken_of_is_kept(
    program: Any, home: Path, qtbot: QtBot, type_and_enter: TypeText
) -> None:
    listed = program.pictures.numbers.list
    program.press("F8")
    listed.select(0)
    for _ in range(2):
        qtbot.keyClick(listed, Key.Key_Right)
    assert listed.place == 2
    type_and_enter("12")
    listed.select(0)
    assert program.numbers[0] == "12"
    program.close()
    (file,) = (home / "data" / "numbers").glob("*.json")
    assert [each["text"] for each in json.loads(file.read_text())["numbers"]] == ["12"]


def kept(home: Path) -> list[str]:
    """What is on the disk of the one picture that something was said of."""
    files = list((home / "data" / "numbers").glob("*.json"))
    return [each["text"] for file in files for each in json.loads(file.read_text())["numbers"]]


@pytest.mark.parametrize("way", ["key", "window"])
def test_what_is_half_typed_is_kept_when_the_program_is_closed(
    way: str, program: Any, home: Path, type_half: TypeText
) -> None:
    program.press("F8")
    type_half("18")
    if way == "key":
        program.press("Ctrl+Q")
    assert program.window.isVisible() == (way == "window")
    program.close()
    assert kept(home) == ["18"]


def test_escape_alone_drops_what_is_half_typed(
    program: Any, home: Path, qtbot: QtBot, type_half: TypeText
) -> None:
    program.press("F8")
    type_half("18")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    program.close()
    assert kept(home) == []


def test_what_is_half_typed_is_in_what_is_saved(
    program: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, type_half: TypeText
) -> None:
    program.press("F8")
    type_half("18")
    save_as(program, tmp_path / "saved.txt", TXT, monkeypatch, all_=False)
    qtbot.waitUntil((tmp_path / "saved.txt").exists)
    assert (tmp_path / "saved.txt").read_bytes() == b"007\t18\n-5\n"


def test_undo_brings_all_pictures_back_with_what_was_said(
    program: Any, type_half: TypeText
) -> None:
    program.press("F8")
    type_half("18")
    program.press("Ctrl+Shift+W")
    assert program.pictures.list.count() == 0
    program.press("Ctrl+Z")
    assert program.numbers == ["007", "18", "-5"]
    assert program.pictures_read == [0]
    program.press("Ctrl+Z")
    assert program.numbers == ["007", "13", "-5"]


def test_what_is_half_typed_is_kept_where_the_picture_is_turned_or_removed(
    program: Any, home: Path, qtbot: QtBot, type_half: TypeText
) -> None:
    program.press("F8")
    type_half("18")
    with qtbot.waitSignal(program.recognition.picture_read):
        program.window.actions_.turn_right.trigger()
    program.window.actions_.uncrop.trigger()
    assert program.numbers == ["007", "18", "-5"]
    program.press("F8")
    type_half("19")
    program.window.actions_.remove_all.trigger()
    program.close()
    assert kept(home) == ["18", "19"]


def test_what_was_deleted_is_not_written_again_by_a_picture_that_is_open(
    program: Any, home: Path, qtbot: QtBot, type_and_enter: TypeText
) -> None:
    program.press("F8")
    type_and_enter("18")
    qtbot.waitUntil(lambda: kept(home) == ["18"])
    settings = program.show_page("settings")
    settings.delete_corrections_requested.emit()
    qtbot.waitUntil(lambda: not any((home / "data" / "numbers").glob("*.json")))
    program.show_page("pictures")
    assert program.numbers == ["007", "18", "-5"]
    program.show_page("pictures").numbers.list.select(2)
    type_and_enter("42")
    program.close()
    assert kept(home) == ["42"]
