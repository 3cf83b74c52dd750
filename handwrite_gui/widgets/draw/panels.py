"""Panels beneath the canvas: one at a time, or none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Panels(QWidget):
    """Shows the panel whose action is checked; Escape closes it.

    Signals:
        closed: No panel is seen any more.
        made: A panel that is shown for the first time.

    Thread:
        The window's.
    """

    closed = Signal()
    made = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers: dict[QAction, Callable[[], QWidget]] = {}
        self._panels: dict[QAction, QWidget] = {}
        self._actions = QActionGroup(self)
        self._actions.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self._actions.triggered.connect(self._on_triggered)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._instead: set[QAction] = set()
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.activated.connect(self.close_panel)
        self.hide()

    def add(
        self, action: QAction, make: Callable[[], QWidget], *, is_instead: bool = False
    ) -> None:
        """Add a panel that is made when it is first shown.

        Args:
            action: Checkable; checked while the panel is seen.
            make: Makes the panel. `showEvent` and `hideEvent` tell it when to work and to rest.
            is_instead: Whether the canvas is not seen meanwhile. Escape then closes the panel
                wherever the focus is in the window, and not in the panel only.
        """
        if is_instead:
            self._instead.add(action)
        self._makers[action] = make
        self._actions.addAction(action)
        if action.isChecked():  # A quick hand was here before.
            self._on_triggered(action)

    @Slot()
    def close_panel(self) -> None:
        """Show none."""
        checked = self._actions.checkedAction()
        if checked is not None:
            # Not by its trigger, which does nothing where it is disabled.
            checked.setChecked(False)
            self._on_triggered(checked)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action.isChecked() and action not in self._panels:
            self._panels[action] = self._makers[action]()
            self._layout.addWidget(self._panels[action])
            self.made.emit(self._panels[action])
        for other, panel in self._panels.items():
            panel.setVisible(other.isChecked())
        self.setVisible(action.isChecked())
        context = Qt.ShortcutContext
        self._escape.setContext(
            context.WindowShortcut
            if action in self._instead
            else context.WidgetWithChildrenShortcut
        )
        if action.isChecked():
            self._panels[action].setFocus()
        else:
            self.closed.emit()
