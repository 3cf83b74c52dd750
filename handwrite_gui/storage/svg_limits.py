"""How much SVG is read: more ink than anybody draws on a sheet, and no more than memory bears."""

from __future__ import annotations

from handwrite_gui.storage.errors import StorageError

#: A curve takes some 40 bytes.
MOST_BYTES = 32 * 2**20
#: A curve in memory takes some 300 bytes while its path is read.
MOST_CURVES = 500_000
#: Numbers of one shape; an arc takes seven.
MOST_NUMBERS = 7 * MOST_CURVES
#: What is drawn without lifting the pen: two hours of writing have some 40,000.
MOST_STROKES = 50_000
#: Points that the curves become.
MOST_POINTS = 2_000_000
#: Elements and attributes.
MOST_PARTS = 500_000
#: Drawing programs nest groups in layers in groups.
MOST_LEVELS = 100
#: Of a style attribute; what comes after that is not looked at.
MOST_STYLE_CHARS = 10_000
#: No paper reaches so far; what is computed from such numbers still is one.
LARGEST_NUMBER = 1e9


def too_large() -> StorageError:
    """Return the error for a file of more than that. Its message follows the file's name."""
    return StorageError(
        "is too large or too deeply nested to open: save it in parts, "
        f"each with at most {MOST_CURVES:,} curves."
    )


def not_svg() -> StorageError:
    """Return the error for a file of another kind. Its message follows the file's name."""
    return StorageError("is not SVG: choose ink that was saved as SVG.")
