"""Opening: from a file or pasted bytes to a Picture of one page, upright and in plain RGB."""

from __future__ import annotations

import io
import logging
import re
import stat
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from handwrite_gui.domain.picture import Picture
from handwrite_gui.imaging.errors import (
    MOST_BYTES,
    MOST_PIXELS,
    PictureError,
    damaged,
    no_such_page,
    too_large,
)
from handwrite_gui.imaging.flatten import flatten
from handwrite_gui.imaging.libtiff import silence_libtiff
from handwrite_gui.imaging.pdf import count_pdf_pages, draw_pdf_page, is_pdf
from handwrite_gui.imaging.tiff_pages import find_pages
from handwrite_gui.storage.picture_bytes import is_clearly_picture

#: The only decoders that bytes from outside may reach.
FORMATS = ("JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF")
#: A progressive JPEG has about ten scans. Each costs a pass over the whole picture but only some
#: bytes, so that a small file could keep the decoder busy for hours (libjpeg-turbo, "Two Issues
#: with the JPEG Standard", 2015).
MOST_JPEG_SCANS = 100
PASTED_NAME = "Pasted picture"

# Pillow logs some damage as an error, which Python prints on stderr where no log was set up.
logging.getLogger("PIL").addHandler(logging.NullHandler())

#: What Pillow's decoders raise on damaged bytes, beside OSError. They are parsers in Python
#: that trust their input, and no narrower class is promised; found by mutating files.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def open_picture(source: Path | bytes, name: str | None = None, page: int = 0) -> Picture:
    """Open a picture: JPEG, PNG, BMP, GIF, WebP, TIFF or PDF, told by its bytes, not by its name.

    Of an animation the first frame is opened, as every viewer shows it.

    Args:
        source: A file, or a file's bytes (from the clipboard, say).
        name: What a person calls it; by default the file's name, or "Pasted picture".
        page: Which page of a TIFF or a PDF, counted from 0. Others have one page.

    Returns:
        The picture, turned upright by its EXIF orientation, flattened to RGB.

    Raises:
        PictureError: It cannot be opened. The text is one sentence that names the file.
    """
    data, name = _bytes_and_name(source, name)
    if is_pdf(data):
        pixels, page_count = draw_pdf_page(data, name, page)
    else:
        with _without_warnings():
            pixels, page_count = _decode(data, name, page)
    return Picture(pixels, name, page, page_count)


def page_count(source: Path | bytes, name: str | None = None) -> int:
    """Return how many pages a picture has: 1, but for TIFF and PDF; arguments as `open_picture`.

    Raises:
        PictureError: It cannot be opened. The text is one sentence that names the file.
    """
    data, name = _bytes_and_name(source, name)
    if is_pdf(data):
        return count_pdf_pages(data, name)
    with _without_warnings(), _header_read(data, name) as image:
        return len(find_pages(image, name, _DAMAGE))


def _bytes_and_name(source: Path | bytes, name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        name = _printable(name or PASTED_NAME)
        data = source
    else:
        name = _printable(name or source.name or str(source))
        data = _read(source, name)
    if not data:
        raise PictureError(f"“{name}” is empty: choose another picture.")
    if len(data) > MOST_BYTES:
        raise too_large(name)
    return data, name


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Let Pillow say nothing of damage that it can live with: the person can do nothing about it.

    Another thread that sets warning filters meanwhile can at worst leave this one in place.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield


def _read(path: Path, name: str) -> bytes:
    """Read a regular file; others, such as pipes, could keep the reader waiting for ever."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise PictureError(f"“{name}” is a folder: choose a picture inside it.")
        if not stat.S_ISREG(found.st_mode):
            raise PictureError(f"“{name}” is not an ordinary file: choose a picture file.")
        if found.st_size > MOST_BYTES:
            raise too_large(name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PictureError(f"“{name}” does not exist: check where it lies.") from error
    except PermissionError as error:
        raise PictureError(f"“{name}” may not be read: ask its owner for permission.") from error
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte in it
        raise PictureError(f"“{name}” could not be read: choose another file.") from error


def _decode(data: bytes, name: str, page: int) -> tuple[NDArray[np.uint8], int]:
    """Decode a page to upright RGB pixels (height, width, 3), and say how many there are."""
    with _header_read(data, name) as image:
        pages = find_pages(image, name, _DAMAGE)
        if not 0 <= page < len(pages):
            raise no_such_page(name, page, len(pages))
        if image.tell() != pages[page]:
            image.seek(pages[page])
        width, height = image.size
        # Only the header has been read so far: nothing of the picture's size is allocated.
        if width * height > MOST_PIXELS:
            raise too_large(name)
        if image.format in ("JPEG", "MPO") and data.count(b"\xff\xda") > MOST_JPEG_SCANS:
            raise damaged(name)
        image.load()
        _turn_upright(image)
        return flatten(image), len(pages)


@contextmanager
def _header_read(data: bytes, name: str) -> Iterator[Image.Image]:
    """Yield a picture of which only the header was read; say what goes wrong with it, then too."""
    silence_libtiff()
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            yield image
    except UnidentifiedImageError as error:
        if is_clearly_picture(data):
            raise damaged(name) from error
        raise PictureError(
            f"“{name}” is not a picture that can be opened: "
            "choose a JPEG, PNG, BMP, GIF, WebP, TIFF or PDF file."
        ) from error
    except (Image.DecompressionBombError, MemoryError) as error:
        raise too_large(name) from error
    except _DAMAGE as error:
        raise damaged(name) from error


def _turn_upright(image: Image.Image) -> None:
    """Turn a picture by its EXIF orientation; a broken EXIF block leaves it as it lies."""
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except _DAMAGE:
        return


def _printable(name: str) -> str:
    """Replace what would break a line or could not be written: control codes, lone surrogates."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", name)
