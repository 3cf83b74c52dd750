"""Centre lines: from a solid shape back to the pen strokes that could have drawn it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixel = tuple[int, int]
#: A branch and the pixels along it, ends included; a ring ends where it begins.
Branch = list[Pixel]

#: Branches shorter than so many widths of the shape's strokes are none: free ones are spurs of a
#: corner, and those between two forks are what thinning makes of a crossing.
SHORTEST = 0.9
#: Near a fork, up to this part of the width, thinning bends the lines; they are drawn straight.
BENT = 0.6
#: Two branches that meet are one stroke if it turns by no more than this, in radians.
TURN = 0.7
#: Moves that bring a pixel's eight neighbours to it, clockwise from the one above.
_NEIGHBOURS = [(1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1)]


def centre_lines(shape: NDArray[np.bool_], width_px: float) -> list[NDArray[np.float64]]:
    """Trace the strokes of a shape.

    Args:
        shape: (height, width), true inside, with a margin of at least one pixel.
        width_px: How wide the strokes in it are.

    Returns:
        Positions (x, y) in pixels along each stroke, shape (n, 2), n ≥ 1.
    """
    pixels = {(int(y), int(x)) for y, x in np.argwhere(thin(shape))}
    branches = _branches(pixels)
    while spurs := _spurs(branches, SHORTEST * width_px):
        pixels = pixels.difference(*spurs)
        branches = _branches(pixels)
    forks = _forks(branches, SHORTEST * width_px)
    lines = []
    for branch in branches:
        first, last = forks.get(branch[0]), forks.get(branch[-1])
        within_a_fork = first is not None and first is last
        if not within_a_fork or len(branch) > SHORTEST * width_px:
            lines.append(_straightened(branch, first, last, BENT * width_px))
    return [_smooth(line, width_px / 4) for line in _joined(lines, width_px)]


def thin(shape: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Thin a shape to lines one pixel wide (Guo, Hall 1989, "Parallel thinning", algorithm A1)."""
    left = shape.copy()
    while True:
        before = int(left.sum())
        for side in (0, 4):
            # The other half-step looks from below.
            p = [
                np.roll(left, move, axis=(0, 1)) for move in _NEIGHBOURS[side:] + _NEIGHBOURS[:side]
            ]
            starts = sum((~p[i] & (p[i + 1] | p[(i + 2) % 8])).astype(int) for i in (0, 2, 4, 6))
            odd = sum((p[i - 1] | p[i]).astype(int) for i in (0, 2, 4, 6))
            even = sum((p[i] | p[i + 1]).astype(int) for i in (0, 2, 4, 6))
            fewest = np.minimum(odd, even)
            kept = (p[0] | p[1] | ~p[3]) & p[2]
            left &= ~((starts == 1) & (fewest >= 2) & (fewest <= 3) & ~kept)
        if int(left.sum()) == before:
            return left


def _linked(pixels: set[Pixel]) -> dict[Pixel, list[Pixel]]:
    """For each pixel the next ones; no diagonal where two straight steps lead there as well."""
    links: dict[Pixel, list[Pixel]] = {}
    for y, x in pixels:
        links[y, x] = [
            (y + down, x + right)
            for down, right in _NEIGHBOURS
            if (y + down, x + right) in pixels
            and not (down and right and {(y + down, x), (y, x + right)} & pixels)
        ]
    return links


def _branches(pixels: set[Pixel]) -> list[Branch]:
    """Cut lines one pixel wide at their ends and forks."""
    links = _linked(pixels)
    nodes = sorted(pixel for pixel in pixels if len(links[pixel]) != 2)
    seen: set[Pixel] = set(nodes)
    branches: list[Branch] = [[node] for node in nodes if not links[node]]
    for node in nodes:
        for step in links[node]:
            branch = [node, step]
            while len(links[branch[-1]]) == 2:
                one, other = links[branch[-1]]
                branch.append(other if one == branch[-2] else one)
            if branch <= branch[::-1]:  # Each is met from both its ends.
                branches.append(branch)
            seen.update(branch)
    for start in sorted(pixels - seen):
        if start not in seen:
            ring = [start, links[start][0]]
            while ring[-1] != start:
                one, other = links[ring[-1]]
                ring.append(other if one == ring[-2] else one)
            branches.append(ring)
            seen.update(ring)
    return branches


def _ends(branches: list[Branch]) -> dict[Pixel, int]:
    """How many branches end at each pixel."""
    count: dict[Pixel, int] = {}
    for branch in branches:
        for end in (branch[0], branch[-1]):
            count[end] = count.get(end, 0) + 1
    return count


def _spurs(branches: list[Branch], length: float) -> list[set[Pixel]]:
    """Pixels of the short branches that end freely at one side only, without their forks."""
    count = _ends(branches)
    spurs = []
    for branch in branches:
        free = [count[end] == 1 for end in (branch[0], branch[-1])]
        if len(branch) > 1 and len(branch) <= length and sum(free) == 1:
            spurs.append(set(branch[:-1] if free[0] else branch[1:]))
    return spurs


def _forks(branches: list[Branch], length: float) -> dict[Pixel, NDArray[np.float64]]:
    """For each pixel where branches meet the middle of its fork; near ones share one array."""
    count = _ends(branches)
    group = {pixel: {pixel} for pixel, ends in count.items() if ends > 2}
    for branch in branches:
        first, last = branch[0], branch[-1]
        if len(branch) <= length and first in group and last in group:
            together = group[first] | group[last]
            group.update(dict.fromkeys(together, together))
    middles = {id(members): np.mean(sorted(members), axis=0) for members in group.values()}
    return {pixel: middles[id(members)] for pixel, members in group.items()}


def _straightened(
    branch: Branch,
    first: NDArray[np.float64] | None,
    last: NDArray[np.float64] | None,
    near_px: float,
) -> NDArray[np.float64]:
    """Positions (x, y) along a branch that leads straight to its forks."""
    line = np.array(branch, np.float64)
    inner = np.ones(len(line), bool)
    for fork in (first, last):
        if fork is not None:
            inner &= np.hypot(*(line - fork).T) > near_px
    start, end = ([] if fork is None else [fork[None]] for fork in (first, last))
    return np.concatenate([*start, line[inner], *end])[:, ::-1]


def _joined(lines: list[NDArray[np.float64]], reach_px: float) -> list[NDArray[np.float64]]:
    """Join lines that go on in each other, the straightest pairs first, as a pen would."""
    while True:
        best, pair = TURN, None
        ends = [(i, line[::step]) for i, line in enumerate(lines) for step in (1, -1)]
        for i, (one, away) in enumerate(ends):
            for other, back in ends[i + 1 :]:
                if one != other and (away[0] == back[0]).all():
                    turn = _turn(away, back, reach_px)
                    if turn < best:
                        best, pair = turn, (one, other, np.concatenate([away[::-1], back[1:]]))
        if pair is None:
            return lines
        one, other, line = pair
        lines = [kept for i, kept in enumerate(lines) if i not in (one, other)] + [line]


def _turn(away: NDArray[np.float64], back: NDArray[np.float64], reach_px: float) -> float:
    """By how much a stroke turns that comes along `away` and goes on along `back`, in radians."""
    angles = []
    for line in (away, back):
        far = line[min(int(reach_px), len(line) - 1)] - line[0]
        angles.append(np.arctan2(far[1], far[0]))
    return abs(float(np.angle(np.exp(1j * (angles[0] - angles[1] - np.pi)))))


def _smooth(line: NDArray[np.float64], sigma_px: float) -> NDArray[np.float64]:
    """Take a pixel grid's steps out of a line; its ends stay."""
    if len(line) < 3:
        return line
    reach = int(3 * sigma_px)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma_px) ** 2)
    kernel /= kernel.sum()
    margin = ((reach, reach), (0, 0))
    is_ring = bool((line[0] == line[-1]).all())
    if is_ring:
        longer = np.pad(line[:-1], margin, mode="wrap")
    else:
        longer = np.pad(line, margin, mode="reflect", reflect_type="odd")
    smooth = np.stack([np.convolve(longer[:, i], kernel, "valid") for i in (0, 1)], axis=1)
    return np.concatenate([smooth, smooth[:1]]) if is_ring else smooth
