import numpy as np
import pytest

from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.svg_path import read_numbers, read_path, read_points


def ends(data: str) -> list[list[complex]]:
    """Where each part starts, and where each of its curves ends."""
    return [[complex(part[0, 0]), *map(complex, part[:, 3])] for part in read_path(data)]


def near(part: np.ndarray, expected: list[complex]) -> bool:
    return bool(np.allclose(part, expected))


@pytest.mark.parametrize(
    ("absolute", "relative"),
    [
        ("M10 20L30 40L5 6", "m10 20l20 20l-25-34"),
        ("M10 20H30V40", "m10 20h20v20"),
        ("M1 2C3 4 5 6 7 8S9 10 11 12", "m1 2c2 2 4 4 6 6s2 2 4 4"),
        ("M1 2Q3 9 5 6T7 8", "m1 2q2 7 4 4t2 2"),
        ("M10 10A5 9 30 1 0 20 20", "m10 10a5 9 30 1 0 10 10"),
        ("M0 0 10 0 10 10Z", "m0 0 10 0 0 10z"),
        ("M0 0L5 0ZM10 10L10 15", "m0 0l5 0zm10 10l0 5"),
        ("M0 0L5 0ZL0 5", "m0 0l5 0zl0 5"),
    ],
)
def test_relative_commands_are_absolute_ones_from_where_the_pen_is(
    absolute: str, relative: str
) -> None:
    first, second = read_path(absolute), read_path(relative)
    assert len(first) == len(second) > 0
    for part, other in zip(first, second, strict=True):
        assert np.allclose(part, other)


def test_lines() -> None:
    assert ends("M1 2 3 4L5 6 7 8H9V10") == [[1 + 2j, 3 + 4j, 5 + 6j, 7 + 8j, 9 + 8j, 9 + 10j]]


def test_line_is_a_curve_of_even_speed() -> None:
    (part,) = read_path("M0 0L9 3")
    assert near(part, [[0, 3 + 1j, 6 + 2j, 9 + 3j]])


def test_smooth_curve_mirrors_the_last_control_point() -> None:
    (part,) = read_path("M0 0C1 1 2 5 4 4S9 9 10 10")
    assert near(part[1], [4 + 4j, 6 + 3j, 9 + 9j, 10 + 10j])


def test_smooth_curve_after_another_kind_mirrors_nothing() -> None:
    (part,) = read_path("M0 0L4 4S9 9 10 10")
    assert near(part[1], [4 + 4j, 4 + 4j, 9 + 9j, 10 + 10j])
    (quadratic,) = read_path("M0 0C1 1 2 5 4 4T10 10")
    assert near(quadratic[1], [4 + 4j, 4 + 4j, 6 + 6j, 10 + 10j])


def test_quadratic_curve_is_raised_to_a_cubic_one() -> None:
    (part,) = read_path("M0 0Q3 6 6 0T12 0")
    assert near(part, [[0, 2 + 4j, 4 + 4j, 6], [6, 8 - 4j, 10 - 4j, 12]])


@pytest.mark.parametrize("sweep", [0, 1])
@pytest.mark.parametrize("large", [0, 1])
def test_arc_lies_on_its_circle_and_turns_as_it_says(large: int, sweep: int) -> None:
    (part,) = read_path(f"M10 0A10 10 0 {large} {sweep} 0 10")
    centre = 0 if large != sweep else 10 + 10j
    t = np.linspace(0, 1, 30)[:, None]
    weights = np.concatenate([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3], 1)
    drawn = (weights @ part.T).T.ravel()
    assert abs(abs(drawn - centre) - 10).max() < 0.01
    turned = np.unwrap(np.angle(drawn - centre))
    swept = turned[-1] - turned[0]
    assert swept == pytest.approx((1.5 if large else 0.5) * np.pi * (1 if sweep else -1))


def test_arc_whose_ends_are_too_far_apart_is_enlarged() -> None:
    (part,) = read_path("M0 0A1 1 0 0 1 10 0")
    assert near(part[:, 3], [5 - 5j, 10])


def test_arc_without_radius_is_a_line_and_without_length_nothing() -> None:
    assert ends("M0 0A0 5 0 0 1 10 0") == [[0, 10]]
    assert read_path("M3 3A5 5 0 0 1 3 3") == []


@pytest.mark.parametrize(
    "compact",
    ["M.5.5-1-1", "M.5.5L-1-1", "M 0.5 , 0.5 L -1,-1", "M+.5 5e-1l-1.5-1.5", "M.5\n.5\tL-1\r-1"],
)
def test_numbers_may_stand_close(compact: str) -> None:
    assert ends(compact) == [[0.5 + 0.5j, -1 - 1j]]


def test_flags_of_arcs_need_no_space() -> None:
    for compact in ("M0 0A5 5 0 0110 0", "M0 0A5,5,0,0,1,10,0", "M0 0A5 5 0 01 10 0"):
        (part,) = read_path(compact)
        assert near(part[-1, 3], [10])
    (two,) = read_path("M0 0a5 5 0 0110 0 5 5 0 0110 0")
    assert two[-1, 3] == 20


def test_closed_part_returns_to_its_start() -> None:
    assert ends("M0 0L10 0L10 10ZL5 5") == [[0, 10, 10 + 10j, 0], [0, 5 + 5j]]
    assert ends("M0 0L10 0L0 0Z") == [[0, 10, 0]]


def test_move_alone_draws_nothing_but_a_closed_one_a_dot() -> None:
    assert read_path("M5 5M6 6") == []
    assert ends("M5 5Z") == [[5 + 5j, 5 + 5j]]
    assert ends("M5 5L5 5") == [[5 + 5j, 5 + 5j]]


@pytest.mark.parametrize("nothing", ["", "  \n", "none"])
def test_no_data(nothing: str) -> None:
    assert read_path(nothing) == []


@pytest.mark.parametrize(
    "bad",
    [
        *("L1 1", "1 1", "M", "M1", "M1 1L", "M1 1L2", "M1 1C1 2 3 4 5", "M1 1Z5", "M1 1X2 2"),
        *("M1 1L2 2;", "M1 1L2 -", "M1 1L2 e5", "M1 1A5 5 0 2 0 9 9", "M1 1A5 5 0 0 1 9"),
        *("M1 1L1_0 1", "M1 1Lnan inf", "M１ ２L3 4"),
    ],
)
def test_what_is_no_path_is_refused(bad: str) -> None:
    with pytest.raises(StorageError, match="cannot be followed"):
        read_path(bad)


@pytest.mark.parametrize("far", ["1e10", "-1e300", "1e999", "9" * 400])
def test_numbers_out_of_all_bounds_are_refused(far: str) -> None:
    with pytest.raises(StorageError, match="no pen writes"):
        read_path(f"M0 0L{far} 1")


def test_points_of_polylines_and_polygons() -> None:
    (line,) = read_points("1,2 3,4 5,6", is_closed=False)
    assert line[:, 3].tolist() == [3 + 4j, 5 + 6j]
    (closed,) = read_points("1 2 3 4 5 6", is_closed=True)
    assert closed[:, 3].tolist() == [3 + 4j, 5 + 6j, 1 + 2j]
    (odd,) = read_points("1 2 3 4 5", is_closed=False)
    assert odd[:, 3].tolist() == [3 + 4j]
    assert read_points("", is_closed=True) == read_points("1 2", is_closed=False) == []


def test_numbers() -> None:
    assert list(read_numbers(" 1,-2.5e1\n.5 ")) == [1.0, -25.0, 0.5]
