"""The table of actions: what each is called, does, and starts it, and the keys of one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One action.

    Attributes:
        name: Of its attribute of `Actions`.
        text: In menus.
        short: On buttons.
        keys: That start it at first; the first of them is named beside it.
        tip: What it does.
        icon: Its icon's name, or nothing.
        checkable: Whether it is on or off.
    """

    name: str
    text: str
    short: str
    keys: tuple[str, ...]
    tip: str
    icon: str = ""
    checkable: bool = False


#: In the order in which they are listed.
TABLE = (
    Row("open", "&Open…", "Open", ("Ctrl+O",), "Open pictures or ink, and read them", "open"),
    Row("save", "&Save as…", "Save…", ("Ctrl+S",), "Save the ink, or what was read", "save"),
    Row("quit", "&Quit", "Quit", ("Ctrl+Q",), "Close Handwrite"),
    Row("undo", "&Undo", "Undo", ("Ctrl+Z",), "Undo the last step", "undo"),
    Row("redo", "&Redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Redo what was undone", "redo"),
    Row(
        *("replay", "&Replay", "Replay", ("Ctrl+R",)),
        *("Play all ink as it was written, or the digit that is chosen", "replay", True),
    ),
    Row(
        "copy", "&Copy", "Copy", ("Ctrl+C",), "Copy the answer, and the ink, or all numbers", "copy"
    ),
    Row("paste", "&Paste", "Paste", ("Ctrl+V",), "Read the copied picture or ink", "paste"),
    Row("cut", "Cu&t", "Cut", ("Ctrl+X",), "Copy what is selected, and delete it", "cut"),
    Row(
        "delete",
        "&Delete",
        "Delete",
        ("Del", "Backspace"),
        "Delete what is selected: ink, or a picture",
    ),
    Row("select_all", "Select &all", "Select all", ("Ctrl+A",), "Select all ink"),
    # The words' first letters: digits say what was drawn, and Ctrl+P and Ctrl+S mean other things.
    Row("pen", "Pe&n", "Pen", ("P",), "Use the pen", "pen", checkable=True),
    Row("eraser", "&Eraser", "Eraser", ("E",), "Erase what it meets", "eraser", checkable=True),
    Row("select", "&Select", "Select", ("S",), "Select, move and scale ink", "select", True),
    Row(
        "erase_parts",
        "Erase &only parts",
        "Erase parts",
        ("Shift+E",),
        "Let the eraser take only what it passes of a stroke",
        "erase_parts",
        checkable=True,
    ),
    Row("clear", "C&lear", "Clear", ("Ctrl+Delete",), "Take a blank sheet", "clear"),
    Row("predict", "&Predict", "Predict", ("F5",), "Read the drawing now", "predict"),
    Row("why", "&Why this answer?", "Why?", ("F4",), "Show why it is read so", "why", True),
    Row(
        "digit_after_digit",
        "&Digit after digit",
        "Digit after digit",
        ("Ctrl+D",),
        "Write one digit after the other: each moves into a line of text",
        "digits",
        checkable=True,
    ),
    Row(
        *("next_digit", "Next di&git", "Next digit", ("Alt+Right",)),
        "Go to the next digit that was read, on the canvas or in a picture",
    ),
    Row(
        *("previous_digit", "Pre&vious digit", "Previous digit", ("Alt+Left",)),
        "Go to the digit before, on the canvas or in a picture",
    ),
    Row(
        *("show_readings", "Show readings &under the ink", "Show readings", ("Ctrl+Shift+U",)),
        *("Show under each digit what it was read as, or only the ink", "", True),
    ),
    Row("draw", "&Draw", "Draw", ("Ctrl+1",), "Write digits", "draw", checkable=True),
    Row("pictures", "P&ictures", "Pictures", ("Ctrl+2",), "Read pictures", "pictures", True),
    Row("settings", "&Settings", "Settings", ("Ctrl+,",), "Change settings", "settings", True),
    Row("help", "&Help", "Help", ("F1",), "How Handwrite works", "help", checkable=True),
    Row("zoom_in", "Zoom &in", "Zoom in", ("Ctrl++", "Ctrl+="), "Show paper or picture larger"),
    Row("zoom_out", "Zoom &out", "Zoom out", ("Ctrl+-",), "Show paper or picture smaller"),
    Row("zoom_home", "&As at first", "As at first", ("Ctrl+0",), "Show all, as at first"),
    Row("next_guides", "&Next", "Next paper", ("Ctrl+G",), "Show other lines to write on"),
    Row("about", "&About Handwrite", "About", ("Ctrl+F1",), "Version, licence and log"),
    Row("open_recent", "Open &recent", "Open recent", ("Ctrl+Shift+O",), "Open a file again"),
    Row("say", "Sa&y the answer", "Say", ("F6",), "Have a screen reader say the whole answer"),
    Row(
        "restore",
        "&Kept drawings",
        "Bring it back",
        ("Ctrl+Shift+B",),
        "Bring a kept drawing back",
    ),
    Row(
        "live_reading",
        "Predict &while drawing",
        "Predict while drawing",
        ("Shift+F5",),
        "Let the answer follow the pen, or wait for Predict",
        checkable=True,
    ),
    Row(
        "careful",
        "Read carefull&y",
        "Read carefully",
        ("Ctrl+F5",),
        "Make fewer mistakes, and take longer",
        checkable=True,
    ),
    Row(
        "pen_only",
        "Pen &only",
        "Pen only",
        ("Ctrl+Shift+P",),
        "Let fingers draw nothing",
        checkable=True,
    ),
    Row(
        "draw_by_moving",
        "Draw by &moving without a button",
        "Draw by moving",
        ("Ctrl+Shift+M",),
        "Let a click start a stroke, and another end it",
        checkable=True,
    ),
    Row(
        "left_handed",
        "&Left-handed",
        "Left-handed",
        ("Ctrl+Shift+H",),
        "Lay the answer at the left of the paper, or at its right",
        checkable=True,
    ),
    Row(
        "save_all",
        "Sa&ve all numbers…",
        "Save all…",
        ("Ctrl+Shift+S",),
        "Save the numbers of every picture and page that was read",
    ),
    Row(
        *("next_doubtful", "Next dou&btful number", "Next doubtful", ("F8",)),
        "Go to the next number that is to be looked at, on this page or another that was read",
    ),
    Row(
        *("alternatives", "What else it mi&ght be…", "What else", ("Alt+Down",)),
        "Show what else it might be, and choose from that",
    ),
    Row(
        *("copy_number", "Copy one nu&mber", "Copy one", ("Ctrl+Shift+C",)),
        "Copy the number that is selected",
    ),
    Row(
        *("previous_page", "&Previous page", "Previous page", ("Ctrl+PgUp",)),
        *("Show the page before of a TIFF or a PDF", "previous"),
    ),
    Row(
        *("next_page", "&Next page", "Next page", ("Ctrl+PgDown",)),
        *("Show the next page of a TIFF or a PDF", "next"),
    ),
    Row(
        *("go_to", "&Go to page…", "Go to page", ("Ctrl+L",)),
        "Go to a page of a TIFF or a PDF by its number, or else to a picture in the list",
    ),
    Row(
        *("turn_left", "Turn &left", "Turn left", ("Ctrl+Shift+T",)),
        *("Turn the picture to the left, and read it again", "turn_left"),
    ),
    Row(
        *("turn_right", "Turn &right", "Turn right", ("Ctrl+T",)),
        *("Turn the picture to the right, and read it again", "turn_right"),
    ),
    Row(
        *("draw_box", "Draw a &box", "Draw a box", ("Ctrl+B",)),
        *("Draw a box on the picture, to crop it or to read only there", "box", True),
    ),
    Row(
        *("crop", "&Crop to the box", "Crop", ("Ctrl+Shift+X",)),
        *("Cut off what is not in the box, and read the rest", "crop"),
    ),
    Row(
        *("read_box", "Read &only the box", "Read only here", ("Ctrl+Shift+F5",)),
        *("Read only what is in the box", "read_box"),
    ),
    Row(
        *("uncrop", "&Undo turn or crop", "Undo turn or crop", ("Ctrl+Shift+K",)),
        *("Show the picture as it was before the last turn, crop or box that was read", "uncrop"),
    ),
    Row(
        *("stop_reading", "&Stop reading, or go on", "Stop reading", ("Ctrl+.",)),
        "Stop reading, and keep what is read; or read the picture again, to the end",
    ),
    Row(
        *("read_all", "Read &all pages", "Read all", ("Ctrl+Shift+A",)),
        "Read every page of every picture in the list, one after the other; or stop that",
    ),
    Row("remove_all", "Remove all pict&ures", "Remove all", ("Ctrl+Shift+W",), "Empty the list"),
    Row("theme_system", "&System", "System", ("Ctrl+F7",), "As light as the desktop", "", True),
    Row("theme_light", "&Light", "Light", ("Ctrl+F8",), "Show everything light", "", True),
    Row("theme_dark", "&Dark", "Dark", ("Ctrl+F9",), "Show everything dark", "", True),
    Row("larger", "Larger &text", "Larger", ("Ctrl+F11",), "Show all text larger"),
    Row("smaller", "S&maller text", "Smaller", ("Ctrl+F10",), "Show all text smaller"),
    Row("keys", "Change &keys…", "Change keys", ("Ctrl+K",), "Say which key does what"),
    Row("reset", "&Reset settings…", "Reset", ("Ctrl+Shift+R",), "Make settings as they were"),
    Row(
        "forget",
        "Delete my &corrections…",
        "Delete corrections",
        ("Ctrl+Shift+Delete",),
        "Forget what you said of wrong answers",
    ),
)
#: Keys that no action has, for they mean this in one place only.
KEYS_OF_PLACES = (
    ("Read the drawing, on the canvas, or the box on a picture; confirm a number", "Return"),
    (
        "Start or end a stroke, on the canvas, if the settings let moving draw; play or pause a "
        "replay",
        "Space",
    ),
    ("Make what is selected larger, on the canvas, or a picture; play a replay faster", "+"),
    ("Make what is selected smaller, on the canvas, or a picture; play a replay slower", "-"),
    ("Go to a replay's next moment, or to a number's next digit; Left goes back", "Right"),
    (
        "Select the stroke before, with Shift too; go to the end of a replay's next stroke; show a "
        "picture's page before",
        "PgUp",
    ),
    (
        "Select the stroke after, with Shift too; go back in a replay; show a picture's next page",
        "PgDown",
    ),
    (
        "Select nothing, neither ink nor a digit, or let go of what is dragged; close a replay, "
        "and go on writing; draw no box on a picture",
        "Esc",
    ),
    ("Show what lies further left, on the canvas or in a picture", "Ctrl+Left"),
    ("Show what lies further right, on the canvas or in a picture", "Ctrl+Right"),
    ("Show what lies further up, on the canvas or in a picture", "Ctrl+Up"),
    ("Show what lies further down, on the canvas or in a picture", "Ctrl+Down"),
    (
        "Move what is selected, on the canvas, further with Shift; move a picture, or the box on "
        "it, whose size Shift changes",
        "Left, Right, Up, Down",
    ),
)
