"""What the View menu says of paper and pictures: lines to write on, how large they are, pages."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.draw.guides import GUIDES
from handwrite_gui.widgets.draw.view_control import ViewControl


class PaperMenu(QObject):
    """Adds the zoom, and submenus of the lines to write on and of pictures, to a menu.

    Signals:
        chosen: Other lines, one of `GUIDES`.

    Thread:
        The window's.
    """

    chosen = Signal(str)

    def __init__(self, menu: QMenu, actions: Actions, view_control: ViewControl) -> None:
        super().__init__(menu)
        self._zoom = actions.zoom_in, actions.zoom_out, actions.zoom_home
        menu.addActions(self._zoom)
        menu.addSeparator()
        self._group = QActionGroup(self)
        papers = menu.addMenu("&Paper")
        for guides, name in GUIDES.items():
            action = papers.addAction(f"&{name}")
            action.setData(guides)
            action.setCheckable(True)
            self._group.addAction(action)
        papers.addSeparator()
        papers.addAction(actions.next_guides)
        self.show_guides("none")
        picture = menu.addMenu("Pict&ure")
        picture.addActions([actions.previous_page, actions.next_page, actions.go_to])
        picture.addSeparator()
        picture.addActions([actions.turn_left, actions.turn_right])
        picture.addActions([actions.draw_box, actions.crop, actions.read_box, actions.uncrop])
        picture.addSeparator()
        picture.addActions([actions.stop_reading, actions.read_all])
        for action in picture.actions():
            action.setEnabled(False)  # Until there is one.
        self._view_control, self._is_paper_seen = view_control, True
        actions.zoom_in.triggered.connect(self._on_zoom_in)
        actions.zoom_out.triggered.connect(self._on_zoom_out)
        actions.zoom_home.triggered.connect(self._on_zoom_home)
        actions.next_guides.triggered.connect(self._on_next)
        self._group.triggered.connect(self._on_chosen)

    def show_guides(self, guides: str) -> None:
        """Mark the lines that are on the paper."""
        for action in self._group.actions():
            action.setChecked(action.data() == guides)

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Offer the zoom where the paper, or a picture, is seen."""
        self._is_paper_seen = name == "draw"
        for action in self._zoom:
            action.setEnabled(name in ("draw", "pictures"))

    @Slot()
    def _on_zoom_in(self) -> None:
        if self._is_paper_seen:
            self._view_control.zoom_in()

    @Slot()
    def _on_zoom_out(self) -> None:
        if self._is_paper_seen:
            self._view_control.zoom_out()

    @Slot()
    def _on_zoom_home(self) -> None:
        if self._is_paper_seen:
            self._view_control.go_home()

    @Slot()
    def _on_next(self) -> None:
        names = list(GUIDES)
        shown = next(action.data() for action in self._group.actions() if action.isChecked())
        self.chosen.emit(names[(names.index(shown) + 1) % len(names)])

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self.chosen.emit(action.data())
