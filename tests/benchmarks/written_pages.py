"""Pages that are written by real pens and photographed by nobody: for measuring what is found.

The ink is that of the UCI pen digits, each Number of one writer. Paper, light, camera and turn are
drawn. What is where is known to the pixel.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from measure import CHECKOUT
from numpy.typing import NDArray

DATA = Path(os.environ.get("HANDWRITE_DATA", CHECKOUT.parent / "shared" / "data"))
TUNING_WRITERS, MEASURING_WRITERS = range(19, 25), range(25, 31)
BLACK, BLUE, RED = (40, 40, 45), (40, 60, 150), (190, 40, 45)
WHITE, YELLOW, GREEN = (238, 236, 230), (236, 226, 140), (205, 225, 200)


@dataclass(frozen=True)
class WrittenNumber:
    """A Number on a page: what it says, and its ink's box (left, top, right, bottom) in pixels."""

    text: str
    box: tuple[float, float, float, float]
    row: int


@dataclass(frozen=True)
class Paper:
    """How a page looks.

    Attributes:
        colour, ink: Red, green and blue.
        rules: "", "ruled" or "squared".
        shadow: How much of the light a shadow across the page takes.
        turn: In degrees.
        stains: How many stains and specks there are.
        table: Whether a dark table shows around the page.
        blur_px: Of the lens.
        grain: Of the camera, in grey levels.
        quality: Of the JPEG file.
    """

    colour: tuple[int, int, int] = WHITE
    ink: tuple[int, int, int] = BLACK
    rules: str = ""
    shadow: float = 0.0
    turn: float = 0.0
    stains: int = 0
    table: bool = False
    blur_px: float = 0.7
    grain: float = 3.0
    quality: int = 88


@dataclass(frozen=True)
class Layout:
    """Where Numbers stand on a page.

    Attributes:
        size: Width and height of the page in pixels.
        rows, columns: How many Numbers.
        digits: Fewest and most of a Number.
        height: Least and most height of digits, in pixels; every row has its own.
        gap: Least and most gap between the digits of a Number, in heights; below 0 they touch.
    """

    size: tuple[int, int] = (1600, 1200)
    rows: int = 6
    columns: int = 2
    digits: tuple[int, int] = (3, 8)
    height: tuple[int, int] = (40, 60)
    gap: tuple[float, float] = (0.05, 0.4)


class Pens:
    """Digits as strokes, by writer."""

    def __init__(self, writers: Sequence[int]) -> None:
        with np.load(DATA / "pendigits_train.npz", allow_pickle=False) as arrays:
            points = np.asarray(arrays["points"], np.float64)
            starts = np.append(arrays["stroke_start"], len(points))
            samples = np.append(arrays["sample_start"], len(starts) - 1)
            labels, of = arrays["label"], arrays["writer"]
        self.writers = [writer for writer in writers if (of == writer).any()]
        self._digits: dict[tuple[int, int], list[list[NDArray[np.float64]]]] = {}
        for sample in np.flatnonzero(np.isin(of, self.writers)):
            strokes = range(samples[sample], samples[sample + 1])
            digit = [points[starts[stroke] : starts[stroke + 1]] for stroke in strokes]
            key = int(of[sample]), int(labels[sample])
            self._digits.setdefault(key, []).append(digit)

    def digit(
        self, writer: int, label: int, chance: np.random.Generator
    ) -> list[NDArray[np.float64]]:
        """One of a writer's digits, its upper left corner at 0, 0 and its height 1."""
        some = self._digits[writer, label]
        strokes = some[int(chance.integers(len(some)))]
        low = np.min([stroke.min(axis=0) for stroke in strokes], axis=0)
        high = np.max([stroke.max(axis=0) for stroke in strokes], axis=0)
        side = max(high[1] - low[1], 0.5 * (high[0] - low[0]))
        return [(stroke - low) / side for stroke in strokes]


@dataclass
class _Sheet:
    """Ink on paper before it is photographed."""

    ink: NDArray[np.float32]
    numbers: list[tuple[str, NDArray[np.float64], int]] = field(default_factory=list)


def written_page(
    pens: Pens, layout: Layout, paper: Paper, chance: np.random.Generator
) -> tuple[NDArray[np.uint8], list[WrittenNumber]]:
    """Write and photograph a page.

    Returns:
        RGB pixels (height, width, 3), and what is written in them.
    """
    sheet = _write(pens, layout, chance)
    pixels = _lay_on_paper(sheet.ink, paper, chance)
    height, width = sheet.ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -paper.turn, 1.0)
    if paper.turn:
        pixels = cv2.warpAffine(
            pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    numbers = []
    for text, points, row in sheet.numbers:
        there = points @ turn[:, :2].T + turn[:, 2]
        (left, top), (right, bottom) = there.min(axis=0), there.max(axis=0)
        numbers.append(WrittenNumber(text, (left, top, right, bottom), row))
    return photographed(pixels, paper, chance), numbers


def _write(pens: Pens, layout: Layout, chance: np.random.Generator) -> _Sheet:
    width, height = layout.size
    sheet = _Sheet(np.zeros((height, width), np.float32))
    margin = 0.16 if layout.rows * layout.columns > 1 else 0.2
    pitch = (1 - 2 * margin) * height / layout.rows
    for row in range(layout.rows):
        tall = float(chance.uniform(*layout.height))
        for column in range(layout.columns):
            room = (1 - 2 * margin) * width / layout.columns
            x = margin * width + column * room + chance.uniform(0, 0.06) * room
            y = margin * height + row * pitch + chance.uniform(0, 0.08) * pitch
            _write_number(sheet, pens, layout, row, (x, y, room * 0.86, tall), chance)
    return sheet


def _write_number(
    sheet: _Sheet,
    pens: Pens,
    layout: Layout,
    row: int,
    place: tuple[float, float, float, float],
    chance: np.random.Generator,
) -> None:
    x, y, room, tall = place
    writer = pens.writers[int(chance.integers(len(pens.writers)))]
    slope, spread = chance.uniform(-0.015, 0.015), chance.uniform(*layout.gap)
    pen_px = max(1.6, tall * chance.uniform(0.05, 0.1))
    text, points, at = "", [], x
    for _ in range(int(chance.integers(layout.digits[0], layout.digits[1] + 1))):
        label = int(chance.integers(10))
        size = tall * chance.uniform(0.85, 1.15)
        strokes = [stroke * size for stroke in pens.digit(writer, label, chance)]
        wide = max(float(stroke[:, 0].max()) for stroke in strokes)
        if text and at + wide > x + room:
            break
        lift = tall - size + chance.uniform(-0.08, 0.08) * tall + slope * (at - x)
        for stroke in strokes:
            line = stroke + np.array([at, y + lift])
            points.append(line)
            fixed = np.round(line * 16).astype(np.int32)
            drawn = [fixed.reshape(-1, 1, 2)]
            cv2.polylines(sheet.ink, drawn, False, (1.0,), round(pen_px), cv2.LINE_AA, 4)
        text += str(label)
        at += wide + tall * (spread + chance.uniform(-0.06, 0.06))
    sheet.numbers.append((text, np.concatenate(points), row))


def _lay_on_paper(
    ink: NDArray[np.float32], paper: Paper, chance: np.random.Generator
) -> NDArray[np.float32]:
    height, width = ink.shape
    pixels = np.empty((height, width, 3), np.float32)
    pixels[:] = paper.colour
    if paper.rules:
        step = width / chance.uniform(22, 34)
        line = 0.72 * np.array(paper.colour) + 0.28 * np.array([70, 110, 200])
        thick = max(1, round(width / 900))
        for at in np.arange(step / 2, height, step):
            pixels[int(at) : int(at) + thick] = line
        if paper.rules == "squared":
            for at in np.arange(step / 2, width, step):
                pixels[:, int(at) : int(at) + thick] = line
    uneven = cv2.resize(chance.normal(1.0, 0.12, (height // 3, width // 3)), (width, height))
    strength = np.clip(ink * (0.92 * uneven), 0, 1)[..., None].astype(np.float32)
    pixels = pixels * (1 - strength) + np.array(paper.ink, np.float32) * strength
    for _ in range(paper.stains):
        _stain(pixels, chance)
    if paper.table:
        _table(pixels, chance)
    return pixels


def _stain(pixels: NDArray[np.float32], chance: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    side = float(chance.choice([0.002, 0.004, 0.03, 0.06])) * width
    x, y = chance.uniform(0, width), chance.uniform(0, height)
    mask = np.zeros((height, width), np.float32)
    axes = (
        max(1, round(side * chance.uniform(0.5, 1))),
        max(1, round(side * chance.uniform(0.5, 1))),
    )
    cv2.ellipse(mask, ((x, y), (2.0 * axes[0], 2.0 * axes[1]), chance.uniform(0, 180)), (1.0,), -1)
    soft = side * (0.1 if side < 0.01 * width else 0.25)
    mask = cv2.GaussianBlur(mask, (0, 0), max(0.6, soft))
    depth = chance.uniform(0.3, 0.7) if side < 0.01 * width else chance.uniform(0.08, 0.2)
    pixels *= (1 - depth * mask)[..., None]


def _table(pixels: NDArray[np.float32], chance: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    x, y = chance.uniform(0.01, 0.05, 4) * width, chance.uniform(0.01, 0.05, 4) * height
    corners = np.array(
        [(x[0], y[0]), (width - x[1], y[1]), (width - x[2], height - y[2]), (x[3], height - y[3])]
    )
    sheet = np.zeros((height, width), np.uint8)
    cv2.fillPoly(sheet, [np.round(corners).astype(np.int32)], (1,))
    table = chance.normal(45, 12, (height // 4, width // 4, 3)).astype(np.float32)
    np.copyto(pixels, cv2.resize(table, (width, height)), where=sheet[..., None] == 0)


def photographed(
    pixels: NDArray[np.float32], paper: Paper, chance: np.random.Generator
) -> NDArray[np.uint8]:
    """Light a page, photograph it and keep it as JPEG; the page's pixels are changed."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width] / np.array([height, width]).reshape(2, 1, 1)
    lean, place = chance.uniform(-0.6, 0.6), chance.uniform(0.4, 1.0)
    light = 1 - chance.uniform(0, 0.2) * x - chance.uniform(0, 0.15) * y
    light -= paper.shadow / (1 + np.exp(-(x + lean * y - place) / chance.uniform(0.01, 0.08)))
    pixels *= light.astype(np.float32)[..., None]
    if paper.blur_px:
        pixels = cv2.GaussianBlur(pixels, (0, 0), paper.blur_px)
    pixels += chance.normal(0, paper.grain, pixels.shape).astype(np.float32)
    shown = np.clip(pixels, 0, 255).astype(np.uint8)[..., ::-1]
    coded = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, paper.quality])[1]
    return np.ascontiguousarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1])
