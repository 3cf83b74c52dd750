"""What a journal gives back of ink and corrections, whole or damaged."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.domain.ink import Correction, Ink
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.journal_records import Recorder, read_journal

Written = Callable[[Path, Sequence[Ink]], tuple[bytes, list[int]]]


@pytest.fixture
def written(trial: Any) -> Written:
    """Makes a journal of inks: its bytes, and how long it was after each."""

    def written(folder: Path, inks: Sequence[Ink]) -> tuple[bytes, list[int]]:
        journal, sizes = Journal(folder), []
        for ink in inks:
            trial.keep(journal, ink)
            sizes.append(trial.only_file(folder).stat().st_size)
        journal.close()
        return trial.only_file(folder).read_bytes(), sizes

    return written


def test_paper_comes_back_as_it_was_after_each_change(tmp_path: Path, trial: Any) -> None:
    journal = Journal(tmp_path)
    for ink in trial.history_of_inks():
        trial.keep(journal, ink)
        kept = read_journal(trial.only_file(tmp_path))
        assert kept.is_whole
        assert trial.state(kept.ink) == trial.state(ink)


def test_inks_that_came_together_are_written_together(
    tmp_path: Path, written: Written, trial: Any
) -> None:
    inks = trial.history_of_inks()
    content, _ = written(tmp_path / "one", inks)
    journal = Journal(tmp_path / "all")
    trial.keep(journal, *inks)
    assert trial.only_file(tmp_path / "all").read_bytes() == content


def test_every_cut_gives_all_complete_records(tmp_path: Path, written: Written, trial: Any) -> None:
    inks = trial.history_of_inks()
    content, sizes = written(tmp_path / "journals", inks)
    file = tmp_path / "cut"
    for length in range(len(content) + 1):
        file.write_bytes(content[:length])
        complete = [ink for ink, size in zip(inks, sizes, strict=True) if size <= length]
        kept = read_journal(file)
        assert trial.state(kept.ink) == trial.state(complete[-1] if complete else Ink()), length
        assert kept.is_whole == (length in sizes or length <= len(b"Handwrite journal 1\n"))


def test_damaged_byte_gives_what_came_before_it(
    tmp_path: Path, written: Written, trial: Any
) -> None:
    inks = trial.history_of_inks()
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
            assert trial.state(kept.ink) == trial.state(before[-1] if before else Ink()), place


def test_records_that_change_places_or_come_twice_do_not_count(
    tmp_path: Path, written: Written, trial: Any
) -> None:
    inks = [Ink((trial.stroke(0),)), Ink((trial.stroke(1),)), Ink((trial.stroke(2),))]
    content, (a, b, c) = written(tmp_path / "journals", inks)
    file = tmp_path / "damaged"
    for end in (content[b:c] + content[a:b], content[b:c], content[:a]):
        file.write_bytes(content[:a] + end)
        assert trial.state(read_journal(file).ink) == trial.state(inks[0])
    file.write_bytes(content + bytes(4096))  # As a loss of power leaves it on some file systems.
    assert trial.state(read_journal(file).ink) == trial.state(inks[2])


def test_random_bytes_are_blank(tmp_path: Path) -> None:
    rng = np.random.default_rng(11)
    for start in (b"", b"Handwrite journal 1\n", b"Handwrite journal 2\n"):
        (tmp_path / "file").write_bytes(start + rng.bytes(500))
        kept = read_journal(tmp_path / "file")
        assert not kept.is_whole
        assert kept.ink.strokes == ()


@pytest.fixture
def corrected_inks(trial: Any) -> list[Ink]:
    """Two corrections, one of them taken back, of strokes that others come between."""
    one, two, three = (trial.stroke(number) for number in range(3))
    first = Correction((one, three), 4)
    return [
        Ink((one, three), 1, 12.0),
        Ink((one, three), 2, 12.0, (first,)),
        Ink((one, two, three), 3, 12.0, (first,)),
        Ink((one, two, three), 4, 12.0, (first, Correction((two,), 7))),
        Ink((one, two, three), 5, 12.0, (first,)),
        Ink((one, two), 6, 12.0, (first,)),
    ]


def test_corrections_come_back_as_they_were_after_each_change(
    tmp_path: Path, corrected_inks: list[Ink], trial: Any
) -> None:
    journal = Journal(tmp_path)
    for ink in corrected_inks:
        trial.keep(journal, ink)
        kept = read_journal(trial.only_file(tmp_path))
        assert kept.is_whole
        assert kept.ink.standing_corrections == ink.standing_corrections
        assert trial.state(kept.ink) == trial.state(ink)


def test_correction_that_changes_nothing_else_is_written_once(
    tmp_path: Path, written: Written, corrected_inks: list[Ink]
) -> None:
    plain, said = corrected_inks[:2]
    _, sizes = written(tmp_path / "journals", [plain, said, said])
    assert sizes[0] < sizes[1] == sizes[2]


def test_journal_without_corrections_is_as_older_versions_wrote_it(
    tmp_path: Path, written: Written, trial: Any
) -> None:
    ink = Ink((trial.stroke(0),), 1, 12.0)
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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: tuple[int, ...],
    corrected_inks: list[Ink],
    trial: Any,
) -> None:
    plain, corrected = corrected_inks[:2]
    journal = Journal(tmp_path)
    trial.keep(journal, plain)
    monkeypatch.setattr(Recorder, "_corrections", lambda *_: np.array(said, "<u4").tobytes())
    trial.keep(journal, corrected)
    kept = read_journal(trial.only_file(tmp_path))
    assert not kept.is_whole
    assert trial.state(kept.ink) == trial.state(plain)
