"""IDX files: what MNIST came in (LeCun, Cortes, Burges, "The MNIST database"), gzipped or not.

Two zero bytes, a byte for the kind of number, a byte for how many dimensions, each dimension as
four bytes, largest first, and then the numbers. Images and their labels are files of their own:
`train-images-idx3-ubyte` and `train-labels-idx1-ubyte`, `t10k-…` for the test part.
"""

from __future__ import annotations

import gzip
import math
import os
import re
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.data.labelled_images import MOST_BYTES, Part, to_digits
from handwrite_gui.recognition.errors import RecognitionError

#: How files begin that are told to be IDX: plain, and gzipped.
MAGICS = (b"\0\0", b"\x1f\x8b")
_GZIP = MAGICS[1]
_UINT8 = 8
#: No Deflate stream unpacks to more than so many times its size (zlib's technical details).
_MOST_EXPANSION = 1032
#: As LeCun named them, with the dot of some unpackers, with a name before them as EMNIST's have.
_NAME = re.compile(r"(.*)images([-.]idx)3([-.]ubyte)(?:\.gz)?", re.DOTALL)
#: What stands before "images" in the name.
_PARTS = {"train": ("train",), "test": ("t10k", "test")}


def find_images(folder: Path, part: Part) -> Path | None:
    """Find the file of images of one part, or None in a folder without any IDX images.

    Raises:
        RecognitionError: There are only other parts' images, or several data sets' for this part.
        OSError: The folder cannot be read.
    """
    found = [name for entry in os.listdir(folder) if (name := _NAME.fullmatch(entry))]
    if not found:
        return None
    wanted = {  # Of a file and its gzipped twin one is enough.
        name.string.removesuffix(".gz")
        for name in found
        if name[1].rstrip("-._").endswith(_PARTS[part])
    }
    if len(wanted) != 1:
        have = "several IDX files" if wanted else "no IDX file"
        raise RecognitionError(
            f"{folder} holds {have} of images of a {part} part: name the file of images itself."
        )
    return _plain_or_gzipped(folder / wanted.pop())


def load_idx(path: Path) -> Digits:
    """Load the images of one file and the labels that lie beside it.

    Args:
        path: The file of images, uint8 (n, height, width), ink light on dark.

    Raises:
        RecognitionError: One of the two files is missing, damaged, too large or of another kind.
    """
    labels_path = _labels_beside(path)
    images, labels = _read(path, 3), _read(labels_path, 1)
    try:
        return to_digits(path.name.removesuffix(".gz"), images, labels)
    except ValueError as error:
        raise RecognitionError(
            f"{path} and the labels in {labels_path.name} are no digits that Handwrite knows "
            f"({error}); name images with one label each, from 0 to 9."
        ) from error


def _labels_beside(path: Path) -> Path:
    name = _NAME.fullmatch(path.name)
    labels = path.with_name(name.expand(r"\1labels\g<2>1\3")) if name else None
    found = _plain_or_gzipped(labels) if labels else None
    if found is None:
        needed = labels.name if labels else "train-labels-idx1-ubyte"
        raise RecognitionError(
            f"{path} has no file of labels beside it: name a file such as train-images-idx3-ubyte, "
            f"and put {needed} beside it."
        )
    return found


def _plain_or_gzipped(path: Path) -> Path | None:
    candidates = (path, path.with_name(f"{path.name}.gz"))
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _read(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """Read an array of so many dimensions; its size is checked before room is made for it."""
    try:
        with path.open("rb") as stored:
            packed = stored.read(2) == _GZIP
            stored.seek(0)
            file = gzip.GzipFile(fileobj=stored) if packed else stored
            shape = _shape(path, file.read(4 + 4 * dimensions), dimensions)
            count = math.prod(shape)
            if count > MOST_BYTES:
                raise RecognitionError(
                    f"{path} says that it holds more than {MOST_BYTES // 2**20} MB: "
                    "name a smaller file."
                )
            if count > os.fstat(stored.fileno()).st_size * (_MOST_EXPANSION if packed else 1):
                raise _damaged(path)
            numbers = file.read(count + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _damaged(path) from error
    except OSError as error:
        raise RecognitionError(
            f"{path} could not be read ({error.strerror or error}); choose another file."
        ) from error
    if len(numbers) != count:
        raise _damaged(path)
    return np.frombuffer(numbers, np.uint8).reshape(shape)


def _shape(path: Path, header: bytes, dimensions: int) -> tuple[int, ...]:
    if header[:4] != bytes([0, 0, _UINT8, dimensions]):
        kind = "images" if dimensions == 3 else "labels"
        raise RecognitionError(
            f"{path} is no IDX file of {kind} in bytes; name a file such as MNIST's own."
        )
    if len(header) != 4 + 4 * dimensions:
        raise _damaged(path)
    return struct.unpack(f">{dimensions}I", header[4:])


def _damaged(path: Path) -> RecognitionError:
    return RecognitionError(
        f"{path} is damaged: it holds less or more than it says; get it again from where it came."
    )
