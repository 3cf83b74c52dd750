"""The picture view: moved, enlarged, pointed at, and marked where Numbers are."""

import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Box, Digit, Number
from handwrite_gui.imaging.cut_excerpt import reduce_picture
from handwrite_gui.widgets.pictures.levels import Levels
from handwrite_gui.widgets.pictures.picture_view import PictureView
from handwrite_gui.widgets.theme import LIGHT
from handwrite_gui.widgets.zoom_badge import ZoomBadge

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
WHITE = (255, 255, 255)


def levels(width: int = 1000, height: int = 1000, colour: tuple[int, int, int] = WHITE) -> Levels:
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = colour
    return Levels.of(reduce_picture(Picture(pixels, "a.png")))


def number(text: str, box: Box, confidence: float = 0.999, *, confirmed: bool = False) -> Number:
    return Number(text, confidence, box, (), is_confirmed=confirmed)


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    """A white picture of 1000 by 1000 pixels, fitted."""
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    view.show_picture(levels(), "a.png", 1)
    return view


def grab(view: PictureView) -> QImage:
    return view.grab().toImage()


def pixels_of(image: QImage, colour: QColor) -> list[tuple[int, int]]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    values = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width())
    return [(int(x), int(y)) for y, x in np.argwhere(values == colour.rgb())]


def spot(view: PictureView, x: float, y: float) -> QPoint:
    """Where a place of the picture is in the widget."""
    return view.control.viewport.to_widget((x, y, 0.0, 0.0)).topLeft().toPoint()


def wheel(view: PictureView, notches: int, at: QPoint, keys: Qt.KeyboardModifier = PLAIN) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def drag(view: PictureView, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(view, button, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, button, pos=end)


def seen(view: PictureView) -> tuple[float, float, float]:
    viewport = view.control.viewport
    return viewport.scale, viewport.left, viewport.top


# Zoom and pan


def test_control_and_wheel_zoom_at_the_pointer_as_on_the_canvas(view: PictureView) -> None:
    at, viewport = spot(view, 300, 700), view.control.viewport
    before = viewport.to_picture(QPointF(at))
    wheel(view, 8, at, CONTROL)
    assert viewport.scale == pytest.approx(4 * viewport.fitted_scale, rel=1e-6)
    after = viewport.to_picture(QPointF(at))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))
    wheel(view, -8, at, CONTROL)
    assert viewport.is_fitted


def test_the_wheel_alone_moves_the_picture_and_shift_does_it_sideways(view: PictureView) -> None:
    view.control.zoom_to(2.0, QPointF(200, 200))
    _, left, top = seen(view)
    wheel(view, -1, QPoint(200, 200))
    assert seen(view)[1:] == pytest.approx((left, top + 24.0))
    wheel(view, -1, QPoint(200, 200), SHIFT)
    assert seen(view)[1:] == pytest.approx((left + 24.0, top + 24.0))


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_left_and_middle_button_hold_the_picture(view: PictureView, button: Qt.MouseButton) -> None:
    view.control.zoom_to(2.0, QPointF(200, 200))
    _, left, top = seen(view)
    drag(view, QPoint(200, 200), QPoint(260, 230), button)
    assert seen(view)[1:] == pytest.approx((left - 30.0, top - 15.0))
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor


CORNER = 750.0, 250.0, 60.0, 40.0


def place(view: PictureView, box: Box) -> QPointF:
    return view.control.viewport.to_widget(box).center()


def test_keys_zoom_about_the_chosen_number(view: PictureView, qtbot: QtBot) -> None:
    view.show_numbers((number("12", (100.0, 100.0, 90.0, 40.0)), number("34", CORNER)))
    view.select_number(1)
    view.control.zoom_in()
    was = place(view, CORNER)
    for _ in range(4):
        view.control.zoom_in()
    assert (place(view, CORNER) - was).manhattanLength() < 1.0
    for _ in range(8):
        view.control.zoom_in()
    assert view.rect().contains(view.control.viewport.to_widget(CORNER).toRect().center())


def test_keys_zoom_about_the_digit_that_is_spoken_of(view: PictureView) -> None:
    x, y, width, height = CORNER
    boxes = [(x, y, width / 2, height), (x + width / 2, y, width / 2, height)]
    nobody_knows = Prediction(np.full(11, 1 / 11))
    digits = tuple(Digit(box, np.zeros((28, 28), np.float32), nobody_knows) for box in boxes)
    view.show_numbers((Number("34", 0.9, CORNER, digits),))
    view.select_number(0, 1)
    view.control.zoom_in()
    was = place(view, boxes[1])
    for _ in range(4):
        view.control.zoom_in()
    assert (place(view, boxes[1]) - was).manhattanLength() < 1.0


def test_keys_zoom_into_view_what_would_pass_the_edge(view: PictureView) -> None:
    view.show_numbers((number("34", CORNER),))
    view.select_number(0, brings=False)
    view.control.zoom_to(2.0, QPointF(200, 200))
    at = view.control.viewport.to_widget(CORNER)
    view.control.move_by(10.0 - at.right(), 300.0 - at.top())  # Ten pixels of it are seen.
    view.control.zoom_in()
    assert view.rect().contains(view.control.viewport.to_widget(CORNER).toRect())


@pytest.mark.parametrize("chosen", [None, 0])
def test_keys_zoom_about_the_middle_where_nothing_chosen_is_seen(
    view: PictureView, chosen: int | None
) -> None:
    view.show_numbers((number("34", CORNER),))
    view.select_number(chosen)
    view.control.zoom_to(2.0, QPointF(200, 200))
    view.control.move_by(0.0, -900.0)
    viewport = view.control.viewport
    was = viewport.to_picture(viewport.middle)
    view.control.zoom_in()
    now = viewport.to_picture(viewport.middle)
    assert (now.x(), now.y()) == pytest.approx((was.x(), was.y()))


def test_keys_zoom_and_move(view: PictureView, qtbot: QtBot) -> None:
    fitted = seen(view)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    scale, left, top = seen(view)
    assert scale > fitted[0]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down, CONTROL)
    assert seen(view)[1] > left
    assert seen(view)[2] > top
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert seen(view) == pytest.approx(fitted)


def test_two_fingers_zoom_and_one_moves(view: PictureView) -> None:
    screen = QTest.createTouchDevice()
    at = [QPoint(150, 200), QPoint(250, 200)]
    QTest.touchEvent(view, screen).press(0, at[0], view).press(1, at[1], view).commit()
    for apart in (10, 30, 50):
        step = QPoint(apart, 0)
        QTest.touchEvent(view, screen).move(0, at[0] - step, view).move(
            1, at[1] + step, view
        ).commit()
    QTest.touchEvent(view, screen).release(0, at[0], view).release(1, at[1], view).commit()
    scale, left, top = seen(view)
    assert scale == pytest.approx(2 * view.control.viewport.fitted_scale, rel=0.01)
    QTest.touchEvent(view, screen).press(0, at[0], view).commit()
    for moved in (20, 40):
        QTest.touchEvent(view, screen).move(0, at[0] + QPoint(moved, 0), view).commit()
    QTest.touchEvent(view, screen).release(0, at[0] + QPoint(40, 0), view).commit()
    assert seen(view) == pytest.approx((scale, left - 40 / scale, top), abs=0.1)


def test_the_zoom_is_said_and_leads_back(view: PictureView, qtbot: QtBot) -> None:
    badge = view.findChild(ZoomBadge)
    assert badge.isHidden()
    view.control.zoom_to(1.5, QPointF(200, 200))
    assert badge.text() == "150 %"
    assert badge.toolTip() == "Back to the whole picture"
    qtbot.mouseClick(badge, LEFT)
    assert view.control.viewport.is_fitted
    assert badge.isHidden()


def test_more_pixels_of_the_same_picture_leave_the_view_and_the_marks(view: PictureView) -> None:
    view.show_numbers((number("7", (1.0, 1.0, 9.0, 9.0)),))
    view.control.zoom_to(3.0, QPointF(100, 100))
    before = seen(view)
    view.show_picture(levels(), "a.png", 1)
    assert seen(view) == before
    assert len(view.numbers) == 1
    view.show_picture(levels(500, 700), "b.png", 2)
    assert view.control.viewport.is_fitted
    assert view.control.viewport.size == (500, 700)
    assert view.numbers == ()


# Marks


def test_the_frame_lies_around_the_box_at_every_zoom(view: PictureView) -> None:
    view.show_numbers((number("7", (450.0, 470.0, 100.0, 60.0)),))
    for scale in (None, 1.0, 2.5):
        if scale:
            view.control.zoom_to(scale, QPointF(spot(view, 500, 500)))
        box = view.control.viewport.to_widget((450.0, 470.0, 100.0, 60.0))
        frame = [p for p in pixels_of(grab(view), LIGHT.accent) if p[1] > box.center().y()]
        columns, rows = [x for x, _ in frame], [y for _, y in frame]
        wanted = box.left(), box.right(), box.bottom()
        assert (min(columns), max(columns), max(rows)) == pytest.approx(wanted, abs=7)
        assert grab(view).pixelColor(box.center().toPoint()) == QColor("white")


def test_a_label_keeps_its_size_and_stands_above_its_box(view: PictureView) -> None:
    view.show_numbers((number("7", (400.0, 400.0, 200.0, 200.0)),))
    heights = []
    for scale in (None, 1.2):
        if scale:
            view.control.zoom_to(scale, QPointF(spot(view, 500, 500)))
        top = view.control.viewport.to_widget((400.0, 400.0, 200.0, 200.0)).top()
        label = [y for _, y in pixels_of(grab(view), LIGHT.accent) if y < top - 7]
        heights.append(max(label) - min(label))
        assert top - 40 < min(label)
    assert heights[0] == heights[1] > 10


def test_what_is_no_digit_has_another_frame(view: PictureView) -> None:
    view.show_numbers((), ((200.0, 200.0, 600.0, 600.0),))
    image = grab(view)
    assert pixels_of(image, LIGHT.accent) == []
    assert pixels_of(image, LIGHT.ink) != []
    assert view.accessibleDescription() == "a.png, 0 numbers."


def test_doubtful_and_confirmed_ones_are_told_apart_without_colour(view: PictureView) -> None:
    box = (200.0, 200.0, 600.0, 600.0)
    read = number("7", box), number("7", box, 0.8), number("7", box, 0.8, confirmed=True)
    looks = []
    for each in read:
        view.show_numbers((each,))
        looks.append(grab(view).convertToFormat(QImage.Format.Format_Grayscale8))
    assert looks[0] != looks[1] != looks[2] != looks[0]
    view.show_numbers(read)
    assert view.accessibleDescription() == "a.png, 3 numbers, 1 doubtful."


def test_the_selected_number_has_a_thicker_frame_and_is_brought_into_view(
    view: PictureView,
) -> None:
    box = (900.0, 900.0, 50.0, 30.0)
    view.show_numbers((number("1", (100.0, 100.0, 50.0, 30.0)), number("2", box)))
    view.control.zoom_to(4.0, QPointF(0, 0))
    view.select_number(1)
    at = view.control.viewport.to_widget(box)
    assert view.rect().contains(at.toRect())
    selected = len(pixels_of(grab(view), LIGHT.accent))
    view.select_number(None)
    assert len(pixels_of(grab(view), LIGHT.accent)) < 0.8 * selected


def test_a_number_that_is_clicked_on_is_told(view: PictureView, qtbot: QtBot) -> None:
    upper, lower = (100.0, 100.0, 800.0, 200.0), (100.0, 600.0, 800.0, 200.0)
    view.show_numbers((number("1", upper), number("2", lower)), ((100.0, 400.0, 800.0, 100.0),))
    clicked: list[int] = []
    view.number_clicked.connect(lambda index, _digit: clicked.append(index))
    for y in (200, 450, 700, 950):  # A Number, what is no digit, the other Number, and nothing.
        qtbot.mouseClick(view, LEFT, pos=spot(view, 500, y))
    assert clicked == [0, 1]
    view.control.zoom_to(2.0, QPointF(200, 200))
    drag(view, spot(view, 500, 250), spot(view, 520, 270))
    assert clicked == [0, 1]


def test_label_is_not_dimmed_where_only_a_box_is_read(view: PictureView) -> None:
    box = (300.0, 500.0, 400.0, 200.0)
    view.show_numbers((number("2047", box),))
    accent = len(pixels_of(grab(view), LIGHT.accent))
    view.show_within(box)
    assert len(pixels_of(grab(view), LIGHT.accent)) == accent
    assert view.grab().toImage().pixelColor(spot(view, 100, 100)).lightness() < 200


def test_the_digit_nearest_to_a_click_is_told(view: PictureView, qtbot: QtBot) -> None:
    chances = Prediction(np.full(11, 1 / 11))
    blank = np.zeros((28, 28), np.float32)
    boxes = [(x, 100.0, 100.0, 200.0) for x in (100.0, 400.0, 700.0)]
    digits = tuple(Digit(box, blank, chances) for box in boxes)
    view.show_numbers((Number("123", 0.9, (100.0, 100.0, 700.0, 200.0), digits),))
    clicked: list[tuple[int, int]] = []
    view.number_clicked.connect(lambda *told: clicked.append(told))
    for x in (120, 450, 520, 650, 790):
        qtbot.mouseClick(view, LEFT, pos=spot(view, x, 200))
    assert clicked == [(0, 0), (0, 1), (0, 1), (0, 2), (0, 2)]


def test_the_pointer_is_told_how_sure_a_number_is(
    view: PictureView, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, __: told.append(text))
    view.show_numbers((number("2047", (100.0, 100.0, 800.0, 200.0), 0.93),))
    at = spot(view, 500, 200)
    event = QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, event)
    assert told == ["2047, doubtful, 93.0 %."]


def test_three_hundred_numbers_leave_room_for_their_digits(view: PictureView) -> None:
    boxes = [(50.0 * (n % 20), 60.0 * (n // 20), 40.0, 30.0) for n in range(300)]
    view.show_numbers(tuple(number("20", box) for box in boxes))
    image = grab(view)
    accent = {LIGHT.accent.rgb(), LIGHT.accent_text.rgb()}
    for box in boxes[::7]:
        inside = view.control.viewport.to_widget(box).toAlignedRect().adjusted(2, 2, -2, -2)
        for x in range(inside.left(), inside.right(), 3):
            assert image.pixel(x, inside.center().y()) not in accent - {QColor("white").rgb()}


def test_click_beside_all_numbers_goes_to_none_that_has_no_label(
    view: PictureView, qtbot: QtBot
) -> None:
    boxes = [(52.0 * x, 62.0 * y, 50.0, 60.0) for x in range(15) for y in range(16)]
    view.show_numbers(tuple(number("2047", box, 0.5) for box in boxes))
    grab(view)
    clicked: list[int] = []
    view.number_clicked.connect(lambda index, _digit: clicked.append(index))
    inside = view.control.viewport.to_widget(boxes[100]).center().toPoint()
    for at in (QPoint(view.width() - 4, 200), inside):
        qtbot.mouseClick(view, LEFT, pos=at)
    assert clicked == [100]


def point_at(view: PictureView, at: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    there = QPointF(view.mapToGlobal(at))
    move = QMouseEvent(QEvent.Type.MouseMove, at, there, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, move)


def test_number_without_room_for_its_label_has_a_small_mark_and_says_it_under_the_pointer(
    view: PictureView,
) -> None:
    boxes = [(52.0 * x, 62.0 * y, 50.0, 60.0) for x in range(15) for y in range(16)]
    view.show_numbers(tuple(number("2047", box, 0.5) for box in boxes))
    inner = boxes[7 * 16 + 7]
    at = view.control.viewport.to_widget(inner)
    assert pixels_of(grab(view).copy(at.toRect().translated(-8, -8)), LIGHT.base)
    before = grab(view)
    point_at(view, at.center())
    assert grab(view) != before
    point_at(view, QPointF(view.width() - 4.0, 200.0))
    assert grab(view) == before
    point_at(view, at.center())
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert grab(view) == before


def test_labels_keep_their_side_while_the_zoom_changes_and_settle_when_it_rests(
    view: PictureView, qtbot: QtBot
) -> None:
    upper, lower = (480.0, 440.0, 40.0, 20.0), (480.0, 480.0, 40.0, 20.0)
    view.show_numbers((number("1", upper), number("2", lower)))
    view.resize(420, 420)

    def below(box: Box) -> bool:
        at = view.control.viewport.to_widget(box)
        strip = grab(view).copy(round(at.left()), round(at.bottom()) + 10, round(at.width()), 8)
        return bool(pixels_of(strip, LIGHT.accent))

    assert below(lower)
    view.control.zoom_to(3.0, QPointF(210, 210))
    assert below(lower)
    with qtbot.waitSignal(view.control.zoom_rested):
        pass
    assert not below(lower)  # There is room above it now.


# The box


def test_a_box_is_drawn_with_the_pointer_and_left_with_escape(
    view: PictureView, qtbot: QtBot
) -> None:
    boxes: list[object] = []
    view.box_changed.connect(boxes.append)
    view.set_draws_box(True)
    assert view.cursor().shape() == Qt.CursorShape.CrossCursor
    drag(view, spot(view, 800, 600), spot(view, 200, 300))
    assert view.box == pytest.approx((200, 300, 600, 300), abs=3)
    assert boxes[-1] == view.box
    dimmed = grab(view)
    assert dimmed.pixelColor(spot(view, 500, 450)) == QColor("white")
    assert dimmed.pixelColor(spot(view, 500, 900)).lightness() < 200
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.box is None
    with qtbot.waitSignal(view.box_left):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_a_box_ends_at_the_pictures_edge_and_a_click_draws_none(view: PictureView) -> None:
    view.set_draws_box(True)
    drag(view, spot(view, 600, 600), QPoint(399, 399))
    assert view.box == pytest.approx((600, 600, 400, 400), abs=4)
    QTest.mouseClick(view, LEFT, pos=spot(view, 500, 500))
    assert view.box is None


def test_a_box_is_drawn_by_keys(
    view: PictureView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    hear = lambda event: said.append(event.message())  # noqa: E731
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    view.set_draws_box(True)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    x, y, width, height = view.box
    assert width == pytest.approx(500, abs=60)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Up, SHIFT)
    assert view.box[0] > x
    assert view.box[1] == y
    assert view.box[2] == width
    assert view.box[3] < height
    for _ in range(200):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    x, y, width, height = view.box
    assert (x + width, y + height) == pytest.approx((1000, 1000))
    assert said[-1].startswith(f"Box of {round(width)} × {round(height)} pixels")


def test_the_space_bar_moves_the_picture_while_a_box_is_drawn(view: PictureView) -> None:
    view.set_draws_box(True)
    view.setFocus()
    view.control.zoom_to(2.0, QPointF(200, 200))
    before = seen(view)
    QTest.keyPress(view, Qt.Key.Key_Space)
    drag(view, QPoint(200, 200), QPoint(240, 200))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.box is None
    assert seen(view)[1] == pytest.approx(before[1] - 20)
    drag(view, QPoint(200, 200), QPoint(240, 250))
    assert view.box is not None


def test_another_picture_has_no_box_and_what_is_read_only_is_dimmed_around(
    view: PictureView,
) -> None:
    view.set_draws_box(True)
    drag(view, spot(view, 200, 200), spot(view, 400, 400))
    view.show_picture(levels(), "b.png", 2)
    assert view.box is None
    view.show_within((400.0, 400.0, 200.0, 200.0))
    image = grab(view)
    assert image.pixelColor(spot(view, 500, 500)) == QColor("white")
    assert image.pixelColor(spot(view, 300, 500)).lightness() < 200


# What else is shown


def test_pages_are_turned_by_keys(view: PictureView, qtbot: QtBot) -> None:
    wanted: list[int] = []
    view.page_wanted.connect(wanted.append)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert wanted == [1, -1]


def test_a_message_takes_the_pictures_place(view: PictureView) -> None:
    view.show_picture(levels(50, 50, (255, 0, 0)), "x.png", 2)
    view.show_message("")
    blank = grab(view)
    view.show_message("“x.png” is empty: choose another picture.")
    image = grab(view)
    assert pixels_of(image, QColor(255, 0, 0)) == []
    assert image != blank
    assert view.accessibleDescription() == "“x.png” is empty: choose another picture."
    wheel(view, 1, QPoint(100, 100), CONTROL)  # Nothing is there to be enlarged.


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
