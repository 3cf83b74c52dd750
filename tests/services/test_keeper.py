import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.confirming import Word, confirmed
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.journal_records import read_journal


@pytest.fixture
def keeper(tmp_path: Path, qtbot: QtBot) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "data")
    yield keeper
    keeper.close()


def ink(x: float = 0.0) -> Ink:
    return Ink((Stroke.from_xy(np.array([[x, 0.0], [x + 30.0, 50.0]])),), 1, 12.0)


def digit(shade: float = 0.0) -> Digit:
    probabilities = np.full(11, 0.01)
    probabilities[7] = 0.9
    image = np.full((28, 28), shade, np.float32)
    return Digit((0, 0, 1, 1), image, Prediction(probabilities))


def kept_x(tmp_path: Path) -> float:
    (file,) = (tmp_path / "data" / "journals").iterdir()
    return float(read_journal(file).ink.strokes[0].xy[0, 0])


def labels(tmp_path: Path) -> list[int | None]:
    lines = (tmp_path / "data" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["label"] for line in lines]


def test_close_writes_everything_that_was_kept(keeper: Keeper, tmp_path: Path) -> None:
    keeper.keep_ink(ink(5.0))
    for said in range(10):
        keeper.keep_correction(digit(said / 10), said, ink())
    keeper.close()
    assert kept_x(tmp_path) == 5.0
    assert labels(tmp_path) == list(range(10))


def test_changes_are_written_all_and_those_that_wait_together(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write, written = threading.Event(), []

    def write_slowly(_: Journal, inks: list[Ink]) -> None:
        assert may_write.wait(10)
        written.append(inks)

    monkeypatch.setattr(Journal, "write", write_slowly)
    for x in range(100):
        keeper.keep_ink(ink(float(x)))
    may_write.set()
    keeper.close()
    assert [ink.strokes[0].xy[0, 0] for inks in written for ink in inks] == list(range(100))
    assert len(written) <= 2


def test_no_ink_is_lost_between_two_threads(keeper: Keeper, tmp_path: Path) -> None:
    for x in range(300):
        keeper.keep_ink(ink(float(x)))
    keeper.close()
    assert kept_x(tmp_path) == 299.0


def test_window_does_not_wait_for_the_disk(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    monkeypatch.setattr(Journal, "write", lambda *_: threads.append(threading.get_ident()))
    keeper.keep_ink(ink())
    keeper.close()
    assert threads
    assert threading.get_ident() not in threads


def test_ink_does_not_wait_for_the_ink_before_to_be_synced(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    may_sync = threading.Event()
    monkeypatch.setattr(os, "fsync", lambda *_: may_sync.wait(10))
    keeper.keep_ink(ink(1.0))
    qtbot.waitUntil(lambda: any((tmp_path / "data").glob("journals/*")) and kept_x(tmp_path) == 1)
    keeper.keep_ink(ink(2.0))
    qtbot.waitUntil(lambda: kept_x(tmp_path) == 2.0)
    may_sync.set()
    keeper.close()
    assert kept_x(tmp_path) == 2.0


def test_ink_does_not_wait_for_what_is_saved(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    may_write = threading.Event()
    monkeypatch.setattr(
        "handwrite_gui.storage.atomic.write_atomically", lambda *_: may_write.wait(10)
    )
    keeper.save(tmp_path / "slow.png", b"a picture")
    keeper.keep_ink(ink(5.0))
    qtbot.waitUntil(lambda: any((tmp_path / "data").glob("journals/*")))
    may_write.set()
    keeper.close()
    assert kept_x(tmp_path) == 5.0


# What was kept


def leave(tmp_path: Path, x: float) -> Path:
    """Leaves a drawing behind, as a program does that ends; return its file."""
    folder = tmp_path / "data" / "journals"
    before = set(folder.glob("*"))
    journal = Journal(folder)
    journal.write([ink(x)])
    journal.close()
    (file,) = set(folder.glob("*")) - before
    return file


def find(keeper: Keeper, qtbot: QtBot) -> float:
    """The x of what is found next, which is then marked as offered."""
    with qtbot.waitSignal(keeper.drawings.found) as signal:
        keeper.drawings.find()
    kept, path = signal.args
    keeper.drawings.mark_offered(path)
    return float(kept.strokes[0].xy[0, 0])


def test_two_windows_that_were_killed_are_both_found(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    older = leave(tmp_path, 1.0)
    os.utime(older, (0, 0))
    leave(tmp_path, 2.0)
    assert find(keeper, qtbot) == 2.0
    assert find(keeper, qtbot) == 1.0
    with qtbot.assertNotEmitted(keeper.drawings.found, wait=50):
        keeper.drawings.find()
        keeper.close()


def test_what_was_offered_before_is_found_again_only_at_the_start(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    leave(tmp_path, 1.0)
    assert find(keeper, qtbot) == 1.0
    again = Keeper(tmp_path / "data")
    assert find(again, qtbot) == 1.0
    with qtbot.assertNotEmitted(again.drawings.found, wait=50):
        again.drawings.find()
        again.close()


def test_damage_is_said_and_what_is_left_is_found(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    file = leave(tmp_path, 1.0)
    with file.open("ab") as torn:
        torn.write(b"half a record")
    rubbish = leave(tmp_path, 2.0)
    rubbish.write_bytes(b"rubbish")
    said: list[str] = []
    keeper.failed.connect(said.append)
    assert find(keeper, qtbot) == 1.0
    keeper.close()
    assert ["is damaged" in sentence for sentence in said] == [True, True]
    assert str(rubbish) in said[0]
    assert str(file) in said[1]
    again = Keeper(tmp_path / "data")
    with qtbot.assertNotEmitted(again.failed):
        assert find(again, qtbot) == 1.0
    again.close()


def test_corrections_can_be_deleted(keeper: Keeper, tmp_path: Path) -> None:
    keeper.keep_correction(digit(), 4)
    keeper.delete_corrections()
    keeper.close()
    assert not (tmp_path / "data" / "corrections.jsonl").exists()


def test_deleting_what_is_not_there_is_no_fault(keeper: Keeper, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(keeper.failed, wait=50):
        keeper.delete_corrections()
        keeper.close()


def test_file_is_saved_and_told(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeper.saved) as saved:
        keeper.save(tmp_path / "seven.png", b"a picture")
    assert saved.args == [str(tmp_path / "seven.png")]
    assert (tmp_path / "seven.png").read_bytes() == b"a picture"
    assert [path.name for path in tmp_path.iterdir()] == ["seven.png"]


def test_place_that_cannot_be_written_to_is_said_once(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    said: list[str] = []
    keeper.failed.connect(said.append)
    for x in range(3):
        with qtbot.waitSignal(keeper.failed, raising=False, timeout=200):
            keeper.keep_ink(ink(float(x)))
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


def test_correction_of_a_picture_has_no_strokes(keeper: Keeper, tmp_path: Path) -> None:
    keeper.keep_correction(digit(), 4)
    keeper.keep_correction(digit(0.5), 4, ink())
    keeper.close()
    lines = (tmp_path / "data" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    strokes = [json.loads(line)["strokes"] for line in lines]
    assert strokes[0] is None
    assert len(strokes[1]) == 1


def test_file_is_made_off_the_window_s_thread(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    threads: list[int] = []

    def make() -> bytes:
        threads.append(threading.get_ident())
        return b"made"

    with qtbot.waitSignal(keeper.saved) as saved:
        keeper.save(tmp_path / "a.svg", make)
    assert saved.args == [str(tmp_path / "a.svg")]
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


PICTURE = Picture(np.full((20, 30, 3), 200, np.uint8), "a.png")
WORDS = (Word((1.0, 2.0, 3.0, 4.0), "2047", 1),)


def test_what_was_said_of_a_picture_is_there_when_it_is_opened_again(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    keeper.words.find(0, PICTURE)
    keeper.words.keep(0, WORDS)
    keeper.close()
    again = Keeper(tmp_path / "data")
    with qtbot.waitSignal(again.words.found) as found:
        again.words.find(5, PICTURE)
    assert found.args == [5, WORDS]
    with qtbot.waitSignal(again.corrections_deleted):
        again.delete_corrections()
    with qtbot.assertNotEmitted(again.words.found):
        again.words.find(6, PICTURE)
        again.close()


def number(*said: int | None) -> Number:
    digits = tuple(replace(digit(1.0), said=each) for each in said)
    is_confirmed = None not in said
    return Number("7" * len(said), 0.5, (0, 0, 1, 1), digits, is_confirmed=is_confirmed)


def test_each_digit_of_a_number_is_a_correction_until_it_is_taken_back(
    keeper: Keeper, tmp_path: Path
) -> None:
    keeper.keep_said(number(4, 2), number(None, None))
    keeper.keep_said(number(None, None), number(4, 2))
    keeper.close()
    assert labels(tmp_path) == [4, 2, None, None]


def test_digit_whose_ink_nobody_knows_is_no_correction(keeper: Keeper, tmp_path: Path) -> None:
    blank = Number("3", 1.0, (0, 0, 1, 1), (replace(digit(), said=3),), is_confirmed=True)
    keeper.keep_said(blank, number(None))
    keeper.close()
    assert not (tmp_path / "data" / "corrections.jsonl").exists()


def test_full_disk_is_said_once_for_all_that_a_person_said(
    keeper: Keeper, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    said: list[str] = []
    keeper.failed.connect(said.append)
    keeper.words.find(0, PICTURE)
    for _ in range(3):
        keeper.words.keep(0, WORDS)
        keeper.keep_said(number(4), number(None))
    keeper.close()
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(50)
    assert len(said) == 1
    assert said[0].startswith("Your correction could not be kept in ")


def test_what_is_said_in_a_box_leaves_what_was_said_outside_it(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    outside, inside = Word((1.0, 2.0, 3.0, 4.0), "2047"), Word((20.0, 10.0, 3.0, 4.0), "13")
    keeper.words.find(0, PICTURE)
    keeper.words.keep(0, [outside, inside])
    with qtbot.waitSignal(keeper.words.found) as found:
        keeper.words.find(1, PICTURE, (15.0, 5.0, 15.0, 15.0))
    assert found.args == [1, (inside,)]
    said = replace(inside, text="18")
    keeper.words.keep(1, [said])
    with qtbot.waitSignal(keeper.words.found) as found:
        keeper.words.find(2, PICTURE)
    assert found.args == [2, (outside, said)]


def test_fault_in_the_program_is_said_too(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    def make() -> bytes:
        raise ValueError("a fault")

    with qtbot.waitSignal(keeper.failed) as failed, qtbot.assertNotEmitted(keeper.saved):
        keeper.save(tmp_path / "a.svg", make)
    place = tmp_path / "a.svg"
    assert failed.args[0].startswith(f"The drawing could not be kept in {place} because of a fault")


def test_digit_whose_ink_nobody_knows_any_more_is_taken_back(
    keeper: Keeper, tmp_path: Path
) -> None:
    read = number(None, None)
    keeper.keep_said(confirmed(read, "12"), read)
    keeper.keep_said(confirmed(read, "123"), confirmed(read, "12"))
    keeper.keep_said(confirmed(read, "13"), confirmed(read, "123"))
    keeper.keep_said(confirmed(read, "14"), confirmed(read, "13"))
    keeper.close()
    assert labels(tmp_path) == [1, 2, None, None, 1, 3, 1, 4]


def test_word_that_comes_before_what_was_kept_is_found_takes_nothing_away(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    keeper.words.find(0, PICTURE)
    keeper.words.keep(0, WORDS)
    keeper.close()
    again = Keeper(tmp_path / "data")
    new = Word((20.0, 10.0, 3.0, 4.0), "13")
    again.words.find(0, PICTURE)
    again.words.keep(0, [new])  # No event is handled: the window does not know the others yet.
    again.close()
    last = Keeper(tmp_path / "data")
    with qtbot.waitSignal(last.words.found) as found:
        last.words.find(0, PICTURE)
    assert found.args == [0, (*WORDS, new)]
    last.close()


def test_words_that_are_found_while_they_are_forgotten_are_not_told(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    keeper.words.find(0, PICTURE)
    keeper.words.keep(0, WORDS)
    keeper.close()
    again = Keeper(tmp_path / "data")
    with qtbot.assertNotEmitted(again.words.found, wait=50):
        again.words.find(0, PICTURE)
        again.delete_corrections()
        again.close()


def test_what_a_full_disk_did_not_take_is_replaced_by_the_next_word(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    keeper.words.find(0, PICTURE)
    keeper.words.keep(0, WORDS)
    keeper.close()
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        keeper.words.keep(0, [Word((20.0, 10.0, 3.0, 4.0), "13")])
        keeper.close()
    last = Word((20.0, 10.0, 3.0, 4.0), "18")
    keeper.words.keep(0, [last])
    keeper.close()
    again = Keeper(tmp_path / "data")
    with qtbot.waitSignal(again.words.found) as found:
        again.words.find(0, PICTURE)
    assert found.args == [0, (last,)]
    again.close()
