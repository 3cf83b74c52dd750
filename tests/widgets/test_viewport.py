"""The viewport: the whole picture at first, and a picture that cannot be lost."""

import pytest
from PySide6.QtCore import QPointF, QSizeF

from handwrite_gui.widgets.pictures.viewport import MOST_SCALE, Viewport

ABOVE = 20.0


def viewport(
    width: float = 1000.0,
    height: float = 500.0,
    room: tuple[float, float] = (400.0, 420.0),
    ratio: float = 1.0,
) -> Viewport:
    made = Viewport()
    made.show(width, height)
    made.resize(QSizeF(*room), ratio, ABOVE)
    return made


def test_the_whole_picture_is_seen_at_first_below_room_for_a_label() -> None:
    view = viewport()
    assert view.is_fitted
    assert view.scale == pytest.approx(0.4)
    at = view.to_widget((0.0, 0.0, 1000.0, 500.0))
    assert (at.left(), at.right()) == pytest.approx((0.0, 400.0))
    assert (at.top() + at.bottom()) / 2 == pytest.approx((420.0 + ABOVE) / 2)


def test_a_tiny_picture_is_fitted_in_whole_pixels_of_the_screen() -> None:
    assert viewport(28, 28, ratio=1.5).scale == pytest.approx(int(400 / 28 * 1.5) / 1.5)


def test_it_stays_fitted_when_the_widget_grows_and_its_middle_stays_when_enlarged() -> None:
    view = viewport()
    view.resize(QSizeF(800.0, 840.0), 1.0, ABOVE)
    assert view.scale == pytest.approx(0.8)
    view.zoom_to(4.0, QPointF(100.0, 400.0))
    middle = view.to_picture(view.middle)
    view.resize(QSizeF(500.0, 300.0), 1.0, ABOVE)
    assert view.scale == pytest.approx(4.0)
    assert view.to_picture(view.middle) == middle


def test_what_is_under_the_pointer_stays_there() -> None:
    view, pointer = viewport(), QPointF(250.0, 230.0)
    for scale in (2.0, 5.3, 1.1):
        before = view.to_picture(pointer)
        view.zoom_to(scale, pointer)
        after = view.to_picture(pointer)
        assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_whoever_passes_the_whole_picture_stops_there() -> None:
    view = viewport(100, 50)  # Fitted at 400 %.
    view.zoom_to(6.0, view.middle)
    view.zoom_to(2.0, view.middle)
    assert view.is_fitted
    view.zoom_to(2.0, view.middle)
    assert view.scale == pytest.approx(2.0)


@pytest.mark.parametrize(("scale", "kept"), [(1e6, MOST_SCALE), (1e-6, 0.4)])
def test_scales_have_limits(scale: float, kept: float) -> None:
    view = viewport()
    view.zoom_to(1.0, view.middle)
    view.zoom_to(scale, view.middle)
    assert view.scale == pytest.approx(kept)


def test_steps_lead_through_the_fitted_scale_and_back() -> None:
    view = viewport(900, 500)
    seen = []
    while not seen or seen[-1] != view.scale:
        seen.append(view.scale)
        view.zoom_to(view.step(1), view.middle)
    assert seen[0] == pytest.approx(4 / 9)
    assert seen[1:4] == [0.5, 0.75, 1.0]
    assert seen[-1] == MOST_SCALE
    for _ in seen:
        view.zoom_to(view.step(-1), view.middle)
    assert view.is_fitted


@pytest.mark.parametrize("way", [(1e9, 1e9), (-1e9, -1e9), (1e9, -1e9)])
def test_the_picture_cannot_be_lost(way: tuple[float, float]) -> None:
    view = viewport()
    view.zoom_to(2.0, view.middle)
    view.move_by(*way)
    at = view.to_widget((0.0, 0.0, 1000.0, 500.0))
    assert at.left() <= 0.0
    assert at.right() >= 400.0
    assert at.top() <= ABOVE
    assert at.bottom() >= 420.0
    view.fit()
    fitted = view.left, view.top
    view.move_by(*way)
    assert (view.left, view.top) == fitted


def test_a_box_is_brought_into_view_and_no_further() -> None:
    view = viewport()
    view.zoom_to(2.0, QPointF(0.0, 0.0))
    box = (700.0, 300.0, 50.0, 30.0)
    view.bring_into_view(box, 10.0)
    at = view.to_widget(box)
    assert at.right() == pytest.approx(390.0)
    assert at.bottom() == pytest.approx(410.0)
    before = view.left, view.top
    view.bring_into_view((690.0, 290.0, 10.0, 10.0), 10.0)
    assert (view.left, view.top) == before


def test_of_a_box_that_is_too_large_the_middle_is_shown() -> None:
    view = viewport()
    view.zoom_to(2.0, QPointF(0.0, 0.0))
    view.bring_into_view((100.0, 100.0, 600.0, 20.0), 10.0)
    assert view.to_widget((100.0, 100.0, 600.0, 20.0)).center().x() == pytest.approx(200.0)
