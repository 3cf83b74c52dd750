"""The pen's tilt: kept in the journal and in InkML, where it is told."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.domain.erasing import Erasure
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.placement import place
from handwrite_gui.domain.transform import Transform
from handwrite_gui.storage.inkml import InkFile, read_inkml
from handwrite_gui.storage.inkml_writing import ink_as_inkml
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.journal_records import read_journal

Read = Callable[[str | bytes], InkFile]
TILTED = "".join(f"<channel name='{name}'/>" for name in ("X", "Y", "OTx", "OTy"))


def some_ink() -> Ink:
    """Strokes with tilt, without, and with one point."""
    random, strokes = np.random.default_rng(7), []
    for count, tells in ((40, True), (30, False), (1, True)):
        points = random.uniform(0, 1, (count, 4))
        points[:, 2] = np.arange(count) * 10.0
        strokes.append(Stroke(points, random.uniform(-60, 60, (count, 2)) if tells else None))
    return Ink(tuple(strokes), 1, 12.0)


def tilts(ink: Ink) -> list[list[list[float]] | None]:
    return [None if stroke.tilt is None else stroke.tilt.tolist() for stroke in ink.strokes]


def test_journal_keeps_it(tmp_path: Path) -> None:
    ink, journal = some_ink(), Journal(tmp_path)
    journal.write([ink])
    journal.write([Ink(ink.strokes[1:], 2, 12.0), ink])
    journal.close()
    (file,) = tmp_path.iterdir()
    kept = read_journal(file)
    assert kept.is_whole
    assert tilts(kept.ink) == tilts(ink)
    for before, after in zip(ink.strokes, kept.ink.strokes, strict=True):
        assert (after.points == before.points).all()


def test_inkml_keeps_it_to_a_tenth_of_a_degree() -> None:
    ink = some_ink()
    content = ink_as_inkml(ink)
    assert content.count(b'contextRef="#tilted"') == 2
    assert content.count(b'contextRef="#canvas"') == 1
    again = read_inkml(content).ink
    for before, after in zip(ink.strokes, again.strokes, strict=True):
        assert after.points.shape == before.points.shape
        if before.tilt is None:
            assert after.tilt is None
        else:
            np.testing.assert_allclose(after.tilt, before.tilt, atol=0.05001)
            np.testing.assert_allclose(after.points[:, 3], before.points[:, 3], atol=0.0001)


def test_ink_without_tilt_says_nothing_of_it() -> None:
    ink = Ink((Stroke(np.zeros((3, 4))),), 1, 12.0)
    assert b"OT" not in ink_as_inkml(ink)


@pytest.mark.parametrize(
    ("trace_format", "text", "expected"),
    [
        (TILTED, "1 2 30 -10, 3 4 31 -11", [[[30, -10], [31, -11]]]),
        (TILTED, "1 2 30 -10, 3 4 '1'-1", [[[30, -10], [31, -11]]]),
        (TILTED, "1 2 30 -10, 3 4 ? ?", [None]),
        (
            TILTED.replace("'OTx'", "'OTx' units='rad'"),
            "1 2 1.5707963267948966 5",
            [[[90.0, 5.0]]],
        ),
        (TILTED.replace("<channel name='OTy'/>", "<channel name='OA'/>"), "1 2 30 -10", [None]),
    ],
)
def test_other_programs_tilt_is_read(
    read_text: Read, trace_format: str, text: str, expected: list[object]
) -> None:
    file = read_text(f"<traceFormat>{trace_format}</traceFormat><trace>{text}</trace>")
    assert tilts(file.ink) == expected


def test_trace_that_goes_on_without_tilt_has_none(read_text: Read) -> None:
    plain = "<traceFormat><channel name='X'/><channel name='Y'/></traceFormat>"
    file = read_text(
        f"<traceFormat>{TILTED}</traceFormat><trace xml:id='a' continuation='begin'>1 2 3 4</trace>"
        f"{plain}<trace continuation='end' priorRef='#a'>5 6</trace>"
    )
    (stroke,) = file.ink.strokes
    assert stroke.xy.tolist() == [[1, 2], [5, 6]]
    assert stroke.tilt is None


def test_it_stays_where_ink_is_placed() -> None:
    ink = some_ink()
    assert tilts(Ink(place(ink, (400.0, 300.0), None))) == tilts(ink)


def test_it_stays_where_strokes_are_moved_or_cut() -> None:
    points = np.zeros((11, 4))
    points[:, 0] = np.arange(11) * 10.0
    tilt = np.stack([np.arange(11) * 2.0, np.full(11, -5.0)], axis=1)
    stroke = Stroke(points, tilt)
    (moved,) = Transform(shift=(5.0, 0.0)).of_strokes([stroke])
    assert moved.tilt is tilt
    erasure = Erasure([stroke], 5.0, parts=True)
    erasure.sweep((50.0, -20.0), (50.0, 20.0))
    for piece in erasure.strokes:
        assert piece.tilt is not None
        np.testing.assert_allclose(piece.tilt[:, 0], piece.xy[:, 0] / 5.0)
        np.testing.assert_allclose(piece.tilt[:, 1], -5.0)
    assert len(erasure.strokes) == 2
