import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.replay.paper import Paper, place_whole
from handwrite_gui.widgets.theme import apply_theme


@pytest.fixture
def paper(qtbot: QtBot, four: InkTime) -> Paper:
    paper = Paper()
    qtbot.addWidget(paper)
    paper.resize(400, 300)
    paper.load(four, 12.0)
    paper.show()
    qtbot.waitExposed(paper)
    return paper


def colour_at(paper: Paper, x: int, y: int) -> QColor:
    return paper.grab().toImage().pixelColor(x, y)


def test_ink_is_where_it_is_on_the_canvas(four: InkTime, qtbot: QtBot) -> None:
    place, canvas, paper = QStackedWidget(), Canvas(12.0), Paper()
    qtbot.addWidget(place)
    place.addWidget(canvas)
    place.addWidget(paper)
    place.resize(400, 300)
    place.show()
    canvas.put(four.ink.strokes)
    there = canvas.grab().toImage()
    place.setCurrentWidget(paper)
    paper.load(four, 12.0)
    paper.show_moment(four.duration_ms)
    here = paper.grab().toImage()
    rows = range(275)  # Beneath them is the hint.
    differences = [
        abs(there.pixelColor(x, y).lightness() - here.pixelColor(x, y).lightness())
        for x in range(0, 400, 3)
        for y in rows[::3]
    ]
    assert max(differences) <= 12


def test_it_shows_the_moment(paper: Paper) -> None:
    paper.show_moment(100.0)  # The pen is at (200, 110).
    assert colour_at(paper, 200, 100).lightness() < 50
    assert colour_at(paper, 200, 150).lightness() > 180
    paper.show_moment(300.0)
    assert colour_at(paper, 200, 150).lightness() < 50
    assert colour_at(paper, 120, 180).lightness() > 180


def test_click_is_told_and_draws_nothing(paper: Paper, qtbot: QtBot) -> None:
    before = paper.grab().toImage()
    with qtbot.waitSignal(paper.clicked):
        QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.mouseMove(paper, QPoint(90, 90))
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=QPoint(90, 90))
    assert paper.grab().toImage() == before


def test_theme_is_followed_at_the_same_moment(paper: Paper, qapp: QApplication) -> None:
    paper.show_moment(300.0)
    light = colour_at(paper, 20, 20)
    apply_theme(qapp, "dark")
    assert colour_at(paper, 20, 20) != light
    assert colour_at(paper, 200, 150).lightness() < 50
    assert colour_at(paper, 120, 180).lightness() > 120


def test_it_says_how_to_go_back(paper: Paper) -> None:
    assert "Escape" in paper.accessibleDescription()


# Where there is less paper than the canvas had


def test_ink_that_fits_stays_in_its_place() -> None:
    assert place_whole(QRectF(0, 0, 300, 200), QSize(300, 200)).isIdentity()


def test_ink_that_would_be_cut_off_is_moved_no_further_than_it_must() -> None:
    to_widget = place_whole(QRectF(50, 250, 100, 120), QSize(300, 200))
    assert to_widget.map(QPointF(50, 370)) == QPointF(50, 192)
    assert to_widget.map(QPointF(150, 250)) == QPointF(150, 72)


def test_ink_that_is_too_large_is_made_smaller_and_keeps_its_shape() -> None:
    box = QRectF(100, 0, 150, 368)
    shown = place_whole(box, QSize(300, 200)).mapRect(box)
    assert (shown.height(), shown.width()) == (184, 75)
    assert QRectF(8, 8, 284, 184).contains(shown)


def test_line_off_the_paper_is_brought_back() -> None:
    box = QRectF(500, 20, 0, 100)
    shown = place_whole(box, QSize(300, 200)).mapRect(box)
    np.testing.assert_allclose((shown.x(), shown.y(), shown.height()), (292, 20, 100))
