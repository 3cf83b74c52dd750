"""Each moment is painted as the canvas paints, and costs what is new in it."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.ink_time import InkTime, time_of
from handwrite_gui.widgets.draw.ink_painter import paint_stroke
from handwrite_gui.widgets.draw.painted_ink import PaintedInk
from handwrite_gui.widgets.draw.replay import frames as frames_module
from handwrite_gui.widgets.draw.replay.frames import KEPT_EVERY, Frames
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours

SIZE = QSize(320, 300)


def image_of(frames: Frames, ratio: float = 1.0) -> QImage:
    image = QImage(SIZE * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    frames.paint(painter)
    painter.end()
    return image


def pixels(image: QImage) -> np.ndarray:
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return flat[..., :3].astype(int)


def prepared(time: InkTime, ratio: float = 1.0) -> Frames:
    frames = Frames(time, 12.0)
    frames.prepare(SIZE, ratio, View())
    finish(frames)
    return frames


def finish(frames: Frames) -> None:
    while frames.go_on():
        pass


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_at_the_end_it_is_the_canvas_s_picture(
    qapp: QApplication, four: InkTime, ratio: float
) -> None:
    frames = prepared(four, ratio)
    frames.show(four.duration_ms)
    view = View()
    view.resize(SIZE.width(), SIZE.height())
    painted = PaintedInk(view)
    painted.repaint(SIZE, ratio, four.ink.strokes, 12.0)
    image = QImage(SIZE * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painted.paint(painter)
    painter.end()
    # Where an edge is smoothed, what is beneath shows through.
    assert np.abs(pixels(image) - pixels(image_of(frames, ratio))).max() <= 12


def test_what_is_not_written_yet_is_faint(qapp: QApplication, four: InkTime) -> None:
    frames = prepared(four)
    frames.show(200.0)  # The pen is at (200, 160).
    image = image_of(frames)
    written, paper = image.pixelColor(200, 100), image.pixelColor(20, 20)
    to_come = image.pixelColor(200, 220)
    assert written.lightness() < 50
    assert paper.lightness() - 60 < to_come.lightness() < paper.lightness() - 20
    assert image.pixelColor(200, 155).lightness() < 50
    assert image.pixelColor(200, 170) == to_come


@pytest.mark.parametrize("moments", [(150, 155, 160, 700), (1000, 150), (900, 0, 650, 210)])
def test_moment_looks_the_same_from_wherever_it_is_reached(
    qapp: QApplication, four: InkTime, moments: tuple[float, ...]
) -> None:
    frames = prepared(four)
    for moment in moments:
        frames.show(moment)
    fresh = prepared(four)
    fresh.show(moments[-1])
    assert image_of(frames) == image_of(fresh)


def test_only_what_changes_is_repainted_on_the_screen(qapp: QApplication, four: InkTime) -> None:
    frames = prepared(four)
    frames.show(200.0)
    for moment in range(216, 1000, 16):
        before = image_of(frames)
        touched = frames.show(float(moment))
        after = image_of(frames)
        assert touched.width() * touched.height() < 60 * 60
        changed = np.argwhere((pixels(before) != pixels(after)).any(axis=2))
        if len(changed):
            (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
            assert touched.contains(QRect(left, top, right - left + 1, bottom - top + 1))


class Counted:
    """Counts the pieces of curves that are painted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pieces = 0
        paint = frames_module.paint_pieces

        def count(painter: QPainter, pieces: list[object], *rest: object) -> None:
            self.pieces += len(pieces)
            paint(painter, pieces, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(frames_module, "paint_pieces", count)

    def of(self, frames: Frames, moment_ms: float) -> int:
        self.pieces = 0
        frames.show(moment_ms)
        finish(frames)
        return self.pieces


def spiral(points: int, strokes: int) -> InkTime:
    t = np.arange(points)
    x, y = 150 + 140 * np.cos(t / 40) * t / points, 150 + 140 * np.sin(t / 40) * t / points
    rows = np.stack([x, y, 4.0 * t, 0 * t + 0.5], axis=1)
    return time_of(Ink(tuple(Stroke(part) for part in np.split(rows, strokes)), pen_width=12.0))


@pytest.mark.parametrize("strokes", [1, 200])
def test_much_ink_costs_no_more_than_what_is_new(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, strokes: int
) -> None:
    time = spiral(10_000, strokes)
    counted = Counted(monkeypatch)
    frames = prepared(time)
    frame_ms = 16.0
    played = [counted.of(frames, at) for at in np.arange(0, time.duration_ms, frame_ms)]
    assert max(played) <= 10  # 4 ms a point: 4 pieces, a stroke's end, and the tail.
    back = [counted.of(frames, at) for at in np.linspace(time.duration_ms, 0, 50)]
    assert max(back) <= KEPT_EVERY + 10
    # There and back again it goes by the pictures kept, too.
    assert counted.of(frames, 0.0) <= 10
    assert counted.of(frames, time.duration_ms) <= KEPT_EVERY + 10


def test_pictures_kept_take_little_memory(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    t = np.arange(24_000.0)  # So far apart that every point gives a piece.
    rows = np.stack([10 + 7 * t % 300, 10 + 7 * (t % 40), 4 * t, 0 * t + 0.5], axis=1)
    time, counted = time_of(Ink((Stroke(rows),), pen_width=12.0)), Counted(monkeypatch)
    for bytes_, spacing in ((frames_module.MOST_KEPT_BYTES, 2_000), (4 * 320 * 300 * 4, 6_000)):
        monkeypatch.setattr(frames_module, "MOST_KEPT_BYTES", bytes_)
        frames = prepared(time)
        frames.show(time.duration_ms)
        finish(frames)
        back = [counted.of(frames, at) for at in np.linspace(time.duration_ms, 0, 60)]
        assert 0.8 * spacing < max(back) < 1.1 * spacing  # A long way gives two pieces.


def test_dot_is_there_from_the_beginning(qapp: QApplication) -> None:
    frames = prepared(time_of(Ink((Stroke.from_xy(np.array([[50.0, 60.0]])),))))
    assert image_of(frames).pixelColor(50, 60).lightness() < 50


# Slices


#: What a piece takes by the clock of the tests.
PIECE_S = 1e-4
#: A point gives two pieces and a stroke's end one, before the clock is looked at again.
MORE = 3 * 100


class Sliced:
    """Frames painted by a clock that goes on with each piece, so that slices are always alike."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, time: InkTime) -> None:
        self.counted = Counted(monkeypatch)
        monkeypatch.setattr(frames_module, "perf_counter", lambda: self.counted.pieces * PIECE_S)
        self.frames = Frames(time, 12.0, "grid", "A hint")
        self.firsts: list[int] = []
        self.slices: list[int] = []

    def prepare(self, size: QSize = SIZE) -> None:
        self.firsts.append(self._pieces_of(lambda: self.frames.prepare(size, 1.0, View())))

    def show(self, moment_ms: float) -> None:
        self.firsts.append(self._pieces_of(lambda: self.frames.show(moment_ms)))

    def finish(self) -> int:
        """Go on to the end; return in how many slices."""
        before = len(self.slices)
        while not self.frames.is_whole:
            self.slices.append(self._pieces_of(self.frames.go_on))
        assert not self.frames.go_on()
        return len(self.slices) - before

    def _pieces_of(self, paints: Callable[[], object]) -> int:
        before = self.counted.pieces
        paints()
        return self.counted.pieces - before


def in_one_go(monkeypatch: pytest.MonkeyPatch, time: InkTime, moment_ms: float) -> QImage:
    with monkeypatch.context() as patch:
        patch.setattr(frames_module, "FIRST_SLICE_S", np.inf)
        frames = Frames(time, 12.0, "grid", "A hint")
        frames.prepare(SIZE, 1.0, View())
        frames.show(moment_ms)
        assert frames.is_whole
    return image_of(frames)


@pytest.mark.parametrize("strokes", [1, 200])
def test_no_call_paints_longer_than_a_slice_and_the_end_is_the_same(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, strokes: int
) -> None:
    time = spiral(20_000, strokes)
    sliced = Sliced(monkeypatch, time)
    sliced.prepare()
    assert sliced.finish() > 10
    assert image_of(sliced.frames) == in_one_go(monkeypatch, time, 0.0)
    for share, slices in ((1.0, 10), (0.3, 0), (0.81234, 0)):
        sliced.show(share * time.duration_ms)
        assert sliced.finish() >= slices
        expected = in_one_go(monkeypatch, time, share * time.duration_ms)
        assert image_of(sliced.frames) == expected
    assert max(sliced.firsts) <= frames_module.FIRST_SLICE_S / PIECE_S + MORE
    assert max(sliced.slices) <= frames_module.SLICE_S / PIECE_S + MORE


@pytest.mark.parametrize("strokes", [1, 200])
def test_what_is_painted_in_slices_is_each_stroke_faint_and_then_dark(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, strokes: int
) -> None:
    time = spiral(10_000, strokes)
    sliced = Sliced(monkeypatch, time)
    sliced.frames = Frames(time, 12.0)
    sliced.prepare()
    sliced.finish()
    x, y, _, _ = time.points[-1].astype(int).tolist()
    faint = image_of(sliced.frames).pixelColor(x, y)
    sliced.show(time.duration_ms)
    sliced.finish()
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(colours().paper)
    painter = QPainter(image)
    for colour in (faint, colours().ink):
        for stroke in time.ink.strokes:
            paint_stroke(painter, stroke.points, 12.0, colour)
    painter.end()
    assert image_of(sliced.frames) == image


def test_newer_moment_supersedes_what_is_not_painted_yet(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = spiral(20_000, 1)
    sliced = Sliced(monkeypatch, time)
    sliced.prepare()
    sliced.show(time.duration_ms)  # While all is still painted faintly.
    sliced.show(0.0)
    sliced.finish()
    assert image_of(sliced.frames) == in_one_go(monkeypatch, time, 0.0)
    sliced.show(time.duration_ms)
    assert not sliced.frames.is_whole
    before = sliced.counted.pieces
    for share in (0.9, 0.02, 0.6, 0.1):
        sliced.show(share * time.duration_ms)
    sliced.finish()
    assert sliced.counted.pieces - before < 2_000
    assert image_of(sliced.frames) == in_one_go(monkeypatch, time, 0.1 * time.duration_ms)


def test_what_was_painted_stands_in_until_all_is_painted_anew(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = spiral(20_000, 1)
    sliced = Sliced(monkeypatch, time)
    frames = sliced.frames
    sliced.prepare()
    sliced.finish()
    moment = 0.654321 * time.duration_ms
    sliced.show(moment)
    sliced.finish()
    before = image_of(frames)
    for size in (QSize(400, 350), QSize(380, 340), SIZE):  # The window is dragged larger and back.
        frames.forget(stands_in=True)
        sliced.prepare(size)
        assert not frames.is_whole
        assert image_of(frames) == before
    slices = 0
    while not frames.is_whole:
        assert image_of(frames) == before
        frames.go_on()
        slices += 1
    assert slices > 10
    assert image_of(frames) == before
    frames.forget(stands_in=False)  # In another theme it would have the wrong colours.
    sliced.prepare()
    assert image_of(frames) != before
    sliced.finish()
    assert image_of(frames) == before
