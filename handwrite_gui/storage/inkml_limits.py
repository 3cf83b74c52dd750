"""How much InkML is read: more than anybody writes at a sitting, and no more than memory bears."""

from __future__ import annotations

from handwrite_gui.storage.errors import StorageError

#: Two hours' ink: an hour's is a million points, 280 a second.
MOST_POINTS = 2_000_000
#: Six to a point: place, time, force and tilt.
MOST_NUMBERS = 6 * MOST_POINTS
#: InkML knows some thirty.
MOST_CHANNELS = 40
#: So many points take about 30 bytes each; and room for what programs write around them.
MOST_BYTES = 128 * 2**20
#: Two hours of writing have some 40,000 traces.
MOST_TRACES = 100_000
#: Elements and attributes: Office writes about thirty around each word.
MOST_PARTS = 500_000
#: Office nests the traces of a word seven levels deep.
MOST_LEVELS = 100
#: A label is a word or a formula.
MOST_LABEL_CHARS = 10_000
#: Read at once. A tag or comment longer than this is refused: the parser would start on it again
#: with every piece.
CHUNK_BYTES = 2**18
#: Text of a trace that is decoded at once, so that memory stays bounded however long it is.
BLOCK_CHARS = 2**18
#: No pen is so far off; the square of what is smaller can still be computed.
LARGEST_NUMBER = 1e100


def too_large() -> StorageError:
    """Return the error for a file of more than that. Its message follows the file's name."""
    return StorageError(
        "is too large or too deeply nested to open: save it in parts, "
        f"each with at most {MOST_POINTS // 10**6} million points."
    )


def not_inkml() -> StorageError:
    """Return the error for a file of another kind. Its message follows the file's name."""
    return StorageError("is not InkML: choose ink that was saved as InkML.")
