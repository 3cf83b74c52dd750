"""Ink that is written as InkML and read again."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest

from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Correction, Ink, Stroke
from handwrite_gui.domain.placement import UNIT_MM, place
from handwrite_gui.storage.inkml import read_inkml
from handwrite_gui.storage.inkml_writing import ink_as_inkml

INKML = "{http://www.w3.org/2003/InkML}"
SomeInk = Callable[[int], Ink]
PAPER = (1000.0, 1000.0)


@pytest.mark.parametrize("seed", range(30))
def test_inkml_is_read_back_to_the_same_points(seed: int, some_ink: SomeInk) -> None:
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


def test_inkml_says_what_its_numbers_mean(some_ink: SomeInk) -> None:
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
def test_label_is_any_text_or_none(label: str | None, some_ink: SomeInk) -> None:
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


def test_labels_of_other_programs_are_no_word_of_a_person(some_ink: SomeInk) -> None:
    content = ink_as_inkml(some_ink(1)).replace(b"Handwrite", b"Another")
    group = (
        b'<traceGroup><annotation type="truth">4</annotation>'
        b'<traceView traceDataRef="#t0"/></traceGroup></ink>'
    )
    content = content.replace(b"<trace ", b'<trace xml:id="t0" ', 1).replace(b"</ink>", group)
    file = read_inkml(content)
    assert file.ink.standing_corrections == {}
    assert file.label == "4"


def test_unknown_pen_stays_unknown(some_ink: SomeInk) -> None:
    assert read_inkml(ink_as_inkml(Ink(some_ink(3).strokes))).ink.pen_width is None


def test_inkml_of_other_programs_is_not_ours() -> None:
    other = b'<ink><annotation type="generator">Other</annotation><trace>1 2, 3 4</trace></ink>'
    assert not read_inkml(other).is_ours
    assert read_inkml(other).label is None
