"""PDF: a page of it as pixels, drawn by PDFium in a process of its own.

PDFium cannot be stopped inside one path, and ends its process where memory is short: a file that is
meant to harm may do both to a process that can be done without.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.errors import (
    MOST_PAGES,
    PictureError,
    damaged,
    no_such_page,
    too_many_pages,
)

#: As scanners do; a digit of 3 mm is then 35 pixels high.
DPI = 300
#: An A2 page at `DPI`. Larger ones are drawn with fewer dots to an inch.
MOST_DRAWN_PIXELS = 35_000_000
#: A scan takes some tenths of a second, the start of the process included.
MOST_S = 8.0
#: What the process may take where the system can hold it to that.
_MOST_MEMORY = 4 * 2**30
_PROGRAM = Path(__file__).with_name("pdf_process.py")
#: The header may be anywhere in so many bytes (Adobe, PDF 1.7, implementation note 13).
_HEADER_WITHIN = 1024


def is_pdf(data: bytes) -> bool:
    """Whether a file's bytes say that it is a PDF."""
    return b"%PDF-" in data[:_HEADER_WITHIN]


def count_pdf_pages(data: bytes, name: str) -> int:
    """Return how many pages a PDF has, 1 to `MOST_PAGES`.

    Raises:
        PictureError: It cannot be opened.
    """
    said, _ = _ask(data, name, None)
    return _page_count(said, name)


def draw_pdf_page(data: bytes, name: str, page: int) -> tuple[NDArray[np.uint8], int]:
    """Draw a page on white, with what was written on it as notes.

    Args:
        data: The file's bytes.
        name: What a person calls it.
        page: Which one, counted from 0.

    Returns:
        Uint8 pixels (height, width, 3), red, green, blue, and how many pages there are.

    Raises:
        PictureError: It cannot be opened.
    """
    said, content = _ask(data, name, page)
    page_count = _page_count(said, name)
    if "size" not in said:
        raise no_such_page(name, page, page_count)
    width, height = said["size"]
    return np.frombuffer(content, np.uint8).reshape(height, width, 3), page_count


def _page_count(said: dict[str, Any], name: str) -> int:
    if said["page_count"] > MOST_PAGES:
        raise too_many_pages(name)
    return int(said["page_count"])


def _ask(data: bytes, name: str, page: int | None) -> tuple[dict[str, Any], bytes]:
    """Return what the process says, and the pixels that follow, if any."""
    wanted = {"page": page, "dpi": DPI, "most_pixels": MOST_DRAWN_PIXELS, "memory": _MOST_MEMORY}
    try:
        # -P: this folder's files are no modules of the process.
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM), json.dumps(wanted)],
            input=data,
            capture_output=True,
            timeout=MOST_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise PictureError(
            f"“{name}” takes too long to draw: save the page as a picture, and open that."
        ) from error
    except OSError as error:
        raise PictureError(
            f"“{name}” could not be drawn ({error}): save the page as a picture, and open that."
        ) from error
    line, _, content = done.stdout.partition(b"\n")
    if done.returncode != 0 or not line:
        raise damaged(name)
    said: dict[str, Any] = json.loads(line)
    if said.get("needs_password"):
        raise PictureError(f"“{name}” is protected by a password: save it without one.")
    if not said.get("page_count"):
        raise damaged(name)
    return said, content
