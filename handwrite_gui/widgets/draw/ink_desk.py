"""The ink desk: ink's way between the canvas and files or the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from handwrite_gui.domain.ink import Bounds, Ink, Stroke, carry_corrections
from handwrite_gui.domain.placement import UNIT_MM, place
from handwrite_gui.services.ink_service import InkRequest, InkService
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.settings import Settings
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from handwrite_gui.storage.ink_file import InkFile
    from handwrite_gui.widgets.file_dialogs import SaveFormat

#: Ink is pasted so far to the right of and below what it would cover, and covers what begins nearer
#: than this, in canvas units.
_BESIDE, _COVERS = 16.0, 1.0


class InkDesk(QObject):
    """Saves, opens, copies and pastes the ink of the Draw page.

    Opened ink takes the place of what is on the canvas, pasted ink is added to it; either is a
    step that can be undone.

    Signals:
        file_opened: The path of a file whose ink is on the canvas now.
        picture_found: A picture's bytes, pasted beside what turned out to be no ink.

    Thread:
        The window's.
    """

    file_opened = Signal(Path)
    picture_found = Signal(bytes)

    def __init__(
        self, window: MainWindow, draw_page: DrawPage, settings: Settings, keeper: Keeper
    ) -> None:
        super().__init__(window)
        self._window, self._page = window, draw_page
        self._settings, self._keeper = settings, keeper
        self._service = InkService(self)
        self._service.opened.connect(self._on_opened)
        self._service.failed.connect(self._on_failed)
        window.save_chosen.connect(self.save)
        window.ink_pasted.connect(self.paste)
        window.actions_.cut.triggered.connect(self.cut)
        keeper.saved.connect(window.say)

    def stop(self, timeout_ms: int) -> bool:
        """End the thread that reads ink; False where that takes longer."""
        return self._service.stop(timeout_ms)

    def open(self, path: Path) -> None:
        """Put a file's ink onto the canvas, as soon as it is read."""
        self._window.show_page("draw")
        self._service.open(InkRequest(path))

    @Slot(bytes, bytes)
    def paste(self, content: bytes, picture: bytes) -> None:
        """Add ink to the canvas: InkML or SVG, with the same as a picture if there is one."""
        self._service.open(InkRequest(content, picture))

    @Slot(Path, object)
    def save(self, path: Path, chosen: SaveFormat) -> None:
        """Write the ink as a file."""
        self._keeper.save(path, self._content(self._page.canvas.ink(), chosen))
        self._settings.set_value("last_folder", str(path.absolute().parent))

    def copy(self) -> str:
        """Copy the answer and the ink, or what is selected of it.

        Returns:
            What to say of it, or nothing where all is blank.
        """
        # Imported only here, as below: the window is to be seen at once.
        from handwrite_gui.widgets.ink_content import ink_mime

        canvas, reading = self._page.canvas, self._page.reading
        label = reading.text if reading is not None else ""
        ink, selected = canvas.ink(), canvas.selection.ink()
        is_part = 0 < len(selected.strokes) < len(ink.strokes)
        if is_part:
            ink, label = selected, ""  # What was read is about more than this.
        if not ink.strokes:
            return ""
        data = ink_mime(ink, self._settings.value("pen_width"), label)
        QGuiApplication.clipboard().setMimeData(data)
        if is_part:
            return "Copied the selected ink."
        shown = " ".join(label.split())  # A row a line on the clipboard; the status bar has one.
        return f"Copied: {shown}" if label else "Copied the ink; there is no answer yet."

    @Slot()
    def cut(self) -> None:
        """Copy what is selected, and delete it."""
        if self._page.canvas.selection.strokes:
            self.copy()
            self._page.canvas.delete_selection()
            self._window.said.say_now("Cut the selected ink.")

    def _content(self, ink: Ink, chosen: SaveFormat) -> bytes | Callable[[], bytes]:
        """Return a file's content, or how it is made where that need not be done here."""
        pen_width, reading = self._settings.value("pen_width"), self._page.reading
        # An answer to less ink than there is would be a wrong label for whoever learns from it.
        label = reading.text if reading is not None and self._page.is_answered else ""
        if chosen.suffix == "inkml":
            from handwrite_gui.storage.inkml_writing import ink_as_inkml

            return partial(ink_as_inkml, ink, label)
        if chosen.suffix == "svg":
            from handwrite_gui.storage.svg_writing import ink_as_svg
            from handwrite_gui.widgets.ink_content import line_widths

            return partial(ink_as_svg, ink, line_widths(ink, pen_width), label)
        from handwrite_gui.domain.raster import ink_image
        from handwrite_gui.widgets.digit_view import digit_as_image
        from handwrite_gui.widgets.draw.ink_painter import ink_as_image
        from handwrite_gui.widgets.picture_content import as_png

        if chosen.scale > 0.0:
            return as_png(ink_as_image(ink, pen_width, chosen.scale))
        return as_png(digit_as_image(ink_image(ink)))

    @Slot(object, object)
    def _on_opened(self, request: InkRequest, file: InkFile) -> None:
        if not isinstance(request.source, Path):
            self._window.show_page("draw")  # For a file that was done when it was asked for.
        canvas = self._page.canvas
        canvas.finish_stroke()
        canvas.view_control.go_home()  # Where the ink is put to be seen.
        # What another program calls a unit, or a millimetre, may be any size on its screen.
        scale = file.unit_mm / UNIT_MM if file.is_ours and file.unit_mm else None
        placed = place(file.ink, (float(canvas.width()), float(canvas.height())), scale)
        if isinstance(request.source, Path):
            canvas.put(placed, carry_corrections(file.ink, placed))
            self._window.said.say_now(f"Opened {request.source.name}.")
            self.file_opened.emit(request.source)
        else:
            there, said = canvas.ink().strokes, canvas.ink().corrections
            placed = _beside(placed, there, canvas.view_control.view.bounds)
            canvas.put((*there, *placed), (*said, *carry_corrections(file.ink, placed)))
            canvas.choose_tool("select")  # To be moved at once to where it is wanted.
            canvas.selection.select(placed)
            self._window.said.say_now("Pasted the ink.")

    @Slot(object, str)
    def _on_failed(self, request: InkRequest, sentence: str) -> None:
        if request.picture:
            self.picture_found.emit(request.picture)
        else:
            self._window.say(sentence)


def _beside(
    pasted: tuple[Stroke, ...], there: tuple[Stroke, ...], paper: Bounds
) -> tuple[Stroke, ...]:
    """Move pasted ink a little where it would cover what it was copied from, and not be seen."""
    from handwrite_gui.domain.selection import bounds_of
    from handwrite_gui.domain.transform import moving

    starts = np.array([stroke.xy[0] for stroke in there]).reshape(-1, 2)
    while any((abs(starts - stroke.xy[0]) < _COVERS).all(axis=1).any() for stroke in pasted):
        move = moving(bounds_of(pasted), (_BESIDE, _BESIDE), paper)
        if move.is_nothing:
            break
        pasted = move.of_strokes(pasted)
    return pasted
