"""What a picture's file begins with, whatever its name says, and so which files are ink."""

from __future__ import annotations

import contextlib
from pathlib import Path

#: JPEG, PNG, GIF, TIFF in both byte orders, and PDF.
_CLEAR = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"%PDF-")
#: BMP and WebP, too, as other files may; ink begins with "<".
_BEGINNINGS = (*_CLEAR, b"BM", b"RIFF")
#: Names of files that are opened as ink, but for pictures.
INK_SUFFIXES = (".inkml", ".svg", ".xml")


def is_named_as_ink(path: Path) -> bool:
    """Tell whether a file has ink's name, and begins as no picture does."""
    return path.suffix.lower() in INK_SUFFIXES and not begins_as_picture(path)


def is_clearly_picture(data: bytes) -> bool:
    """Tell whether bytes begin as those of a picture, and of nothing else."""
    return data.startswith(_CLEAR)


def begins_as_picture(path: Path) -> bool:
    """Tell whether a file begins as pictures do; False for what cannot be read."""
    # Whoever opens it will say why it cannot be; a pipe could be waited for in vain.
    with contextlib.suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(8).startswith(_BEGINNINGS)
    return False
