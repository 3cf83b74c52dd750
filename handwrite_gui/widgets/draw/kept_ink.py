"""Kept ink: every change on the Draw page is journalled, and what a last run left is offered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.widgets.draw.page import DrawPage


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
        self._revision_at_search = 0
        self._canvas.stroke_finished.connect(self.keep)
        keeper.kept_found.connect(self._on_kept_found)
        page.restore_requested.connect(self._on_restore)

    @Slot()
    def keep(self) -> None:
        """Journal what is on the canvas."""
        self._keeper.keep_ink(self._canvas.ink())

    def find(self) -> None:
        """Look for what was kept, and offer it unless somebody draws before it is found."""
        self._revision_at_search = self._canvas.revision
        self._keeper.find_kept()

    @Slot(Ink, Path)
    def _on_kept_found(self, ink: Ink, path: Path) -> None:
        if self._canvas.is_drawing or self._canvas.revision != self._revision_at_search:
            return  # It stays, and is offered at the next start.
        self._ink = ink
        self._page.offer_kept_ink(is_first=self._canvas.is_blank)
        self._keeper.mark_offered(path)

    @Slot()
    def _on_restore(self) -> None:
        if self._ink is not None:
            self._canvas.view_control.go_home()
            self._canvas.put(self._ink.strokes, self._ink.corrections)
            self.find()
