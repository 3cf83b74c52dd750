"""Writing ink as InkML (W3C Recommendation, 20 September 2011)."""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np

from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Ink, Stroke, X, Y
from handwrite_gui.domain.placement import UNIT_MM
from handwrite_gui.storage.ink_file import GENERATOR

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<ink xmlns="http://www.w3.org/2003/InkML">
<annotation type="generator">{generator}</annotation>
{label}<definitions>
{brush}{contexts}</definitions>
"""
_CONTEXT = """<context xml:id="{name}"{brush_ref}>
<traceFormat>
<channel name="X" type="decimal" units="mm"/>
<channel name="Y" type="decimal" units="mm"/>
<channel name="T" type="integer" units="ms"/>
<channel name="F" type="decimal" min="0" max="1" units="dev"/>
{more}</traceFormat>
</context>
"""
_TILT = """<channel name="OTx" type="decimal" units="deg"/>
<channel name="OTy" type="decimal" units="deg"/>
"""
_BRUSH = """<brush xml:id="pen">
<brushProperty name="width" value="{width:.4f}" units="mm"/>
</brush>
"""


def ink_as_inkml(ink: Ink, label: str | None = None) -> bytes:
    """Return ink as an InkML file's content.

    Places are in millimetres to a thousandth (0.002 canvas units), times in whole milliseconds
    from the start of each trace, whose `timeOffset` says when that was, and force is the pressure
    from 0 to 1, to a ten-thousandth. Where a stroke tells the pen's tilt, it follows in degrees,
    to a tenth.

    What a person says that some strokes are follows as a traceGroup with an annotation "truth"
    that shows these traces again.

    Args:
        ink: In canvas units; at least one stroke.
        label: What was written, if that is known.
    """
    brush = "" if ink.pen_width is None else _BRUSH.format(width=ink.pen_width * UNIT_MM)
    brush_ref = ' brushRef="#pen"' if brush else ""
    contexts = _CONTEXT.format(name="canvas", brush_ref=brush_ref, more="")
    if any(stroke.tilt is not None for stroke in ink.strokes):
        contexts += _CONTEXT.format(name="tilted", brush_ref=brush_ref, more=_TILT)
    head = _HEAD.format(
        generator=GENERATOR,
        label=f'<annotation type="label">{escape(label)}</annotation>\n' if label else "",
        brush=brush,
        contexts=contexts,
    )
    said = ink.standing_corrections
    names = {index: f' xml:id="t{index}"' for indices in said for index in indices}
    traces = "".join(
        _trace(stroke, names.get(index, "")) for index, stroke in enumerate(ink.strokes)
    )
    groups = "".join(map(_group, said.keys(), said.values()))
    return f"{head}{traces}{groups}</ink>\n".encode()


def _group(indices: tuple[int, ...], digit: int) -> str:
    views = "".join(f'<traceView traceDataRef="#t{index}"/>' for index in indices)
    return f'<traceGroup><annotation type="truth">{digit}</annotation>{views}</traceGroup>\n'


def _trace(stroke: Stroke, name: str = "") -> str:
    values = stroke.points.copy()
    values[:, [X, Y]] *= UNIT_MM
    values[:, TIME_MS] = np.round(values[:, TIME_MS])
    start_ms = values[0, TIME_MS]
    values[:, TIME_MS] -= start_ms
    rows = values[:, [X, Y, TIME_MS, PRESSURE]].tolist()
    points = [f"{x:.3f} {y:.3f} {t:.0f} {force:.4f}" for x, y, t, force in rows]
    context = "canvas"
    if stroke.tilt is not None:
        context, tilt = "tilted", stroke.tilt.tolist()
        points = [f"{point} {x:.1f} {y:.1f}" for point, (x, y) in zip(points, tilt, strict=True)]
    text = ",".join(points)
    return f'<trace{name} contextRef="#{context}" timeOffset="{start_ms:.0f}">{text}</trace>\n'
