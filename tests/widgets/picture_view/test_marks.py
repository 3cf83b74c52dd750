"""The picture view: Numbers are marked, pointed at and clicked on."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Box, Digit, Number
from handwrite_gui.widgets.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton
NumberOf = Callable[..., Number]
PixelsOf = Callable[[QImage, QColor], list[tuple[int, int]]]


def test_the_frame_lies_around_the_box_at_every_zoom(
    view: Any, number: NumberOf, pixels_of: PixelsOf
) -> None:
    view.show_numbers((number("7", (450.0, 470.0, 100.0, 60.0)),))
    for scale in (None, 1.0, 2.5):
        if scale:
            view.control.zoom_to(scale, QPointF(view.spot(500, 500)))
        box = view.control.viewport.to_widget((450.0, 470.0, 100.0, 60.0))
        frame = [p for p in pixels_of(view.image, LIGHT.accent) if p[1] > box.center().y()]
        columns, rows = [x for x, _ in frame], [y for _, y in frame]
        wanted = box.left(), box.right(), box.bottom()
        assert (min(columns), max(columns), max(rows)) == pytest.approx(wanted, abs=7)
        assert view.image.pixelColor(box.center().toPoint()) == QColor("white")


def test_a_label_keeps_its_size_and_stands_above_its_box(
    view: Any, number: NumberOf, pixels_of: PixelsOf
) -> None:
    view.show_numbers((number("7", (400.0, 400.0, 200.0, 200.0)),))
    heights = []
    for scale in (None, 1.2):
        if scale:
            view.control.zoom_to(scale, QPointF(view.spot(500, 500)))
        top = view.control.viewport.to_widget((400.0, 400.0, 200.0, 200.0)).top()
        label = [y for _, y in pixels_of(view.image, LIGHT.accent) if y < top - 7]
        heights.append(max(label) - min(label))
        assert top - 40 < min(label)
    assert heights[0] == heights[1] > 10


def test_what_is_no_digit_has_another_frame(view: Any, pixels_of: PixelsOf) -> None:
    view.show_numbers((), ((200.0, 200.0, 600.0, 600.0),))
    image = view.image
    assert pixels_of(image, LIGHT.accent) == []
    assert pixels_of(image, LIGHT.ink) != []
    assert view.accessibleDescription() == "a.png, 0 numbers."


def test_doubtful_and_confirmed_ones_are_told_apart_without_colour(
    view: Any, number: NumberOf
) -> None:
    box = (200.0, 200.0, 600.0, 600.0)
    read = number("7", box), number("7", box, 0.8), number("7", box, 0.8, confirmed=True)
    looks = []
    for each in read:
        view.show_numbers((each,))
        looks.append(view.image.convertToFormat(QImage.Format.Format_Grayscale8))
    assert looks[0] != looks[1] != looks[2] != looks[0]
    view.show_numbers(read)
    assert view.accessibleDescription() == "a.png, 3 numbers, 1 doubtful."


def test_the_selected_number_has_a_thicker_frame_and_is_brought_into_view(
    view: Any, number: NumberOf, pixels_of: PixelsOf
) -> None:
    box = (900.0, 900.0, 50.0, 30.0)
    view.show_numbers((number("1", (100.0, 100.0, 50.0, 30.0)), number("2", box)))
    view.control.zoom_to(4.0, QPointF(0, 0))
    view.select_number(1)
    at = view.control.viewport.to_widget(box)
    assert view.rect().contains(at.toRect())
    selected = len(pixels_of(view.image, LIGHT.accent))
    view.select_number(None)
    assert len(pixels_of(view.image, LIGHT.accent)) < 0.8 * selected


def test_a_number_that_is_clicked_on_is_told(view: Any, qtbot: QtBot, number: NumberOf) -> None:
    upper, lower = (100.0, 100.0, 800.0, 200.0), (100.0, 600.0, 800.0, 200.0)
    view.show_numbers((number("1", upper), number("2", lower)), ((100.0, 400.0, 800.0, 100.0),))
    clicked: list[int] = []
    view.number_clicked.connect(lambda index, _digit: clicked.append(index))
    for y in (200, 450, 700, 950):  # A Number, what is no digit, the other Number, and nothing.
        qtbot.mouseClick(view, LEFT, pos=view.spot(500, y))
    assert clicked == [0, 1]
    view.control.zoom_to(2.0, QPointF(200, 200))
    view.drag(view.spot(500, 250), view.spot(520, 270))
    assert clicked == [0, 1]


def test_label_is_not_dimmed_where_only_a_box_is_read(
    view: Any, number: NumberOf, pixels_of: PixelsOf
) -> None:
    box = (300.0, 500.0, 400.0, 200.0)
    view.show_numbers((number("2047", box),))
    accent = len(pixels_of(view.image, LIGHT.accent))
    view.show_within(box)
    assert len(pixels_of(view.image, LIGHT.accent)) == accent
    assert view.image.pixelColor(view.spot(100, 100)).lightness() < 200


def test_the_digit_nearest_to_a_click_is_told(view: Any, qtbot: QtBot) -> None:
    chances = Prediction(np.full(11, 1 / 11))
    blank = np.zeros((28, 28), np.float32)
    boxes = [(x, 100.0, 100.0, 200.0) for x in (100.0, 400.0, 700.0)]
    digits = tuple(Digit(box, blank, chances) for box in boxes)
    view.show_numbers((Number("123", 0.9, (100.0, 100.0, 700.0, 200.0), digits),))
    clicked: list[tuple[int, int]] = []
    view.number_clicked.connect(lambda *told: clicked.append(told))
    for x in (120, 450, 520, 650, 790):
        qtbot.mouseClick(view, LEFT, pos=view.spot(x, 200))
    assert clicked == [(0, 0), (0, 1), (0, 1), (0, 2), (0, 2)]


def test_the_pointer_is_told_how_sure_a_number_is(
    view: Any, monkeypatch: pytest.MonkeyPatch, number: NumberOf
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, __: told.append(text))
    view.show_numbers((number("2047", (100.0, 100.0, 800.0, 200.0), 0.93),))
    at = view.spot(500, 200)
    event = QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, event)
    assert told == ["2047, doubtful, 93.0 %."]


def test_three_hundred_numbers_leave_room_for_their_digits(view: Any, number: NumberOf) -> None:
    boxes = [(50.0 * (n % 20), 60.0 * (n // 20), 40.0, 30.0) for n in range(300)]
    view.show_numbers(tuple(number("20", box) for box in boxes))
    image = view.image
    accent = {LIGHT.accent.rgb(), LIGHT.accent_text.rgb()}
    for box in boxes[::7]:
        inside = view.control.viewport.to_widget(box).toAlignedRect().adjusted(2, 2, -2, -2)
        for x in range(inside.left(), inside.right(), 3):
            assert image.pixel(x, inside.center().y()) not in accent - {QColor("white").rgb()}


def test_click_beside_all_numbers_goes_to_none_that_has_no_label(
    view: Any, qtbot: QtBot, number: NumberOf
) -> None:
    boxes = [(52.0 * x, 62.0 * y, 50.0, 60.0) for x in range(15) for y in range(16)]
    view.show_numbers(tuple(number("2047", box, 0.5) for box in boxes))
    view.grab()
    clicked: list[int] = []
    view.number_clicked.connect(lambda index, _digit: clicked.append(index))
    inside = view.control.viewport.to_widget(boxes[100]).center().toPoint()
    for at in (QPoint(view.width() - 4, 200), inside):
        qtbot.mouseClick(view, LEFT, pos=at)
    assert clicked == [100]


def point_at(view: Any, at: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    there = QPointF(view.mapToGlobal(at))
    move = QMouseEvent(QEvent.Type.MouseMove, at, there, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, move)


def test_number_without_room_for_its_label_has_a_small_mark_and_says_it_under_the_pointer(
    view: Any, number: NumberOf, pixels_of: PixelsOf
) -> None:
    boxes = [(52.0 * x, 62.0 * y, 50.0, 60.0) for x in range(15) for y in range(16)]
    view.show_numbers(tuple(number("2047", box, 0.5) for box in boxes))
    inner = boxes[7 * 16 + 7]
    at = view.control.viewport.to_widget(inner)
    assert pixels_of(view.image.copy(at.toRect().translated(-8, -8)), LIGHT.base)
    before = view.image
    point_at(view, at.center())
    assert view.image != before
    point_at(view, QPointF(view.width() - 4.0, 200.0))
    assert view.image == before
    point_at(view, at.center())
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.image == before


def test_labels_keep_their_side_while_the_zoom_changes_and_settle_when_it_rests(
    view: Any, qtbot: QtBot, number: NumberOf, pixels_of: PixelsOf
) -> None:
    upper, lower = (480.0, 440.0, 40.0, 20.0), (480.0, 480.0, 40.0, 20.0)
    view.show_numbers((number("1", upper), number("2", lower)))
    view.resize(420, 420)

    def below(box: Box) -> bool:
        at = view.control.viewport.to_widget(box)
        strip = view.image.copy(round(at.left()), round(at.bottom()) + 10, round(at.width()), 8)
        return bool(pixels_of(strip, LIGHT.accent))

    assert below(lower)
    view.control.zoom_to(3.0, QPointF(210, 210))
    assert below(lower)
    with qtbot.waitSignal(view.control.zoom_rested):
        pass
    assert not below(lower)  # There is room above it now.


def test_labels_of_two_rows_do_not_meet_while_the_picture_gets_smaller(
    view: Any, qtbot: QtBot, number: NumberOf
) -> None:
    rows = [(480.0, y, 40.0, 20.0) for y in (440.0, 480.0, 520.0)]
    view.show_numbers(tuple(number(str(row), box) for row, box in enumerate(rows)))

    def labels() -> list[QRectF]:
        marks = view.marks
        marks.mark_at(QPointF(0, 0), view.control.viewport)
        placed = zip(marks._places.tolist(), marks._sizes.tolist(), strict=True)
        return [QRectF(*at, *size) for at, size in placed if not np.isnan(at[0])]

    view.control.zoom_to(4.0, QPointF(200, 200))
    with qtbot.waitSignal(view.control.zoom_rested):
        pass
    assert len(labels()) == 3
    view.control.zoom_to(0.5, QPointF(200, 200))
    assert len(labels()) == 1  # The others are small marks.
    with qtbot.waitSignal(view.control.zoom_rested):
        pass
    shown = labels()
    assert len(shown) == 3  # One above its row, one beside and one below.
    assert not any(one.intersects(other) for one, other in combinations(shown, 2))


@pytest.mark.parametrize("is_selected", [False, True])
def test_confirmed_number_among_others_has_its_label_where_paper_is_free(
    view: Any, number: NumberOf, is_selected: bool
) -> None:
    rows = [(300.0 + 80 * n, y, 62.0, 22.0) for y in (300.0, 336.0) for n in (-1, 0, 1)]
    boxes = [*rows, (230.0, 262.0, 60.0, 24.0)]
    view.show_numbers(tuple(number("20", box, confirmed=nth == 1) for nth, box in enumerate(boxes)))
    if is_selected:
        view.select_number(1)
    view.control.zoom_to(1.0, QPointF(150, 130))
    view.marks.settle()
    view.grab()
    label = QRectF(*view.marks._places[1], *view.marks._sizes[1])
    assert not np.isnan(label.left())
    for nth, box in enumerate(boxes):
        frame = QRectF(*box).adjusted(-5, -5, 5, 5)
        assert nth == 1 or not label.intersects(frame)


CRISP = """
import numpy as np
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtGui import QColor
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Number
from handwrite_gui.widgets.pictures.levels import Levels
from handwrite_gui.widgets.pictures.picture_view import PictureView
from handwrite_gui.widgets.theme import LIGHT
app = QApplication([])
outer = QWidget()
outer.resize(500, 500)
view = PictureView(outer)
view.setGeometry(33, 21, 401, 401)
grey = Picture(np.full((900, 900, 3), 128, np.uint8), "grey")
view.show_picture(Levels.of(grey), "grey")
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
