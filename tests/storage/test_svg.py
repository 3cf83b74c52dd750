"""SVG of other programs: which of its shapes are ink, and where they are."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.domain.ink import PRESSURE, TIME_MS
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.ink_file import InkFile
from handwrite_gui.storage.svg import read_svg

Read = Callable[[str], InkFile]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads an SVG file of these elements, or of this whole text."""

    def read(text: str, **root: str) -> InkFile:
        if "<svg" not in text:
            said = "".join(f' {name}="{value}"' for name, value in root.items())
            text = f'<svg xmlns="http://www.w3.org/2000/svg"{said}>{text}</svg>'
        path = tmp_path / "some.svg"
        path.write_text(text, "utf-8")
        return read_svg(path)

    return read


def xy(file: InkFile) -> list[list[list[float]]]:
    return [np.round(stroke.xy, 6).tolist() for stroke in file.ink.strokes]


LINES = [[[10.0, 20.0], [30.0, 40.0], [50.0, 20.0]]]


@pytest.mark.parametrize(
    "shape",
    [
        '<path d="M10 20L30 40 50 20" stroke="black"/>',
        '<path d="m10,20 20,20 20,-20" style="fill:none;stroke:#000"/>',
        '<polyline points="10,20 30,40 50,20" stroke="red"/>',
        '<g stroke="blue"><g><path d="M10 20 30 40 50 20"/></g></g>',
        '<g style="stroke: blue"><path style="stroke:inherit" d="M10 20 30 40 50 20"/></g>',
        '<a stroke="red"><switch><polyline points="10 20 30 40 50 20"/></switch></a>',
        '<path d="M10 20L30 40 50 20"/>',  # Nothing is stroked: a style sheet may say it.
    ],
)
def test_shapes_of_lines(read: Read, shape: str) -> None:
    assert xy(read(shape)) == LINES


def test_line_polygon_and_more_than_one_part(read: Read) -> None:
    file = read(
        '<g stroke="red"><line x1="1" y1="2" x2="3px" y2="0.4e1"/><line x2="9"/>'
        '<polygon points="0 0 5 0 5 5"/><path d="M0 0L1 1M2 2L3 3"/></g>'
    )
    assert xy(file) == [
        [[1, 2], [3, 4]],
        [[0, 0], [9, 0]],
        [[0, 0], [5, 0], [5, 5], [0, 0]],
        [[0, 0], [1, 1]],
        [[2, 2], [3, 3]],
    ]


def test_circle_and_ellipse_are_round(read: Read) -> None:
    circle, ellipse = read(
        '<g stroke="red"><circle cx="5" cy="6" r="4"/>'
        '<ellipse cx="50" cy="60" rx="40" ry="20"/></g>'
    ).ink.strokes
    assert np.hypot(*(circle.xy - (5, 6)).T) == pytest.approx(4.0, rel=0.01)
    assert np.hypot(*((ellipse.xy - (50, 60)) / (40, 20)).T) == pytest.approx(1.0, rel=0.01)
    assert circle.xy[0].tolist() == pytest.approx(circle.xy[-1].tolist())
    assert len(ellipse.xy) > 24


@pytest.mark.parametrize(
    ("transform", "place"),
    [
        ("", (3, 4)),
        ("translate(10)", (13, 4)),
        ("translate(10,-5)", (13, -1)),
        ("scale(2)", (6, 8)),
        ("scale(2 -1)", (6, -4)),
        ("rotate(90)", (-4, 3)),
        ("rotate(90, 3, 0)", (-1, 0)),
        ("skewX(45)", (7, 4)),
        ("skewY(45)", (3, 7)),
        ("matrix(1 2 3 4 5 6)", (3 + 12 + 5, 6 + 16 + 6)),
        (" translate(10) , scale(2)\n", (16, 8)),
        ("scale(2)translate(10)", (26, 8)),
    ],
)
def test_transforms(read: Read, transform: str, place: tuple[float, float]) -> None:
    line = '<path stroke="red" d="M3 4L30 40"'
    assert xy(read(f'{line} transform="{transform}"/>'))[0][0] == pytest.approx(place)
    assert xy(read(f'<g transform="{transform}">{line}/></g>'))[0][0] == pytest.approx(place)


def test_transforms_of_groups_go_around_those_inside(read: Read) -> None:
    nested = (
        '<g transform="translate(100 0)"><g transform="scale(2)">'
        '<path stroke="red" transform="rotate(90)" d="M3 4L5 6"/></g></g>'
        '<path stroke="red" d="M3 4L5 6"/>'
    )
    assert [stroke[0] for stroke in xy(read(nested))] == [[92, 6], [3, 4]]


@pytest.mark.parametrize(
    "hidden",
    [
        '<defs><path stroke="red" d="M0 0L1 1"/></defs>',
        '<g display="none"><path stroke="red" d="M0 0L1 1" style="display:inline"/></g>',
        '<path style="stroke:red; display : none" d="M0 0L1 1"/>',
        '<path stroke="red" visibility="hidden" d="M0 0L1 1"/>',
        '<path stroke="red" stroke-width="0" d="M0 0L1 1"/>',
        '<path stroke="none" d="M0 0L1 1"/>',
        '<path style="stroke:none!important" d="M0 0L1 1"/>',
        '<rect stroke="red" width="500" height="500"/>',
        '<text stroke="red">7</text>',
        '<clipPath><path stroke="red" d="M0 0L1 1"/></clipPath>',
        '<symbol><g><path stroke="red" d="M0 0L1 1"/></g></symbol>',
        '<path xmlns="urn:other" stroke="red" d="M0 0L1 1"/>',
        '<x:g xmlns:x="urn:x"><path stroke="red" d="M0 0L1 1"/></x:g>',
        '<path stroke="red" d=""/>',
    ],
)
def test_what_is_not_seen_or_no_line_is_no_ink(read: Read, hidden: str) -> None:
    seen = '<path stroke="green" d="M10 20L30 40 50 20"/>'
    assert xy(read(hidden + seen)) == LINES


def test_visibility_can_come_back(read: Read) -> None:
    group = '<g visibility="hidden"><path visibility="visible" stroke="red" d="M{}"/></g>'
    assert xy(read(group.format("10 20L30 40 50 20"))) == LINES


def test_curves_become_enough_points(read: Read) -> None:
    (stroke,) = read('<path stroke="red" d="M0 0C0 100 100 100 100 0"/>').ink.strokes
    assert 12 < len(stroke.xy) < 65
    assert stroke.xy[:, 1].max() == pytest.approx(75.0, abs=0.1)
    assert (stroke.points[:, PRESSURE] == 0.5).all()


def test_time_goes_on_from_stroke_to_stroke(read: Read) -> None:
    file = read('<path stroke="red" d="M0 0L1 1L2 0M5 5L6 6"/>')
    assert [s.points[:, TIME_MS].tolist() for s in file.ink.strokes] == [[0, 10, 20], [30, 40]]


@pytest.mark.parametrize(
    ("root", "unit_mm"),
    [
        ({}, 25.4 / 96),
        ({"width": "100", "height": "100"}, 25.4 / 96),
        ({"width": "100mm", "height": "100mm", "viewBox": "0 0 1000 1000"}, 0.1),
        ({"width": "10cm", "viewBox": "0,0,100,50"}, 1.0),
        ({"height": "1in", "viewBox": "-5 -5 10 100"}, 0.254),
        ({"width": "10mm", "height": "50mm", "viewBox": "0 0 10 10"}, 1.0),
        ({"width": "100%", "viewBox": "0 0 10 10"}, None),
        ({"viewBox": "0 0 10 10"}, None),
        ({"width": "0", "viewBox": "0 0 0 0"}, None),
    ],
)
def test_unit(read: Callable[..., InkFile], root: dict[str, str], unit_mm: float | None) -> None:
    file = read('<path stroke="red" d="M10 20L30 40 50 20"/>', **root)
    assert file.unit_mm == (None if unit_mm is None else pytest.approx(unit_mm))
    assert xy(file) == LINES
    assert not file.is_ours


def test_width_of_the_pen_is_that_of_the_widest_line(read: Read) -> None:
    lines = '<path stroke="red" d="M0 0L99 0"/>', '<path style="stroke-width:3px" d="M0 0L9 0"/>'
    assert read(lines[0]).ink.pen_width == 1.0  # SVG's own default.
    both = f'<g stroke="red" transform="scale(2)">{lines[0]}{lines[1]}</g>'
    assert read(both).ink.pen_width == 6.0
    assert read('<path d="M0 0L9 0"/>').ink.pen_width is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.svg"
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    text = head + '<svg><desc>é</desc><path stroke="red" d="M10 20L30 40 50 20"/></svg>'
    path.write_bytes(text.encode(encoding))
    assert xy(read_svg(path)) == LINES


def test_public_document_type_is_no_harm(read: Read) -> None:
    doctype = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    shape = '<path stroke="red" d="M10 20L30 40 50 20"/>'
    assert xy(read(f'{doctype}<svg xmlns="http://www.w3.org/2000/svg">{shape}</svg>')) == LINES


def test_bytes_are_read_too_and_named_as_copied() -> None:
    assert xy(read_svg(b'<svg><path stroke="red" d="M10 20L30 40 50 20"/></svg>')) == LINES
    with pytest.raises(StorageError, match=r"^The copied ink holds no lines: "):
        read_svg(b"<svg/>")
