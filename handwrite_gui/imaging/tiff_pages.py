"""Pages of a TIFF file: which of its frames are pages, and going to one of them."""

from __future__ import annotations

import time

from PIL import Image, TiffImagePlugin

from handwrite_gui.imaging.errors import MOST_PAGES, too_many_pages

#: The tag NewSubfileType and those of its bits that say "no page": a smaller version of another
#: frame, or its transparency (TIFF 6.0, page 36).
_KIND, _NO_PAGE = 254, 0b101
#: Frames are found one after the other. A hostile one can have 65,535 tags, which take a while.
MOST_S = 5.0


def find_pages(image: Image.Image, name: str, damage: tuple[type[Exception], ...]) -> list[int]:
    """Return the numbers of the frames that are pages, at least the first; others have just one.

    Args:
        image: A picture whose header was read. It is left at its last frame.
        name: What a person calls it.
        damage: What the decoder raises on damaged bytes: the pages before it can be opened.

    Raises:
        PictureError: There are too many of them.
    """
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return [0]
    pages, frame, until = [0], 0, time.monotonic() + MOST_S
    while True:
        frame += 1
        try:
            image.seek(frame)
            kind = image.tag_v2.get(_KIND, 0)
        except damage:  # As well as the end, an EOFError.
            return pages
        if not (isinstance(kind, int) and kind & _NO_PAGE):
            pages.append(frame)
        if frame >= MOST_PAGES or time.monotonic() > until:
            raise too_many_pages(name)
