"""Contrast as it is seen: pixels of the real pages in both themes, held against WCAG 2.1, AA.

What is disabled is left out, as there.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.theme import ICON_SIDE

Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]
PAGES = ("draw", "replay", "why", "pictures", "settings", "help")
#: Pixels for each of the screen's: of thin letters at 1× no pixel has the whole colour.
ENLARGED = 4
#: Text of 18 pt and more, or 14 pt bold (WCAG 2.1, "large scale").
LARGE_PT, LARGE_BOLD_PT = 18.0, 14.0


@pytest.fixture(params=["light", "dark"])
def program(full: Any, request: pytest.FixtureRequest) -> Any:
    """The program with something on each page, in a theme."""
    full.settings.set_value("theme", request.param)
    return full


def luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Relative luminance as WCAG 2.1 defines it, of sRGB pixels (…, 3)."""
    parts = pixels / 255.0
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    light: NDArray[np.float64] = linear @ [0.2126, 0.7152, 0.0722]
    return light


def contrast(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Contrast ratio as WCAG 2.1 defines it, 1 to 21."""
    lights = np.stack(np.broadcast_arrays(luminance(one), luminance(other)))
    ratio: NDArray[np.float64] = (lights.max(axis=0) + 0.05) / (lights.min(axis=0) + 0.05)
    return ratio


def test_contrast_is_measured_as_wcag_does() -> None:
    grey, white = np.array([0x77] * 3, np.uint8), np.array([255] * 3, np.uint8)
    assert contrast(np.zeros(3, np.uint8), white) == pytest.approx(21.0)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.01)


def pixels_of(window: QWidget, rect: QRect, enlarged: int = 1) -> NDArray[np.uint8]:
    """What is seen of a part of the window, enlarged, shape (pixels, 3)."""
    pixmap = QPixmap(rect.size() * enlarged)
    pixmap.setDevicePixelRatio(enlarged)
    window.render(pixmap, QPoint(), QRegion(rect))
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(-1, 3).copy()


def text_rect(widget: QWidget) -> QRect:
    """Where a widget's text is, without its frame and without what is ticked."""
    rect = widget.rect()
    if isinstance(widget, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        which = (
            QStyle.SubElement.SE_CheckBoxContents
            if isinstance(widget, QCheckBox)
            else QStyle.SubElement.SE_RadioButtonContents
        )
        return widget.style().subElementRect(which, option, widget)
    if isinstance(widget, QAbstractButton | QLineEdit):
        return rect.adjusted(4, 4, -4, -4)
    return rect


def texts_of(window: QWidget) -> Iterator[tuple[QWidget, QRect]]:
    """Every enabled widget with text that is wholly seen, and where, in the window."""
    for kind in (QLabel, QAbstractButton, QLineEdit):
        for widget in window.findChildren(kind):
            whole = widget.visibleRegion().boundingRect() == widget.rect()
            if widget.isVisible() and widget.isEnabled() and widget.text().strip() and whole:
                rect = text_rect(widget)
                yield widget, QRect(widget.mapTo(window, rect.topLeft()), rect.size())


def text_contrast(window: QWidget, rect: QRect) -> float:
    """Contrast of the text in a place to its ground, the colour that most of it has."""
    packed = pixels_of(window, rect, ENLARGED) @ np.array([1 << 16, 1 << 8, 1])
    found, counts = np.unique(packed, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=-1).astype(np.uint8)
    return float(contrast(colours, colours[counts.argmax()]).max())


def least(widget: QWidget) -> float:
    size, is_bold = widget.font().pointSizeF(), widget.font().bold()
    return 3.0 if size >= (LARGE_BOLD_PT if is_bold else LARGE_PT) else 4.5


@pytest.mark.parametrize("page", PAGES)
def test_text_stands_out(program: Any, page: str) -> None:
    window = program.window
    program.show_page(page)
    ratios = {w: text_contrast(window, rect) for w, rect in texts_of(window)}
    assert len(ratios) >= 5
    assert {w.text(): ratio for w, ratio in ratios.items() if ratio < least(w)} == {}


def test_text_of_a_dialog_stands_out(program: Any) -> None:
    program.window.actions_.keys.trigger()
    dialog = next(d for d in program.window.findChildren(QDialog) if d.isVisible())
    ratios = {w.text(): text_contrast(dialog, rect) for w, rect in texts_of(dialog)}
    assert len(ratios) >= 4
    assert {text: ratio for text, ratio in ratios.items() if ratio < 4.5} == {}
    dialog.close()


def test_rows_of_the_list_stand_out(program: Any) -> None:
    window = program.window
    window.show_page("pictures")
    listed = window.findChild(QListWidget)
    for n in range(listed.count()):
        rect = listed.visualItemRect(listed.item(n)).intersected(listed.viewport().rect())
        rect.setLeft(rect.left() + rect.height() + 16)  # Past the picture.
        place = QRect(listed.viewport().mapTo(window, rect.topLeft()), rect.size())
        assert text_contrast(window, place) >= 4.5


def unseen_focus(shown: QWidget, page: QWidget) -> dict[QWidget, int]:
    """What Tab goes to and does not show it: fewer than two lines of an icon's width change."""
    shown.setFocus()
    controls = [
        w
        for w in shown.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) >= 5
    changes = {}
    for control in controls:
        if isinstance(page, QScrollArea) and page.isAncestorOf(control):
            page.ensureWidgetVisible(control)
        rect = QRect(control.mapTo(shown, QPoint()), control.size())
        before = pixels_of(shown, rect)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        after = pixels_of(shown, rect)
        shown.setFocus()
        changes[control] = int((contrast(before, after) >= 3.0).sum())
    return {control: count for control, count in changes.items() if count < 2 * ICON_SIDE}


@pytest.mark.parametrize("page", PAGES)
def test_focus_is_seen(program: Any, page: str) -> None:
    assert unseen_focus(program.window, program.show_page(page)) == {}


def test_focus_is_seen_in_a_dialog(program: Any, qtbot: QtBot) -> None:
    program.window.actions_.keys.trigger()
    dialog = next(d for d in program.window.findChildren(QDialog) if d.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert unseen_focus(dialog, dialog) == {}
    dialog.close()


def test_nothing_depends_on_colour_alone(program: Any) -> None:
    """Without colour the chosen page and row stand out by light, and all else is said in words."""
    window = program.window
    window.show_page("pictures")
    window.setFocus()
    shown, other = (
        next(b for b in window.findChildren(QToolButton) if b.text() == text)
        for text in ("Pictures", "Draw")
    )
    edges = [
        pixels_of(window, QRect(b.mapTo(window, QPoint()), QSize(1, b.height())))
        for b in (shown, other)
    ]
    assert np.median(contrast(*edges)) >= 3.0
    listed = window.findChild(QListWidget)
    grounds = []
    for n in range(listed.count()):
        corner = listed.visualItemRect(listed.item(n)).topLeft() + QPoint(4, 4)
        place = QRect(listed.viewport().mapTo(window, corner), QSize(1, 1))
        grounds.append(pixels_of(window, place))
    assert contrast(*grounds).min() >= 3.0
    said = [listed.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(2)]
    assert "doubtful" in said[0]
    assert "is not a picture that can be opened" in said[1]
