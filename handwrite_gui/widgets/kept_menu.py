"""The menu of drawings that are kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handwrite_gui.widgets.draw.offer import Offer
from handwrite_gui.widgets.theme import SPACING


class KeptMenu(QMenu):
    """Kept drawings by the time at which they were drawn last, newest first.

    Args:
        opener: Opens it, or takes the offer while that is seen; enabled while there is a drawing.
        offer: Offers one of the drawings.
        place: Owner of this menu, at whose corner it opens by itself.

    Signals:
        chosen: The file of a drawing that is wanted back.
    """

    chosen = Signal(Path)

    def __init__(self, opener: QAction, offer: Offer, place: QWidget) -> None:
        super().__init__("&Kept drawings", place)
        self._opener, self._offer, self._place = opener, offer, place
        offer.set_action(opener)
        opener.triggered.connect(self._on_opened)
        self.triggered.connect(self._on_triggered)
        self.set_kept([])

    @Slot(object)
    def set_kept(self, kept: list[tuple[Path, float]]) -> None:
        """List these files, newest first, with their times in seconds since 1970."""
        self.clear()
        for path, drawn_s in kept:
            drawn = QDateTime.fromSecsSinceEpoch(int(drawn_s))
            day = QLocale().toString(drawn.date(), QLocale.FormatType.LongFormat)
            time = QLocale().toString(drawn.time(), QLocale.FormatType.ShortFormat)
            self.addAction(f"Bring back the drawing of {day}, {time}").setData(path)
        self._opener.setEnabled(bool(kept))

    @Slot()
    def _on_opened(self) -> None:
        if self._offer.isVisible():
            self._offer.take()
        else:  # Ready for Enter or the arrows.
            self.popup(self._place.mapToGlobal(QPoint(2 * SPACING, 2 * SPACING)))
            self.setActiveAction(self.actions()[0])

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())
