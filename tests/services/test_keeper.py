"""What is drawn and saved is written off the thread of the window, and all of it."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Digit
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.journal_records import read_journal

InkOf = Callable[..., Ink]
DigitOf = Callable[..., Digit]
Labels = Callable[[], list[int | None]]


def kept_x(tmp_path: Path) -> float:
    (file,) = (tmp_path / "data" / "journals").iterdir()
    return float(read_journal(file).ink.strokes[0].xy[0, 0])


def test_close_writes_everything_that_was_kept(
    keeper: Keeper, tmp_path: Path, ink: InkOf, digit: DigitOf, labels: Labels
) -> None:
    keeper.keep_ink(ink(x=5.0))
    for said in range(10):
        keeper.keep_correction(digit(said / 10), said, ink())
    keeper.close()
    assert kept_x(tmp_path) == 5.0
    assert labels() == list(range(10))


def test_changes_are_written_all_and_those_that_wait_together(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, ink: InkOf
) -> None:
    may_write, written = threading.Event(), []

    def write_slowly(_: Journal, inks: list[Ink]) -> None:
        assert may_write.wait(10)
        written.append(inks)

    monkeypatch.setattr(Journal, "write", write_slowly)
    for x in range(100):
        keeper.keep_ink(ink(x=float(x)))
    may_write.set()
    keeper.close()
    assert [each.strokes[0].xy[0, 0] for inks in written for each in inks] == list(range(100))
    assert len(written) <= 2


def test_no_ink_is_lost_between_two_threads(keeper: Keeper, tmp_path: Path, ink: InkOf) -> None:
    for x in range(300):
        keeper.keep_ink(ink(x=float(x)))
    keeper.close()
    assert kept_x(tmp_path) == 299.0


def test_window_does_not_wait_for_the_disk(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, ink: InkOf
) -> None:
    threads: list[int] = []
    monkeypatch.setattr(Journal, "write", lambda *_: threads.append(threading.get_ident()))
    keeper.keep_ink(ink())
    keeper.close()
    assert threads
    assert threading.get_ident() not in threads


def test_ink_does_not_wait_for_the_ink_before_to_be_synced(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, ink: InkOf
) -> None:
    may_sync = threading.Event()
    monkeypatch.setattr(os, "fsync", lambda *_: may_sync.wait(10))
    keeper.keep_ink(ink(x=1.0))
    qtbot.waitUntil(lambda: any((tmp_path / "data").glob("journals/*")) and kept_x(tmp_path) == 1)
    keeper.keep_ink(ink(x=2.0))
    qtbot.waitUntil(lambda: kept_x(tmp_path) == 2.0)
    may_sync.set()
    keeper.close()
    assert kept_x(tmp_path) == 2.0


def test_ink_does_not_wait_for_what_is_saved(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, ink: InkOf
) -> None:
    may_write = threading.Event()
    monkeypatch.setattr(
        "handwrite_gui.storage.atomic.write_atomically", lambda *_: may_write.wait(10)
    )
    keeper.save(tmp_path / "slow.png", b"a picture")
    keeper.keep_ink(ink(x=5.0))
    qtbot.waitUntil(lambda: any((tmp_path / "data").glob("journals/*")))
    may_write.set()
    keeper.close()
    assert kept_x(tmp_path) == 5.0


def test_file_is_saved_and_told(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeper.saved) as saved:
        keeper.save(tmp_path / "seven.png", b"a picture")
    assert saved.args == [f"Saved as {tmp_path / 'seven.png'}."]
    assert (tmp_path / "seven.png").read_bytes() == b"a picture"
    assert [path.name for path in tmp_path.iterdir()] == ["seven.png"]


def test_place_that_cannot_be_written_to_is_said_once(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot, ink: InkOf
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    said: list[str] = []
    keeper.failed.connect(said.append)
    for x in range(3):
        with qtbot.waitSignal(keeper.failed, raising=False, timeout=200):
            keeper.keep_ink(ink(x=float(x)))
    assert len(said) == 1
    assert said[0].startswith(f"Your drawing could not be kept in {tmp_path / 'data'}")


def test_file_that_cannot_be_saved_is_said_each_time(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    for _ in range(2):
        with qtbot.waitSignal(keeper.failed) as failed, qtbot.assertNotEmitted(keeper.saved):
            keeper.save(tmp_path / "data" / "seven.png", b"a picture")
        assert str(tmp_path / "data" / "seven.png") in failed.args[0]


def test_file_is_made_off_the_window_s_thread(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    threads: list[int] = []

    def make() -> bytes:
        threads.append(threading.get_ident())
        return b"made"

    with qtbot.waitSignal(keeper.saved) as saved:
        keeper.save(tmp_path / "a.svg", make)
    assert saved.args == [f"Saved as {tmp_path / 'a.svg'}."]
    assert (tmp_path / "a.svg").read_bytes() == b"made"
    assert threads != [threading.get_ident()]


def test_line_comes_back_in_its_last_form(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeper.line_found) as found:
        keeper.find_line()
    assert found.args == [""]
    for text in ("7", "73", "735"):
        keeper.keep_line(text)
    keeper.close()
    again = Keeper(tmp_path / "data")
    with qtbot.waitSignal(again.line_found) as found:
        again.find_line()
    assert found.args == ["735"]
    again.close()


def test_line_that_cannot_be_written_is_said_once(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    said: list[str] = []
    keeper.failed.connect(said.append)
    for text in ("7", "73"):
        with qtbot.waitSignal(keeper.failed, raising=False, timeout=200):
            keeper.keep_line(text)
    assert len(said) == 1
    assert said[0].startswith(f"Your line could not be kept in {tmp_path / 'data' / 'line.txt'}")


def test_fault_in_the_program_is_said_too(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    def make() -> bytes:
        raise ValueError("a fault")

    with qtbot.waitSignal(keeper.failed) as failed, qtbot.assertNotEmitted(keeper.saved):
        keeper.save(tmp_path / "a.svg", make)
    place = tmp_path / "a.svg"
    assert failed.args[0].startswith(f"The drawing could not be kept in {place} because of a fault")
