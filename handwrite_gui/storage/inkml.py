"""InkML: reads the ink files of other programs (W3C Recommendation, 20 September 2011)."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml_document import InkMLDocument
from handwrite_gui.storage.inkml_limits import CHUNK_BYTES, MOST_BYTES, not_inkml, too_large

#: What may come before an XML file's first "<": byte order marks, the zeros of UTF-16, space.
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"


@dataclass(frozen=True, eq=False, slots=True)
class InkFile:
    """What was read from an ink file.

    Attributes:
        ink: The ink, in the file's own unit; x to the right, y downwards.
        label: What was written, if the file says so (an annotation "truth" or "label").
        unit_mm: Millimetres that one unit is, or None where the file does not say.
    """

    ink: Ink
    label: str | None
    unit_mm: float | None


def is_inkml(path: Path) -> bool:
    """Tell whether a file is to be read as InkML: it begins as XML does, or has InkML's name.

    No picture that can be opened begins with "<"; what has InkML's name and is something else
    deserves to be told so, and not that it is a bad picture.
    """
    try:
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                if file.read(1024).lstrip(_BEFORE_XML).startswith(b"<"):
                    return True
    except (OSError, ValueError):  # Whoever opens it will say why it cannot be.
        pass
    return path.suffix.lower() == ".inkml"


def read_inkml(path: Path) -> InkFile:
    """Read an InkML file.

    Read are X, Y, T (time) and F (force) of all traces that are ink: none of a lifted pen or of an
    eraser, and of those among definitions what a traceView shows. Where the file says nothing of
    time, points are 10 ms apart; where nothing of force, the pressure is 0.5. Mappings and canvas
    transforms are not applied.

    Raises:
        StorageError: It cannot be read. The text is one sentence that names the file.
    """
    try:
        document = _parse(path)
        ink, unit_mm = document.ink()
    except StorageError as error:
        raise StorageError(f"“{_printable(path.name or str(path))}” {error}") from error
    return InkFile(ink, document.label, unit_mm)


def _parse(path: Path) -> InkMLDocument:
    """Parse a file; a StorageError's message is the end of a sentence that begins with its name."""
    document = InkMLDocument()
    # A document type can declare entities that grow without end, or that are other files.
    parser = DefusedXMLParser(target=document, forbid_dtd=True)
    try:
        with _open(path) as file:
            while chunk := file.read(CHUNK_BYTES):
                events = document.events
                parser.feed(chunk)
                is_long_token = document.events == events and len(chunk) == CHUNK_BYTES
                if is_long_token or file.tell() > MOST_BYTES:
                    raise too_large() if document.has_begun else not_inkml()
        parser.close()
    except DefusedXmlException as error:
        raise StorageError(
            "declares a document type, which InkML does not need and which can hide harm: "
            "save it without one."
        ) from error
    # The others are what the decoder of an encoding that the file names can raise.
    except (ParseError, LookupError, ValueError) as error:
        if not document.has_begun:
            raise not_inkml() from error
        raise StorageError("is damaged or incomplete: get it again from where it came.") from error
    except OSError as error:
        raise StorageError("could not be read: choose another file.") from error
    return document


def _open(path: Path) -> BinaryIO:
    """Open a regular file; others, such as pipes, could keep the reader waiting for ever."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise StorageError("is a folder: choose a file inside it.")
        if not stat.S_ISREG(found.st_mode):
            raise StorageError("is not an ordinary file: choose a file of ink.")
        if found.st_size == 0:
            raise StorageError("is empty: choose another file.")
        if found.st_size > MOST_BYTES:
            raise too_large()
        return path.open("rb")
    except FileNotFoundError as error:
        raise StorageError("does not exist: check where it lies.") from error
    except PermissionError as error:
        raise StorageError("may not be read: ask its owner for permission.") from error


def _printable(name: str) -> str:
    """Replace what would break a line or could not be written."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in name)
