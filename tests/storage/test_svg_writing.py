"""Ink that is written as SVG and read again, and drawn as Qt draws it."""

from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from handwrite_gui.domain.curves import curves_through, points_on
from handwrite_gui.domain.geometry import distance_to_segments
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.placement import UNIT_MM, place
from handwrite_gui.storage.svg import read_svg
from handwrite_gui.storage.svg_writing import ink_as_svg

SVG = "{http://www.w3.org/2000/svg}"
SomeInk = Callable[[int], Ink]
PAPER = (1000.0, 1000.0)


def paths_of(svg: bytes) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}path"))


@pytest.mark.parametrize("seed", range(30))
def test_svg_is_read_back_along_the_same_curves(seed: int, some_ink: SomeInk) -> None:
    ink = some_ink(seed)
    widths = [12.0] * len(ink.strokes)
    file = read_svg(ink_as_svg(ink, widths))
    assert (file.unit_mm, file.is_ours) == (pytest.approx(UNIT_MM), True)
    assert file.ink.pen_width == 12.0
    for stroke, original in zip(place(file.ink, PAPER, 1.0), ink.strokes, strict=True):
        assert abs(stroke.xy[0] - original.xy[0]).max() <= 0.006
        assert abs(stroke.xy[-1] - original.xy[-1]).max() <= 0.011
        # Every point that was drawn lies on what is read; half a hundredth is rounded off.
        near = [
            distance_to_segments(point, stroke.xy[:-1], stroke.xy[1:]).min()
            for point in original.xy
        ]
        assert max(near) <= 0.011
        curves = curves_through(original.xy)
        if len(curves):
            fine = points_on(curves, np.full(len(curves), 30))
            off = [distance_to_segments(p, fine[:-1], fine[1:]).min() for p in stroke.xy]
            assert max(off) <= 0.02


def test_each_stroke_is_a_path_of_curves_with_its_own_width_and_round_ends(
    some_ink: SomeInk,
) -> None:
    ink = some_ink(4)
    svg = ink_as_svg(ink, [3.0 + i for i in range(len(ink.strokes))], "7")
    paths = paths_of(svg)
    assert [float(p.get("stroke-width", "")) for p in paths] == [
        3.0 + i for i in range(len(ink.strokes))
    ]
    for path, stroke in zip(paths, ink.strokes, strict=True):
        assert path.get("d", "").count("C") == len(stroke.xy) - 1
        assert "L" not in path.get("d", "")
    root = ElementTree.fromstring(svg)
    group = next(root.iter(f"{SVG}g"))
    assert (group.get("stroke-linecap"), group.get("stroke-linejoin")) == ("round", "round")
    assert root.findtext(f"{SVG}title") == "7"


def test_view_box_is_in_canvas_units_and_holds_all_ink() -> None:
    xy = np.array([[300.0, 200.0], [400.0, 200.0]])
    root = ElementTree.fromstring(ink_as_svg(Ink((Stroke.from_xy(xy),)), [20.0]))
    assert root.get("viewBox") == "289 189 122 22"
    assert (root.get("width"), root.get("height")) == ("122", "22")


def drawn_by_qt(svg: bytes, area: QRectF, side: int) -> np.ndarray:
    """Ink map of the part of an SVG that is in an area, as Qt paints it."""
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    renderer.setViewBox(area)
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return 1 - np.frombuffer(image.constBits(), np.uint8).reshape(side, -1)[:, :side] / 255


def drawn_by_points(
    strokes: tuple[Stroke, ...], width: float, area: QRectF, side: int
) -> np.ndarray:
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / area.width(), side / area.height())
    painter.translate(-area.topLeft())
    round_ends = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    pen = QPen(QColor("black"), width, Qt.PenStyle.SolidLine, *round_ends)
    painter.setPen(pen)
    for stroke in strokes:
        painter.drawPolyline(QPolygonF([QRectF(x, y, 0, 0).topLeft() for x, y in stroke.xy]))
    painter.end()
    return 1 - np.frombuffer(image.constBits(), np.uint8).reshape(side, -1)[:, :side] / 255


@pytest.mark.parametrize("seed", range(5))
def test_qt_draws_our_svg_as_the_ink_looks(
    qapp: QGuiApplication, seed: int, some_ink: SomeInk
) -> None:
    ink = some_ink(seed)
    area = QRectF(0, 0, 1000, 1000)
    theirs = drawn_by_qt(ink_as_svg(ink, [12.0] * len(ink.strokes)), area, 500)
    ours = drawn_by_points(ink.strokes, 12.0, area, 500)
    assert ours.sum() > 100
    assert abs(theirs - ours).sum() < 0.05 * ours.sum()


LETTERS = "MLHVCSQTAZmlhvcsqtaz"


def some_path(chance: np.random.Generator) -> str:
    """Random path data, every command among it."""
    takes = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}
    parts = ["M50 50"]
    for letter in chance.permutation(list(LETTERS)):
        low, high = (10, 90) if letter.isupper() else (-12, 12)
        if letter in "Aa":
            rx, ry = chance.uniform(3, 40, 2)
            x, y = chance.uniform(low, high, 2)
            flags = chance.integers(0, 2, 2)
            turn = chance.uniform(0, 360)
            parts.append(
                f"{letter}{rx:.3f},{ry:.3f} {turn:.3f} {flags[0]}{flags[1]}{x:.3f},{y:.3f}"
            )
        else:
            numbers = chance.uniform(low, high, takes[letter.upper()])
            parts.append(letter + " ".join(f"{number:.3f}" for number in numbers))
    return "".join(parts)


@pytest.mark.parametrize("seed", range(25))
def test_paths_of_all_commands_are_read_as_qt_draws_them(qapp: QGuiApplication, seed: int) -> None:
    chance = np.random.default_rng(seed)
    transform = "translate(20 10) rotate(15 50 50) scale(.8 1.1) skewX(10)"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 150"><g transform="{transform}">'
        f'<path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round"'
        f' vector-effect="non-scaling-stroke" stroke-width="2" d="{some_path(chance)}"/></g></svg>'
    ).encode()
    area = QRectF(-150, -150, 450, 450)
    theirs = drawn_by_qt(svg, area, 900)
    ours = drawn_by_points(read_svg(svg).ink.strokes, 1.0, area, 900)
    assert ours.sum() > 100
    # Widths differ, for Qt scales them otherwise; what we draw must lie in what Qt draws wherever
    # there is ink, and hardly any of theirs may be without ours nearby.
    assert (ours * (dilated(theirs) < 0.1)).sum() < 0.01 * ours.sum()
    assert (theirs * (dilated(ours) < 0.1)).sum() < 0.01 * theirs.sum()


def dilated(ink_map: np.ndarray) -> np.ndarray:
    """The largest of each pixel's neighbourhood."""
    padded = np.pad(ink_map, 3)
    height, width = ink_map.shape
    shifted = [padded[y : y + height, x : x + width] for y in range(7) for x in range(7)]
    return np.max(shifted, axis=0)
