import numpy as np

from handwrite_gui.widgets.draw.replay.bands import (
    Label,
    edges_of,
    place_labels,
    readings_at_columns,
)

MOMENTS = np.array([0.0, 10.0, 50.0, 100.0])


def test_column_shows_the_latest_reading() -> None:
    columns = readings_at_columns(MOMENTS, 4, 100.0, 11)
    assert columns.tolist() == [0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3]


def test_what_is_not_read_yet_is_not_known() -> None:
    assert readings_at_columns(MOMENTS, 2, 100.0, 11).tolist() == [0, 1, 1, 1, 1, *[-1] * 6]
    assert readings_at_columns(MOMENTS, 0, 100.0, 3).tolist() == [-1, -1, -1]


def test_reading_of_a_dot_fills_the_chart() -> None:
    assert readings_at_columns(np.zeros(1), 1, 0.0, 4).tolist() == [0, 0, 0, 0]


def test_bands_share_the_height() -> None:
    probabilities = np.zeros((1, 11))
    probabilities[0, [1, 7, 10]] = 0.25, 0.5, 0.25
    assert edges_of(probabilities, 80.0).tolist() == [[0, 0, *[20] * 6, *[60] * 3, 80]]


def bands(*ones: float) -> tuple[np.ndarray, np.ndarray]:
    """A 1 of these heights, a column each, and a 7 for the rest of 100."""
    probabilities = np.zeros((len(ones), 11))
    probabilities[:, 1] = np.array(ones) / 100
    probabilities[:, 7] = 1 - probabilities[:, 1]
    return edges_of(probabilities, 100.0), probabilities.argmax(axis=1)


def test_each_band_that_is_wide_enough_has_its_name_where_it_is_widest() -> None:
    edges, best = bands(*[100] * 40, *[60] * 20, *[5] * 40)
    widths = np.full(11, 10)
    assert sorted(place_labels(edges, best, widths, 12.0)) == [
        Label(1, 20, 50, True),
        Label(7, 50, 80, False),
        Label(7, 80, 52.5, True),
    ]


def test_name_that_has_no_room_is_left_out() -> None:
    edges, best = bands(*[100] * 9, *[8] * 9)
    assert place_labels(edges, best, np.full(11, 10), 12.0) == []
    names = [label.which for label in place_labels(edges, best, np.full(11, 9), 12.0)]
    assert names == [1, 7]


def test_name_lies_within_a_band_that_slopes() -> None:
    edges, best = bands(*np.linspace(100, 0, 101))
    for label in place_labels(edges, best, np.full(11, 11), 12.0):
        under = slice(int(label.x - 5.5), int(label.x + 5.5))
        assert (edges[under, label.which] <= label.y - 6).all()
        assert (edges[under, label.which + 1] >= label.y + 6).all()
        assert ((best[under] == label.which) == label.is_best).all()
