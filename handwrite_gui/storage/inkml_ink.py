"""From InkML's traces to Ink: which of them are shown, and which make one stroke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import PRESSURE, STEP_MS, TIME_MS, Correction, Ink, Stroke, X, Y
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml_format import TraceFormat, fill_times
from handwrite_gui.storage.inkml_limits import BLOCK_CHARS, MOST_NUMBERS, MOST_POINTS, too_large
from handwrite_gui.storage.inkml_traces import TraceDecoder, decode_together


@dataclass(slots=True)
class Trace:
    """One trace of a file.

    Attributes:
        format: What its numbers mean.
        pen_mm: Width of the pen in millimetres, or None where the file does not say.
        offset_ms: When it began, likewise.
        duration_ms: How long it took, likewise.
        is_shown: Whether it is ink, and not only defined for a traceView to show.
        stroke: Index of the first trace of the stroke that it belongs to.
        points: As in `Stroke.points`, but in the unit of the format's X; empty until decoded.
            Two more columns where the file tells the tilt.
    """

    format: TraceFormat
    pen_mm: float | None
    offset_ms: float | None
    duration_ms: float | None
    is_shown: bool
    stroke: int = 0
    points: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 4)))


class TraceList:
    """The traces of a file in their order, and what refers to them by their ids.

    A traceView shows whole traces here: what it may say of a part is not looked at.

    Raises:
        StorageError: Something is wrong with the traces. The message follows the file's name; so
            for all methods.
    """

    def __init__(self) -> None:
        self._traces: list[Trace] = []
        self._waiting: list[TraceDecoder] = []  # Of the last traces; all of one format.
        self._waiting_chars = self._points = self._numbers = 0
        self._free_ms = -np.inf  # When the pen was free for the next trace.
        self._spans: dict[str, tuple[int, int]] = {}  # Of a trace or group: its first, last + 1.
        self._views: dict[str, list[str]] = {}
        self._shown_views: list[str] = []
        self._said: list[tuple[int, list[str]]] = []  # A digit, and the ids of its traces.

    def __len__(self) -> int:
        return len(self._traces)

    def add(self, trace: Trace, decoder: TraceDecoder, name: str, prior: str) -> None:
        """Add a trace.

        Args:
            trace: All but its points.
            decoder: Fed with its text.
            name: Its id, or "".
            prior: The id of the trace that it continues, or "".
        """
        if self._waiting and self._waiting[0].format is not decoder.format:
            self._decode()
        index = len(self._traces)
        first, _ = self._spans.get(prior, (index, index))
        trace.stroke = self._traces[first].stroke if first < index else index
        self._traces.append(trace)
        self.add_group(name, index)
        self._waiting.append(decoder)
        self._waiting_chars += decoder.chars
        # Many at once, because NumPy takes as long for one short trace as for a hundred.
        if self._waiting_chars > BLOCK_CHARS:
            self._decode()

    def add_group(self, name: str, first: int) -> None:
        """Give an id to the traces from the index `first` on."""
        if name:
            self._spans[name] = first, len(self._traces)

    def add_view(self, name: str, shows: str, is_shown: bool, outer: str) -> str:
        """Add a traceView.

        Args:
            name: Its id, or "".
            shows: The id of what it shows, or "".
            is_shown: Whether it stands where it shows that, and not only among definitions.
            outer: Name of the traceView that it is part of, or "".

        Returns:
            Its name: the id, or one of our own.
        """
        name = name or f"#{len(self._views)}"  # No id has a "#".
        self._views[name] = [shows]
        if outer:
            self._views[outer].append(name)
        if is_shown:
            self._shown_views.append(name)
        return name

    def add_correction(self, digit: int, names: list[str]) -> None:
        """Add what a person says that the traces of some ids are."""
        self._said.append((digit, names))

    def check_points(self, more: int, trace_format: TraceFormat) -> None:
        """Refuse more points than are read, with some more of a format that are not yet added."""
        numbers = self._numbers + more * trace_format.width
        if self._points + more > MOST_POINTS or numbers > MOST_NUMBERS:
            raise too_large()

    def ink(self) -> tuple[Ink, float | None]:
        """Make ink.

        Returns:
            The ink, in the unit of its first trace, and the millimetres that this unit is.
        """
        self._decode()
        self._show_views()
        # Where all is only defined and nothing shown, somebody forgot that.
        some_are_shown = any(trace.is_shown for trace in self._traces)
        shown = [each for each in self._traces if each.is_shown or not some_are_shown]
        shown = [each for each in shown if len(each.points) > 0]
        if not shown:
            raise StorageError("holds no ink: choose a file in which something is written.")
        first, unit_mm = shown[0].format, shown[0].format.unit_mm
        strokes: dict[int, list[NDArray[np.float64]]] = {}
        for trace in shown:
            own_mm = unit_mm if trace.format is first else trace.format.unit_mm
            if unit_mm and own_mm and own_mm != unit_mm:
                trace.points[:, [X, Y]] *= own_mm / unit_mm
            strokes.setdefault(trace.stroke, []).append(trace.points)
        widths = [trace.pen_mm for trace in shown if trace.pen_mm]
        is_width_known = len(widths) == len(shown)
        made = {index: _stroke(parts) for index, parts in strokes.items()}
        return Ink(
            tuple(made.values()),
            pen_width=max(widths) / unit_mm if unit_mm and is_width_known else None,
            corrections=tuple(self._corrections(made)),
        ), unit_mm

    def _corrections(self, made: dict[int, Stroke]) -> Iterator[Correction]:
        """Say again what a person said, of strokes by their first traces.

        Nothing that names a whole group: we write none, and many views of one take memory.
        """
        for digit, names in self._said:
            spans = {self._spans.get(name, (0, 0)) for name in names}
            if any(stop - first > 1 for first, stop in spans):
                continue
            whose = sorted({self._traces[first].stroke for first, stop in spans if first < stop})
            if whose and all(index in made for index in whose):
                yield Correction(tuple(made[index] for index in whose), digit)

    def _decode(self) -> None:
        """Give the last traces their points."""
        if not self._waiting:
            return
        traces = self._traces[-len(self._waiting) :]
        points, lengths = decode_together(self._waiting)
        self._waiting, self._waiting_chars = [], 0
        trace_format = traces[0].format
        self.check_points(len(points), trace_format)
        self._points += len(points)
        self._numbers += len(points) * trace_format.width
        trace_format.convert(points)
        # Of all at once, for most files say all of each point.
        is_somewhere = ~np.isnan(points[:, X]) & ~np.isnan(points[:, Y])
        all_are_somewhere = bool(is_somewhere.all())
        start = 0
        for trace, length in zip(traces, lengths, strict=True):
            rows, start = slice(start, start + length), start + length
            if length > 0:
                own = points[rows]
                fill_times(own[:, TIME_MS], trace.offset_ms, trace.duration_ms, self._free_ms)
                self._free_ms = own[-1, TIME_MS] + STEP_MS
                trace.points = own if all_are_somewhere else own[is_somewhere[rows]]

    def _show_views(self) -> None:
        """Show what the views refer to, each once: views of views could go on for ever."""
        pending, seen = self._shown_views.copy(), set[str]()
        while pending:
            name = pending.pop()
            if name not in seen:
                seen.add(name)
                pending += self._views.get(name, [])
                first, stop = self._spans.get(name, (0, 0))
                for trace in self._traces[first:stop]:
                    trace.is_shown = True


def _stroke(parts: list[NDArray[np.float64]]) -> Stroke:
    """Make a stroke of its traces' points, with the tilt if all of them tell it."""
    width = min(part.shape[1] for part in parts)
    table = parts[0] if len(parts) == 1 else np.concatenate([part[:, :width] for part in parts])
    is_told = np.isfinite(table[:, PRESSURE + 1 :]).all()
    return Stroke.from_table(table if is_told else table[:, : PRESSURE + 1])
