"""Actions: everything that a menu, a button or a key can start, once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from handwrite_gui.widgets.icons import icon


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    text: str
    short: str
    keys: tuple[str, ...]
    tip: str
    icon: str = ""
    checkable: bool = False


_TABLE = (
    _Row("open", "&Open…", "Open", ("Ctrl+O",), "Open pictures or ink, and read them", "open"),
    _Row("save", "&Save ink as…", "Save", ("Ctrl+S",), "Save the ink as PNG, SVG or InkML", "save"),
    _Row("quit", "&Quit", "Quit", ("Ctrl+Q",), "Close Handwrite"),
    _Row("undo", "&Undo", "Undo", ("Ctrl+Z",), "Undo the last stroke", "undo"),
    _Row("redo", "&Redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Redo what was undone", "redo"),
    _Row(
        *("replay", "&Replay", "Replay", ("Ctrl+R",)),
        *("Play the ink as it was written", "replay", True),
    ),
    _Row("copy", "&Copy", "Copy", ("Ctrl+C",), "Copy the answer, and the ink with it", "copy"),
    _Row("paste", "&Paste", "Paste", ("Ctrl+V",), "Read the copied picture or ink", "paste"),
    _Row("cut", "Cu&t", "Cut", ("Ctrl+X",), "Copy what is selected, and delete it", "cut"),
    _Row(
        "delete",
        "&Delete",
        "Delete",
        ("Del", "Backspace"),
        "Delete what is selected: ink, or a picture",
    ),
    _Row("select_all", "Select &all", "Select all", ("Ctrl+A",), "Select all ink"),
    # The words' first letters: digits say what was drawn, and Ctrl+P and Ctrl+S mean other things.
    _Row("pen", "Pe&n", "Pen", ("P",), "Draw", "pen", checkable=True),
    _Row("eraser", "&Eraser", "Eraser", ("E",), "Erase what it meets", "eraser", checkable=True),
    _Row("select", "&Select", "Select", ("S",), "Select, move and scale ink", "select", True),
    _Row(
        "erase_parts",
        "Erase &only parts",
        "Erase parts",
        ("Shift+E",),
        "Let the eraser take only what it passes of a stroke",
        "erase_parts",
        checkable=True,
    ),
    _Row("clear", "C&lear", "Clear", ("Ctrl+Delete",), "Take a blank sheet", "clear"),
    _Row("predict", "&Predict", "Predict", ("F5",), "Read the drawing now", "predict"),
    _Row("why", "&Why this answer?", "Why?", ("F4",), "Show why it is read so", "why", True),
    _Row(
        "digit_after_digit",
        "&Digit after digit",
        "Digit after digit",
        ("Ctrl+D",),
        "Write one digit after the other: each moves into a line of text",
        checkable=True,
    ),
    _Row("draw", "&Draw", "Draw", ("Ctrl+1",), "Write a digit", "draw", checkable=True),
    _Row("pictures", "P&ictures", "Pictures", ("Ctrl+2",), "Read pictures", "pictures", True),
    _Row("settings", "&Settings", "Settings", ("Ctrl+,",), "Change settings", "settings", True),
    _Row("help", "&Help", "Help", ("F1",), "How Handwrite works", "help", checkable=True),
    _Row("zoom_in", "Zoom &in", "Zoom in", ("Ctrl++", "Ctrl+="), "Show the paper larger"),
    _Row("zoom_out", "Zoom &out", "Zoom out", ("Ctrl+-",), "Show the paper smaller"),
    _Row("zoom_home", "&Actual size", "Actual size", ("Ctrl+0",), "Show the paper as at first"),
    _Row("next_guides", "&Next", "Next paper", ("Ctrl+G",), "Show other lines to write on"),
    _Row("about", "&About Handwrite", "About", (), "Version, licence and log"),
)
#: Keys that no action has, for they mean this in one place only.
_KEYS_OF_PLACES = (
    ("Read the drawing, on the canvas", "Return"),
    (
        "Start or end a stroke, on the canvas, if the settings let moving draw; play or pause a "
        "replay",
        "Space",
    ),
    ("Make what is selected larger, on the canvas; play a replay faster", "+"),
    ("Make what is selected smaller, on the canvas; play a replay slower", "-"),
    ("Go to a replay's next moment; Left goes back", "Right"),
    (
        "Select the stroke before, with Shift too; go to the end of a replay's next stroke",
        "PgUp",
    ),
    ("Select the stroke after, with Shift too; go back in a replay", "PgDown"),
    ("Select nothing, or let go of what is dragged; close a replay, and go on writing", "Esc"),
    ("Show what lies further left, on the canvas", "Ctrl+Left"),
    ("Show what lies further right, on the canvas", "Ctrl+Right"),
    ("Show what lies further up, on the canvas", "Ctrl+Up"),
    ("Show what lies further down, on the canvas", "Ctrl+Down"),
    ("Move what is selected, on the canvas; further with Shift", "Left, Right, Up, Down"),
)


class Actions(QObject):
    """All actions, by name, as attributes: `actions.undo`."""

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
    draw: QAction
    pictures: QAction
    settings: QAction
    help: QAction
    zoom_in: QAction
    zoom_out: QAction
    zoom_home: QAction
    next_guides: QAction
    about: QAction

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        for row in _TABLE:
            action = QAction(row.text, parent)
            action.setIconText(row.short)
            if row.icon:
                action.setIcon(icon(row.icon))
            keys = [QKeySequence(key) for key in row.keys]
            action.setShortcuts(keys)
            shown = f" ({_native(keys[0])})" if keys else ""
            action.setToolTip(row.tip + shown)
            action.setStatusTip(row.tip)
            action.setCheckable(row.checkable)
            setattr(self, row.name, action)

    def shortcuts(self) -> list[tuple[str, str]]:
        """What each key does: (what, keys as the system writes them)."""
        listed = []
        for row in _TABLE:
            action: QAction = getattr(self, row.name)
            keys = " or ".join(_native(key) for key in action.shortcuts())
            if keys:
                listed.append((row.tip, keys))
        return (
            listed
            + [(what, _native(QKeySequence(keys))) for what, keys in _KEYS_OF_PLACES]
            + [("Say which digit it was, on the pages Draw and Pictures", "0 to 9")]
            + [("Take the last digit off the line", "Backspace, where nothing is selected")]
        )


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
