"""The file dialogs: which files are to be read, and where and how ink is to be written."""

from __future__ import annotations

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
    """A way to write ink.

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
FORMATS = (PNG, PNG_SMALL, PNG_LARGE, DIGIT_PNG, SVG, INKML)


def ask_for_files(parent: QWidget, folder: str) -> list[Path]:
    """Ask for any number of pictures and ink files; return none where nobody wants any."""
    paths, _ = QFileDialog.getOpenFileNames(parent, "Open pictures and ink", folder, OPEN_FILTER)
    return [Path(path) for path in paths]


def ask_where_to_save(parent: QWidget, folder: str) -> tuple[Path, SaveFormat] | None:
    """Ask for a file's path and format, and before overwriting one; None where nobody wants to."""
    dialog = QFileDialog(parent, "Save ink as", folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([each.filter for each in FORMATS])
    # Added by the dialog itself, so that it asks about the file that would really be overwritten.
    dialog.setDefaultSuffix(PNG.suffix)
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_format_of(chosen).suffix))
    dialog.selectFile("drawing")  # With a suffix it would not follow the list of formats.
    if not dialog.exec():
        return None
    path, chosen = Path(dialog.selectedFiles()[0]), _format_of(dialog.selectedNameFilter())
    suffix = path.suffix.lower().removeprefix(".")
    if suffix != chosen.suffix:  # A known name that was typed says more than the list beside it.
        chosen = next((each for each in FORMATS if each.suffix == suffix), chosen)
    return path, chosen


def _format_of(name_filter: str) -> SaveFormat:
    return next((each for each in FORMATS if each.filter == name_filter), PNG)
