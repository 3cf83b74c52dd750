"""What actions do with the tools of a canvas, and with what is selected on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup

from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.draw.tool import ToolName
from handwrite_gui.widgets.draw.tool_buttons import ToolButtons

if TYPE_CHECKING:
    from handwrite_gui.widgets.main_window import MainWindow

#: The actions of the tools have the tools' names.
_TOOLS: tuple[ToolName, ...] = ("pen", "eraser", "select")


class ToolActions(QObject):
    """Lets actions and buttons choose the tool, and change all ink or what is selected.

    The tool is the pen whenever the program starts.

    Args:
        window: Has the actions, and says how much is selected.
        page: Has the canvas with the tools, and gets the buttons.

    Thread:
        The window's.
    """

    def __init__(self, window: MainWindow, page: DrawPage) -> None:
        super().__init__(window)
        canvas = page.canvas
        self._window, self._actions, self._canvas = window, window.actions_, canvas
        self._is_page_shown = True
        self._count, self._said = 0, ""
        actions = self._actions
        page.add_tools(ToolButtons(actions))
        self._group = QActionGroup(self)
        for name in _TOOLS:
            action: QAction = getattr(actions, name)
            action.setData(name)
            self._group.addAction(action)
        actions.pen.setChecked(True)
        self._group.triggered.connect(self._on_tool)
        actions.erase_parts.toggled.connect(canvas.set_erases_parts)
        actions.select_all.triggered.connect(self._on_select_all)
        actions.delete.triggered.connect(canvas.delete_selection)
        canvas.selection.changed.connect(self._on_selection_changed)
        canvas.tool_chosen.connect(self._on_tool_chosen)
        canvas.shown_changed.connect(self._update)
        canvas.stroke_started.connect(self._update)
        canvas.stroke_finished.connect(self._update)
        window.page_shown.connect(self._on_page_shown)
        self._update()

    @Slot()
    def _update(self) -> None:
        """Enable what would do something; nothing where the canvas is not seen."""
        actions, canvas = self._actions, self._canvas
        shown = self._is_page_shown and not canvas.isHidden()
        self._group.setEnabled(shown)
        actions.erase_parts.setEnabled(shown)
        actions.clear.setEnabled(self._is_page_shown and not canvas.is_blank)
        actions.select_all.setEnabled(shown and not canvas.is_blank)
        for action in (actions.cut, actions.delete):
            action.setEnabled(shown and bool(canvas.selection.strokes))

    @Slot(str)
    def _on_page_shown(self, name: str) -> None:
        self._is_page_shown = name == "draw"
        self._update()

    @Slot(QAction)
    def _on_tool(self, action: QAction) -> None:
        self._canvas.choose_tool(cast(ToolName, action.data()))
        self._canvas.setFocus()

    @Slot(str)
    def _on_tool_chosen(self, name: str) -> None:
        getattr(self._actions, name).setChecked(True)

    @Slot()
    def _on_select_all(self) -> None:
        self._canvas.choose_tool("select")
        self._canvas.selection.select_all()
        self._canvas.setFocus()

    @Slot()
    def _on_selection_changed(self) -> None:
        self._update()
        count = len(self._canvas.selection.strokes)
        if count == self._count:
            return
        self._count = count
        if count:
            strokes = "1 stroke is" if count == 1 else f"{count} strokes are"
            self._said = f"{strokes} selected: drag to move, Delete deletes, Escape ends."
            self._window.said.say_now(self._said)
        else:
            self._window.said.unsay(self._said)
