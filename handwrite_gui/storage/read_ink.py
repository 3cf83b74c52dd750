"""Reading ink from a file of any format that is known, told by its first element."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from handwrite_gui.storage.ink_file import InkFile
from handwrite_gui.storage.inkml import is_inkml, read_inkml
from handwrite_gui.storage.picture_bytes import begins_as_picture, is_named_as_ink
from handwrite_gui.storage.svg import read_svg

#: The first element stands here, behind comments and a document type.
_HEAD_BYTES = 2**16
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(svg|ink)[\s>/]")


def is_ink(path: Path) -> bool:
    """Tell whether a file is to be read as ink, for its name or what it holds; no picture is."""
    return is_named_as_ink(path) or (not begins_as_picture(path) and holds_ink(path))


def holds_ink(path: Path) -> bool:
    """Tell whether a file is InkML or SVG whatever its name says, by its first element."""
    return is_inkml(path) and _ROOT.search(_head(path)) is not None


def read_ink(source: Path | bytes) -> InkFile:
    """Read InkML or SVG.

    Raises:
        StorageError: It cannot be read. The text is one sentence that names the file.
    """
    found = _ROOT.search(_head(source))
    is_named_svg = isinstance(source, Path) and source.suffix.lower() == ".svg"
    is_svg = found[1] == b"svg" if found else is_named_svg
    return read_svg(source) if is_svg else read_inkml(source)


def _head(source: Path | bytes) -> bytes:
    """The beginning, without the zeros of UTF-16; nothing of what cannot be read."""
    head = b""
    if isinstance(source, bytes):
        head = source[:_HEAD_BYTES]
    elif source.is_file():  # No pipe, which could be waited for in vain.
        # Whoever opens it will say why it cannot be.
        with contextlib.suppress(OSError), source.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    return head.replace(b"\0", b"")
