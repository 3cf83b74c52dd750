import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.domain.ink import Correction, Ink, Stroke
from handwrite_gui.domain.undo import InkHistory
from handwrite_gui.storage import journal as journal_module
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.journal_records import Recorder, read_journal

State = tuple[float | None, tuple[bytes, ...]]


def state(ink: Ink) -> State:
    """What is to come back of ink."""
    return ink.pen_width, tuple(stroke.points.tobytes() for stroke in ink.strokes)


def stroke(number: int, points: int = 3) -> Stroke:
    return Stroke(np.random.default_rng(number).uniform(0, 500, (points, 4)))


def keep(journal: Journal, *inks: Ink) -> None:
    """Writes and syncs, as the program does."""
    journal.write(inks)
    journal.sync()


def history_of_inks() -> list[Ink]:
    """Drawing, undoing, redoing, erasing, clearing, and another pen."""
    history = InkHistory(12.0)
    inks = [history.put((*history.ink.strokes, stroke(number))) for number in range(4)]
    inks += [history.undo(), history.undo(), history.redo()]
    first, second, third = history.ink.strokes
    inks.append(history.put((first, third)))
    inks += [history.undo(), history.redo(), history.put((third, first, second))]
    inks += [history.put(()), history.undo(), history.put((stroke(9, 1),), 6.5)]
    return inks


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def written(folder: Path, inks: Sequence[Ink]) -> tuple[bytes, list[int]]:
    """A journal of these inks, and how long it was after each."""
    journal, sizes = Journal(folder), []
    for ink in inks:
        keep(journal, ink)
        sizes.append(only_file(folder).stat().st_size)
    journal.close()
    return only_file(folder).read_bytes(), sizes


def test_paper_comes_back_as_it_was_after_each_change(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for ink in history_of_inks():
        keep(journal, ink)
        kept = read_journal(only_file(tmp_path))
        assert kept.is_whole
        assert state(kept.ink) == state(ink)


def test_inks_that_came_together_are_written_together(tmp_path: Path) -> None:
    inks = history_of_inks()
    content, _ = written(tmp_path / "one", inks)
    journal = Journal(tmp_path / "all")
    keep(journal, *inks)
    assert only_file(tmp_path / "all").read_bytes() == content


def test_every_cut_gives_all_complete_records(tmp_path: Path) -> None:
    inks = history_of_inks()
    content, sizes = written(tmp_path / "journals", inks)
    file = tmp_path / "cut"
    for length in range(len(content) + 1):
        file.write_bytes(content[:length])
        complete = [ink for ink, size in zip(inks, sizes, strict=True) if size <= length]
        kept = read_journal(file)
        assert state(kept.ink) == state(complete[-1] if complete else Ink()), length
        assert kept.is_whole == (length in sizes or length <= len(b"Handwrite journal 1\n"))


def test_damaged_byte_gives_what_came_before_it(tmp_path: Path) -> None:
    inks = history_of_inks()
    content, sizes = written(tmp_path / "journals", inks)
    file = tmp_path / "damaged"
    for place in range(len(content)):
        for flipped in (0x01, 0x80, 0xFF):
            damaged = bytearray(content)
            damaged[place] ^= flipped
            file.write_bytes(damaged)
            before = [ink for ink, size in zip(inks, sizes, strict=True) if size <= place]
            kept = read_journal(file)
            assert not kept.is_whole, place
            assert state(kept.ink) == state(before[-1] if before else Ink()), place


def test_records_that_change_places_or_come_twice_do_not_count(tmp_path: Path) -> None:
    inks = [Ink((stroke(0),)), Ink((stroke(1),)), Ink((stroke(2),))]
    content, (a, b, c) = written(tmp_path / "journals", inks)
    file = tmp_path / "damaged"
    for end in (content[b:c] + content[a:b], content[b:c], content[:a]):
        file.write_bytes(content[:a] + end)
        assert state(read_journal(file).ink) == state(inks[0])
    file.write_bytes(content + bytes(4096))  # As a loss of power leaves it on some file systems.
    assert state(read_journal(file).ink) == state(inks[2])


def test_random_bytes_are_blank(tmp_path: Path) -> None:
    rng = np.random.default_rng(11)
    for start in (b"", b"Handwrite journal 1\n", b"Handwrite journal 2\n"):
        (tmp_path / "file").write_bytes(start + rng.bytes(500))
        kept = read_journal(tmp_path / "file")
        assert not kept.is_whole
        assert kept.ink.strokes == ()


def test_two_windows_share_no_journal(tmp_path: Path) -> None:
    journals = [Journal(tmp_path), Journal(tmp_path)]
    inks = [Ink((stroke(number),)) for number in range(4)]
    for number in range(4):
        keep(journals[number % 2], inks[number])
    kept = {state(read_journal(file).ink) for file in tmp_path.iterdir()}
    assert kept == {state(inks[2]), state(inks[3])}


def test_blank_paper_makes_no_file_and_leaves_none(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journals")
    keep(journal, Ink())
    assert not (tmp_path / "journals").exists()
    keep(journal, Ink((stroke(0),)), Ink())
    journal.close()
    assert list((tmp_path / "journals").iterdir()) == []


def test_hours_of_drawing_and_clearing_do_not_grow_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 1_000)
    journal, ink = Journal(tmp_path), Ink((stroke(1),))
    keep(journal, Ink((stroke(0, 50),)), Ink())
    old = only_file(tmp_path)
    seen: list[set[State]] = []

    def look(folder: Path) -> None:
        assert old in folder.iterdir()
        seen.append({state(read_journal(file).ink) for file in folder.iterdir()})

    monkeypatch.setattr(journal_module, "sync_folder", look)
    keep(journal, ink)
    assert seen == [{state(Ink()), state(ink)}]
    assert only_file(tmp_path) != old


def test_much_ink_that_stays_is_not_written_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "MOST_SPENT_BYTES", 10_000)
    journal, strokes, files = Journal(tmp_path), (), set()
    for number in range(200):
        strokes = (*strokes, stroke(number, 20))
        keep(journal, Ink(strokes))
        files.add(only_file(tmp_path))
    assert len(files) == 1


# What the disk refuses


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    journal, inks = Journal(tmp_path), history_of_inks()
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, ink = Journal(tmp_path), Ink((stroke(0),))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left"):
            keep(journal, ink)
    keep(journal, ink)
    assert state(read_journal(only_file(tmp_path)).ink) == state(ink)


def test_where_it_cannot_be_written_anew_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
def test_read_only_folder_is_an_expected_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError):
        Journal(tmp_path).write([Ink((stroke(0),))])
    tmp_path.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_deleted_journal_is_written_anew(tmp_path: Path) -> None:
    journal, inks = Journal(tmp_path / "journals"), history_of_inks()
    keep(journal, inks[0])
    only_file(tmp_path / "journals").unlink()
    (tmp_path / "journals").rmdir()
    keep(journal, inks[1])
    assert state(read_journal(only_file(tmp_path / "journals")).ink) == state(inks[1])


def corrected_inks() -> list[Ink]:
    """Two corrections, one of them taken back, of strokes that others come between."""
    one, two, three = (stroke(number) for number in range(3))
    first = Correction((one, three), 4)
    return [
        Ink((one, three), 1, 12.0),
        Ink((one, three), 2, 12.0, (first,)),
        Ink((one, two, three), 3, 12.0, (first,)),
        Ink((one, two, three), 4, 12.0, (first, Correction((two,), 7))),
        Ink((one, two, three), 5, 12.0, (first,)),
        Ink((one, two), 6, 12.0, (first,)),
    ]


def test_corrections_come_back_as_they_were_after_each_change(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for ink in corrected_inks():
        keep(journal, ink)
        kept = read_journal(only_file(tmp_path))
        assert kept.is_whole
        assert kept.ink.standing_corrections == ink.standing_corrections
        assert state(kept.ink) == state(ink)


def test_correction_that_changes_nothing_else_is_written_once(tmp_path: Path) -> None:
    plain, said = corrected_inks()[:2]
    _, sizes = written(tmp_path / "journals", [plain, said, said])
    assert sizes[0] < sizes[1] == sizes[2]


def test_journal_without_corrections_is_as_older_versions_wrote_it(tmp_path: Path) -> None:
    ink = Ink((stroke(0),), 1, 12.0)
    content, _ = written(tmp_path / "journals", [ink])
    head = len(b"Handwrite journal 1\n") + 4 + 16
    # Width and four counts, rows and columns, twelve numbers, and the stroke's own number.
    assert len(content) == head + 24 + 8 + 12 * 8 + 4


@pytest.mark.parametrize(
    "said",
    [(12, 1, 0), (4, 0), (4, 2, 0), (4, 1, 99), (4,)],
    ids=["no digit", "no stroke", "cut short", "unknown stroke", "no count"],
)
def test_record_that_says_nonsense_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: tuple[int, ...]
) -> None:
    plain, corrected = corrected_inks()[:2]
    journal = Journal(tmp_path)
    keep(journal, plain)
    monkeypatch.setattr(Recorder, "_corrections", lambda *_: np.array(said, "<u4").tobytes())
    keep(journal, corrected)
    kept = read_journal(only_file(tmp_path))
    assert not kept.is_whole
    assert state(kept.ink) == state(plain)
