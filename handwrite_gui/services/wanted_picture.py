"""A wanted picture: where it comes from, and how far it has come on its way to a Reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from handwrite_gui.domain.excerpt import WHOLE, Excerpt
from handwrite_gui.domain.reading import Number


@dataclass(slots=True)
class WantedPicture:
    """An excerpt of a file that has a key.

    Attributes:
        source: The file, or its bytes.
        name: What a person calls it.
        file_key: The key of the first excerpt of the same file.
        excerpt: What of the file.
        is_opened: Whether it was opened once.
        is_to_be_read: Whether it is to be read as soon as it is opened, and not just seen.
        is_done: Whether it was read, cannot be read, or is not to be read any further.
        can_wait: Whether nobody looks at it.
        page_count: How many pages the file has.
    """

    source: Path | bytes
    name: str
    file_key: int
    excerpt: Excerpt = WHOLE
    is_opened: bool = False
    is_to_be_read: bool = True
    is_done: bool = False
    can_wait: bool = False
    page_count: int = 1

    @property
    def place(self) -> tuple[str, int, int]:
        """As `PictureDesk.place`."""
        path = str(self.source) if isinstance(self.source, Path) else self.name
        return path, self.excerpt.page, self.page_count

    def drawn_on(self, numbers: Sequence[Number]) -> Callable[[], bytes]:
        """As `PictureDesk.drawn_on`."""
        drawn = tuple(numbers)

        def draw() -> bytes:
            # Imported only here: Pillow and OpenCV would cost the window's start.
            from handwrite_gui.imaging.cut_excerpt import cut_excerpt
            from handwrite_gui.imaging.draw_readings import draw_readings
            from handwrite_gui.imaging.open_picture import open_picture

            page = open_picture(self.source, self.name, self.excerpt.page)
            return draw_readings(cut_excerpt(page, self.excerpt).pixels, drawn)

        return draw
