"""What `handwrite-gui read` says of a file: a line for people, or a JSON object."""

from __future__ import annotations

import json
from dataclasses import dataclass

from handwrite_gui.domain.prediction import percent
from handwrite_gui.domain.reading import Number, Reading, Refusal
from handwrite_gui.storage.reading_json import page_to_json

_REFUSALS = {
    Refusal.BLANK: "nothing is written here",
    Refusal.DOT: "no digit, only a dot",
    Refusal.NO_DIGIT: "no digit",
}


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """What came of one page of a file.

    Attributes:
        path: The file as it was named.
        result: What was read, or one sentence that says why nothing was.
        page: Counted from 0.
        page_count: How many pages the file has.
    """

    path: str
    result: Reading | str
    page: int = 0
    page_count: int = 1

    @property
    def numbers(self) -> tuple[Number, ...]:
        """What was read; empty where nothing was."""
        return () if isinstance(self.result, str) else self.result.numbers

    @property
    def address(self) -> str:
        """The file, and of several pages which, as in a link to a PDF's page (RFC 8118)."""
        return self.path if self.page_count == 1 else f"{self.path}#page={self.page + 1}"


def line(outcome: Outcome) -> str:
    """Return one line of text."""
    result = outcome.result
    if isinstance(result, str):
        said = result
    elif result.refusal is not None:
        said = _REFUSALS[result.refusal]
    else:
        said = ", ".join(_number_in_words(number) for number in result.numbers)
    page = "" if outcome.page_count == 1 else f", page {outcome.page + 1}"
    # A name may hold line breaks, or bytes that are no text: one line stays one line.
    return "".join(
        letter if letter.isprintable() else ascii(letter)[1:-1]
        for letter in f"{outcome.path}{page}: {said}"
    )


def json_line(outcome: Outcome) -> str:
    """Return a JSON object, as `page_to_json`."""
    return json.dumps(page_to_json(outcome.path, outcome.result, outcome.page, outcome.page_count))


def _number_in_words(number: Number) -> str:
    return f"{number.text} ({number.certainty}, {percent(number.confidence)})"
