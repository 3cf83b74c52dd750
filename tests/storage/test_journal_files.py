"""The files of journals: how many there are, how long they get, and a disk that refuses them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage import journal as journal_module
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.journal_records import read_journal


def test_two_windows_share_no_journal(tmp_path: Path, trial: Any) -> None:
    journals = [Journal(tmp_path), Journal(tmp_path)]
    inks = [Ink((trial.stroke(number),)) for number in range(4)]
    for number in range(4):
        trial.keep(journals[number % 2], inks[number])
    kept = {trial.state(read_journal(file).ink) for file in tmp_path.iterdir()}
    assert kept == {trial.state(inks[2]), trial.state(inks[3])}


def test_blank_paper_makes_no_file_and_leaves_none(tmp_path: Path, trial: Any) -> None:
    journal = Journal(tmp_path / "journals")
    trial.keep(journal, Ink())
    assert not (tmp_path / "journals").exists()
    trial.keep(journal, Ink((trial.stroke(0),)), Ink())
    journal.close()
    assert list((tmp_path / "journals").iterdir()) == []


def test_hours_of_drawing_and_clearing_do_not_grow_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Any
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 10_000)
    journal, largest = Journal(tmp_path), 0
    for number in range(500):
        ink = Ink((trial.stroke(number, 20),))
        trial.keep(journal, ink)
        assert trial.state(read_journal(trial.only_file(tmp_path)).ink) == trial.state(ink)
        trial.keep(journal, Ink())
        largest = max(largest, trial.only_file(tmp_path).stat().st_size)
    assert largest < 13_000


def test_new_file_is_whole_before_the_old_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Any
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 1_000)
    journal, ink = Journal(tmp_path), Ink((trial.stroke(1),))
    trial.keep(journal, Ink((trial.stroke(0, 50),)), Ink())
    old = trial.only_file(tmp_path)
    seen: list[set[object]] = []

    def look(folder: Path) -> None:
        assert old in folder.iterdir()
        seen.append({trial.state(read_journal(file).ink) for file in folder.iterdir()})

    monkeypatch.setattr(journal_module, "sync_folder", look)
    trial.keep(journal, ink)
    assert seen == [{trial.state(Ink()), trial.state(ink)}]
    assert trial.only_file(tmp_path) != old


def test_much_ink_that_stays_is_not_written_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Any
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 10_000)
    journal, strokes, files = Journal(tmp_path), (), set()
    for number in range(200):
        strokes = (*strokes, trial.stroke(number, 20))
        trial.keep(journal, Ink(strokes))
        files.add(trial.only_file(tmp_path))
    assert len(files) == 1


def fail(*_: object) -> int:
    raise OSError(28, "No space left on device")


def write_half(real: Callable[..., int]) -> Callable[..., int]:
    def write(file: int, content: memoryview) -> int:
        if len(content) < 40:
            fail()
        return real(file, content[: len(content) // 2])

    return write


@pytest.mark.parametrize("broken", ["fsync", "write", "half"])
def test_after_a_full_disk_everything_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, trial: Any
) -> None:
    journal, inks = Journal(tmp_path), trial.history_of_inks()
    trial.keep(journal, *inks[:2])
    file = trial.only_file(tmp_path)
    with monkeypatch.context() as patch:
        if broken == "half":
            patch.setattr(os, "write", write_half(os.write))
        else:
            patch.setattr(os, broken, fail)
        for ink in inks[2:4]:
            with pytest.raises(OSError, match="No space left"):
                trial.keep(journal, ink)
            assert len(read_journal(file).ink.strokes) >= 2
            assert len(list(tmp_path.iterdir())) <= 2
    trial.keep(journal, inks[4])
    assert trial.only_file(tmp_path) != file
    kept = read_journal(trial.only_file(tmp_path))
    assert kept.is_whole
    assert trial.state(kept.ink) == trial.state(inks[4])


def test_first_stroke_on_a_full_disk_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Any
) -> None:
    journal, ink = Journal(tmp_path), Ink((trial.stroke(0),))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left"):
            trial.keep(journal, ink)
    trial.keep(journal, ink)
    assert trial.state(read_journal(trial.only_file(tmp_path)).ink) == trial.state(ink)


def test_where_it_cannot_be_written_anew_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Any
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 1_000)
    journal = Journal(tmp_path)
    trial.keep(journal, Ink((trial.stroke(0, 50),)), Ink())
    file = trial.only_file(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(journal_module, "lock", fail)
        trial.keep(journal, Ink((trial.stroke(1),)))
    assert trial.state(read_journal(file).ink) == trial.state(Ink((trial.stroke(1),)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may write anything")
def test_read_only_folder_is_an_expected_error(tmp_path: Path, trial: Any) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError):
        Journal(tmp_path).write([Ink((trial.stroke(0),))])
    tmp_path.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_deleted_journal_is_written_anew(tmp_path: Path, trial: Any) -> None:
    journal, inks = Journal(tmp_path / "journals"), trial.history_of_inks()
    trial.keep(journal, inks[0])
    trial.only_file(tmp_path / "journals").unlink()
    (tmp_path / "journals").rmdir()
    trial.keep(journal, inks[1])
    assert trial.state(read_journal(trial.only_file(tmp_path / "journals")).ink) == trial.state(
        inks[1]
    )
