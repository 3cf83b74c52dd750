"""Digits that are cut out by their rooms alone are seen without their neighbours."""

import numpy as np

from handwrite_gui.reading.room_cuts import cut_rooms

ROOMS = [(0.0, 60.0), (60.0, 120.0)]


def ink_of(*spans: tuple[int, int]) -> np.ndarray:
    """Rectangles of ink, each a piece of its own."""
    ink = np.zeros((60, 120), np.float32)
    for left, right in spans:
        ink[15:45, left:right] = 1.0
    return ink


def test_digit_that_reaches_into_its_neighbours_room_is_whole_and_not_seen_there() -> None:
    first, second = cut_rooms(ink_of((10, 50), (52, 90)), ROOMS)
    assert (first == ink_of((10, 50))).all()
    assert (second == ink_of((52, 90))).all()


def test_digits_that_touch_are_cut_where_the_rooms_end() -> None:
    first, second = cut_rooms(ink_of((10, 110)), ROOMS)
    assert (first == ink_of((10, 60))).all()
    assert (second == ink_of((60, 110))).all()


def test_room_whose_ink_is_its_neighbours_has_what_stands_in_it() -> None:
    first, second = cut_rooms(ink_of((40, 110)), ROOMS)
    assert (first == ink_of((40, 60))).all()
    assert (second == ink_of((40, 110))).all()


def test_paper_is_no_ink_and_rooms_beyond_the_strip_are_blank() -> None:
    paper = np.full((60, 120), 0.4, np.float32)
    for part in cut_rooms(paper, [(0.0, 0.0), (130.0, 140.0)]):
        assert not part.any()
