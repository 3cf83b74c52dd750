"""The alphabet: what a strip of writing is read as, one class a sign."""

from __future__ import annotations

from collections.abc import Sequence

DIGITS = "0123456789"
#: Signs that are kept in a number's text.
SIGNS = ".,-/=*#$€£()+"
#: A letter or another mark that is no part of a number; never shown.
OTHER = "�"
ALPHABET = DIGITS + SIGNS + OTHER
#: CTC's blank: no sign at this place (Graves et al. 2006).
BLANK = len(ALPHABET)
CLASSES = BLANK + 1


def encode(text: str) -> list[int]:
    """Return the classes of a text's signs.

    Raises:
        ValueError: One of them is not in the alphabet.
    """
    return [ALPHABET.index(sign) for sign in text]


def decode(classes: Sequence[int]) -> str:
    """Return the text that classes stand for, blanks and other marks left out."""
    return "".join(ALPHABET[each] for each in classes if each != BLANK).replace(OTHER, "")
