"""Drawing what was read onto a picture, to be shown or filed as a picture of its own."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from handwrite_gui.domain.label_places import CLEAR, INSIDE, NOWHERE, choose_sides, label_rects
from handwrite_gui.domain.reading import Number

#: A label's text is so many times as high as the Numbers are on average, but never less than this
#: share of the picture's longer side: seen whole on a screen it can still be read.
_TEXT_SHARE, _LEAST_SHARE = 0.5, 0.012
#: Smaller letters cannot be read, and larger ones need not be.
_LEAST_PX, _MOST_PX = 10, 200
#: Where there is no room text is so many times as high, until it is `_LEAST_PX`.
_SMALLER = 0.8
#: So many times as far from all other frames as from its own a label is to be at the first try, at
#: all these heights, and at the next: it is nearer, but to its own the nearest. At the last it may
#: hide a little of its own digits.
_TRIES = (CLEAR, 1.0, 1.0)
#: Where Numbers are less high the picture is enlarged, for the smallest labels to be small beside
#: them; but to no more pixels than so many.
_LEAST_NUMBER_PX, _MOST_PIXELS = 4 * _LEAST_PX, 24_000_000
_FRAME, _DOUBTFUL, _LIGHT = (29, 95, 166), (154, 59, 12), (255, 255, 255)


class _Label(NamedTuple):
    """What is written of a Number: how large, and with which left upper corner."""

    text: str
    height_px: int
    left: float
    top: float


def draw_readings(pixels: NDArray[np.uint8], numbers: Sequence[Number]) -> bytes:
    """Draw a frame around each Number and its text beside it.

    Frames and labels have a white edge, and so show on any ground. Where a Number is doubtful its
    text ends in "?", where a person confirmed it, it begins with "✓". A label that would stand on
    digits or on another label is smaller; where it would all the same, there are only these signs
    at the frame's corner.

    Args:
        pixels: RGB, uint8 of shape (height, width, 3); they stay as they are.
        numbers: With their boxes in these pixels.

    Returns:
        A PNG file of the same width and height, or of several times those where Numbers are small.
    """
    times = _enlargement(pixels, numbers)
    pixels = pixels.repeat(times, axis=0).repeat(times, axis=1)
    numbers = [_enlarged(number, times) for number in numbers]
    image = Image.fromarray(pixels)
    pen, text_px = ImageDraw.Draw(image), _text_height(pixels, numbers)
    frames = _frames(numbers, _line(text_px), image.size)
    for number, frame in zip(numbers, frames, strict=True):
        _draw_frame(pen, frame, _colour(number), _line(text_px))
    labels = _place(numbers, frames, text_px, image.size)
    for number, label in zip(numbers, labels, strict=True):
        _draw_label(pen, number, label)
    content = io.BytesIO()
    # The quickest compression: at the usual one, 12 megapixels take seconds.
    image.save(content, "PNG", compress_level=1)
    return content.getvalue()


def _line(text_px: int) -> int:
    """How thick lines are beside text."""
    return max(1, text_px // 10)


def _enlargement(pixels: NDArray[np.uint8], numbers: Sequence[Number]) -> int:
    if not numbers:
        return 1
    height = max(float(np.median([number.box[3] for number in numbers])), 1.0)
    most = math.isqrt(_MOST_PIXELS // math.prod(pixels.shape[:2]))
    return max(min(math.ceil(_LEAST_NUMBER_PX / height), most), 1)


def _enlarged(number: Number, times: int) -> Number:
    x, y, width, height = (times * side for side in number.box)
    return replace(number, box=(x, y, width, height))


def _text_height(pixels: NDArray[np.uint8], numbers: Sequence[Number]) -> int:
    heights = [number.box[3] for number in numbers] or [0.0]
    wanted = _TEXT_SHARE * float(np.median(heights))
    least = _LEAST_SHARE * max(pixels.shape[:2])
    return int(min(max(wanted, least, _LEAST_PX), _MOST_PX))


def _frames(numbers: Sequence[Number], line: int, size: tuple[int, int]) -> NDArray[np.float64]:
    """Return what frames cover, with their edges; on the picture, where they are seen."""
    frames = np.array([number.box for number in numbers], dtype=float).reshape(-1, 4)
    frames[:, 2:] += frames[:, :2]
    reach = 3.0 * line * np.array([-1.0, -1.0, 1.0, 1.0])
    return np.clip(frames + reach, 0.0, [*size, *size])


def _place(
    numbers: Sequence[Number],
    frames: NDArray[np.float64],
    text_px: int,
    size: tuple[int, int],
) -> list[_Label]:
    """Find a place for each label, which is smaller where there is too little room."""
    every, gap, last = range(len(numbers)), float(_line(text_px)), len(_TRIES) - 1
    texts = [_text(number) for number in numbers]
    heights, tries = np.full(len(numbers), text_px), np.zeros(len(numbers), int)
    doubtful_first = sorted(every, key=lambda n: numbers[n].is_sure)
    bounds = 0.0, 0.0, float(size[0]), float(size[1])
    while True:
        sizes = np.array(list(map(_size, texts, heights.tolist()))).reshape(-1, 2)
        rects = label_rects(frames, sizes, gap, bounds)
        rects[tries < last, INSIDE] = np.nan
        order = [n for n in doubtful_first if tries[n] <= last]
        clear = np.take(_TRIES, np.minimum(tries, last))
        sides = choose_sides(frames, rects, order, gap, bounds, clear=clear)
        sides[sizes[:, 0] > size[0]] = NOWHERE
        cramped = (sides == NOWHERE) & (tries <= last)
        if not cramped.any():
            break
        is_least = heights == _LEAST_PX
        tries[cramped & is_least] += 1
        smaller = np.maximum(heights * _SMALLER, _LEAST_PX).astype(int)
        heights[cramped] = np.where(is_least, text_px, smaller)[cramped]
    left_out = sides == NOWHERE
    places = np.where(left_out[:, None], frames[:, :2], rects[every, sides, :2])
    heights[left_out] = max(text_px // 2, _LEAST_PX)
    texts = [_mark(each) if left_out[n] else texts[n] for n, each in enumerate(numbers)]
    return list(map(_Label, texts, heights.tolist(), *places.T.tolist()))


def _text(number: Number) -> str:
    if number.is_confirmed:
        return f"✓ {number.text}"
    return number.text if number.is_sure else f"{number.text} ?"


def _mark(number: Number) -> str:
    """What is at the corner of a frame that has no label."""
    return "✓" if number.is_confirmed else "" if number.is_sure else "?"


def _size(text: str, height_px: int) -> tuple[int, int]:
    """Width and height of a label."""
    _, above, right, below = _font(height_px).getbbox(text)
    around = 4 * _line(height_px)
    return round(right) + around, round(below - above) + around


def _draw_frame(
    pen: ImageDraw.ImageDraw,
    frame: NDArray[np.float64],
    colour: tuple[int, int, int],
    line: int,
) -> None:
    for inward, width, shade in ((0, 3 * line, _LIGHT), (line, line, colour)):
        left, top, right, bottom = frame
        around = left + inward, top + inward, right - inward - 1, bottom - inward - 1
        pen.rectangle(around, outline=shade, width=width)


def _draw_label(pen: ImageDraw.ImageDraw, number: Number, label: _Label) -> None:
    font, line = _font(label.height_px), _line(label.height_px)
    pad, (width, height) = 2 * line, _size(label.text, label.height_px)
    place = (label.left, label.top, label.left + width - 1, label.top + height - 1)
    pen.rounded_rectangle(place, radius=pad, fill=_colour(number), outline=_LIGHT, width=line)
    above = font.getbbox(label.text)[1]
    pen.text((label.left + pad, label.top + pad - above), label.text, font=font, fill=_LIGHT)


def _colour(number: Number) -> tuple[int, int, int]:
    return _FRAME if number.is_sure else _DOUBTFUL


@cache
def _font(height_px: int) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, which matplotlib brings along: Pillow's own font has neither € nor £."""
    import matplotlib as mpl

    file = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans-Bold.ttf"
    return ImageFont.truetype(str(file), height_px)
