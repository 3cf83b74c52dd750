"""Labels lie on no digit and on no other label, wherever there is room."""

import numpy as np
import pytest

from handwrite_gui.domain.label_places import (
    ABOVE,
    ABOVE_END,
    ABOVE_MIDDLE,
    BELOW,
    INSIDE,
    LEFT,
    NOWHERE,
    RIGHT,
    choose_sides,
    have_room,
    label_rects,
    least_hiding_side,
)

GAP = 3.0


def sides_of(
    frames: np.ndarray,
    sizes: np.ndarray,
    always: int | None = None,
    highest: float = -9e9,
    lowest: float = 9e9,
) -> tuple[list[int], np.ndarray]:
    """The sides that are chosen, and the rectangles there; shape (n, 4)."""
    bounds = 0.0, highest, 1000.0, lowest
    rects = label_rects(frames, sizes, GAP, bounds)
    sides = choose_sides(frames, rects, range(len(frames)), GAP, bounds, always)
    return sides.tolist(), rects[np.arange(len(frames)), sides]


def meets(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def far(one: np.ndarray, other: np.ndarray) -> float:
    """The distance between two rectangles."""
    apart = np.maximum(one[:2] - other[2:], other[:2] - one[2:])
    return float(np.hypot(*np.maximum(apart, 0.0)))


def is_beside(frame: np.ndarray, rect: np.ndarray) -> bool:
    """Whether they stand in one row."""
    return bool(frame[1] < rect[3] and rect[1] < frame[3])


def test_a_label_stands_above_its_frame() -> None:
    frames = np.array([[100.0, 100.0, 150.0, 130.0]])
    sides, rects = sides_of(frames, np.array([[40.0, 20.0]]))
    assert sides == [ABOVE]
    assert rects.tolist() == [[100.0, 77.0, 140.0, 97.0]]


def test_at_the_right_edge_it_is_moved_inside() -> None:
    frames = np.array([[990.0, 100.0, 1000.0, 130.0]])
    assert sides_of(frames, np.array([[40.0, 20.0]]))[1][0, 2] == 1000.0


def test_of_two_rows_close_to_each_other_the_lower_is_labelled_below() -> None:
    frames = np.array([[100.0, 100.0, 150.0, 130.0], [100.0, 135.0, 150.0, 165.0]])
    assert sides_of(frames, np.array([[40.0, 20.0]] * 2))[0] == [ABOVE, BELOW]


def test_no_label_reaches_below_the_picture() -> None:
    frames = np.array([[100.0, 100.0, 150.0, 130.0], [100.0, 135.0, 150.0, 165.0]])
    assert sides_of(frames, np.array([[40.0, 20.0]] * 2), lowest=180.0)[0] == [ABOVE, RIGHT]


def test_no_label_reaches_above_the_picture_where_there_is_no_room() -> None:
    frames = np.array([[100.0, 20.0, 150.0, 50.0]])
    assert sides_of(frames, np.array([[40.0, 20.0]]))[0] == [ABOVE]
    assert sides_of(frames, np.array([[40.0, 20.0]]), highest=0.0)[0] == [BELOW]


@pytest.mark.parametrize(("x", "side"), [(500.0, RIGHT), (950.0, LEFT)])
def test_between_two_rows_it_is_labelled_beside_but_not_beyond_the_edge(
    x: float, side: int
) -> None:
    frames = np.array([[x, y, x + 50.0, y + 30.0] for y in (100.0, 135.0, 170.0)])
    assert sides_of(frames, np.array([[40.0, 20.0]] * 3))[0] == [ABOVE, side, BELOW]


@pytest.mark.parametrize("gap_px", [2, 12, 40])
def test_no_label_hides_a_digit_or_a_label(gap_px: int) -> None:
    across, down = np.meshgrid(np.arange(12) * (40 + gap_px), np.arange(20) * (20 + gap_px))
    corners = np.stack([across.ravel(), down.ravel()], axis=1).astype(float)
    frames = np.hstack([corners, corners + np.array([40, 20])])
    sides, rects = sides_of(frames, np.tile([46.0, 17.0], (len(frames), 1)))
    shown = [index for index, side in enumerate(sides) if side != NOWHERE]
    assert len(shown) == len(frames) if gap_px == 40 else len(shown) < len(frames)
    for index in shown:
        others = list(np.delete(frames, index, axis=0))
        if sides[index] in (RIGHT, LEFT):  # The row tells whose it is.
            others = [frame for frame in others if is_beside(frame, rects[index])]
        nearest = min((far(rects[index], frame) for frame in others), default=np.inf)
        assert 2 * far(rects[index], frames[index]) < nearest
        assert not any(meets(rects[index], frame) for frame in frames)
        assert not any(meets(rects[index], rects[other]) for other in shown if other != index)


def test_label_that_would_be_nearer_to_another_row_is_elsewhere() -> None:
    # Between the rows is room for it, but none that tells whose it is.
    rows = np.array([[100.0, 100.0, 150.0, 130.0], [100.0, 155.0, 150.0, 185.0]])
    sides, rects = sides_of(rows, np.array([[40.0, 20.0]] * 2))
    assert sides == [ABOVE, BELOW]
    assert all(far(rects[n], rows[1 - n]) > 2 * far(rects[n], rows[n]) for n in (0, 1))


def test_label_with_no_room_around_a_large_frame_is_inside_it() -> None:
    rows = np.array([[0.0, y, 1000.0, y + 100.0] for y in (0.0, 105.0, 210.0)])
    sides, rects = sides_of(rows, np.array([[40.0, 20.0]] * 3))
    assert sides == [ABOVE, INSIDE, BELOW]
    assert rects[1].tolist() == [3.0, 108.0, 43.0, 128.0]


def test_the_selected_one_has_a_place_all_the_same() -> None:
    frames = np.array([[100.0, y, 150.0, y + 10.0] for y in (0.0, 12.0, 24.0, 36.0, 48.0)])
    beside = np.array([52.0, 0.0, 52.0, 0.0])
    frames = np.vstack([frames, frames + beside, frames - beside])
    sizes = np.array([[40.0, 20.0]] * len(frames))
    assert sides_of(frames, sizes)[0][2] == NOWHERE
    assert sides_of(frames, sizes, 2)[0][2] == RIGHT  # It hides 16 pixels of rows, not 18.


def test_the_selected_one_is_near_to_another_row_before_it_hides_one() -> None:
    frames = np.array([[100.0, y, 150.0, y + 20.0] for y in (0.0, 22.0, 44.0)])
    sizes = np.array([[40.0, 60.0]] * 3)
    assert sides_of(frames, sizes)[0][1] == NOWHERE
    assert sides_of(frames, sizes, 1)[0][1] == RIGHT
    frames[0, 2] = 180.0
    assert sides_of(frames, sizes, 1)[0][1] == LEFT
    # It hides digits on either side, and none of the row above but its end.
    assert sides_of(frames - [90.0, 0.0] * 2, sizes, 1)[0][1] == RIGHT


def test_of_labels_that_meet_at_another_scale_the_first_has_the_room() -> None:
    left_out = [np.nan] * 4
    frames = np.array([[0.0, y, 50.0, y + 10.0] for y in (0.0, 40.0, 80.0, 120.0)])
    rects = np.array(
        [[0, 12, 40, 32], [0, 20, 40, 38], [0, 85, 40, 119], left_out], dtype=float
    )  # The third is on its own frame only, where it may be.
    assert have_room(frames, rects, [0, 1, 2, 3]).tolist() == [True, False, True, False]
    assert have_room(frames, rects, [1, 0, 2, 3]).tolist() == [False, True, True, False]
    assert have_room(frames, rects, [0, 1, 2, 3], 1).tolist() == [False, True, True, False]
    rects[2] = [0, 75, 40, 125]  # And here on the next row.
    assert have_room(frames, rects, [0, 1, 2, 3]).tolist() == [True, False, False, False]


def test_no_labels_at_all() -> None:
    assert sides_of(np.zeros((0, 4)), np.zeros((0, 2)))[0] == []
    assert have_room(np.zeros((0, 4)), np.zeros((0, 4)), []).tolist() == []


# Layouts as people write them, at the size at which a page is seen whole


def labelled(frames: np.ndarray, widths: list[float]) -> list[int]:
    """Which side each label is on, none of which covers anything."""
    sides, rects = sides_of(frames, np.array([[width, 16.0] for width in widths]))
    shown = [index for index, side in enumerate(sides) if side != NOWHERE]
    for index in shown:
        assert not any(meets(rects[index], frame) for frame in frames)
        assert not any(meets(rects[index], rects[other]) for other in shown if other != index)
    return sides


def test_rows_close_to_each_other_are_labelled_where_paper_is_free_beside_them() -> None:
    """A list of confirmed numbers, longer and shorter, of which each label fits into its row."""
    lengths = [6, 4, 2, 1, 2, 4, 4, 6, 4, 4, 2, 5, 3, 1, 1]
    frames = np.array(
        [[50.0, 22.0 * n, 62.0 + 10 * k, 20.0 + 22 * n] for n, k in enumerate(lengths)]
    )
    sides = labelled(frames, [22.0 + 8 * k for k in lengths])
    assert sides == [ABOVE, *[RIGHT] * (len(lengths) - 2), BELOW]


def test_sums_that_end_below_each_other_are_labelled_beside_them() -> None:
    lengths = [3, 2, 5, 7, 2, 4]
    frames = np.array(
        [[400.0 - 11 * k, 24.0 * n, 400.0, 20.0 + 24 * n] for n, k in enumerate(lengths)]
    )
    assert NOWHERE not in labelled(frames, [10.0 + 8 * k for k in lengths])


def test_small_digits_side_by_side_have_wider_labels_over_their_middles() -> None:
    frames = np.array([[40.0 * n, 100.0, 14.0 + 40 * n, 120.0] for n in range(1, 9)])
    sides = labelled(frames, [32.0] * len(frames))
    assert set(sides[:-1]) <= {ABOVE_MIDDLE, ABOVE}
    assert NOWHERE not in sides


def test_at_a_neighbour_a_wide_label_ends_with_its_frame() -> None:
    own, right, left = (100, 100, 114, 120), (124, 90, 138, 120), (40, 112, 90, 140)
    assert labelled(np.array([own, right, left], float), [46.0] * 3)[0] == ABOVE_END


def test_table_without_room_between_its_columns_has_no_labels_there() -> None:
    frames = np.array(
        [[60.0 * x, 22.0 * y, 50.0 + 60 * x, 20.0 + 22 * y] for x in range(4) for y in range(5)]
    )
    sides = labelled(frames, [46.0] * len(frames))
    without = [index for index, side in enumerate(sides) if side == NOWHERE]
    assert without == [1, 2, 3, 6, 7, 8, 11, 12, 13]  # The last column has paper beside it.


def test_what_is_shown_in_any_case_hides_least() -> None:
    around = 100.0, 100.0, 150.0, 120.0
    frames = np.array([around, [100.0, 80.0, 150.0, 98.0], [100.0, 122.0, 110.0, 140.0]])
    sides = np.array([[40.0, 16.0]] * 3)
    bounds = 95.0, -9e9, 155.0, 9e9  # Beside it the picture ends.
    rects = label_rects(frames, sides, GAP, bounds)
    side = least_hiding_side(frames, rects[0], bounds)
    assert rects[0, side].tolist() == [110.0, 123.0, 150.0, 139.0]


def test_frames_that_reach_into_the_next_row_are_labelled_beside_it_all_the_same() -> None:
    """Seen small, frames lie on each other's edges; what is beside them is still of one row."""
    lengths = [3, 4, 2, 4, 2, 3]
    rows = [[90.0 - 9 * k, 20.0 * n, 90.0, 23.5 + 20 * n] for n, k in enumerate(lengths)]
    sides = labelled(np.array(rows), [10.0 + 8 * k for k in lengths])
    assert sides == [ABOVE, RIGHT, RIGHT, RIGHT, RIGHT, BELOW]
