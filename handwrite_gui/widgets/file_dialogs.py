"""The file dialogs: which files are to be read, and where and how ink is to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_PICTURES = "*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff *.pdf"
_INK = "*.inkml *.svg"
OPEN_FILTER = (
    f"Pictures and ink ({_PICTURES} {_INK});;Pictures ({_PICTURES});;Ink ({_INK});;All files (*)"
)


@dataclass(frozen=True, slots=True)
class SaveFormat:
    """A way to write ink or Numbers.

    Attributes:
        name: What a person calls it.
        suffix: Of its files' names.
        scale: Pixels to a canvas unit, for pictures of the paper; 0 for others.
    """

    name: str
    suffix: str
    scale: float = 0.0

    @property
    def filter(self) -> str:
        """As the dialog wants it."""
        return f"{self.name} (*.{self.suffix})"


PNG = SaveFormat("PNG picture", "png", 2.0)
PNG_SMALL = SaveFormat("PNG picture, half as large", "png", 1.0)
PNG_LARGE = SaveFormat("PNG picture, twice as large", "png", 4.0)
DIGIT_PNG = SaveFormat("PNG of 28×28 pixels, as the model sees it", "png")
SVG = SaveFormat("SVG, curves for other programs", "svg")
INKML = SaveFormat("InkML, all that the pen did", "inkml")
INK_FORMATS = (PNG, PNG_SMALL, PNG_LARGE, DIGIT_PNG, SVG, INKML)
TXT = SaveFormat("Text, a line for each row", "txt")
CSV = SaveFormat("CSV, for spreadsheets", "csv")
JSON = SaveFormat("JSON, all that was read", "json")
DRAWN_ON = SaveFormat("PNG of the picture, with what was read drawn on it", "png")
NUMBERS_FORMATS = (TXT, CSV, JSON, DRAWN_ON)
#: Of several pictures at once.
MANY_FORMATS = (CSV, TXT, JSON)


def ask_for_files(parent: QWidget, folder: str) -> list[Path]:
    """Ask for any number of pictures and ink files; return none where nobody wants any."""
    paths, _ = QFileDialog.getOpenFileNames(parent, "Open pictures and ink", folder, OPEN_FILTER)
    return [Path(path) for path in paths]


def ask_where_to_save(
    parent: QWidget,
    folder: str,
    title: str = "Save ink as",
    name: str = "drawing",
    formats: Sequence[SaveFormat] = INK_FORMATS,
) -> tuple[Path, SaveFormat] | None:
    """Ask for a file's path and format, and before overwriting one; None where nobody wants to.

    Args:
        parent: Over which it is asked.
        folder: Where to begin.
        title: Of the dialog.
        name: Of the file, without a suffix, for with one it would not follow the list of formats.
        formats: To choose among; the first is offered first.
    """

    def format_of(name_filter: str) -> SaveFormat:
        return next((each for each in formats if each.filter == name_filter), formats[0])

    dialog = QFileDialog(parent, title, folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([each.filter for each in formats])
    # Added by the dialog itself, so that it asks about the file that would really be overwritten.
    dialog.setDefaultSuffix(formats[0].suffix)
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(format_of(chosen).suffix))
    dialog.selectFile(name)
    while dialog.exec():
        path, chosen = Path(dialog.selectedFiles()[0]), format_of(dialog.selectedNameFilter())
        suffix = path.suffix.lower().removeprefix(".")
        if suffix == chosen.suffix:
            return path, chosen
        # A known name that was typed says more than the list beside it.
        known = next((each for each in formats if each.suffix == suffix), None)
        if known is not None:
            return path, known
        # Under another program's name it could not be opened. If there is one, it is asked about.
        path = path.with_name(f"{path.name}.{chosen.suffix}")
        if not path.exists():
            return path, chosen
        dialog.selectFile(path.name)
    return None
