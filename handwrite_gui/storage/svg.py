"""SVG: reads the lines that other programs, or this one, drew (W3C, SVG 1.1, 16 August 2011)."""

from __future__ import annotations

from pathlib import Path

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.ink_file import InkFile, open_ink, with_name
from handwrite_gui.storage.svg_document import SVGDocument
from handwrite_gui.storage.svg_limits import MOST_BYTES, not_svg, too_large


class _Parser(DefusedXMLParser):
    """Refuses declarations; drawing programs name SVG's public document type, which holds none."""

    def defused_start_doctype_decl(
        self, name: str, sysid: str | None, pubid: str | None, has_internal_subset: bool
    ) -> None:
        if has_internal_subset:
            raise DTDForbidden(name, sysid, pubid)


def read_svg(source: Path | bytes) -> InkFile:
    """Read an SVG file, or what one would hold, as ink.

    Read are the elements path, polyline, polygon, line, circle and ellipse with all transforms, if
    a line is drawn along them; curves become points. Not read are style sheets, `use`, text and
    rectangles, and nothing outside the file.

    Raises:
        StorageError: It cannot be read. The text is one sentence that names the file.
    """
    try:
        document = _parse(source)
        ink = document.ink()
    except StorageError as error:
        raise with_name(error, source) from error
    return InkFile(ink, None, document.unit_mm, document.is_ours)


def _parse(source: Path | bytes) -> SVGDocument:
    """Parse a file; a StorageError's message is the end of a sentence that begins with its name."""
    document = SVGDocument()
    parser = _Parser(target=document, forbid_dtd=True)
    try:
        with open_ink(source, too_large(), MOST_BYTES) as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise too_large()
        # At once: the parser would start on a long path again with every piece.
        parser.feed(content)
        parser.close()
    except DefusedXmlException as error:
        raise StorageError(
            "declares entities or a document type of its own, which can hide harm: "
            "save it as plain SVG."
        ) from error
    # The others are what the decoder of an encoding that the file names can raise.
    except (ParseError, LookupError, ValueError) as error:
        if not document.has_begun:
            raise not_svg() from error
        raise StorageError("is damaged or incomplete: get it again from where it came.") from error
    except OSError as error:
        raise StorageError("could not be read: choose another file.") from error
    return document
