"""What the View menu says of the paper: its lines, and how large it is seen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.draw.guides import GUIDES
from handwrite_gui.widgets.draw.view_control import ViewControl


class PaperMenu(QObject):
    """Adds the zoom, and a submenu of the lines to write on, to a menu.

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
        actions.zoom_in.triggered.connect(view_control.zoom_in)
        actions.zoom_out.triggered.connect(view_control.zoom_out)
        actions.zoom_home.triggered.connect(view_control.go_home)
        actions.next_guides.triggered.connect(self._on_next)
        self._group.triggered.connect(self._on_chosen)

    def show_guides(self, guides: str) -> None:
        """Mark the lines that are on the paper."""
        for action in self._group.actions():
            action.setChecked(action.data() == guides)

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Offer the zoom where the paper is seen."""
        for action in self._zoom:
            action.setEnabled(name == "draw")

    @Slot()
    def _on_next(self) -> None:
        names = list(GUIDES)
        shown = next(action.data() for action in self._group.actions() if action.isChecked())
        self.chosen.emit(names[(names.index(shown) + 1) % len(names)])

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self.chosen.emit(action.data())
