"""Labels lie on no digit and on no other label, wherever there is room."""

import numpy as np
import pytest

from handwrite_gui.widgets.pictures.label_places import place_labels

BOUNDS = (0.0, 1000.0)


def rects(places: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    return np.hstack([places, places + sizes])


def meets(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def test_a_label_stands_above_its_frame() -> None:
    frames = np.array([[100.0, 100.0, 150.0, 130.0]])
    places = place_labels(frames, np.array([[40.0, 20.0]]), 3.0, [0], BOUNDS)
    assert places.tolist() == [[100.0, 77.0]]


def test_at_the_right_edge_it_is_moved_inside() -> None:
    frames = np.array([[990.0, 100.0, 1000.0, 130.0]])
    places = place_labels(frames, np.array([[40.0, 20.0]]), 3.0, [0], BOUNDS)
    assert places[0, 0] == 960.0


def test_of_two_rows_close_to_each_other_the_lower_is_labelled_below() -> None:
    frames = np.array([[100.0, 100.0, 150.0, 130.0], [100.0, 135.0, 150.0, 165.0]])
    sizes = np.array([[40.0, 20.0]] * 2)
    places = place_labels(frames, sizes, 3.0, [0, 1], BOUNDS)
    assert places[:, 1].tolist() == [77.0, 168.0]


@pytest.mark.parametrize("gap_px", [2, 12, 40])
def test_no_label_hides_a_digit_or_a_label(gap_px: int) -> None:
    across, down = np.meshgrid(np.arange(15) * (40 + gap_px), np.arange(20) * (20 + gap_px))
    corners = np.stack([across.ravel(), down.ravel()], axis=1).astype(float)
    frames = np.hstack([corners, corners + np.array([40, 20])])
    sizes = np.tile([46.0, 17.0], (len(frames), 1))
    places = place_labels(frames, sizes, 3.0, range(len(frames)), BOUNDS)
    shown = np.flatnonzero(~np.isnan(places[:, 0]))
    assert len(shown) >= 15  # At the least above the first row.
    assert len(shown) == len(frames) if gap_px == 40 else len(shown) < len(frames)
    labels = rects(places, sizes)
    for index in shown:
        assert not any(meets(labels[index], frame) for frame in frames)
        assert not any(meets(labels[index], labels[other]) for other in shown if other != index)


def test_the_selected_one_has_a_place_all_the_same_and_the_first_choice() -> None:
    frames = np.array([[100.0, y, 150.0, y + 10.0] for y in (0.0, 12.0, 24.0, 36.0, 48.0)])
    beside = np.array([52.0, 0.0, 52.0, 0.0])
    frames = np.vstack([frames, frames + beside, frames - beside])
    sizes = np.array([[40.0, 20.0]] * len(frames))
    order = range(len(frames))
    assert np.isnan(place_labels(frames, sizes, 3.0, order, BOUNDS)[2, 0])
    assert place_labels(frames, sizes, 3.0, order, BOUNDS, 2)[2].tolist() == [100.0, 1.0]


def test_no_labels_at_all() -> None:
    assert place_labels(np.zeros((0, 4)), np.zeros((0, 2)), 3.0, [], BOUNDS).shape == (0, 2)
