"""The file dialogs: which pictures are to be read, and where a drawing is to be written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PICTURE_FILTER = "Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff);;All files (*)"


def ask_for_pictures(parent: QWidget, folder: str) -> list[Path]:
    """Ask for any number of picture files; return none where nobody wants any."""
    paths, _ = QFileDialog.getOpenFileNames(parent, "Open pictures", folder, PICTURE_FILTER)
    return [Path(path) for path in paths]


def ask_for_png(parent: QWidget, folder: str) -> Path | None:
    """Ask for a PNG file's path, and before overwriting one; return None where nobody wants to."""
    dialog = QFileDialog(parent, "Save drawing", folder, "PNG picture (*.png)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # Added by the dialog itself, so that it asks about the file that would really be overwritten.
    dialog.setDefaultSuffix("png")
    dialog.selectFile("drawing.png")
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
