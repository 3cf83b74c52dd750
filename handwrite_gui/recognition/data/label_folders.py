"""Folders by label: pictures and InkML files of one digit each, in a folder for each label.

    FOLDER/0/….png … FOLDER/9/….inkml    the digits
    FOLDER/none/…                        what is no digit: letters, scribbles, shapes
    FOLDER/train/0/…, FOLDER/test/0/…    the same where there are parts

Both kinds are read as the program reads them: a model learns from what it will be asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import frame
from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.domain.raster import digit_image
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.find_ink import find_digit
from handwrite_gui.imaging.open_picture import open_picture
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.data.labelled_images import Part, to_bytes
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml import is_inkml, read_inkml

#: The folders' names, and the label of what lies in each.
LABELS = {str(digit): digit for digit in range(10)} | {"none": NO_DIGIT}
_PARTS = {"train": ("train", "training"), "test": ("test", "testing")}
#: What systems put into folders by themselves, beside hidden files.
_OF_THE_SYSTEM = ("thumbs.db", "desktop.ini", "__macosx")


def load_label_folders(
    folder: Path, part: Part, widths_px: tuple[float, ...], on_skipped: Callable[[str], None]
) -> Digits:
    """Load the files of one part, or of the only one, in the order of label and name.

    Skipped is what cannot be read, and what is blank or a mere dot: no model is asked about those.

    Args:
        folder: As described above.
        part: Which part, where there are any.
        widths_px: Ink is drawn once with every one of these widths.
        on_skipped: Is given one sentence if any file was skipped.

    Raises:
        RecognitionError: There are no such folders, or others among them, or nothing in them that
            can be read.
        OSError: A folder cannot be read.
    """
    root = _find_part(folder, part)
    files = [(label, name) for label in _folders_in(root) for name in _names_in(root / label)]
    images: list[NDArray[np.uint8]] = []
    labels: list[int] = []
    skipped: list[str] = []
    for label, name in files:
        try:
            read = _read(root / label / name, widths_px)
        except (PictureError, StorageError, RecognitionError) as error:
            skipped.append(f"to begin with, in folder {label} {error}")
            continue
        images += [to_bytes(image) for image in read]
        labels += [LABELS[label]] * len(read)
    if not files:
        raise RecognitionError(f"{root} has only empty folders: put pictures or InkML into them.")
    if not images:
        raise RecognitionError(f"{root} holds no digit that can be read; {skipped[0]}")
    if skipped:
        on_skipped(f"Skipped {len(skipped)} of {len(files)} files in {root}; {skipped[0]}")
    name = Path(os.path.abspath(folder)).name  # `.` has none.
    if root != folder:
        name = f"{name}/{root.name}"
    return Digits(name, np.array(images), np.array(labels, np.int64))


def _find_part(folder: Path, part: Part) -> Path:
    """Return the folder that holds the labels' folders, and nothing but those."""
    inside = _folders_in(folder)
    has_parts = any(name in inside for names in _PARTS.values() for name in names)
    if has_parts and LABELS.keys().isdisjoint(inside):
        named = [name for name in inside if name in _PARTS[part]]
        if len(named) != 1:
            raise RecognitionError(
                f"{folder} has {'two' if named else 'no'} {part} parts: "
                f"put that part's folders by label into one folder named {part}."
            )
        folder = folder / named[0]
        inside = _folders_in(folder)
    if LABELS.keys().isdisjoint(inside):
        raise RecognitionError(
            f"{folder} holds no data that Handwrite knows: it needs folders 0 to 9 with pictures "
            "or InkML in them, or IDX files such as train-images-idx3-ubyte."
        )
    if strange := [name for name in inside if name not in LABELS]:
        raise RecognitionError(
            f"{folder} holds a folder “{strange[0]}”, which is no label: name it 0 to 9, "
            "or none for what is no digit, or move it away."
        )
    return folder


def _folders_in(folder: Path) -> list[str]:
    return [name for name in _names_in(folder) if (folder / name).is_dir()]


def _names_in(folder: Path) -> list[str]:
    """Names in a folder; sorted, so that a seed means the same on every machine."""
    names = os.listdir(folder)
    return sorted(n for n in names if not n.startswith(".") and n.lower() not in _OF_THE_SYSTEM)


def _read(path: Path, widths_px: tuple[float, ...]) -> list[NDArray[np.float32]]:
    """Read a file as digit images, the way `Reader` does.

    Raises:
        PictureError, StorageError, RecognitionError: It is to be skipped. The text begins with the
            file's name.
    """
    if is_inkml(path):
        ink = read_inkml(path).ink
        strokes = [stroke.xy for stroke in ink.strokes]
        if not ink.is_dot:
            return [digit_image(strokes, width_px) for width_px in widths_px]
    else:
        found = find_digit(open_picture(path).pixels)
        if found is not None and not found.is_dot:
            return [frame(found.ink_map)]
    raise RecognitionError(f"“{path.name}” is blank or only a dot: take it out.")
