"""Papers: what a strip of writing is cut from: patterns, rules, light, lens, scanner, JPEG."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator
Floats = NDArray[np.float32]
#: Size of the sheets that patterns are cut from, and how many are kept.
_SHEET_PX = (128, 512)
_SHEETS = 160


class Papers:
    """Lays writing on synthesised paper.

    Args:
        rng: What the sheets are drawn with.
    """

    def __init__(self, rng: Rng) -> None:
        self._sheets = [_sheet(rng) for _ in range(_SHEETS)]

    def lay(self, writing: NDArray[np.uint8], rng: Rng) -> Floats:
        """Photograph writing on some paper.

        Args:
            writing: Ink 255 on 0, cropped to its ink.
            rng: What everything is drawn with.

        Returns:
            How far each pixel is darker than its paper, about 0.0 on paper and up to 1.0.
        """
        ink = _crop(writing, rng)
        rows, columns = ink.shape
        pen = rng.uniform(0.3, 0.9)
        contrast = ink * pen
        if rng.random() < 0.5:  # Ink flows unevenly.
            coarse = rng.uniform(0.55, 1.0, (3, max(2, columns // 12))).astype(np.float32)
            contrast *= cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_LINEAR)
        paper = np.zeros((rows, columns), np.float32)
        if rng.random() < 0.75:
            paper += self._pattern(rows, columns, rng) * pen * rng.uniform(0.05, 0.55)
        if rng.random() < 0.45:
            _rule(paper, pen, rng)
        if rng.random() < 0.22:
            _stray(paper, pen, rng)
        if rng.random() < 0.1:
            _band(paper, pen, rng)
        # Ink on top of print is hardly darker than ink alone.
        contrast = contrast + paper * (1 - 0.8 * ink)
        if rng.random() < 0.35:
            coarse = rng.normal(0, 0.06 * pen, (2, 3)).astype(np.float32)
            contrast += cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_LINEAR)
        contrast = _photograph(np.asarray(contrast, np.float32), rng)
        if rng.random() < 0.35:  # The paper was found and taken off, more or less.
            clear = float(np.quantile(contrast, rng.uniform(0.5, 0.85)))
            contrast = np.maximum(contrast - clear, 0)
        return np.asarray(contrast, np.float32)

    def _pattern(self, rows: int, columns: int, rng: Rng) -> Floats:
        sheet = self._sheets[rng.integers(len(self._sheets))]
        scale = float(np.exp(rng.uniform(-0.35, 0.35)))
        high, wide = min(128, max(8, int(rows * scale))), min(512, max(8, int(columns * scale)))
        y, x = rng.integers(0, 129 - high), rng.integers(0, 513 - wide)
        part = sheet[y : y + high, x : x + wide]
        if rng.random() < 0.5:
            part = part[:, ::-1]
        if rng.random() < 0.5:
            part = part[::-1]
        fitted = cv2.resize(part, (columns, rows), interpolation=cv2.INTER_LINEAR)
        return np.asarray(fitted * np.float32(1 / 255), np.float32)


def _sheet(rng: Rng) -> NDArray[np.uint8]:
    """Print a sheet: families of lines, dots, or a texture; 0 paper to 255 print."""
    rows, columns = _SHEET_PX
    y, x = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    sheet = np.zeros(_SHEET_PX)
    kind = rng.random()
    if kind < 0.75:
        for _ in range(rng.integers(1, 4)):
            sheet = np.maximum(sheet, _lines(x, y, rng) * rng.uniform(0.5, 1.0))
    elif kind < 0.85:
        period = rng.uniform(3, 10)
        dots = np.cos(2 * np.pi * x / period) + np.cos(2 * np.pi * y / period)
        sheet = np.clip(dots - rng.uniform(0.2, 1.2), 0, 1)
    if kind > 0.8 or rng.random() < 0.3:
        noise = np.asarray(
            cv2.GaussianBlur(rng.normal(0, 1, _SHEET_PX), (0, 0), float(rng.uniform(0.6, 3)))
        )
        sheet = sheet + np.clip(0.5 + 0.25 * noise / noise.std(), 0, 1) * rng.uniform(0.3, 1.0)
    if rng.random() < 0.3:  # Lines stand in some parts and not in others.
        coarse = rng.uniform(-0.3, 1.3, (3, 9)).astype(np.float32)
        sheet *= np.clip(cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_CUBIC), 0, 1)
    return np.round(255 * np.clip(sheet / max(float(sheet.max()), 1e-6), 0, 1)).astype(np.uint8)


def _lines(x: NDArray[np.integer], y: NDArray[np.integer], rng: Rng) -> NDArray[np.float64]:
    """Straight or waved lines, side by side or as a guilloche of two waves."""
    angle = rng.normal(0, 0.35) if rng.random() < 0.7 else rng.uniform(0, np.pi)
    period = np.exp(rng.uniform(np.log(3), np.log(14)))
    across = -np.sin(angle) * x + np.cos(angle) * y
    along = np.cos(angle) * x + np.sin(angle) * y
    phase = across / period
    if rng.random() < 0.75:
        height = rng.uniform(0.2, 2.5)
        length = np.exp(rng.uniform(np.log(12), np.log(160)))
        bent = along / length + rng.uniform(-0.3, 0.3) * across / length
        phase = phase + height * np.sin(2 * np.pi * (bent + rng.random())) * min(1.0, length / 30)
    if rng.random() < 0.3:  # They fan out.
        phase = phase * (1 + rng.normal(0, 0.15) * along / 512)
    wave = np.cos(2 * np.pi * phase)
    sharp = rng.uniform(-0.2, 0.85)
    return np.asarray(np.clip((wave - sharp) / (1 - sharp), 0, 1))


def _crop(writing: NDArray[np.uint8], rng: Rng) -> Floats:
    """Cut writing out with some paper around it, or a little too tightly, and scale it down."""
    rows, columns = writing.shape
    room = rng.exponential(0.2, 2) - 0.02
    beside = rng.exponential(0.25, 2) - 0.06
    if rng.random() < 0.05:
        room += rng.uniform(0.1, 0.5, 2)
    top, foot = (round(float(each) * rows) for each in room)
    left, right = (round(float(each) * rows) for each in np.clip(beside, -0.06, 1.5))
    inner = writing[max(0, -top) : rows - max(0, -foot), max(0, -left) : columns - max(0, -right)]
    padded = cv2.copyMakeBorder(
        inner, max(0, top), max(0, foot), max(0, left), max(0, right), cv2.BORDER_CONSTANT
    )
    height = int(np.exp(rng.uniform(np.log(30), np.log(64))))
    width = max(4, round(padded.shape[1] * height / padded.shape[0]))
    small = cv2.resize(padded, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small * np.float32(1 / 255), np.float32)


def _rule(paper: Floats, pen: float, rng: Rng) -> None:
    """Print one or two rules, or the edge of a box; thin, and as dark as ink or fainter."""
    rows, columns = paper.shape
    for _ in range(1 if rng.random() < 0.7 else 2):
        dark = float(pen * rng.uniform(0.25, 1.0))
        thick = 1 if rng.random() < 0.7 else int(rng.integers(1, 4))
        kind = rng.random()
        if kind < 0.8:
            y = rng.uniform(0.68, 1.0) if rng.random() < 0.8 else rng.uniform(0, 0.3)
            tilt = rng.normal(0, 0.02) * columns
            start, end = (0, y * rows - tilt), (columns, y * rows + tilt)
        else:
            x = rng.uniform(0, 0.04) if rng.random() < 0.5 else rng.uniform(0.96, 1)
            tilt = rng.normal(0, 0.02) * rows
            start, end = (x * columns - tilt, 0), (x * columns + tilt, rows)
        printed = np.zeros(paper.shape, np.uint8)
        a, b = ((int(16 * px), int(16 * py)) for px, py in (start, end))
        cv2.line(printed, a, b, 255, thick, cv2.LINE_AA, 4)
        if kind > 0.7 and kind < 0.8:  # Dotted.
            period = int(rng.integers(3, 9))
            printed[:, np.arange(columns) % period < period // 2] = 0
        np.maximum(paper, printed * np.float32(dark / 255), out=paper)


def _band(paper: Floats, pen: float, rng: Rng) -> None:
    """Tint a field of the form, whose edge runs through the strip near its rim."""
    rows, columns = paper.shape
    tint = np.float32(pen * rng.uniform(0.08, 0.4))
    if rng.random() < 0.7:
        edge = round(rows * rng.uniform(0.04, 0.35))
        paper[edge:] += tint
        if rng.random() < 0.3:
            paper[:] = paper[::-1].copy()
    else:
        edge = round(min(rows, columns) * rng.uniform(0.03, 0.4))
        paper[:, edge:] += tint
        if rng.random() < 0.5:
            paper[:] = paper[:, ::-1].copy()


def _stray(paper: Floats, pen: float, rng: Rng) -> None:
    """Let neighbours' strokes peep in over the rim."""
    rows, columns = paper.shape
    strokes = np.zeros(paper.shape, np.uint8)
    for _ in range(rng.integers(1, 4)):
        side = rng.random()
        deep = rows * rng.uniform(0.02, 0.2)
        length = rng.uniform(0.1, 0.5) * rows
        if side < 0.75:
            x = rng.uniform(0, columns)
            y, towards = (0.0, 1) if side < 0.35 else (float(rows), -1)
            points = [(x, y), (x + length / 2, y + towards * deep), (x + length, y)]
            if rng.random() < 0.5:
                points = [(x, y - 2 * towards), (x + rng.normal(0, 3), y + towards * deep)]
        else:
            y = rng.uniform(0.2, 1) * rows
            x, towards = (0.0, 1) if side < 0.88 else (float(columns), -1)
            points = [(x, y), (x + towards * min(deep, 0.1 * rows), y + rng.normal(0, 2))]
        fixed = np.round(np.array(points) * 16).astype(np.int32)
        cv2.polylines(strokes, [fixed], False, 255, int(rng.integers(1, 5)), cv2.LINE_AA, 4)
    np.maximum(paper, strokes * np.float32(pen / 255), out=paper)


def _photograph(contrast: Floats, rng: Rng) -> Floats:
    """Blur, coarsen, grain and compress."""
    rows, columns = contrast.shape
    seen: NDArray[Any] = contrast
    if rng.random() < 0.6:
        seen = cv2.GaussianBlur(seen, (0, 0), float(rng.uniform(0.3, 1.5) * rows / 53))
    if rng.random() < 0.12:
        small = max(14, int(rows * rng.uniform(0.4, 0.8)))
        size = max(4, columns * small // rows), small
        seen = cv2.resize(seen, size, interpolation=cv2.INTER_AREA)
        seen = cv2.resize(seen, (columns, rows), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.6:
        noise = rng.standard_normal(contrast.shape, np.float32)
        seen = seen + noise * np.float32(rng.exponential(0.025))
    if rng.random() < 0.4:
        grey = np.clip(230 - seen * 200, 0, 255).astype(np.uint8)
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))]
        coded = cv2.imencode(".jpg", grey, quality)[1]
        seen = (230 - np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.float32)) / 200
    return np.asarray(seen, np.float32)
