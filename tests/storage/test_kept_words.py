import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.domain.confirming import Word
from handwrite_gui.domain.picture import Picture
from handwrite_gui.storage import kept_words
from handwrite_gui.storage.kept_words import (
    change_words,
    delete_words,
    picture_id,
    read_words,
    write_words,
)

ID = "0" * 32
WORDS = Word((1.5, 2.25, 30.1, 4.0), "2047", 3), Word((9.0, 9.0, 1.0, 1.0), "-€7.50")
#: Of which only two digits were said.
PART = Word((5.0, 5.0, 1.0, 1.0), "-€7.50", 1, (2, 5))


def test_words_come_back_as_they_were(tmp_path: Path) -> None:
    write_words(tmp_path / "numbers", ID, (*WORDS, PART))
    assert read_words(tmp_path / "numbers", ID) == (*WORDS, PART)
    assert read_words(tmp_path / "numbers", "1" * 32) == ()


def test_picture_of_which_nothing_is_said_is_forgotten(tmp_path: Path) -> None:
    write_words(tmp_path, ID, ())
    write_words(tmp_path, ID, WORDS)
    write_words(tmp_path, ID, ())
    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_words(tmp_path, ID, WORDS[:1])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_words(tmp_path, ID, WORDS)
    assert read_words(tmp_path, ID) == WORDS[:1]
    assert len(list(tmp_path.iterdir())) == 1


def test_pictures_worked_on_longest_ago_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_words, "MOST_PICTURES", 3)
    for age in range(5):
        write_words(tmp_path, f"{age}", WORDS)
        for file in tmp_path.iterdir():
            os.utime(file, (1000 + int(file.stem), 1000 + int(file.stem)))
    assert sorted(file.stem for file in tmp_path.iterdir()) == ["2", "3", "4"]


def test_a_document_of_many_pages_is_remembered_whole(tmp_path: Path) -> None:
    for page in range(800):
        (tmp_path / f"{page}.json").write_bytes(b'{"numbers": []}')
    write_words(tmp_path, ID, WORDS)
    assert len(list(tmp_path.iterdir())) == 801


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"numbers": 7}',
        b'{"numbers": [7, null, {}]}',
        b"[" * 200_000,
        b'{"numbers": [{"box": [0, 0, 1], "text": "7", "row": 0}]}',
        b'{"numbers": [{"box": [0, 0, 0, 1], "text": "7", "row": 0}]}',
        b'{"numbers": [{"box": [NaN, 0, 1, 1], "text": "7", "row": 0}]}',
        b'{"numbers": [{"box": [0, 0, 1, 1], "text": "=cmd", "row": 0}]}',
        b'{"numbers": [{"box": [0, 0, 1, 1], "text": 7, "row": 0}]}',
        b'{"numbers": [{"box": [0, 0, 1, 1], "text": "7", "row": Infinity}]}',
        b'{"numbers": [{"box": [0, 0, 1, 1], "text": "-7", "row": 0, "places": [0]}]}',
        b'{"numbers": [{"box": [0, 0, 1, 1], "text": "-7", "row": 0, "places": [2]}]}',
        b'{"numbers": [{"box": [0, 0, 1, 1], "text": "-7", "row": 0, "places": 1}]}',
        b"\xff\xfe",
    ],
)
def test_damaged_file_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{ID}.json").write_bytes(content)
    assert read_words(tmp_path, ID) == ()


def test_what_is_sound_in_a_damaged_file_is_kept(tmp_path: Path) -> None:
    sound = {"box": [0, 0, 1, 1], "text": "7", "row": 0}
    (tmp_path / f"{ID}.json").write_text(json.dumps({"numbers": [{"text": "1"}, sound]}))
    assert read_words(tmp_path, ID) == (Word((0.0, 0.0, 1.0, 1.0), "7", 0),)


def test_picture_is_known_by_what_it_shows() -> None:
    pixels = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    known = picture_id(Picture(pixels, "a.png"))
    assert picture_id(Picture(pixels.copy(), "b.png")) == known
    assert picture_id(Picture(np.rot90(pixels), "a.png")) != known
    assert picture_id(Picture(pixels.reshape(6, 4, 3), "a.png")) != known
    changed = pixels.copy()
    changed[3, 5, 2] += 1
    assert picture_id(Picture(changed, "a.png")) != known
    assert picture_id(Picture(np.pad(pixels, ((0, 0), (1, 1), (0, 0)))[:, 1:-1], "")) == known


def test_all_is_forgotten_together(tmp_path: Path) -> None:
    delete_words(tmp_path / "none yet")
    write_words(tmp_path, ID, WORDS)
    delete_words(tmp_path)
    assert read_words(tmp_path, ID) == ()


def test_what_is_said_in_two_windows_is_kept_of_both(tmp_path: Path) -> None:
    mine, yours = WORDS
    change_words(tmp_path, ID, (), [mine])
    change_words(tmp_path, ID, (), [yours])
    assert set(read_words(tmp_path, ID)) == {mine, yours}
    change_words(tmp_path, ID, [mine], [replace(mine, text="9")])
    assert {word.text for word in read_words(tmp_path, ID)} == {"9", "-€7.50"}
    change_words(tmp_path, ID, [mine], ())
    assert read_words(tmp_path, ID) == (yours,)
