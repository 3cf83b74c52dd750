"""Excerpts: turns add up, and boxes are whole pixels of the picture."""

import pytest

from handwrite_gui.domain.excerpt import Crop, Excerpt, Turn


@pytest.mark.parametrize(
    ("quarters", "edits"),
    [
        ((1,), (Turn(1),)),
        ((-1,), (Turn(3),)),
        ((1, 1), (Turn(2),)),
        ((1, -1), ()),
        ((3, 2), (Turn(1),)),
    ],
)
def test_turns_add_up(quarters: tuple[int, ...], edits: tuple[Turn, ...]) -> None:
    excerpt = Excerpt(page=3)
    for each in quarters:
        excerpt = excerpt.turned(each)
    assert excerpt == Excerpt(page=3, edits=edits)
    assert excerpt.is_whole == (not edits)


@pytest.mark.parametrize(
    ("box", "whole"),
    [
        ((1.4, 2.6, 10.2, 9.9), (1, 3, 11, 9)),
        ((-5.0, -5.0, 500.0, 500.0), (0, 0, 100, 50)),
        ((99.9, 49.9, 9.0, 9.0), (99, 49, 1, 1)),
        ((300.0, 300.0, 5.0, 5.0), (99, 49, 1, 1)),
        ((7.2, 7.2, 0.1, 0.1), (7, 7, 1, 1)),
    ],
)
def test_boxes_are_whole_pixels_inside(
    box: tuple[float, float, float, float], whole: tuple[int, int, int, int]
) -> None:
    cropped = Excerpt().cropped(box, (100, 50))
    assert cropped.edits == (Crop(whole),)
    assert Excerpt().reading_only(box, (100, 50)).within == whole
    assert not cropped.is_whole
    assert not Excerpt().reading_only(box, (100, 50)).is_whole


def test_a_turn_or_a_crop_ends_reading_a_box_only() -> None:
    only = Excerpt().reading_only((1, 1, 5, 5), (100, 50))
    assert only.turned(1).within is None
    assert only.cropped((2, 2, 3, 3), (100, 50)).within is None
