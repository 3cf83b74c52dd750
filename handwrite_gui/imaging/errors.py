"""What goes wrong as a picture is opened, as sentences to the person."""

from __future__ import annotations

#: Room for a telephone camera's 108 million. At this size the hungriest decoder, WebP's, takes
#: 16 bytes a pixel: 2 GB (measured).
MOST_PIXELS = 120_000_000
#: Room for an uncompressed scan of an A4 page in colour at 600 dpi (104 MB), twice.
MOST_BYTES = 256 * 2**20
#: More than anybody turns by hand.
MOST_PAGES = 5_000


class PictureError(Exception):
    """A picture cannot be opened; the text is one sentence to the person."""


def too_large(name: str) -> PictureError:
    """It has too many pixels or bytes."""
    return PictureError(
        f"“{name}” is too large to open: save it with at most {MOST_PIXELS // 10**6} million "
        f"pixels and {MOST_BYTES // 2**20} MB."
    )


def too_many_pages(name: str) -> PictureError:
    """It has more than `MOST_PAGES`."""
    return PictureError(
        f"“{name}” has more than {MOST_PAGES:,} pages: split it into smaller files."
    )


def damaged(name: str) -> PictureError:
    """Its bytes are not what its format asks for."""
    return PictureError(f"“{name}” is damaged or incomplete: get it again from where it came.")


def no_such_page(name: str, page: int, page_count: int) -> PictureError:
    """It has fewer pages; `page` is counted from 0."""
    pages = "1 page" if page_count == 1 else f"{page_count} pages"
    return PictureError(f"“{name}” has {pages} and no page {page + 1}: choose one that it has.")
