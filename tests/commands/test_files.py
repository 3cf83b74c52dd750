import os
from pathlib import Path

import pytest

from handwrite_gui.commands.files import named_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def found(folder: Path) -> list[str]:
    return [Path(path).relative_to(folder).as_posix() for path, _ in named_files([str(folder)])]


def test_a_folder_gives_pictures_and_ink_in_it_and_below(tmp_path: Path) -> None:
    make(tmp_path, "b.PNG", "a.inkml", "notes.txt", "more/c.pdf", ".hidden.png", ".cache/d.png")
    assert found(tmp_path) == ["a.inkml", "b.PNG", "more/c.pdf"]


def test_names_are_ordered_by_the_numbers_in_them(tmp_path: Path) -> None:
    make(tmp_path, "scan10.png", "scan2.png", "Scan1.png")
    assert found(tmp_path) == ["Scan1.png", "scan2.png", "scan10.png"]


def test_what_is_named_itself_is_given_whatever_it_is(tmp_path: Path) -> None:
    assert list(named_files(["notes.txt", "-"])) == [("notes.txt", None), ("-", None)]


def test_a_folder_of_nothing_to_read_is_said_to_be_so(tmp_path: Path) -> None:
    make(tmp_path, "notes.txt")
    ((path, problem),) = named_files([str(tmp_path)])
    assert path == str(tmp_path)
    assert problem is not None
    assert "holds no picture and no ink" in problem


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_do_not_lead_in_circles(tmp_path: Path) -> None:
    make(tmp_path, "a.png", "in/b.png")
    (tmp_path / "in" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
    assert found(tmp_path) == ["a.png", "in/b.png", "self.png"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may open every folder")
def test_a_locked_folder_is_said_and_the_others_are_given(tmp_path: Path) -> None:
    make(tmp_path, "a/1.png", "b/2.png")
    (tmp_path / "a").chmod(0)
    (_, problem), (path, none) = named_files([str(tmp_path)])
    (tmp_path / "a").chmod(0o700)
    assert problem is not None
    assert "could not be opened" in problem
    assert (Path(path).name, none) == ("2.png", None)


def test_a_folder_that_vanishes_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanished(_: Path) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "scandir", vanished)
    ((_, problem),) = named_files([str(tmp_path)])
    assert problem is not None
    assert "could not be opened (No such file or directory)" in problem
