"""The picture view and its previews: sharp, cheap, and marked where the digit is."""

import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box, Number
from handwrite_gui.widgets.pictures import picture_view
from handwrite_gui.widgets.pictures.picture_view import PictureView
from handwrite_gui.widgets.pictures.preview import (
    LONGEST_PX,
    THUMBNAIL_PX,
    fit,
    preview,
    thumbnail,
)
from handwrite_gui.widgets.theme import LIGHT

RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(width: int, height: int, colour: tuple[int, int, int] = (255, 255, 255)) -> Picture:
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = colour
    return Picture(pixels, "test.png")


def number(text: str, box: Box, confidence: float = 0.999, *, confirmed: bool = False) -> Number:
    return Number(text, confidence, box, (), is_confirmed=confirmed)


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    return view


def grab(view: PictureView) -> QImage:
    return view.grab().toImage()


def pixels_of(image: QImage, colour: QColor) -> list[tuple[int, int]]:
    return [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y) == colour
    ]


def box_of(places: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    columns, rows = [x for x, _ in places], [y for _, y in places]
    return min(columns), min(rows), max(columns), max(rows)


def test_a_preview_owns_its_pixels() -> None:
    shown = picture(31, 17, RED)
    shown.pixels[3, 30] = BLUE
    image = preview(shown)
    shown.pixels[:] = 0
    assert image.size() == QSize(31, 17)
    assert image.pixelColor(0, 0) == QColor(*RED)
    assert image.pixelColor(30, 3) == QColor(*BLUE)


def test_a_preview_takes_pixels_that_may_not_be_written_or_lie_apart() -> None:
    pixels = np.repeat(picture(40, 20, RED).pixels, 2, axis=1)[:, ::2]
    pixels.flags.writeable = False
    assert preview(Picture(pixels, "x")).pixelColor(39, 19) == QColor(*RED)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3 * LONGEST_PX, 2 * LONGEST_PX), (LONGEST_PX, round(LONGEST_PX * 2 / 3))),
        ((1, 10 * LONGEST_PX), (1, LONGEST_PX)),
        ((LONGEST_PX, 5), (LONGEST_PX, 5)),
    ],
)
def test_a_large_picture_is_reduced(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert preview(picture(*size)).size() == QSize(*expected)


def test_thumbnails_are_small_and_keep_the_aspect() -> None:
    assert thumbnail(preview(picture(3000, 1500))).size() == QSize(THUMBNAIL_PX, THUMBNAIL_PX // 2)


def test_a_tiny_picture_is_enlarged_in_squares_of_one_size() -> None:
    tiny = picture(3, 2, RED)
    tiny.pixels[1, 1] = BLUE
    image = fit(preview(tiny), QSize(100, 100))
    assert image.size() == QSize(99, 66)
    assert box_of(pixels_of(image, QColor(*BLUE))) == (33, 33, 65, 65)
    assert len(pixels_of(image, QColor(*BLUE))) == 33 * 33


@pytest.mark.parametrize("size", [(800, 400), (200, 100), (100, 50)])
def test_any_other_picture_fills_the_room(size: tuple[int, int]) -> None:
    assert fit(preview(picture(*size)), QSize(300, 300)).size() == QSize(300, 150)


def test_an_extreme_picture_keeps_a_pixel() -> None:
    assert fit(preview(picture(2000, 1)), QSize(200, 200)).size() == QSize(200, 1)


def test_the_frame_lies_around_the_box(view: PictureView) -> None:
    shown = picture(1000, 1000)
    view.show_image(preview(shown), shown.size, "a.png")
    bare = grab(view)
    view.show_numbers((number("7", (250.0, 500.0, 500.0, 250.0)),))
    left, top, right, _ = box_of(pixels_of(bare, QColor("white")))
    scale = (right - left + 3) / 1000  # The picture's edge is painted in another colour.
    frame = [p for p in pixels_of(grab(view), LIGHT.accent) if p[1] > top + 450 * scale]
    found = box_of(frame)
    wanted = (left + 250 * scale, left + 750 * scale, top + 750 * scale)
    assert [found[0], found[2], found[3]] == pytest.approx(wanted, abs=8)
    middle = QPoint(round(left + 500 * scale), round(top + 600 * scale))
    assert grab(view).pixelColor(middle) == QColor("white")


def test_the_text_stands_above_the_frame_even_at_the_edge(view: PictureView) -> None:
    shown = picture(1000, 1000, (40, 90, 40))
    view.show_image(preview(shown), shown.size, "a.png")
    view.show_numbers((number("4", (0.0, 0.0, 1000.0, 1000.0)),))
    label = [p for p in pixels_of(grab(view), LIGHT.accent) if p[1] < 15]
    assert label
    assert box_of(label)[1] >= 1
    assert view.accessibleDescription() == "a.png, 1 Number."


def test_what_is_refused_has_another_frame(view: PictureView) -> None:
    shown = picture(1000, 1000)
    box = (200.0, 200.0, 600.0, 600.0)
    view.show_image(preview(shown), shown.size, "a.png")
    view.show_numbers((), (box,))
    image = grab(view)
    assert pixels_of(image, LIGHT.accent) == []
    assert pixels_of(image, LIGHT.ink) != []
    assert view.accessibleDescription() == "a.png, 0 Numbers."


def test_doubtful_and_confirmed_ones_are_told_apart_without_colour(view: PictureView) -> None:
    shown, box = picture(1000, 1000), (200.0, 200.0, 600.0, 600.0)
    view.show_image(preview(shown), shown.size, "a.png")
    read = number("7", box), number("7", box, 0.8), number("7", box, 0.8, confirmed=True)
    seen = []
    for each in read:
        view.show_numbers((each,))
        image = grab(view).convertToFormat(QImage.Format.Format_Grayscale8)
        seen.append(image)
    assert seen[0] != seen[1] != seen[2] != seen[0]
    view.show_numbers(read)
    assert view.accessibleDescription() == "a.png, 3 Numbers, 1 doubtful."


def test_a_number_that_is_clicked_on_is_told(view: PictureView, qtbot: QtBot) -> None:
    shown = picture(1000, 1000)
    view.show_image(preview(shown), shown.size, "a.png")
    upper, lower = (100.0, 100.0, 800.0, 200.0), (100.0, 600.0, 800.0, 200.0)
    view.show_numbers((number("1", upper), number("2", lower)), ((100.0, 400.0, 800.0, 100.0),))
    grab(view)
    clicked: list[int] = []
    view.number_clicked.connect(clicked.append)
    for y in (100, 220, 300):  # A Number, what is no digit, and the other Number.
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, y))
    assert clicked == [0, 1]


def test_the_selected_number_has_a_thicker_frame(view: PictureView) -> None:
    shown = picture(1000, 1000)
    view.show_image(preview(shown), shown.size, "a.png")
    view.show_numbers((number("1", (200.0, 400.0, 600.0, 300.0)),))
    plain = len(pixels_of(grab(view), LIGHT.accent))
    view.select_number(0)
    assert len(pixels_of(grab(view), LIGHT.accent)) > 1.5 * plain
    view.select_number(None)
    assert len(pixels_of(grab(view), LIGHT.accent)) == plain


def test_painting_again_scales_nothing(view: PictureView, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(image: QImage, room: QSize) -> QImage:
        calls.append(room)
        return fit(image, room)

    monkeypatch.setattr(picture_view, "fit", counted)
    image = preview(picture(900, 600))
    view.show_image(image, (900, 600), "a.png")
    grab(view)
    view.show_numbers((number("1", (1.0, 1.0, 9.0, 9.0)),))
    grab(view)
    assert len(calls) == 1
    view.resize(300, 300)
    grab(view)
    assert len(calls) == 2


def test_a_message_takes_the_pictures_place(view: PictureView) -> None:
    shown = picture(50, 50, RED)
    view.show_image(preview(shown), shown.size, "a.png")
    view.show_message("")
    blank = grab(view)
    view.show_message("“x.png” is empty: choose another picture.")
    image = grab(view)
    assert pixels_of(image, QColor(*RED)) == []
    assert image != blank
    assert view.accessibleDescription() == "“x.png” is empty: choose another picture."


CRISP = """
import numpy as np
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtGui import QColor
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Number
from handwrite_gui.widgets.pictures.picture_view import PictureView
from handwrite_gui.widgets.pictures.preview import preview
from handwrite_gui.widgets.theme import LIGHT
app = QApplication([])
outer = QWidget()
outer.resize(500, 500)
view = PictureView(outer)
view.setGeometry(33, 21, 401, 401)
grey = Picture(np.full((900, 900, 3), 128, np.uint8), "grey")
view.show_image(preview(grey), grey.size, "grey")
view.show_numbers((Number("7", 1.0, (301.0, 301.0, 299.0, 299.0), ()),))
image = outer.grab().toImage()
y = image.height() // 2
colours = [image.pixelColor(x, y).name() for x in range(image.width())]
first, last = colours.index("#ffffff"), len(colours) - colours[::-1].index("#ffffff")
print(image.devicePixelRatio(), colours.count(LIGHT.accent.name()), *set(colours[first:last]))
"""


@pytest.mark.parametrize(("scale", "line_px"), [("1", 2), ("1.5", 3), ("2", 4)])
def test_frames_are_crisp_at_every_scale(scale: str, line_px: int) -> None:
    """No pixel on a line across the frame is a blend of two colours."""
    done = subprocess.run(
        [sys.executable, "-c", CRISP],
        env={**os.environ, "QT_SCALE_FACTOR": scale},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    ratio, accents, *colours = done.stdout.split()
    assert float(ratio) == float(scale)
    assert int(accents) == 2 * line_px
    assert set(colours) == {"#ffffff", "#808080", LIGHT.accent.name()}
