"""The mark painter: frames around what was read in a picture, and labels beside them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from handwrite_gui.domain.label_places import (
    INSIDE,
    NOWHERE,
    Bounds,
    choose_sides,
    have_room,
    label_rects,
    least_hiding_side,
)
from handwrite_gui.widgets.pictures.label_looks import SMALL, draw_label, draw_small
from handwrite_gui.widgets.pictures.marks import Kind, Mark
from handwrite_gui.widgets.pictures.viewport import Viewport
from handwrite_gui.widgets.theme import LIGHT, FontRole, font

#: Between ink and its frame, and the frame's line, at 1×.
GAP, LINE = 3, 2
# The same in every theme: a picture is as light or dark as it is.
_LIGHT = QColor("white")
_FRAMES: dict[Kind, tuple[QColor, Qt.PenStyle]] = {
    "sure": (LIGHT.accent, Qt.PenStyle.SolidLine),
    "confirmed": (LIGHT.accent, Qt.PenStyle.SolidLine),
    "doubtful": (LIGHT.warning, Qt.PenStyle.DashLine),
    "refused": (LIGHT.ink, Qt.PenStyle.DotLine),
}


class MarkPainter:
    """Paints marks at any zoom.

    Labels keep their size. Where one would hide a digit or another label on every side, or could be
    another frame's, a small mark at the frame's corner takes its place until there is room, but for
    the selected mark and the one under the pointer, which hide as little as they can. Each keeps
    its side of the frame while the zoom changes, so that none jumps, until `settle`; without room
    there it is a small mark meanwhile.
    """

    def __init__(self) -> None:
        self._marks: tuple[Mark, ...] = ()
        self._boxes = np.zeros((0, 4))
        self._selected: int | None = None
        self._pointed: int | None = None
        #: Frames, and left upper corners of labels, from the picture's own corner at one scale.
        self._scale = 0.0
        self._frames = self._places = np.zeros((0, 4))
        #: The labels on every side of their frames.
        self._rects = np.zeros((0, INSIDE + 1, 4))
        #: The labels' sizes, and the sides of the frames on which they are; None until chosen.
        self._sizes = np.zeros((0, 2))
        self._sides: np.ndarray | None = None
        #: The marks' indices, those first that are labelled first.
        self._order: list[int] = []
        #: What labels look like, by text, kind, whether it is selected, and pixels of the screen.
        self._labels: dict[tuple[str, Kind, bool, float], QPixmap] = {}

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is painted."""
        return self._marks

    @property
    def selected(self) -> int | None:
        """The index of the selected mark, or None."""
        return self._selected

    def show(self, marks: tuple[Mark, ...]) -> None:
        """Paint these from now on; none is selected."""
        self._marks, self._selected, self._pointed = marks, None, None
        self._boxes = np.array([mark.box for mark in marks], dtype=float).reshape(-1, 4)
        self._measure()

    def select(self, index: int | None) -> None:
        """Paint one as selected."""
        self._selected = index
        self._measure()

    def point_at(self, index: int | None) -> bool:
        """Show the label of one in any case; return whether it is another one than before."""
        is_other, self._pointed = index != self._pointed, index
        return is_other

    def settle(self) -> None:
        """Choose anew where labels lie: the zoom rests."""
        self._sides, self._scale = None, 0.0

    def forget_looks(self) -> None:
        """Fonts or colours have changed."""
        self._labels.clear()
        self._measure()

    def mark_at(self, at: QPointF, viewport: Viewport) -> int | None:
        """The index of the smallest mark whose frame or label is at a place of the widget."""
        self._place(viewport)
        x = at.x() + viewport.left * viewport.scale
        y = at.y() + viewport.top * viewport.scale
        labels = np.hstack([self._places[:, :2], self._places[:, :2] + self._sizes])
        is_there = np.zeros(len(self._marks), dtype=bool)
        for left, top, right, bottom in (self._frames.T, labels.T):
            is_there |= (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
        sides = self._frames[:, 2:] - self._frames[:, :2]
        areas = np.where(is_there, sides.prod(axis=1), np.inf)
        return int(areas.argmin()) if is_there.any() else None

    def paint(self, painter: QPainter, viewport: Viewport, size: QSize, ratio: float) -> None:
        """Paint what is seen of the marks.

        Args:
            painter: Paints in pixels of the screen.
            viewport: What is seen of the picture.
            size: Of the widget.
            ratio: Pixels of the screen to one of the widget's.
        """
        self._place(viewport)
        room = QRect(0, 0, round(size.width() * ratio), round(size.height() * ratio))
        corner = np.round(np.array([viewport.left, viewport.top]) * viewport.scale * ratio)
        edges = np.round(self._frames * ratio) - np.tile(corner, 2)
        reach = 4 * LINE * ratio
        is_seen = (
            (edges[:, 0] < room.right() + reach)
            & (edges[:, 2] > -reach)
            & (edges[:, 1] < room.bottom() + reach)
            & (edges[:, 3] > -reach)
        )
        self._paint_frames(painter, edges, is_seen, ratio)
        self._paint_small(painter, edges, is_seen, ratio)
        at = np.round(self._places * ratio) - corner
        order = list(range(len(self._marks)))
        if self._selected is not None:
            order.append(self._selected)  # On top of all.
        if self._pointed is not None:
            order.append(self._pointed)
            if np.isnan(at[self._pointed]).any():
                place = self._place_of_pointed(viewport)
                at[self._pointed] = np.maximum(np.round(place * ratio) - corner, 0.0)
        for index in order:
            x, y = at[index]
            if np.isnan(x) or x > room.right() or y > room.bottom():
                continue
            label = self._label(index, ratio)
            if x + label.width() >= 0 and y + label.height() >= 0:
                painter.drawPixmap(int(x), int(y), label)

    def _paint_small(
        self, painter: QPainter, edges: np.ndarray, is_seen: np.ndarray, ratio: float
    ) -> None:
        """Paint at the corners of frames whose labels are left out what kind they are."""
        side = round(SMALL * ratio)
        is_left_out = is_seen & np.isnan(self._places[:, 0])
        is_left_out &= (edges[:, 3] - edges[:, 1] > 2 * side) & (edges[:, 2] - edges[:, 0] > side)
        for index in np.flatnonzero(is_left_out).tolist():
            left, top = edges[index, :2].astype(int).tolist()
            kind = self._marks[index].kind
            key = "", kind, False, ratio
            if key not in self._labels:
                self._labels[key] = draw_small(kind, ratio)
            painter.drawPixmap(left - side // 3, top - side // 3, self._labels[key])

    def _paint_frames(
        self, painter: QPainter, edges: np.ndarray, is_seen: np.ndarray, ratio: float
    ) -> None:
        """Paint a line with a white one on either side of it, which shows on any picture."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        groups: dict[tuple[Kind, bool], list[QRect]] = {}
        for index in np.flatnonzero(is_seen).tolist():
            left, top, right, bottom = edges[index].astype(int).tolist()
            group = self._marks[index].kind, index in (self._selected, self._pointed)
            rect = QRect(left, top, right - left, bottom - top)
            groups.setdefault(group, []).append(rect)
        for (kind, is_selected), rects in sorted(groups.items(), key=lambda group: group[0][1]):
            line = round(LINE * ratio) * (2 if is_selected else 1)
            halo = max(1, round(ratio))
            # A line's middle, so that both its edges are on whole pixels.
            half = (line + 2 * halo) / 2
            middles = [QRectF(rect).adjusted(half, half, -half, -half) for rect in rects]
            colour, style = _FRAMES[kind]
            outline = QPen(_LIGHT, line + 2 * halo)
            outline.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            outline.setCapStyle(Qt.PenCapStyle.FlatCap)
            core = QPen(outline)
            core.setWidth(line)
            core.setColor(colour)
            core.setStyle(style)
            for pen in (outline, core):
                painter.setPen(pen)
                painter.drawRects(middles)

    def _place(self, viewport: Viewport) -> None:
        """Lay frames and labels out anew where the scale or the marks have changed."""
        if viewport.scale == self._scale:
            return
        self._scale = viewport.scale
        corners = self._boxes * self._scale
        corners[:, 2:] += corners[:, :2]
        pad = GAP + LINE + 1.0
        self._frames = corners + np.array([-pad, -pad, pad, pad])
        bounds = self._bounds(viewport)
        rects = self._rects = label_rects(self._frames, self._sizes, float(GAP), bounds)
        is_settled = self._sides is None
        if self._sides is None:
            kinds = {"doubtful": 0, "sure": 1, "confirmed": 1, "refused": 2}
            every = range(len(self._marks))
            self._order = sorted(every, key=lambda n: (kinds[self._marks[n].kind], n))
            self._sides = choose_sides(
                self._frames, rects, self._order, float(GAP), bounds, self._selected
            )
        there = rects[np.arange(len(rects)), self._sides]
        there[self._sides == NOWHERE] = np.nan
        if not is_settled:
            there[~have_room(self._frames, there, self._order, self._selected)] = np.nan
        self._places = there[:, :2]

    def _bounds(self, viewport: Viewport) -> Bounds:
        """Where labels may lie: above the picture nothing is written."""
        width, height = viewport.size
        return 0.0, -np.inf, width * self._scale, height * self._scale

    def _place_of_pointed(self, viewport: Viewport) -> np.ndarray:
        """Where the label under the pointer hides least, though it has no room."""
        rects = self._rects[self._pointed]
        side = least_hiding_side(self._frames, rects, self._bounds(viewport))
        return np.array(rects[side, :2])

    def _measure(self) -> None:
        sizes = [self._label_size(index) for index in range(len(self._marks))]
        both = [(size.width(), size.height()) for size in sizes]
        self._sizes = np.array(both, dtype=float).reshape(-1, 2)
        self.settle()

    def _label_size(self, index: int) -> QSize:
        metrics = QFontMetricsF(font(self._role(index)))
        width = metrics.horizontalAdvance(self._marks[index].text) + 10.0
        return QSize(round(width), round(metrics.height()) + 2)

    def _role(self, index: int) -> FontRole:
        return "heading" if index == self._selected else "strong"

    def _label(self, index: int, ratio: float) -> QPixmap:
        """What a label looks like, in pixels of the screen."""
        mark, is_selected = self._marks[index], index == self._selected
        key = mark.text, mark.kind, is_selected, ratio
        if key not in self._labels:
            size, role = self._label_size(index), self._role(index)
            self._labels[key] = draw_label(mark.text, mark.kind, size, font(role), ratio)
        return self._labels[key]
