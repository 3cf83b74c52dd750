"""The title row: a file's name, which page of it is shown, and buttons, above the picture."""

from __future__ import annotations

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QWidget

from handwrite_gui.widgets.elided_label import ElidedLabel
from handwrite_gui.widgets.icon_button import IconButton
from handwrite_gui.widgets.pictures.place_button import PlaceButton
from handwrite_gui.widgets.theme import SPACING, font

#: Buttons above the picture, beside those of pages.
_TOOLS = 6
#: Room for most names beside them.
_NAME_LETTERS = 16


class TitleRow(QWidget):
    """Names a file, and has buttons for what can be done with it, below the name or beside it.

    Thread:
        The window's.
    """

    def __init__(self) -> None:
        super().__init__()
        self._name = ElidedLabel()
        # Made here, for Tab goes through them in the order in which they are laid out first.
        self._tool_buttons = [IconButton() for _ in range(_TOOLS)]
        self._page_buttons = IconButton(), PlaceButton(), IconButton()
        self._lay_out()

    def add_tools(
        self, tools: list[QAction], previous_page: QAction, go_to: QAction, next_page: QAction
    ) -> None:
        """Give buttons to what can be done with the picture."""
        for button, action in zip(self._tool_buttons, tools, strict=True):
            _give(button, action)
            button.show()
        back, place, on = self._page_buttons
        _give(back, previous_page)
        place.start(go_to)
        _give(on, next_page)

    def show_name(self, name: str) -> None:
        """Say what the file is called."""
        self._name.show_text(name)

    def set_named(self, on: bool) -> None:
        """Show the name, or leave its room to the picture."""
        if on == self._name.isHidden():
            self._name.setVisible(on)
            self._fit()

    def show_page(self, page: int, page_count: int) -> None:
        """Say which page is shown, counted from 0, where there are several."""
        for button in self._page_buttons:
            button.setVisible(page_count > 1)
        self._page_buttons[1].show_place(page, page_count)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the buttons beside the name where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        every = (*self._tool_buttons, *self._page_buttons)
        buttons = [button for button in every if not button.isHidden()]
        needed = sum(button.sizeHint().width() + SPACING for button in buttons)
        letters = "" if self._name.isHidden() else "0" * _NAME_LETTERS
        name = self._name.fontMetrics().horizontalAdvance(letters)
        self._rows.setDirection(across if needed + name < self.width() else down)

    def _lay_out(self) -> None:
        self._name.setFont(font("heading"))
        tools, pages = QHBoxLayout(), QHBoxLayout()
        for row, widgets in ((tools, self._tool_buttons), (pages, self._page_buttons)):
            row.setSpacing(SPACING // 2)
            for widget in widgets:
                row.addWidget(widget)
                widget.hide()
        tools.addStretch()
        title = QHBoxLayout()
        title.setSpacing(SPACING)
        title.addWidget(self._name, 1)
        title.addLayout(pages)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SPACING)
        self._rows.addLayout(title, 1)
        self._rows.addLayout(tools)


def _give(button: QToolButton, action: QAction) -> None:
    button.setDefaultAction(action)
    button.setProperty("tool", True)
