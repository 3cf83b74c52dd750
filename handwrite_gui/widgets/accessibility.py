"""Accessibility: what kind of thing each widget of our own is, and sentences for screen readers."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

#: Name of a QAccessible.Role, for a widget's class attribute `ACCESSIBLE_ROLE`. The roles take some
#: milliseconds to import, and the window is to be seen at once.
AccessibleRole = Literal["Canvas", "Graphic", "Grouping", "Pane"]


def tell_roles(window: QWidget) -> None:
    """Tell screen readers from now on the roles that widgets name; others have Qt's own.

    Args:
        window: What is in it may have been looked at before, and is then looked at anew.
    """
    from PySide6.QtGui import QAccessible, QAccessibleInterface
    from PySide6.QtWidgets import QAccessibleWidget

    def make(_class: str, thing: QObject) -> QAccessibleInterface | None:
        role = getattr(thing, "ACCESSIBLE_ROLE", None)
        if role is None or not isinstance(thing, QWidget):
            return None
        return QAccessibleWidget(thing, QAccessible.Role[role])

    QAccessible.installFactory(make)
    for widget in window.findChildren(QWidget):
        if hasattr(widget, "ACCESSIBLE_ROLE"):
            seen = QAccessible.queryAccessibleInterface(widget)
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(seen))


def announce(widget: QWidget, sentence: str) -> None:
    """Let a screen reader say something now, wherever the focus is.

    Args:
        widget: Where it is seen, too.
        sentence: What is said.
    """
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
