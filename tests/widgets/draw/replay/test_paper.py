import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.ink_time import InkTime, time_of
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.replay import frames
from handwrite_gui.widgets.draw.replay.paper import Paper, view_of_all
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import apply_theme


@pytest.fixture
def canvas_view() -> View:
    view = View()
    view.resize(400, 300)
    return view


@pytest.fixture
def paper(qtbot: QtBot, four: InkTime, canvas_view: View) -> Paper:
    paper = Paper(canvas_view)
    qtbot.addWidget(paper)
    paper.resize(400, 300)
    paper.load(four, 12.0, "none")
    paper.show()
    qtbot.waitExposed(paper)
    return paper


def colour_at(paper: Paper, x: int, y: int) -> QColor:
    return paper.grab().toImage().pixelColor(x, y)


def test_ink_is_where_it_is_on_the_canvas(four: InkTime, qtbot: QtBot) -> None:
    place, canvas = QStackedWidget(), Canvas(12.0)
    paper = Paper(canvas.view_control.view)
    qtbot.addWidget(place)
    place.addWidget(canvas)
    place.addWidget(paper)
    place.resize(400, 300)
    place.show()
    canvas.put(four.ink.strokes)
    there = canvas.grab().toImage()
    place.setCurrentWidget(paper)
    paper.load(four, 12.0, "none")
    paper.show_moment(four.duration_ms)
    here = paper.grab().toImage()
    differences = [
        abs(there.pixelColor(x, y).lightness() - here.pixelColor(x, y).lightness())
        for x in range(0, 400, 3)
        for y in range(0, 300, 3)
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


# Which part of the paper is seen


SMALL = QSize(300, 200)


def seen_at(view: View, box: QRectF) -> QRectF:
    """Where a box of the paper is seen, in pixels of the widget."""
    return view_of_all(box, SMALL, view).to_widget.mapRect(box)


def test_ink_that_fits_stays_in_its_place() -> None:
    assert view_of_all(QRectF(0, 0, 300, 200), SMALL, View()).is_home


def test_ink_that_would_be_cut_off_is_moved_no_further_than_it_must() -> None:
    assert seen_at(View(), QRectF(50, 250, 100, 120)) == QRectF(50, 72, 100, 120)


def test_ink_that_is_too_large_is_made_smaller_and_keeps_its_shape() -> None:
    shown = seen_at(View(), QRectF(100, 0, 150, 368))
    assert (shown.height(), shown.width()) == (184, 75)
    assert QRectF(8, 8, 284, 184).contains(shown)


def test_line_off_the_paper_is_brought_back() -> None:
    assert seen_at(View(), QRectF(500, 20, 0, 100)) == QRectF(292, 20, 0, 100)


def test_ink_is_as_large_as_on_the_canvas_as_long_as_all_of_it_is_seen() -> None:
    view = View()
    view.resize(300, 200)
    view.zoom_to(2.0, QPointF(0, 0), QRectF())
    assert seen_at(view, QRectF(20, 20, 50, 60)) == QRectF(40, 40, 100, 120)
    shown = seen_at(view, QRectF(0, 0, 100, 184))
    assert (shown.width(), shown.height()) == (100, 184)
    assert view.scale == 2.0  # The canvas's own view is never touched.


def test_zoom_of_the_canvas_is_followed(paper: Paper, canvas_view: View) -> None:
    paper.show_moment(1000.0)
    assert colour_at(paper, 200, 100).lightness() < 50
    canvas_view.zoom_to(0.5, QPointF(0, 0), QRectF())
    paper.follow_view()
    assert colour_at(paper, 200, 100).lightness() > 180
    assert colour_at(paper, 100, 50).lightness() < 50


def test_guides_are_seen_where_the_canvas_has_them(paper: Paper, four: InkTime) -> None:
    plain = colour_at(paper, 24, 12)
    paper.load(four, 12.0, "grid")
    assert colour_at(paper, 24, 12) != plain


# Much ink


def test_much_ink_is_painted_on_and_on_until_it_is_all_seen(
    paper: Paper, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    t = np.arange(5_000.0)
    rows = np.stack([20 + 7 * t % 340, 20 + t % 220, 4 * t, 0 * t + 0.5], axis=1)
    time = time_of(Ink((Stroke(rows),), pen_width=4.0))
    moments = [share * time.duration_ms for share in (1.0, 0.0, 0.13, 0.168)]
    with monkeypatch.context() as patch:
        patch.setattr(frames, "FIRST_SLICE_S", np.inf)
        paper.load(time, 4.0, "none")
        paper.grab()
        expected = []
        for moment in moments:
            paper.show_moment(moment)
            expected.append(paper.grab().toImage())
    for name in ("FIRST_SLICE_S", "SLICE_S"):
        monkeypatch.setattr(frames, name, 0.0)
    paper.load(time, 4.0, "none")
    painted = Painted(paper)
    # 100 points at once, the last 190 of them in two goes: one before the screen is painted.
    times_painted = 50 + 50, 1, 6, 1
    for moment, image, times in zip(moments, expected, times_painted, strict=True):
        paper.show_moment(moment)
        painted.rects.clear()
        qtbot.waitUntil(painted.rests)
        assert times - 3 <= len(painted.rects) <= times + 3
        assert painted.rects[-1] == paper.rect() or moment == 0.0  # Going back nothing is left.
        assert paper.grab().toImage() == image


class Painted(QObject):
    """Hears of each time that paper is painted on the screen."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self.rects: list[QRect] = []
        self._heard = 0
        paper.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.rects.append(event.rect())
        return False

    def rests(self) -> bool:
        """Whether something was painted, and nothing more since this was asked before."""
        before, self._heard = self._heard, len(self.rects)
        return 0 < before == self._heard
