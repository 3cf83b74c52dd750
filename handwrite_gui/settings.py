"""Settings: one table that says everything about them, and the file that keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSettings, QTimer, Signal, Slot

FILE_NAME = "settings.ini"
#: A slider changes its setting many times a second; this long after the last time it is written.
WRITE_AFTER_MS = 300

_Value = bool | float | str | bytes | list[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    Attributes:
        key: Its name in the file and in the code.
        kind: Type of its value; a list holds text.
        default: Its value until a person changes it.
        label: What a person calls it; empty for what the program remembers by itself.
        help: What it does, in a sentence or two.
        choices: The only values it may have, or empty.
        limits: Smallest and largest number it may be, or None.
        most: How many entries a list keeps.
    """

    key: str
    kind: type[_Value]
    default: _Value
    label: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    limits: tuple[float, float] | None = None
    most: int = 0

    def check(self, value: object) -> _Value | None:
        """Return the value as it is kept, or None if it is of another type or out of bounds."""
        if self.kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if isinstance(value, QByteArray):
            value = value.data()
        if isinstance(value, list):
            if not all(isinstance(entry, str) for entry in value):
                return None
            value = list(dict.fromkeys(value))[: self.most]
        if not isinstance(value, self.kind) or (self.choices and value not in self.choices):
            return None
        if isinstance(value, float) and self.limits:
            least, most = self.limits
            return value if least <= value <= most else None
        return value

    def parse(self, stored: object) -> _Value | None:
        """Check a value as it comes from the file, where numbers and truth are text."""
        if self.kind is list and isinstance(stored, str):
            stored = [stored]
        elif self.kind is bool and stored in ("true", "false"):
            stored = stored == "true"
        elif self.kind is float and isinstance(stored, str):
            try:
                stored = float(stored)
            except ValueError:
                return None
        return self.check(stored)


TABLE = (
    Setting(
        "theme",
        str,
        "system",
        "Theme",
        "Light or dark; System follows the desktop.",
        choices=("system", "light", "dark"),
    ),
    Setting(
        *("text_size", str, "100", "Text size", "In per cent of the system's."),
        choices=("100", "125", "150", "175", "200"),
    ),
    Setting(
        *("live_reading", bool, True, "Predict while drawing"),
        "The answer follows the pen; otherwise it waits for Predict.",
    ),
    Setting(
        *("show_readings", bool, True, "Show readings under the ink"),
        "Under each digit on the paper stands, small, what it was read as.",
    ),
    Setting(
        "pen_width",
        float,
        12.0,
        "Pen width",
        "How wide the pen draws on the screen; the answer does not depend on it.",
        limits=(2.0, 40.0),
    ),
    Setting(
        "stabiliser",
        float,
        0.0,
        "Stabiliser",
        "Calms a shaking hand: the ink follows the pen by this much, and ends where the pen does.",
        limits=(0.0, 10.0),
    ),
    Setting(
        *("pen_only", bool, False, "Pen only"),
        "Fingers and the palm draw nothing; a mouse still does.",
    ),
    Setting(
        *("draw_by_moving", bool, False, "Draw by moving without a button"),
        "For track-pads: a click or the space bar starts a stroke, and another ends it.",
    ),
    Setting(
        "guides",
        str,
        "none",
        "Paper",
        "Lines to write on; they are never read, saved or copied.",
        choices=("none", "grid", "lines", "boxes"),
    ),
    Setting(
        "left_handed",
        bool,
        False,
        "Left-handed",
        "The answer lies at the left of the paper and the buttons at the right, clear of the hand.",
    ),
    Setting(
        *("erase_parts", bool, False, "Erase only parts"),
        "The eraser takes what it passes of a stroke, and not the whole stroke.",
    ),
    Setting(
        *("digit_after_digit", bool, False, "Digit after digit"),
        "A pause moves the digit that was read into a line of text, and clears the paper.",
    ),
    Setting(
        "pause_s", float, 0.8, "Pause", "How long until the digit is moved.", limits=(0.4, 3.0)
    ),
    Setting(
        "careful",
        bool,
        False,
        "Read carefully",
        "Several networks look at each digit from several angles: fewer mistakes, and each answer"
        " takes longer. Pictures that were read already keep what was read.",
    ),
    Setting("keys", list, [], most=200),
    Setting("recent_pictures", list, [], most=20),  # More than are listed: some may be gone.
    Setting("last_folder", str, ""),
    Setting("page", str, "draw"),
    Setting("window_geometry", bytes, b""),
    Setting("lists_share", float, 0.0, limits=(0.0, 1.0)),
)
_ROWS = {row.key: row for row in TABLE}


def setting(key: str) -> Setting:
    """Return the table's row for a key.

    Raises:
        KeyError: There is no such setting.
    """
    return _ROWS[key]


class Settings(QObject):
    """The settings' values, read once and written as they change.

    No file, however damaged, stops the program: what cannot be read has its default, and what
    cannot be written lasts until the program ends. `problem` and `failed` say so.

    Signals:
        changed: A setting has another value; its key.
        failed: The file cannot be written; one sentence to the person, said once.

    Thread:
        The window's.
    """

    changed = Signal(str)
    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Read the settings.

        Args:
            folder: Where the file lies; it is made when the first setting is written.
            parent: Owner of this object.
        """
        super().__init__(parent)
        self._file = folder / FILE_NAME
        self._problem: str | None = None
        self._has_failed = False
        self._values = {row.key: row.default for row in TABLE}
        self._write_soon = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._write_soon.timeout.connect(self.sync)
        self._store = self._open()
        if self._store is not None:
            for row in TABLE:
                value = row.parse(self._store.value(row.key))
                if value is not None:
                    self._values[row.key] = value

    @property
    def problem(self) -> str | None:
        """What was wrong with the file at the start, as one sentence to the person, or None."""
        return self._problem

    def value(self, key: str) -> Any:
        """Return a setting's value, of the type that the table names.

        Raises:
            KeyError: There is no such setting.
        """
        value = self._values[key]
        return value.copy() if isinstance(value, list) else value

    def set_value(self, key: str, value: _Value) -> None:
        """Change a setting. A list loses repetitions and what is more than it keeps.

        Raises:
            KeyError: There is no such setting.
            ValueError: The value is of another type, or out of bounds.
        """
        checked = setting(key).check(value)
        if checked is None:
            raise ValueError(f"Not a value of the setting {key}. Received: {value!r}")
        if checked == self._values[key]:
            return
        self._values[key] = checked
        if self._store is not None:
            stored = QByteArray(checked) if isinstance(checked, bytes) else checked
            self._store.setValue(key, stored)
            self._write_soon.start()
        self.changed.emit(key)

    def reset(self) -> None:
        """Give every setting its default, what the program remembers by itself included."""
        changed = [row for row in TABLE if self._values[row.key] != row.default]
        self._values = {row.key: row.default for row in TABLE}
        if self._store is not None:
            self._store.clear()
            self._write_soon.start()
        for row in changed:
            self.changed.emit(row.key)

    @Slot()
    def sync(self) -> None:
        """Write now what is not yet written, as is done anyway soon after every change."""
        if self._store is None:
            return
        self._store.sync()
        if self._store.status() != QSettings.Status.NoError and not self._has_failed:
            self._has_failed = True
            self.failed.emit(
                f"The settings cannot be written to {self._file} and last only until the program"
                " is closed: see that the disk has room and the folder may be written."
            )

    def _open(self) -> QSettings | None:
        """Open the file for reading and writing, or return None where that is not safe."""
        try:
            if _is_damaged(self._file.read_bytes()):
                aside = self._file.with_suffix(".damaged.ini")
                self._file.replace(aside)
                self._problem = (
                    f"The settings file {self._file} is damaged and was set aside as {aside.name}:"
                    " set on the Settings page what should differ from the defaults."
                )
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            self._problem = (
                f"The settings file {self._file} cannot be used ({error.strerror}), and settings"
                " last only until the program is closed: repair or delete the file."
            )
            return None
        return QSettings(str(self._file), QSettings.Format.IniFormat)


def _is_damaged(content: bytes) -> bool:
    """Whether a file is not what `Settings` writes.

    QSettings would read it all the same, rubbish as keys, and a broken @Variant made Qt end the
    program (std::bad_alloc in QVariant's loader, measured with Qt 6.12).
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    lines = [line.strip() for line in text.split("\n")]
    return "@Variant(" in text or not all(
        "=" in line or line.startswith((";", "#")) or (line[:1] + line[-1:]) in ("", "[]")
        for line in lines
    )
