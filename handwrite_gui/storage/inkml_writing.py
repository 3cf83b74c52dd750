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
{brush}<context xml:id="canvas"{brush_ref}>
<traceFormat>
<channel name="X" type="decimal" units="mm"/>
<channel name="Y" type="decimal" units="mm"/>
<channel name="T" type="integer" units="ms"/>
<channel name="F" type="decimal" min="0" max="1" units="dev"/>
</traceFormat>
</context>
</definitions>
"""
_BRUSH = """<brush xml:id="pen">
<brushProperty name="width" value="{width:.4f}" units="mm"/>
</brush>
"""


def ink_as_inkml(ink: Ink, label: str | None = None) -> bytes:
    """Return ink as an InkML file's content.

    Places are in millimetres to a thousandth (0.002 canvas units), times in whole milliseconds
    from the start of each trace, whose `timeOffset` says when that was, and force is the pressure
    from 0 to 1, to a ten-thousandth.

    Args:
        ink: In canvas units; at least one stroke.
        label: What was written, if that is known.
    """
    brush = "" if ink.pen_width is None else _BRUSH.format(width=ink.pen_width * UNIT_MM)
    head = _HEAD.format(
        generator=GENERATOR,
        label=f'<annotation type="label">{escape(label)}</annotation>\n' if label else "",
        brush=brush,
        brush_ref=' brushRef="#pen"' if brush else "",
    )
    traces = "".join(map(_trace, ink.strokes))
    return f"{head}{traces}</ink>\n".encode()


def _trace(stroke: Stroke) -> str:
    values = stroke.points.copy()
    values[:, [X, Y]] *= UNIT_MM
    values[:, TIME_MS] = np.round(values[:, TIME_MS])
    start_ms = values[0, TIME_MS]
    values[:, TIME_MS] -= start_ms
    rows = values[:, [X, Y, TIME_MS, PRESSURE]].tolist()
    points = ",".join([f"{x:.3f} {y:.3f} {t:.0f} {force:.4f}" for x, y, t, force in rows])
    return f'<trace contextRef="#canvas" timeOffset="{start_ms:.0f}">{points}</trace>\n'
