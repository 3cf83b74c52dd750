"""The process that draws a page of a PDF: bytes come in, and a line of JSON and pixels go out.

It is started as a file of its own, and imports nothing of the program.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

#: A page's side in points, 1/72 inch, that PDF 1.6 can have (Adobe, implementation limits).
_LONGEST_PT = 14_400


def main(wanted: dict[str, Any]) -> None:
    """Answer on the standard output.

    Args:
        wanted: The page, counted from 0, or None; dots to an inch; the most pixels that may be
            drawn, and the most bytes of memory.
    """
    _limit_memory(wanted["memory"])
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        said: dict[str, Any] = {"page_count": len(document)}
        content: Any = b""
        if wanted["page"] is not None and 0 <= wanted["page"] < said["page_count"]:
            page = document[wanted["page"]]
            width, height = page.get_width(), page.get_height()
            if not (0 < width <= _LONGEST_PT and 0 < height <= _LONGEST_PT):
                raise pypdfium2.PdfiumError("A page of no size")
            scale = min(wanted["dpi"] / 72, (wanted["most_pixels"] / (width * height)) ** 0.5)
            bitmap = page.render(scale=scale, rev_byteorder=True)
            said["size"] = bitmap.width, bitmap.height
            content = memoryview(bitmap.buffer)
    except pypdfium2.PdfiumError as error:
        said = {"needs_password": error.err_code == raw.FPDF_ERR_PASSWORD}
        content = b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows; a lower limit in force.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
