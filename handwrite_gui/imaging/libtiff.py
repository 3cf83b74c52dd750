"""Keeping libtiff, which decodes compressed TIFF files for Pillow, off stderr."""

from __future__ import annotations

import contextlib
import ctypes
import functools

from PIL import _imaging


@functools.cache
def silence_libtiff() -> None:
    """Stop libtiff from printing every damaged byte on stderr; Pillow reports errors anyway.

    Pillow turns libtiff's warnings off but not its errors, and offers no way to. The handler is
    libtiff's own switch, ``TIFFSetErrorHandler(NULL)``: set once for the process, safe with
    threads, unlike pointing stderr elsewhere. Where libtiff is linked into Pillow without showing
    the function (Pillow's own builds for Windows) the lines stay.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(_imaging.__file__).TIFFSetErrorHandler(None)
