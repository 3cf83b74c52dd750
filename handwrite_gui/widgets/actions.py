"""Actions: everything that a menu, a button or a key can start, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from handwrite_gui.widgets.action_table import KEYS_OF_PLACES, TABLE
from handwrite_gui.widgets.icons import icon


class Actions(QObject):
    """All actions, by name, as attributes: `actions.undo`.

    Signals:
        keys_changed: Actions have other keys.

    Thread:
        The window's.
    """

    keys_changed = Signal()

    open: QAction
    save: QAction
    quit: QAction
    undo: QAction
    redo: QAction
    replay: QAction
    copy: QAction
    paste: QAction
    cut: QAction
    delete: QAction
    select_all: QAction
    pen: QAction
    eraser: QAction
    select: QAction
    erase_parts: QAction
    clear: QAction
    predict: QAction
    why: QAction
    digit_after_digit: QAction
    next_digit: QAction
    previous_digit: QAction
    show_readings: QAction
    draw: QAction
    pictures: QAction
    settings: QAction
    help: QAction
    zoom_in: QAction
    zoom_out: QAction
    zoom_home: QAction
    next_guides: QAction
    about: QAction
    open_recent: QAction
    say: QAction
    restore: QAction
    live_reading: QAction
    careful: QAction
    pen_only: QAction
    draw_by_moving: QAction
    left_handed: QAction
    save_all: QAction
    next_doubtful: QAction
    alternatives: QAction
    copy_number: QAction
    previous_page: QAction
    next_page: QAction
    go_to: QAction
    turn_left: QAction
    turn_right: QAction
    draw_box: QAction
    crop: QAction
    read_box: QAction
    uncrop: QAction
    stop_reading: QAction
    read_all: QAction
    remove_all: QAction
    theme_system: QAction
    theme_light: QAction
    theme_dark: QAction
    larger: QAction
    smaller: QAction
    keys: QAction
    reset: QAction
    forget: QAction

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        for row in TABLE:
            action = QAction(row.text, parent)
            action.setIconText(row.short)
            if row.icon:
                action.setIcon(icon(row.icon))
            action.setStatusTip(row.tip)
            action.setCheckable(row.checkable)
            setattr(self, row.name, action)
        self.set_keys(self.default_keys())

    def default_keys(self) -> dict[str, list[QKeySequence]]:
        """The keys that every action has until a person chooses others, by its name."""
        return {row.name: [QKeySequence(key) for key in row.keys] for row in TABLE}

    def set_keys(self, keys: Mapping[str, Sequence[QKeySequence]]) -> None:
        """Start each action with these keys only; its tooltip and menu follow.

        Args:
            keys: Keys by the action's name, at most one action for each key.
        """
        for row in TABLE:
            action: QAction = getattr(self, row.name)
            action.setShortcuts(keys[row.name])
            shown = f" ({native(keys[row.name][0])})" if keys[row.name] else ""
            action.setToolTip(row.tip + shown)
        self.keys_changed.emit()

    def shortcuts(self) -> list[tuple[str, str]]:
        """What each key does: (what, keys as the system writes them)."""
        listed = []
        for row in TABLE:
            action: QAction = getattr(self, row.name)
            keys = " or ".join(native(key) for key in action.shortcuts())
            if keys:
                listed.append((row.tip, keys))
        return (
            listed
            + [(what, native(QKeySequence(keys))) for what, keys in KEYS_OF_PLACES]
            + [("Say which digit it was, on the pages Draw and Pictures", "0 to 9")]
            + [("Take the last digit off the line", "Backspace, where nothing is selected")]
        )


def keys_of_places() -> list[QKeySequence]:
    """The keys that mean something in one place, and can start no action."""
    return [QKeySequence(keys) for _, keys in KEYS_OF_PLACES]


def native(keys: QKeySequence) -> str:
    """Write a key as the system does."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
