"""Ink in time: when each point is written as the ink is played, and the ink at a moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import STEP_MS, TIME_MS, Ink, Stroke

#: A pen that rests, on the paper or above it, is waited for no longer than this.
LONGEST_REST_MS = 500.0
#: Where no time is told: canvas units written in a millisecond, and the rest between two strokes.
EVEN_SPEED = 0.5
EVEN_REST_MS = 250.0


@dataclass(frozen=True, eq=False, slots=True)
class InkTime:
    """When an Ink's points are written, in the time of a replay, which begins at 0.

    Attributes:
        ink: At least one stroke.
        points: All points, shape (n, 4), as in `Stroke.points`.
        times_ms: When each of them is written, shape (n,); begins at 0.0 and never falls.
        ends: For each stroke how many points there are up to its end, shape (k,).
        untimed: How many strokes tell no time, and are written at an even speed.
    """

    ink: Ink
    points: NDArray[np.float64]
    times_ms: NDArray[np.float64]
    ends: NDArray[np.int_]
    untimed: int

    @property
    def duration_ms(self) -> float:
        """How long the replay takes."""
        return float(self.times_ms[-1])

    @property
    def stroke_ends_ms(self) -> NDArray[np.float64]:
        """When each stroke ends, shape (k,)."""
        ends: NDArray[np.float64] = self.times_ms[self.ends - 1]
        return ends

    @property
    def stroke_starts_ms(self) -> NDArray[np.float64]:
        """When each stroke begins, shape (k,)."""
        starts: NDArray[np.float64] = self.times_ms[np.concatenate([[0], self.ends[:-1]])]
        return starts

    def count_at(self, moment_ms: float) -> int:
        """Tell how many points are written at a moment; the first is from the beginning."""
        return max(int(np.searchsorted(self.times_ms, moment_ms, side="right")), 1)

    def pen_at(self, moment_ms: float) -> NDArray[np.float64]:
        """Return where the pen is at a moment, a row as of `Stroke.points`.

        Between two points of a stroke it is on its way; between strokes it is where it was lifted.
        """
        count = self.count_at(moment_ms)
        last: NDArray[np.float64] = self.points[count - 1]
        if count in self.ends:
            return last
        before, after = self.times_ms[count - 1 : count + 1]
        share = max(moment_ms - before, 0.0) / (after - before)
        there: NDArray[np.float64] = last + share * (self.points[count] - last)
        return there

    def ink_at(self, moment_ms: float) -> Ink:
        """Return what is written by a moment; the stroke under the pen is cut where the pen is."""
        count = self.count_at(moment_ms)
        whole = int(np.searchsorted(self.ends, count, side="right"))
        strokes = self.ink.strokes[:whole]
        begin = int(self.ends[whole - 1]) if whole else 0
        if begin < count:
            pen = self.pen_at(moment_ms)
            part = self.points[begin:count]
            if (pen != part[-1]).any():
                part = np.concatenate([part, pen[None]])
            strokes = (*strokes, Stroke(part))
        return Ink(strokes, self.ink.revision, self.ink.pen_width)


def time_of(ink: Ink) -> InkTime:
    """Tell when the points of ink, at least one stroke, are written in a replay.

    It goes as fast as the pen went, but for rests of more than `LONGEST_REST_MS`. Clocks of other
    programs begin anew with a stroke, or tell nothing: a stroke whose points all have one time, or
    the times that are given to such as have none, goes at `EVEN_SPEED`. Where the next stroke does
    not begin more than such a step after one ends, the pen rests for `EVEN_REST_MS`.
    """
    points = np.concatenate([stroke.points for stroke in ink.strokes])
    lengths = np.array([len(stroke.points) for stroke in ink.strokes])
    ends = np.cumsum(lengths)
    times = points[:, TIME_MS]
    with np.errstate(over="ignore"):  # A clock may tell any time; the longest rest mends it.
        own_steps = np.diff(times, prepend=times[0])
    steps = np.clip(own_steps, 0.0, LONGEST_REST_MS)
    is_first = np.zeros(len(points), bool)
    is_first[ends[:-1]] = True
    # A pen that is lifted takes longer than such a step until it is down again.
    steps[is_first & (steps <= STEP_MS)] = EVEN_REST_MS
    untimed = 0
    for begin, end in zip(ends - lengths, ends, strict=True):
        if _is_untimed(own_steps[begin + 1 : end]):
            way = np.diff(points[begin:end, :2], axis=0)
            steps[begin + 1 : end] = np.hypot(way[:, 0], way[:, 1]) / EVEN_SPEED
            untimed += 1
    return InkTime(ink, points, np.cumsum(steps), ends, untimed)


def _is_untimed(steps: NDArray[np.float64]) -> bool:
    """Whether the steps between the times of a stroke's points, if there are any, tell nothing."""
    return len(steps) > 0 and bool((steps == 0.0).all() or np.allclose(steps, STEP_MS, 0.0, 1e-6))
