"""Saving all Numbers in the whole program, where not all pages were read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.file_dialogs import CSV
from handwrite_gui.widgets.pictures import numbers_desk


def test_pages_that_were_not_read_are_spoken_of_before_and_after(
    program: Any,
    pdf: Callable[..., bytes],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf("", "", ""))
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.open_files([tmp_path / "scan.pdf"])
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
        "Saved 2 of 4 pages as all.csv: the others were not read yet. "
        "A page is read once it is shown."
    )
    for _ in range(2):
        with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
            program.press("Ctrl+PgDown")
    save_all.trigger()
    qtbot.waitUntil(lambda: program.status == f"Saved as {tmp_path / 'all.csv'}.")
    assert titles[-1] == "Save numbers as"
