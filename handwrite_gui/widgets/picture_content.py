"""Pictures as a file's bytes: out of the clipboard or a drop, and into a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

#: Formats that are taken as they are, the exact ones first.
FORMATS = ("image/png", "image/tiff", "image/bmp", "image/webp", "image/gif", "image/jpeg")


def picture_content(data: QMimeData) -> bytes | None:
    """Return a picture as a file's content, or None where there is none."""
    for kind in FORMATS:
        if data.hasFormat(kind):
            return bytes(data.data(kind).data())
    # Systems without such names have pixels, unless whoever copied them is gone by now.
    image = data.imageData() if data.hasImage() else None
    return as_png(image) if isinstance(image, QImage) and not image.isNull() else None


def as_png(image: QImage) -> bytes:
    """Return an image as a PNG file's content."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # QImage.save takes text for the format with some versions of PySide and bytes with others.
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())
