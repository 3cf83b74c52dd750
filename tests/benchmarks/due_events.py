"""Events that are due at set times: what is sent, and what became of each on the canvas."""

import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

EVENTS_PER_S = 1000
#: Of a stroke: its press, moves, and release.
STROKE_EVENTS = 500
FRAMES, HZ = 3, 60
MOST_LATE = 0.001
#: Of the spiral that is drawn, within the canvas on a small screen, too.
RADIUS = 90


class Watch:
    """Remembers when the canvas had handled each event of a pointer, and when it was painted."""

    def __init__(self, kind: "type[QEvent]") -> None:
        self._kind = kind
        self.handled: list[float] = []
        self.painted: list[float] = []

    def install(self) -> None:
        """Watch every canvas from now on."""
        from handwrite_gui.widgets.draw.canvas import Canvas

        handle, paint = Canvas.event, Canvas.paintEvent

        def event(canvas: Canvas, event: "QEvent") -> bool:
            is_handled = handle(canvas, event)
            if isinstance(event, self._kind) and (event.buttons() or canvas.watched_press):
                canvas.watched_press = bool(event.buttons())
                self.handled.append(time.monotonic())
            return is_handled

        def paint_event(canvas: Canvas, event: "QEvent") -> None:
            paint(canvas, event)
            missing = len(self.handled) - len(self.painted)
            self.painted += [time.monotonic()] * missing

        Canvas.watched_press = False
        Canvas.event, Canvas.paintEvent = event, paint_event


class Step(NamedTuple):
    """An event that is to be sent."""

    kind: str
    x: int
    y: int
    due_s: float


def steps(events: int, centre: tuple[int, int]) -> list[Step]:
    """A spiral in strokes: an event at its due time, counted from the first, at each place."""
    turns = np.arange(events) / 30
    radius = RADIUS * (0.75 + 0.25 * np.sin(turns / 37))
    spiral = np.stack([radius * np.cos(turns), radius * np.sin(turns)], axis=1)
    places = (centre + spiral).round().astype(int)
    assert (np.diff(places, axis=0) != 0).any(axis=1).all()  # Else a mouse would tell of no move.
    sent = []
    for number, (x, y) in enumerate(places.tolist()):
        nth, is_last = number % STROKE_EVENTS, number == events - 1
        if nth == STROKE_EVENTS - 1 or is_last:
            x, y = places[number - 1].tolist()  # A pen is lifted where it is.
        kind = "release" if nth == STROKE_EVENTS - 1 or is_last else "move" if nth else "press"
        sent.append(Step(kind, x, y, number / EVENTS_PER_S))
    return sent


def judge(
    what: str,
    sent: list[Step],
    began: float,
    strokes: list[np.ndarray],
    watch_times: list[list[float]],
) -> bool:
    """Print what became of the events; return whether none was lost or merged.

    Args:
        what: What sent them.
        sent: What was sent.
        began: When the first was due.
        strokes: Places of the points on the canvas, stroke by stroke, from wherever it begins.
        watch_times: When each event was handled, and painted.
    """
    handled, painted = watch_times
    events, arrived = len(sent), np.concatenate([np.empty((0, 2)), *strokes])
    places = np.array([(step.x, step.y) for step in sent if step.kind != "release"])
    is_whole = len(arrived) == len(places) and len(handled) == len(painted) == events
    is_whole = is_whole and bool((arrived - arrived[0] == places - places[0]).all())
    print(
        f"{what}: {events} events sent, {EVENTS_PER_S} a second, {len(handled)} handled;"
        f" {len(places)} points, {len(arrived)} on the canvas in {len(strokes)} strokes:"
        f" {'none lost, none merged' if is_whole else 'BROKEN'}"
    )
    if len(painted) == events:
        due = began + np.array([step.due_s for step in sent])
        delays_ms, own_ms = (np.array(painted) - due) * 1000, (np.array(handled) - due) * 1000
        most_ms = FRAMES * 1000 / HZ
        late = int((delays_ms > most_ms).sum())
        print(
            f"from when it was due until it was painted: median {np.median(delays_ms):.1f} ms,"
            f" 99.9 % by {np.percentile(delays_ms, 99.9):.1f} ms, the longest {delays_ms.max():.1f}"
            f" ms, {sent[int(delays_ms.argmax())].due_s:.1f} s after the first"
            f" (until it was handled: {own_ms.max():.1f} ms)"
        )
        kept = "kept" if late <= MOST_LATE * events else "BROKEN"
        print(
            f"later than {FRAMES} frames of {HZ} Hz: {late} of {events},"
            f" bound {MOST_LATE:.1%}: {kept}"
        )
    return is_whole
