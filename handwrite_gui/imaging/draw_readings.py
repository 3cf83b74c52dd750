"""Drawing what was read onto a picture, to be shown or filed as a picture of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from handwrite_gui.domain.reading import Box, Number

#: A label's text is so many times as high as the Numbers are on average, but never less than this
#: share of the picture's longer side: seen whole on a screen it can still be read.
_TEXT_SHARE, _LEAST_SHARE = 0.5, 0.012
#: Smaller letters cannot be read, and larger ones need not be.
_LEAST_PX, _MOST_PX = 10, 200
_FRAME, _DOUBTFUL, _LIGHT = (29, 95, 166), (154, 59, 12), (255, 255, 255)


def draw_readings(pixels: NDArray[np.uint8], numbers: Sequence[Number]) -> bytes:
    """Draw a frame around each Number and its text beside it.

    Frames and labels have a white edge, and so show on any ground. Where a Number is doubtful its
    text ends in "?", where a person confirmed it, it begins with "✓".

    Args:
        pixels: RGB, uint8 of shape (height, width, 3); they stay as they are.
        numbers: With their boxes in these pixels.

    Returns:
        A PNG file of the same width and height.
    """
    image = Image.fromarray(pixels)
    pen, text_px = ImageDraw.Draw(image), _text_height(pixels, numbers)
    font = ImageFont.truetype(_font_file(), text_px)
    line = max(1, text_px // 10)
    frames = [_frame(number.box, 2 * line) for number in numbers]
    for number, frame in zip(numbers, frames, strict=True):
        _draw_frame(pen, frame, _colour(number), line)
    for number, frame in zip(numbers, frames, strict=True):
        _draw_label(pen, number, frame, font, line)
    content = io.BytesIO()
    # The quickest compression: at the usual one, 12 megapixels take seconds.
    image.save(content, "PNG", compress_level=1)
    return content.getvalue()


def _text_height(pixels: NDArray[np.uint8], numbers: Sequence[Number]) -> int:
    heights = [number.box[3] for number in numbers] or [0.0]
    wanted = _TEXT_SHARE * float(np.median(heights))
    least = _LEAST_SHARE * max(pixels.shape[:2])
    return int(min(max(wanted, least, _LEAST_PX), _MOST_PX))


def _frame(box: Box, gap: int) -> tuple[float, float, float, float]:
    x, y, width, height = box
    return x - gap, y - gap, x + width + gap, y + height + gap


def _draw_frame(
    pen: ImageDraw.ImageDraw,
    frame: tuple[float, float, float, float],
    colour: tuple[int, int, int],
    line: int,
) -> None:
    for outward, width, shade in ((line, 3 * line, _LIGHT), (0, line, colour)):
        left, top, right, bottom = frame
        around = left - outward, top - outward, right + outward, bottom + outward
        pen.rectangle(around, outline=shade, width=width)


def _draw_label(
    pen: ImageDraw.ImageDraw,
    number: Number,
    frame: tuple[float, float, float, float],
    font: ImageFont.FreeTypeFont,
    line: int,
) -> None:
    """Write a Number's text above its frame, or below where there is no room; never outside."""
    text = number.text if number.is_sure else f"{number.text} ?"
    text = f"✓ {text}" if number.is_confirmed else text
    _, above, right, below = font.getbbox(text)
    pad = 2 * line
    width, height = round(right) + 2 * pad, round(below - above) + 2 * pad
    page_width, page_height = pen.im.size
    left = min(max(frame[0], line), page_width - width - line)
    top = frame[1] - height - line
    if top < line:
        top = min(frame[3] + line, page_height - height - line)
    left, top = max(left, line), max(top, line)
    place = (left, top, left + width, top + height)
    pen.rounded_rectangle(place, radius=pad, fill=_colour(number), outline=_LIGHT, width=line)
    pen.text((left + pad, top + pad - above), text, font=font, fill=_LIGHT)


def _colour(number: Number) -> tuple[int, int, int]:
    return _FRAME if number.is_sure else _DOUBTFUL


def _font_file() -> str:
    """DejaVu Sans, which matplotlib brings along: Pillow's own font has neither € nor £."""
    import matplotlib as mpl

    return str(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans-Bold.ttf")
