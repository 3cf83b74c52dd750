"""Icons: one family, drawn as vectors in the theme's colours whenever they are painted."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from handwrite_gui.paths import resources_dir
from handwrite_gui.widgets.theme import colours


@lru_cache
def icon(name: str, *, on_accent: bool = False) -> QIcon:
    """Return an icon that follows the theme by itself and is crisp at any scale.

    Nothing is read before it is painted for the first time.

    Args:
        name: A file of the folder of icons, without ".svg".
        on_accent: Whether it lies on the accent colour, as the main action's does.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    file = resources_dir() / "icons" / f"{name}.svg"
    if not file.is_file():
        raise FileNotFoundError(file)
    return QIcon(_Engine(file, on_accent))


class _Engine(QIconEngine):
    """Paints one icon in the colours that are in force at that moment."""

    def __init__(self, file: Path, on_accent: bool) -> None:
        super().__init__()
        self._file = file
        self._on_accent = on_accent

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        svg = _svg(self._file).replace(b"currentColor", self._colour(mode))
        renderer = QSvgRenderer(QByteArray(svg))
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        twin = _Engine(self._file, self._on_accent)
        # Qt takes the twin without telling Python, which would free it here (measured: a crash).
        _twins.append(twin)
        return twin

    def _colour(self, mode: QIcon.Mode) -> bytes:
        if mode == QIcon.Mode.Disabled:
            colour = colours().bar
        elif self._on_accent:
            colour = colours().accent_text
        elif mode == QIcon.Mode.Selected:
            colour = colours().selected_text
        else:
            colour = colours().text
        return colour.name().encode()


_twins: list[_Engine] = []


@lru_cache
def _svg(file: Path) -> bytes:
    return file.read_bytes()
