import errno
import os
from pathlib import Path

import pytest

from handwrite_gui.storage.atomic import write_atomically


def fail(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_folders_are_made(tmp_path: Path) -> None:
    target = tmp_path / "new" / "deep" / "file.bin"
    write_atomically(target, b"\x00\xff")
    assert target.read_bytes() == b"\x00\xff"
    assert list(target.parent.iterdir()) == [target]


def test_longer_content_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "file.bin"
    write_atomically(target, b"long content")
    write_atomically(target, b"short")
    assert target.read_bytes() == b"short"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("failing", ["os.fsync", "pathlib.Path.replace"])
def test_old_content_stays_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    target = tmp_path / "file.bin"
    target.write_bytes(b"old")
    monkeypatch.setattr(failing, fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_content_is_on_the_disk_before_it_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "file.bin"
    synced: list[tuple[bool, bytes]] = []

    def note(number: int) -> None:
        (only,) = tmp_path.iterdir()
        synced.append((only == target, only.read_bytes()))

    monkeypatch.setattr(os, "fsync", note)
    write_atomically(target, b"new")
    # The content first; and then, where that can be done, the folder with its new name.
    assert synced[0] == (False, b"new")
    assert os.name != "posix" or synced[1:] == [(True, b"new")]


def test_nothing_is_left_beside_a_folder_of_that_name(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    with pytest.raises(OSError, match="taken"):
        write_atomically(target, b"new")
    assert list(tmp_path.iterdir()) == [target]


def test_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        write_atomically(tmp_path / "file" / "inside", b"new")
