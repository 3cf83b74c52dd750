"""The files of journals: how many there are, how long they get, and a disk that refuses them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.storage import journal as journal_module
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.journal_records import read_journal

Keep = Callable[..., None]
OnlyFile = Callable[[Path], Path]
State = Callable[[Ink], tuple[object, ...]]
StrokeOf = Callable[..., Stroke]


def test_two_windows_share_no_journal(
    tmp_path: Path, keep: Keep, state: State, stroke: StrokeOf
) -> None:
    journals = [Journal(tmp_path), Journal(tmp_path)]
    inks = [Ink((stroke(number),)) for number in range(4)]
    for number in range(4):
        keep(journals[number % 2], inks[number])
    kept = {state(read_journal(file).ink) for file in tmp_path.iterdir()}
    assert kept == {state(inks[2]), state(inks[3])}


def test_blank_paper_makes_no_file_and_leaves_none(
    tmp_path: Path, keep: Keep, stroke: StrokeOf
) -> None:
    journal = Journal(tmp_path / "journals")
    keep(journal, Ink())
    assert not (tmp_path / "journals").exists()
    keep(journal, Ink((stroke(0),)), Ink())
    journal.close()
    assert list((tmp_path / "journals").iterdir()) == []


def test_hours_of_drawing_and_clearing_do_not_grow_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keep: Keep,
    only_file: OnlyFile,
    state: State,
    stroke: StrokeOf,
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 10_000)
    journal, largest = Journal(tmp_path), 0
    for number in range(500):
        ink = Ink((stroke(number, 20),))
        keep(journal, ink)
        assert state(read_journal(only_file(tmp_path)).ink) == state(ink)
        keep(journal, Ink())
        largest = max(largest, only_file(tmp_path).stat().st_size)
    assert largest < 13_000


def test_new_file_is_whole_before_the_old_one_goes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keep: Keep,
    only_file: OnlyFile,
    state: State,
    stroke: StrokeOf,
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 1_000)
    journal, ink = Journal(tmp_path), Ink((stroke(1),))
    keep(journal, Ink((stroke(0, 50),)), Ink())
    old = only_file(tmp_path)
    seen: list[set[object]] = []

    def look(folder: Path) -> None:
        assert old in folder.iterdir()
        seen.append({state(read_journal(file).ink) for file in folder.iterdir()})

    monkeypatch.setattr(journal_module, "sync_folder", look)
    keep(journal, ink)
    assert seen == [{state(Ink()), state(ink)}]
    assert only_file(tmp_path) != old


def test_much_ink_that_stays_is_not_written_again_and_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keep: Keep,
    only_file: OnlyFile,
    stroke: StrokeOf,
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 10_000)
    journal, strokes, files = Journal(tmp_path), (), set()
    for number in range(200):
        strokes = (*strokes, stroke(number, 20))
        keep(journal, Ink(strokes))
        files.add(only_file(tmp_path))
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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    keep: Keep,
    only_file: OnlyFile,
    state: State,
    history_of_inks: list[Ink],
) -> None:
    journal, inks = Journal(tmp_path), history_of_inks
    keep(journal, *inks[:2])
    file = only_file(tmp_path)
    with monkeypatch.context() as patch:
        if broken == "half":
            patch.setattr(os, "write", write_half(os.write))
        else:
            patch.setattr(os, broken, fail)
        for ink in inks[2:4]:
            with pytest.raises(OSError, match="No space left"):
                keep(journal, ink)
            assert len(read_journal(file).ink.strokes) >= 2
            assert len(list(tmp_path.iterdir())) <= 2
    keep(journal, inks[4])
    assert only_file(tmp_path) != file
    kept = read_journal(only_file(tmp_path))
    assert kept.is_whole
    assert state(kept.ink) == state(inks[4])


def test_first_stroke_on_a_full_disk_is_written_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keep: Keep,
    only_file: OnlyFile,
    state: State,
    stroke: StrokeOf,
) -> None:
    journal, ink = Journal(tmp_path), Ink((stroke(0),))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left"):
            keep(journal, ink)
    keep(journal, ink)
    assert state(read_journal(only_file(tmp_path)).ink) == state(ink)


def test_where_it_cannot_be_written_anew_it_goes_on(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keep: Keep,
    only_file: OnlyFile,
    state: State,
    stroke: StrokeOf,
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 1_000)
    journal = Journal(tmp_path)
    keep(journal, Ink((stroke(0, 50),)), Ink())
    file = only_file(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(journal_module, "lock", fail)
        keep(journal, Ink((stroke(1),)))
    assert state(read_journal(file).ink) == state(Ink((stroke(1),)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may write anything")
def test_read_only_folder_is_an_expected_error(tmp_path: Path, stroke: StrokeOf) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError):
        Journal(tmp_path).write([Ink((stroke(0),))])
    tmp_path.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_deleted_journal_is_written_anew(
    tmp_path: Path, keep: Keep, only_file: OnlyFile, state: State, history_of_inks: list[Ink]
) -> None:
    journal, inks = Journal(tmp_path / "journals"), history_of_inks
    keep(journal, inks[0])
    only_file(tmp_path / "journals").unlink()
    (tmp_path / "journals").rmdir()
    keep(journal, inks[1])
    assert state(read_journal(only_file(tmp_path / "journals")).ink) == state(inks[1])
