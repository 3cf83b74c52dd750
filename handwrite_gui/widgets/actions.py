"""Actions: everything that a menu, a button or a key can start, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
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
    _Row("pen", "Pe&n", "Pen", ("P",), "Use the pen", "pen", checkable=True),
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
        "digits",
        checkable=True,
    ),
    _Row(
        *("next_digit", "Next di&git", "Next digit", ("Alt+Right",)),
        "Select the next digit that was read on the canvas",
    ),
    _Row(
        *("previous_digit", "Pre&vious digit", "Previous digit", ("Alt+Left",)),
        "Select the digit before, on the canvas",
    ),
    _Row(
        *("alternatives", "What else it mi&ght be…", "What else", ("Alt+Down",)),
        "Show what else the digit might be, and choose from it",
    ),
    _Row(
        "show_readings",
        "Show readings &under the ink",
        "Show readings",
        ("Ctrl+Shift+U",),
        "Show under each digit what it was read as, or only the ink",
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
    _Row("about", "&About Handwrite", "About", ("Ctrl+F1",), "Version, licence and log"),
    _Row("open_recent", "Open &recent", "Open recent", ("Ctrl+Shift+O",), "Open a file again"),
    _Row("say", "Sa&y the answer", "Say", ("F6",), "Have a screen reader say the whole answer"),
    _Row(
        "restore",
        "&Bring it back",
        "Bring it back",
        ("Ctrl+Shift+B",),
        "Bring the kept drawing back",
    ),
    _Row(
        "live_reading",
        "Predict &while drawing",
        "Predict while drawing",
        ("Shift+F5",),
        "Let the answer follow the pen, or wait for Predict",
        checkable=True,
    ),
    _Row(
        "careful",
        "Read carefull&y",
        "Read carefully",
        ("Ctrl+F5",),
        "Make fewer mistakes, and take longer",
        checkable=True,
    ),
    _Row(
        "pen_only",
        "Pen &only",
        "Pen only",
        ("Ctrl+Shift+P",),
        "Let fingers draw nothing",
        checkable=True,
    ),
    _Row(
        "draw_by_moving",
        "Draw by &moving without a button",
        "Draw by moving",
        ("Ctrl+Shift+M",),
        "Let a click start a stroke, and another end it",
        checkable=True,
    ),
    _Row(
        "left_handed",
        "&Left-handed",
        "Left-handed",
        ("Ctrl+Shift+H",),
        "Lay the answer at the left of the paper, or at its right",
        checkable=True,
    ),
    _Row("remove_all", "Remove all pict&ures", "Remove all", ("Ctrl+Shift+W",), "Empty the list"),
    _Row("theme_system", "&System", "System", ("Ctrl+F7",), "As light as the desktop", "", True),
    _Row("theme_light", "&Light", "Light", ("Ctrl+F8",), "Show everything light", "", True),
    _Row("theme_dark", "&Dark", "Dark", ("Ctrl+F9",), "Show everything dark", "", True),
    _Row("larger", "Larger &text", "Larger", ("Ctrl+F11",), "Show all text larger"),
    _Row("smaller", "S&maller text", "Smaller", ("Ctrl+F10",), "Show all text smaller"),
    _Row("keys", "Change &keys…", "Change keys", ("Ctrl+K",), "Say which key does what"),
    _Row("reset", "&Reset settings…", "Reset", ("Ctrl+Shift+R",), "Make settings as they were"),
    _Row(
        "forget",
        "Delete my &corrections…",
        "Delete corrections",
        ("Ctrl+Shift+Delete",),
        "Forget what you said of wrong answers",
    ),
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
    (
        "Select nothing, neither ink nor a digit, or let go of what is dragged; close a replay, and "
        "go on writing",
        "Esc",
    ),
    ("Show what lies further left, on the canvas", "Ctrl+Left"),
    ("Show what lies further right, on the canvas", "Ctrl+Right"),
    ("Show what lies further up, on the canvas", "Ctrl+Up"),
    ("Show what lies further down, on the canvas", "Ctrl+Down"),
    ("Move what is selected, on the canvas; further with Shift", "Left, Right, Up, Down"),
)


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
    alternatives: QAction
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
        for row in _TABLE:
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
        return {row.name: [QKeySequence(key) for key in row.keys] for row in _TABLE}

    def set_keys(self, keys: Mapping[str, Sequence[QKeySequence]]) -> None:
        """Start each action with these keys only; its tooltip and menu follow.

        Args:
            keys: Keys by the action's name, at most one action for each key.
        """
        for row in _TABLE:
            action: QAction = getattr(self, row.name)
            action.setShortcuts(keys[row.name])
            shown = f" ({native(keys[row.name][0])})" if keys[row.name] else ""
            action.setToolTip(row.tip + shown)
        self.keys_changed.emit()

    def shortcuts(self) -> list[tuple[str, str]]:
        """What each key does: (what, keys as the system writes them)."""
        listed = []
        for row in _TABLE:
            action: QAction = getattr(self, row.name)
            keys = " or ".join(native(key) for key in action.shortcuts())
            if keys:
                listed.append((row.tip, keys))
        return (
            listed
            + [(what, native(QKeySequence(keys))) for what, keys in _KEYS_OF_PLACES]
            + [("Say which digit it was, on the pages Draw and Pictures", "0 to 9")]
            + [("Take the last digit off the line", "Backspace, where nothing is selected")]
        )


def keys_of_places() -> list[QKeySequence]:
    """The keys that mean something in one place, and can start no action."""
    return [QKeySequence(keys) for _, keys in _KEYS_OF_PLACES]


def native(keys: QKeySequence) -> str:
    """Write a key as the system does."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
