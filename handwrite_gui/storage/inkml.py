"""InkML: reads the ink files of other programs (W3C Recommendation, 20 September 2011)."""

from __future__ import annotations

import stat
from pathlib import Path

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.ink_file import InkFile, open_ink, with_name
from handwrite_gui.storage.inkml_document import InkMLDocument
from handwrite_gui.storage.inkml_limits import CHUNK_BYTES, MOST_BYTES, not_inkml, too_large

#: What may come before an XML file's first "<": byte order marks, the zeros of UTF-16, space.
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"


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


def read_inkml(source: Path | bytes) -> InkFile:
    """Read an InkML file, or what one would hold.

    Read are X, Y, T (time) and F (force) of all traces that are ink: none of a lifted pen or of an
    eraser, and of those among definitions what a traceView shows. Where the file says nothing of
    time, points are 10 ms apart; where nothing of force, the pressure is 0.5. Mappings and canvas
    transforms are not applied.

    Raises:
        StorageError: It cannot be read. The text is one sentence that names the file.
    """
    try:
        document = _parse(source)
        ink, unit_mm = document.ink()
    except StorageError as error:
        raise with_name(error, source) from error
    return InkFile(ink, document.label, unit_mm, document.is_ours)


def _parse(source: Path | bytes) -> InkMLDocument:
    """Parse a file; a StorageError's message is the end of a sentence that begins with its name."""
    document = InkMLDocument()
    # A document type can declare entities that grow without end, or that are other files.
    parser = DefusedXMLParser(target=document, forbid_dtd=True)
    try:
        with open_ink(source, too_large(), MOST_BYTES) as file:
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
