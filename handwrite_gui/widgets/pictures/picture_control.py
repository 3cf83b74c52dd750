"""The picture control: moves and enlarges a picture as a person wants."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.reading import Box
from handwrite_gui.widgets.pan_zoom import PanZoom
from handwrite_gui.widgets.pictures.viewport import Viewport
from handwrite_gui.widgets.zoom_badge import ZoomBadge

#: A zoom that has not changed for so long rests.
REST_MS = 120


class PictureControl(PanZoom):
    """Changes what is seen of a picture.

    Args:
        widget: Shows the picture.

    Attributes:
        viewport: What is seen.

    Signals:
        view_changed: Another part of the picture is seen.
        zoom_rested: The picture is seen larger or smaller, and has been so for a while.

    Thread:
        The window's.
    """

    view_changed = Signal()
    zoom_rested = Signal()

    def __init__(self, widget: QWidget) -> None:
        self.viewport = Viewport()
        super().__init__(widget, self.viewport)
        self._badge = ZoomBadge(widget, lambda: False, "the whole picture")
        self._badge.clicked.connect(self.go_home)
        self._told = 0.0, 0.0, 0.0
        self._chosen: Box | None = None
        self._margin = 0.0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.zoom_rested)

    def show(self, size_px: tuple[int, int]) -> None:
        """Show a picture of this size, whole."""
        self.viewport.show(*size_px)
        self._tell()

    def resize(self, ratio: float, above: float) -> None:
        """Take another size of the widget; arguments as `Viewport.resize`."""
        self.viewport.resize(QSizeF(self._widget.size()), ratio, above)
        self._tell()

    @Slot()
    def go_home(self) -> None:
        """Show the whole picture."""
        self.viewport.fit()
        self._tell()

    def zoom_to(self, scale: float, about: QPointF) -> None:
        """Show the picture at a scale; what is at a place of the widget stays there if it can."""
        self.viewport.zoom_to(scale, about)
        self._tell()

    def choose(self, box: Box | None, margin: float = 0.0) -> None:
        """Let keys zoom about a box while it is seen; arguments as `Viewport.bring_into_view`."""
        self._chosen, self._margin = box, margin

    def zoom_by_step(self, direction: int) -> None:
        """Show the picture larger (1) or smaller (-1); what is chosen stays, or is brought back."""
        place = None if self._chosen is None else self.viewport.to_widget(self._chosen)
        if place is None or not place.intersects(QRectF(self._widget.rect())):
            super().zoom_by_step(direction)
            return
        self.zoom_to(self.viewport.step(direction), place.center())
        if self._chosen is not None:
            self.bring_into_view(self._chosen, self._margin)

    def move_by(self, x: float, y: float) -> None:
        """Move the picture right and down by pixels of the widget, as far as it may go."""
        self.viewport.move_by(x, y)
        self._tell()

    def bring_into_view(self, box: Box, margin: float) -> None:
        """Move the picture until a box is seen; arguments as `Viewport.bring_into_view`."""
        self.viewport.bring_into_view(box, margin)
        self._tell()

    def _tell(self) -> None:
        now = self.viewport.scale, self.viewport.left, self.viewport.top
        if now != self._told:
            if now[0] != self._told[0]:
                self._rest.start()
            self._told = now
            self._badge.show_scale(now[0], is_home=self.viewport.is_fitted)
            self.view_changed.emit()
