"""Numbers as plain text: a line for each row of writing."""

from __future__ import annotations

from collections.abc import Sequence

from handwrite_gui.domain.reading import Reading


def numbers_to_text(pages: Sequence[tuple[str, Reading]]) -> bytes:
    """Write the Numbers of pages in UTF-8, a tab between those of one row.

    Args:
        pages: What each is called, and what was read there. Of several each is headed by its name,
            with a blank line before it; those that hold nothing are left out.
    """
    texts = [
        f"{' '.join(name.splitlines())}\n{reading.text}\n"
        if len(pages) > 1
        else f"{reading.text}\n"
        for name, reading in pages
        if reading.numbers
    ]
    return "\n".join(texts).encode("utf-8", "replace")
