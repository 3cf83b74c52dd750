"""Ink that is written and read again, as InkML and as SVG."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from handwrite_gui.domain.curves import curves_through, points_on
from handwrite_gui.domain.geometry import distance_to_segments
from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Correction, Ink, Stroke
from handwrite_gui.domain.placement import UNIT_MM, place
from handwrite_gui.storage.inkml import read_inkml
from handwrite_gui.storage.inkml_writing import ink_as_inkml
from handwrite_gui.storage.read_ink import holds_ink, is_ink, read_ink
from handwrite_gui.storage.svg import read_svg
from handwrite_gui.storage.svg_writing import ink_as_svg

INKML = "{http://www.w3.org/2003/InkML}"
SVG = "{http://www.w3.org/2000/svg}"
PAPER = (1000.0, 1000.0)


def some_ink(seed: int) -> Ink:
    """Strokes of a pen that turns slowly, of one to a hundred points."""
    chance, strokes, time_ms = np.random.default_rng(seed), [], 1e9
    for _ in range(chance.integers(1, 6)):
        length = int(chance.integers(1, 100))
        points = np.empty((length, 4))
        angles = chance.uniform(0, 6) + np.cumsum(chance.normal(0, 0.3, length))
        steps = chance.uniform(1, 4, length)
        points[:, 0] = chance.uniform(300, 700) + np.cumsum(np.cos(angles) * steps)
        points[:, 1] = chance.uniform(300, 700) + np.cumsum(np.sin(angles) * steps)
        points[:, TIME_MS] = time_ms + np.cumsum(chance.integers(1, 30, length))
        points[:, PRESSURE] = chance.uniform(0, 1, length)
        time_ms = points[-1, TIME_MS] + 500
        strokes.append(Stroke(points))
    return Ink(tuple(strokes), pen_width=float(chance.uniform(2, 40)))


# InkML


@pytest.mark.parametrize("seed", range(30))
def test_inkml_is_read_back_to_the_same_points(seed: int) -> None:
    ink = some_ink(seed)
    file = read_inkml(ink_as_inkml(ink, "7"))
    assert (file.label, file.unit_mm, file.is_ours) == ("7", 1.0, True)
    assert file.ink.pen_width == pytest.approx(ink.pen_width * UNIT_MM, abs=1e-4)
    back = place(file.ink, PAPER, file.unit_mm / UNIT_MM)
    assert len(back) == len(ink.strokes)
    for stroke, original in zip(back, ink.strokes, strict=True):
        assert stroke.points.shape == original.points.shape
        off = abs(stroke.points - original.points)
        assert off[:, :2].max() <= 0.0019  # Half a thousandth of a millimetre, in canvas units.
        assert off[:, TIME_MS].max() == 0.0
        assert off[:, PRESSURE].max() <= 5.1e-5


def test_broken_times_are_off_by_half_a_millisecond_at_most() -> None:
    points = np.array([[1.0, 2.0, 0.4, 0.5], [2.0, 3.0, 10.6, 0.5], [3.0, 3.0, 11.5, 0.5]])
    (stroke,) = read_inkml(ink_as_inkml(Ink((Stroke(points),)))).ink.strokes
    assert abs(stroke.points[:, TIME_MS] - points[:, TIME_MS]).max() <= 0.5


def test_strokes_that_were_drawn_at_once_or_backwards_keep_their_times() -> None:
    first = Stroke(np.array([[1.0, 2.0, 500.0, 0.5], [2.0, 3.0, 400.0, 0.5]]))
    second = Stroke(np.array([[1.0, 2.0, -20.0, 0.5]]))
    file = read_inkml(ink_as_inkml(Ink((first, second))))
    assert [s.points[:, TIME_MS].tolist() for s in file.ink.strokes] == [[500, 400], [-20]]


def test_inkml_says_what_its_numbers_mean() -> None:
    root = ElementTree.fromstring(ink_as_inkml(some_ink(1), "7"))
    assert root.tag == f"{INKML}ink"
    channels = {c.get("name"): c.get("units") for c in root.iter(f"{INKML}channel")}
    assert channels == {"X": "mm", "Y": "mm", "T": "ms", "F": "dev"}
    notes = {note.get("type"): note.text for note in root.iter(f"{INKML}annotation")}
    assert notes["label"] == "7"
    context = next(root.iter(f"{INKML}context"))
    identity = context.get("{http://www.w3.org/XML/1998/namespace}id")
    for trace in root.iter(f"{INKML}trace"):
        assert trace.get("contextRef") == f"#{identity}"
        # The schema wants a whole number here, and decimals without exponents there.
        assert re.fullmatch(r"-?\d+", trace.get("timeOffset", ""))
        assert re.fullmatch(r"[-\d., ]+", trace.text or "")


@pytest.mark.parametrize("label", [None, "<7> & “8”", "]]>"])
def test_label_is_any_text_or_none(label: str | None) -> None:
    assert read_inkml(ink_as_inkml(some_ink(2), label)).label == label


def test_what_a_person_says_of_some_strokes_is_read_back() -> None:
    strokes = tuple(
        Stroke.from_xy(np.array([[x, 10.0], [x + 5.0, 60.0]])) for x in (10.0, 80.0, 20.0)
    )
    said = Correction((strokes[0], strokes[2]), 4), Correction((strokes[1],), 7)
    content = ink_as_inkml(Ink(strokes, pen_width=12.0, corrections=said), "47")
    file = read_inkml(content)
    assert file.ink.standing_corrections == {(0, 2): 4, (1,): 7}
    assert file.label == "47"
    assert read_inkml(ink_as_inkml(Ink(strokes, corrections=said))).label is None
    root = ElementTree.fromstring(content)
    groups = {
        group.find(f"{INKML}annotation").text: [
            view.get("traceDataRef") for view in group.iter(f"{INKML}traceView")
        ]
        for group in root.iter(f"{INKML}traceGroup")
    }
    assert groups == {"4": ["#t0", "#t2"], "7": ["#t1"]}


def test_labels_of_other_programs_are_no_word_of_a_person() -> None:
    content = ink_as_inkml(some_ink(1)).replace(b"Handwrite", b"Another")
    group = (
        b'<traceGroup><annotation type="truth">4</annotation>'
        b'<traceView traceDataRef="#t0"/></traceGroup></ink>'
    )
    content = content.replace(b"<trace ", b'<trace xml:id="t0" ', 1).replace(b"</ink>", group)
    file = read_inkml(content)
    assert file.ink.standing_corrections == {}
    assert file.label == "4"


def test_unknown_pen_stays_unknown() -> None:
    assert read_inkml(ink_as_inkml(Ink(some_ink(3).strokes))).ink.pen_width is None


def test_inkml_of_other_programs_is_not_ours() -> None:
    other = b'<ink><annotation type="generator">Other</annotation><trace>1 2, 3 4</trace></ink>'
    assert not read_inkml(other).is_ours
    assert read_inkml(other).label is None


# SVG


def paths_of(svg: bytes) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}path"))


@pytest.mark.parametrize("seed", range(30))
def test_svg_is_read_back_along_the_same_curves(seed: int) -> None:
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


def test_each_stroke_is_a_path_of_curves_with_its_own_width_and_round_ends() -> None:
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
def test_qt_draws_our_svg_as_the_ink_looks(qapp: QGuiApplication, seed: int) -> None:
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


# Either


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.inkml", b"<ink><trace>1 2, 3 4</trace></ink>"),
        ("a.svg", b'<svg><path d="M1 2L3 4"/></svg>'),
        ("wrong.inkml", b'<?xml version="1.0"?><!-- <b> --><svg><path d="M1 2L3 4"/></svg>'),
        (
            "wrong.svg",
            b"<i:ink xmlns:i='http://www.w3.org/2003/InkML'><i:trace>1 2,3 4</i:trace></i:ink>",
        ),
        ("a.xml", '<svg><path d="M1 2L3 4"/></svg>'.encode("utf-16")),
    ],
)
def test_kind_is_told_by_the_first_element(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for source in (path, content):
        (stroke,) = read_ink(source).ink.strokes
        assert stroke.xy.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("name", "complaint"), [("a.svg", "is not SVG"), ("a.inkml", "is not InkML")]
)
def test_what_is_neither_is_told_by_its_name(tmp_path: Path, name: str, complaint: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG")
    assert is_ink(tmp_path / name)
    with pytest.raises(Exception, match=complaint):
        read_ink(tmp_path / name)
    with pytest.raises(Exception, match="does not exist"):
        read_ink(tmp_path / f"missing-{name}")


def test_pictures_are_no_ink(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    assert not is_ink(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("content", "holds"),
    [
        ("<ink><trace>1 2</trace></ink>", True),
        ("\ufeff<?xml version='1.0'?><!-- ink --><svg/>", True),
        ("<html><p>7</p></html>", False),
        ("no <svg> yet", False),
        ("", False),
    ],
)
def test_ink_is_told_whatever_the_name_says(tmp_path: Path, content: str, holds: bool) -> None:
    (tmp_path / "a.png").write_text(content, encoding="utf-8")
    assert holds_ink(tmp_path / "a.png") == holds
