"""Kept ink: every change on the Draw page is journalled, and what a last run left is offered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from handwrite_gui.domain.ink import Ink, Stroke, carry_corrections
from handwrite_gui.domain.placement import place_below
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.kept_menu import KeptMenu


class KeptInk(QObject):
    """What goes between the Draw page and the journals.

    Args:
        page: Where it is drawn.
        keeper: Writes and finds the journals.
        parent: Owner of this object.

    Thread:
        The window's.
    """

    def __init__(self, page: DrawPage, keeper: Keeper, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._canvas, self._keeper = page, page.canvas, keeper
        self._ink: Ink | None = None
        #: What was brought back, and so is kept elsewhere as well.
        self._brought: tuple[Stroke, ...] = ()
        self._revision_at_search = 0
        self._canvas.stroke_finished.connect(self.keep)
        keeper.drawings.found.connect(self._on_found)
        keeper.drawings.loaded.connect(self._put)
        page.restore_requested.connect(self._on_restore)

    @Slot()
    def keep(self) -> None:
        """Journal what is on the canvas."""
        self._keeper.keep_ink(self._canvas.ink())

    def list_in(self, menu: KeptMenu) -> None:
        """List in a menu what is kept, and put onto the paper what is chosen there."""
        self._keeper.drawings.listed.connect(menu.set_kept)
        menu.chosen.connect(self._keeper.drawings.load)

    def find(self) -> None:
        """Look for what was kept, and offer it unless somebody draws before it is found."""
        self._revision_at_search = self._canvas.revision
        self._keeper.drawings.find()

    @Slot(Ink, Path)
    def _on_found(self, ink: Ink, path: Path) -> None:
        if self._canvas.is_drawing or self._canvas.revision != self._revision_at_search:
            return  # It stays in the menu, and is offered at the next start.
        self._ink = ink
        self._page.offer_kept_ink(is_first=self._canvas.is_blank)
        self._keeper.drawings.mark_offered(path)

    @Slot()
    def _on_restore(self) -> None:
        if self._ink is not None:
            self._put(self._ink)
            self.find()

    @Slot(Ink)
    def _put(self, ink: Ink) -> None:
        """Show a kept drawing, below what is there unless that is kept as well."""
        canvas = self._canvas
        canvas.finish_stroke()
        canvas.view_control.go_home()
        there = canvas.ink()
        if not there.strokes or there.strokes == self._brought:
            self._brought = ink.strokes
            canvas.put(ink.strokes, ink.corrections)
            return
        below = place_below(ink.strokes, there.box)
        said = carry_corrections(ink, below)
        canvas.put((*there.strokes, *below), (*there.corrections, *said))
        canvas.view_control.show_box(Ink(below).box)
