"""Kept keys: those that no action may have, because they mean something everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from handwrite_gui.widgets.actions import keys_of_places, native

_Key, _Modifier = Qt.Key, Qt.KeyboardModifier
_USES = {
    _Key.Key_Return: "reads the drawing and presses what has the focus",
    _Key.Key_Enter: "reads the drawing and presses what has the focus",
    _Key.Key_Escape: "closes what is open",
    _Key.Key_Tab: "goes from one thing to the next",
    _Key.Key_Backtab: "goes from one thing to the one before",
    _Key.Key_Space: "presses what has the focus",
    _Key.Key_Backspace: "deletes",
    _Key.Key_Delete: "deletes",
    **dict.fromkeys((_Key.Key_Up, _Key.Key_Down, _Key.Key_Left, _Key.Key_Right), "goes on"),
    **dict.fromkeys((_Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown), "goes on"),
}


def why_kept(key: QKeySequence) -> str | None:
    """Return why a key can start no action, as a sentence to the person, or None if it can.

    Args:
        key: One key with its modifiers.
    """
    one_key = "One key, alone or with Ctrl, Alt or Shift, starts an action: press one."
    if key.count() != 1:
        return one_key
    pressed = key[0]  # type: ignore[index]  # PySide's stubs do not know it (6.11).
    code, held = pressed.key(), pressed.keyboardModifiers()
    if code == _Key.Key_unknown:
        return one_key
    # On French keyboards digits need Shift.
    alone = not held & ~(_Modifier.ShiftModifier | _Modifier.KeypadModifier)
    if alone and _Key.Key_0 <= code <= _Key.Key_9:
        return "The digits 0 to 9 say which digit it was, and stay what they are: press another."
    if alone and code in _USES:
        return f"{native(key)} {_USES[code]}, and stays what it is: press another key."
    if key in keys_of_places():
        return f"{native(key)} has its use in one place, and stays what it is: press another key."
    if held == _Modifier.AltModifier and _Key.Key_A <= code <= _Key.Key_Z:
        return "Alt with a letter opens menus, and stays what it is: press another key."
    if held == _Modifier.AltModifier and code == _Key.Key_F4:
        return f"{native(key)} closes windows, and stays what it is: press another key."
    return None
