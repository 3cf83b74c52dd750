"""Kept words: what a person said of pictures, to be there again when one is opened again."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from hashlib import blake2b
from math import isfinite
from pathlib import Path
from typing import Any

from handwrite_gui.domain.confirming import DIGITS, Word, is_number_text
from handwrite_gui.domain.picture import Picture
from handwrite_gui.storage.atomic import clear_unfinished, write_atomically

#: Pictures that are remembered, each page as one; those worked on longest ago are forgotten. So
#: many take 41 MB where each has thirty Numbers, and the first word about one more takes 14 ms, or
#: 50 ms where another is forgotten for it (measured, in the thread that writes).
MOST_PICTURES = 10_000
#: A larger file than any that the program writes is not read.
_MOST_BYTES = 2**24


def picture_id(picture: Picture) -> str:
    """Name a picture by what it shows, so that it is known under any file's name.

    Returns:
        32 hexadecimal digits, of BLAKE2b over the pixels and their shape. A picture that is turned,
        cropped or scaled is another one.
    """
    told = blake2b(str(picture.pixels.shape).encode(), digest_size=16)
    for row in picture.pixels:  # A crop's rows lie apart in memory.
        told.update(row.tobytes())
    return told.hexdigest()


def write_words(folder: Path, picture: str, words: Sequence[Word]) -> None:
    """Write all that a person says of a picture, and have it on the disk when this returns.

    Args:
        folder: Where words are kept; made where it is missing.
        picture: The picture's id.
        words: In any order; with none, the picture is forgotten.

    Raises:
        OSError: The place cannot be written to, or the disk is full; what was there stays.
    """
    path = folder / f"{picture}.json"
    if not words:
        path.unlink(missing_ok=True)
        return
    is_new = not path.exists()
    write_atomically(path, json.dumps({"numbers": [_told(word) for word in words]}).encode())
    if is_new:
        clear_unfinished(path)
        _forget_oldest(folder)


def change_words(folder: Path, picture: str, before: Sequence[Word], now: Sequence[Word]) -> None:
    """Write what a person says now in the place of what they said before, and leave all else.

    Args:
        folder: As for `write_words`.
        picture: The picture's id.
        before: What was kept for whoever asks; what others have kept since stays.
        now: What takes its place.

    Raises:
        OSError: As for `write_words` and `read_words`.
    """
    taken_back = {word.box for word in before} | {word.box for word in now}
    others = [word for word in read_words(folder, picture) if word.box not in taken_back]
    write_words(folder, picture, [*others, *now])


def read_words(folder: Path, picture: str) -> tuple[Word, ...]:
    """Read what a person said of a picture; what the program did not write so is left out.

    Raises:
        OSError: The file is there and cannot be read.
    """
    path = folder / f"{picture}.json"
    if not path.is_file():
        return ()
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES)
    try:
        listed = json.loads(content)["numbers"]
        return tuple(word for each in listed if (word := _word(each)) is not None)
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()


def delete_words(folder: Path) -> None:
    """Forget all pictures.

    Raises:
        OSError: A file cannot be deleted.
    """
    for file in folder.glob("*.json"):
        file.unlink(missing_ok=True)


def _told(word: Word) -> dict[str, Any]:
    told = {"box": word.box, "text": word.text, "row": word.row}
    return told if word.places is None else {**told, "places": word.places}


def _word(told: Any) -> Word | None:
    try:
        x, y, width, height = (float(side) for side in told["box"])
        text, row = told["text"], int(told["row"])
        places = tuple(int(place) for place in told["places"]) if "places" in told else None
    except (ValueError, TypeError, KeyError, OverflowError):
        return None
    is_box = all(map(isfinite, (x, y, width, height))) and width > 0.0 and height > 0.0
    if not is_box or not isinstance(text, str) or not is_number_text(text):
        return None
    digits = {place for place, letter in enumerate(text) if letter in DIGITS}
    if not digits.issuperset(places or ()):
        return None
    return Word((x, y, width, height), text, row, places)


def _forget_oldest(folder: Path) -> None:
    with os.scandir(folder) as listed:
        files = [file for file in listed if file.name.endswith(".json")]
    if len(files) <= MOST_PICTURES:  # To ask for the time of each takes several times as long.
        return
    files.sort(key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST_PICTURES:]:
        Path(file).unlink(missing_ok=True)
