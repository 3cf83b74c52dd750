import pytest
from PySide6.QtCore import QPointF, QRectF

from handwrite_gui.widgets.draw.view import LEAST_SCALE, MOST_SCALE, STEPS, View

NO_INK = QRectF()


@pytest.fixture
def view() -> View:
    view = View()
    view.resize(400, 300)
    return view


def test_at_home_pixels_are_canvas_units(view: View) -> None:
    assert view.is_home
    assert view.on_paper(QPointF(12.25, 299.5)) == (12.25, 299.5)
    assert view.seen == QRectF(0, 0, 400, 300)
    assert view.to_widget.isIdentity()


@pytest.mark.parametrize("scale", [0.25, 0.7, 1.0, 2.0, 8.0])
def test_both_ways_of_mapping_agree(view: View, scale: float) -> None:
    view.zoom_to(scale, QPointF(300, 100), NO_INK)
    view.move_by(-13.5, 8, NO_INK)
    for at in (QPointF(0, 0), QPointF(123.5, 77.25), QPointF(400, 300)):
        back = view.to_widget.map(QPointF(*view.to_paper(at)))
        assert back.toTuple() == pytest.approx(at.toTuple(), abs=1e-9)
        assert view.on_paper(at) == pytest.approx(view.to_paper(at))


def test_what_is_under_the_pointer_stays_there(view: View) -> None:
    at = QPointF(120, 90)
    for scale in (1.7, 3.0, 8.0, 2.0, 0.6):
        before = view.to_paper(at)
        view.zoom_to(scale, at, NO_INK)
        assert view.to_paper(at) == pytest.approx(before)


def test_scale_keeps_its_limits_and_stops_at_actual_size(view: View) -> None:
    at = view.middle
    view.zoom_to(1000.0, at, NO_INK)
    assert view.scale == MOST_SCALE
    view.zoom_to(0.9, at, NO_INK)
    assert view.scale == 1.0
    view.zoom_to(0.0, at, NO_INK)
    assert view.scale == LEAST_SCALE
    view.zoom_to(1.0 + 1e-9, at, NO_INK)
    assert view.scale == 1.0


def test_steps_lead_from_end_to_end_and_back(view: View) -> None:
    view.zoom_to(LEAST_SCALE, view.middle, NO_INK)
    for direction, steps in ((1, STEPS[1:]), (-1, STEPS[-2::-1])):
        for step in steps:
            assert view.step(direction) == step
            view.zoom_to(step, view.middle, NO_INK)
            assert view.scale == step
        assert view.step(direction) == step
    for scale in (1.0, 1.19):  # On the way from less it would stop at 1.
        view.zoom_to(scale, view.middle, NO_INK)
    assert (view.step(-1), view.step(1)) == (1.0, 1.5)


def test_place_beside_the_widget_is_the_edge_of_what_is_seen(view: View) -> None:
    view.zoom_to(4.0, QPointF(400, 300), NO_INK)
    assert view.seen == QRectF(300, 225, 100, 75)
    assert view.on_paper(QPointF(-50, 400)) == (300, 300)
    assert view.on_paper(QPointF(500, -1)) == (400, 225)
    assert view.to_paper(QPointF(-40, 340)) == (290, 310)


@pytest.mark.parametrize("scale", [0.25, 1.0, 8.0])
def test_paper_cannot_be_lost(view: View, scale: float) -> None:
    sheet = QRectF(0, 0, 400, 300)
    view.zoom_to(scale, QPointF(), NO_INK)
    for x, y in ((1, 1), (-1, 1), (-1, -1), (1, -1)):
        view.move_by(x * 1e6, y * 1e6, NO_INK)
        smaller, larger = (view.seen, sheet) if scale > 1.0 else (sheet, view.seen)
        assert larger.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(smaller.center())
    view.go_home()
    assert view.is_home


def test_ink_beside_the_sheet_can_be_reached(view: View) -> None:
    ink = QRectF(-500, 700, 20, 20)
    view.zoom_to(2.0, view.middle, ink)
    view.move_by(1e6, -1e6, ink)
    assert view.seen.contains(QPointF(-500, 720))


def test_other_size_of_the_widget_moves_and_scales_nothing(view: View) -> None:
    view.zoom_to(2.0, QPointF(100, 100), NO_INK)
    before = view.to_paper(QPointF(10, 20))
    view.resize(200, 100)
    assert view.to_paper(QPointF(10, 20)) == before
    assert view.seen == QRectF(50, 50, 100, 50)
    view.resize(800, 600)
    assert view.seen == QRectF(50, 50, 400, 300)
