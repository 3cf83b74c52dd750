import os
from pathlib import Path

import pytest

from handwrite_gui.storage.kept_line import read_line, sync_line, write_line


def test_line_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "line.txt"
    assert read_line(file) == ""
    for text in ("7", "73 ü", ""):
        write_line(file, text)
        sync_line(file)
        assert read_line(file) == text
    assert list(file.parent.iterdir()) == [file]


def test_what_is_no_line_of_text_is_read_as_far_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "line.txt"
    file.write_bytes(b"7\n3\x00\xff")
    assert read_line(file) == "7 3 \N{REPLACEMENT CHARACTER}"


def test_failure_leaves_the_old_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "line.txt"
    write_line(file, "7")

    def fail(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="full"):
        write_line(file, "73")
    assert read_line(file) == "7"
    assert os.listdir(tmp_path) == ["line.txt"]
