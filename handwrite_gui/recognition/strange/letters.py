"""Letters and signs whose form is no digit's: a font's outlines as pen strokes."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont

from handwrite_gui.recognition.strange.centre_lines import centre_lines

#: Left out, judged by eye on 24 drawings of each: a (a 2 with a loop), b and G (6), B (8), D, O, o
#: and Q (0), g and q (9), I, i, j, l and r (1), S and s (5), Y and y (an open 4), Z and z (2).
LETTERS = "ACEFHJKLMNPRTUVWXcdefhkmnptuvwx"
#: Left out likewise: & and $ (8), > (7), ^ (a 1 with a long flag), ; (an i), } (3), ° (0), and what
#: is one upright line, or a dash or dot that is drawn elsewhere. The font's ! and ? let their dots
#: touch thick pens; they are among the signs drawn by hand.
FONT_SIGNS = '"#%*+:<=@~©«»±…™'
#: Height of the drawn outlines, and the width of the font's strokes at it.
FONT_PX = 120
WIDTH_PX = 11.0


@cache
def glyph_strokes(character: str) -> tuple[NDArray[np.float64], ...]:
    """Return the strokes, shape (n, 2) each, that draw a character of Pillow's own font.

    It is Aileron, which Pillow carries inside, so that the drawings are the same everywhere.
    """
    outline = ImageFont.load_default(FONT_PX).getmask(character, "L")
    inside = np.asarray(outline, np.uint8).reshape(outline.size[::-1]) > 127
    return tuple(centre_lines(np.pad(inside, 1), WIDTH_PX))
