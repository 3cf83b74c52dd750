import gc
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from handwrite_gui.paths import resources_dir
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.theme import DARK, ICON_SIDE, LIGHT, apply_theme

FAMILY = [
    *("draw", "pictures", "settings", "help", "undo", "redo", "clear"),
    *("predict", "open", "save", "copy", "paste", "close", "warning"),
    *("pen", "eraser", "erase_parts", "select", "cut"),
    *("replay", "play", "pause", "why", "digits"),
    *("previous", "next", "turn_left", "turn_right", "box", "crop", "read_box", "uncrop"),
]
FOLDER = resources_dir() / "icons"


def image_of(shown: QIcon, scale: float = 1.0, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return shown.pixmap(QSize(ICON_SIDE, ICON_SIDE), scale, mode).toImage()


def strongest(image: QImage) -> QColor:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda pixel: pixel.alpha())


def test_family_is_complete() -> None:
    assert {file.stem for file in FOLDER.glob("*.svg")} == {*FAMILY, "handwrite"}


@pytest.mark.parametrize("name", FAMILY)
def test_icon_is_of_the_family(name: str) -> None:
    svg = (FOLDER / f"{name}.svg").read_text()
    assert 'viewBox="0 0 24 24" fill="none" stroke="currentColor"' in svg
    assert 'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"' in svg
    assert re.findall("#[0-9a-f]{3,6}|fill=", svg) == ["fill="]


@pytest.mark.parametrize("name", [*FAMILY, "handwrite"])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icon_is_painted_at_every_scale(name: str, scale: float) -> None:
    image = image_of(icon(name), scale)
    assert (image.width(), image.devicePixelRatio()) == (ICON_SIDE * scale, scale)
    assert strongest(image).alpha() == 255


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_straight_lines_are_crisp(scale: float) -> None:
    """The bottom of "save" lies from 20 to 22: no pixel of it is grey."""
    image = image_of(icon("save"), scale)
    rows = range(round(19 * scale), image.height())
    alphas = [image.pixelColor(round(12 * scale), row).alpha() for row in rows]
    top, bottom = round(20 * scale) - rows[0], round(22 * scale) - rows[0]
    assert alphas == [0] * top + [255] * (bottom - top) + [0] * (len(rows) - bottom)


def test_icon_follows_the_theme_by_itself(qapp: QApplication) -> None:
    shown = icon("undo")
    assert strongest(image_of(shown)) == LIGHT.text
    apply_theme(qapp, "dark")
    assert strongest(image_of(shown)) == DARK.text


def test_icon_has_the_colour_of_its_state() -> None:
    shown = icon("undo")
    assert strongest(image_of(shown, mode=QIcon.Mode.Disabled)) == LIGHT.bar
    assert strongest(image_of(shown, mode=QIcon.Mode.Selected)) == LIGHT.selected_text
    main = icon("predict", on_accent=True)
    assert strongest(image_of(main)) == LIGHT.accent_text
    assert strongest(image_of(main, mode=QIcon.Mode.Disabled)) == LIGHT.bar


def test_icon_is_made_once() -> None:
    assert icon("undo") is icon("undo")


def test_missing_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon")


def test_icon_survives_being_detached() -> None:
    detached = QIcon(icon("undo"))
    detached.setIsMask(True)
    gc.collect()
    assert strongest(image_of(detached)) == LIGHT.text


def test_program_with_icons_ends_cleanly(tmp_path: Path) -> None:
    program = """
from PySide6.QtWidgets import QApplication, QMainWindow
from handwrite_gui.widgets.icons import icon
app = QApplication([])
window = QMainWindow()
window.setWindowIcon(icon("handwrite"))
window.addToolBar("").addAction(icon("undo"), "Undo")
window.show()
app.processEvents()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    assert "Error" not in done.stderr
