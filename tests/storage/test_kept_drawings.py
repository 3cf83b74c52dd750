import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.storage.file_lock import is_locked
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.kept_drawings import (
    MOST_OFFERED,
    adopt_sheets,
    kept_drawings,
    listed_drawings,
    mark_offered,
    read_kept,
)


def ink(x: float) -> Ink:
    return Ink((Stroke.from_xy(np.array([[x, 0.0], [x + 30.0, 50.0]])),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journals"


def leave(folder: Path, x: float, age_s: float = 0.0) -> Path:
    """Leaves a drawing behind, as a program does that ends; return its file."""
    before = set(folder.glob("*"))
    journal = Journal(folder)
    journal.write([ink(x)])
    journal.close()
    (file,) = set(folder.glob("*")) - before
    os.utime(file, (time.time() - age_s,) * 2)
    return file


def found(folder: Path) -> list[float]:
    return [float(kept.ink.strokes[0].xy[0, 0]) for _, kept in kept_drawings(folder)]


def test_newest_comes_first_and_what_was_offered_last(folder: Path) -> None:
    assert found(folder) == []
    for x, age_s in ((1.0, 30.0), (2.0, 10.0), (3.0, 20.0)):
        leave(folder, x, age_s)
    assert found(folder) == [2.0, 3.0, 1.0]
    mark_offered(next(kept_drawings(folder))[0])
    assert found(folder) == [3.0, 1.0, 2.0]


def test_all_that_is_kept_is_listed_and_read_whatever_was_offered(folder: Path) -> None:
    files = [leave(folder, x, age_s) for x, age_s in ((1.0, 30.0), (2.0, 10.0), (3.0, 20.0))]
    running, blank = Journal(folder), Journal(folder)
    running.write([ink(4.0)])
    blank.write([ink(5.0), Ink()])
    blank.close()
    mark_offered(files[0])
    listed = listed_drawings(folder)
    assert [float(read_kept(path).strokes[0].xy[0, 0]) for path, _ in listed] == [2.0, 3.0, 1.0]
    assert [round(time.time() - drawn_s, -1) for _, drawn_s in listed] == [10.0, 20.0, 30.0]
    mark_offered(files[1])  # Meanwhile.
    assert read_kept(files[1]).strokes
    (folder / "gone.journal").unlink(missing_ok=True)
    assert not read_kept(folder / "gone.journal").strokes
    running.close()


def test_journal_of_a_program_that_runs_is_left_alone(folder: Path) -> None:
    journal = Journal(folder)
    journal.write([ink(1.0)])
    leave(folder, 2.0)
    assert found(folder) == [2.0]
    journal.close()
    assert sorted(found(folder)) == [1.0, 2.0]


def test_journal_of_a_killed_program_is_found(folder: Path) -> None:
    script = (
        "import sys; import numpy as np; from pathlib import Path\n"
        "from handwrite_gui.domain.ink import Ink, Stroke\n"
        "from handwrite_gui.storage.journal import Journal\n"
        "journal = Journal(Path(sys.argv[1]))\n"
        "journal.write([Ink((Stroke.from_xy(np.ones((2, 2)) * 7),))])\n"
        "print('written', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"written"
    (file,) = folder.iterdir()
    assert is_locked(file)
    assert found(folder) == []
    process.kill()
    process.communicate()
    assert found(folder) == [7.0]


def test_only_the_newest_of_those_that_were_offered_stay(folder: Path) -> None:
    for age in range(MOST_OFFERED + 3):
        mark_offered(leave(folder, float(age), age_s=age * 10.0))
    leave(folder, 100.0, age_s=1000.0)
    assert found(folder) == [100.0, *map(float, range(MOST_OFFERED))]


def test_what_was_never_offered_is_never_deleted(folder: Path) -> None:
    files = [leave(folder, float(age), age_s=age * 10.0) for age in range(20)]
    mark_offered(files[0])
    assert len(found(folder)) == 20


def test_blank_journal_is_deleted_unless_it_is_new(folder: Path) -> None:
    folder.mkdir()
    (folder / "new.journal").touch()
    (folder / "old.journal").touch()
    os.utime(folder / "old.journal", (time.time() - 3600,) * 2)
    assert found(folder) == []
    assert [file.name for file in folder.iterdir()] == ["new.journal"]


def test_damaged_journal_is_told_of_until_it_was_offered(folder: Path) -> None:
    file = leave(folder, 1.0)
    file.write_bytes(b"rubbish")
    ((path, kept),) = kept_drawings(folder)
    assert not kept.is_whole
    mark_offered(path)
    assert list(kept_drawings(folder)) == []
    assert [file.suffix for file in folder.iterdir()] == [".offered"]


def test_folder_among_the_journals_is_passed_over(folder: Path) -> None:
    (folder / "odd.journal").mkdir(parents=True)
    leave(folder, 1.0)
    assert found(folder) == [1.0]


def test_what_an_older_version_kept_is_adopted(tmp_path: Path, folder: Path) -> None:
    for name, x in (("sheet.npz", 2.0), ("sheet-last.npz", 1.0)):
        np.savez(
            tmp_path / name,
            points=ink(x).strokes[0].points,
            stroke_start=np.array([0, 2]),
            pen_width=12.0,
        )
    adopt_sheets(tmp_path, folder)
    assert sorted(found(folder)) == [1.0, 2.0]
    assert list(tmp_path.iterdir()) == [folder]
    adopt_sheets(tmp_path, folder)
    assert len(found(folder)) == 2
