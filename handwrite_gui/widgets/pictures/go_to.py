"""The dialog that asks for the number of a page, or of a picture in the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog, QWidget


def ask_for_number(
    parent: QWidget, what: str, now: int, most: int, go_to: Callable[[int], None]
) -> None:
    """Ask to which page or picture a person wants to go.

    Args:
        parent: Over which it is asked.
        what: "page" or "picture".
        now: The number of the one that is shown, counted from 1.
        most: The number of the last.
        go_to: Called with the number that is chosen, if one is; a method of a QObject.
    """
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(f"Go to {what}")
    dialog.setLabelText(f"Number of the {what}, 1 to {most}:")
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(1, most)
    dialog.setIntValue(now)
    dialog.setOkButtonText("Go")
    dialog.intValueSelected.connect(go_to)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
