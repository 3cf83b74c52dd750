"""Numbers as CSV: a line for each, safe to open in a spreadsheet as in a program."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from handwrite_gui.domain.reading import Number
from handwrite_gui.storage.atomic import write_atomically
from handwrite_gui.storage.errors import StorageError

#: The first line. The box is in the source's own units; confirmed is "true" where a person said
#: what the number reads, and "false" otherwise, as in JSON.
HEADER = ("path", "number", "confidence", "x", "y", "width", "height", "confirmed")
#: With the row of writing behind it, 0 at the top, as in JSON. The command line promises no such
#: column.
HEADER_WITH_ROW = (*HEADER, "row")
#: What every spreadsheet and every program takes for the same number, and shows as it is written:
#: Excel shows twelve digits and more as 1.2E+11, and keeps fifteen of them.
_PLAIN = re.compile(r"0|[1-9][0-9]{0,10}")
#: What begins a formula, in full width too, or a cell that is guarded (OWASP, "CSV Injection").
_BEGINS_FORMULA = re.compile(r"\s*[=+\-@'＝＋－＠]|[\t\r\n]")


def write_numbers(
    file: TextIO, numbers: Iterable[tuple[Path | str, Number]], *, with_row: bool = False
) -> None:
    """Write the header and a line for each Number; nothing but these is held in memory.

    A spreadsheet makes 7 of 007, a date of 1/2, 12.5 of 12.50, and a formula of -1+2, whether the
    cell is quoted or not. Such a cell begins with an apostrophe, as OWASP recommends, and is text
    then, zeros and all, to Excel, LibreOffice and pandas alike. Whoever wants what was read takes
    one apostrophe away from the beginning. ``="007"`` was not chosen, for it is a formula itself
    and stays one in a program, nor a tab, for pandas reads 7 behind it. Whole numbers of up to
    eleven digits, without zeros before them, need no guard and stay numbers.

    A path that could begin a formula is guarded likewise. Texts are quoted, so that no other
    separator than the comma can part them either.

    Args:
        file: Open for writing with ``newline=""``, in UTF-8.
        numbers: The path of each Number's source, and the Number.
        with_row: Whether a last column says in which row of writing it stands.
    """
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(HEADER_WITH_ROW if with_row else HEADER)
    for path, number in numbers:
        sides = [_short(side, 2) for side in number.box]
        confidence = _short(number.confidence, 6)
        confirmed = "true" if number.is_confirmed else "false"
        cells = _path_cell(path), _number_cell(number.text), confidence, *sides, confirmed
        writer.writerow((*cells, number.row) if with_row else cells)


def numbers_to_csv(numbers: Iterable[tuple[Path | str, Number]]) -> bytes:
    """Return what `write_numbers` writes, rows and all, in UTF-8.

    It begins with a byte order mark where anything in it is not ASCII, such as €: only then does
    Excel see that it is UTF-8.
    """
    text = io.StringIO(newline="")
    write_numbers(text, numbers, with_row=True)
    return _marked(text.getvalue().encode())


@contextmanager
def growing_table(path: Path) -> Iterator[TextIO]:
    """Open a table for `write_numbers` that may take hours to fill.

    It grows in a file of its name with ``.part`` behind it, a line at a time, so that whatever ends
    the program leaves the lines so far; at the end it takes its own name.

    Raises:
        StorageError: The place cannot be written to, or the disk is full.
    """
    if path.is_dir():  # Known at once, and not after hours.
        raise StorageError(f"The table cannot be “{path}”, a folder: name a file in it.")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="", buffering=1) as file:
            yield file
        write_atomically(path, _marked(part.read_bytes()))
        part.unlink()
    except BrokenPipeError:
        raise  # Of a pipe beside the table.
    except OSError as error:
        why = error.strerror or "unknown error"
        raise StorageError(
            f"The table “{path.name}” could not be written ({why}): choose another place."
        ) from error


def _marked(content: bytes) -> bytes:
    return content if content.isascii() else codecs.BOM_UTF8 + content


def _number_cell(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else f"'{text}"


def _path_cell(path: Path | str) -> str:
    # A name that is no text in the system's encoding must not keep the others from being written.
    text = str(path).encode("utf-8", "replace").decode()
    return f"'{text}" if _BEGINS_FORMULA.match(text) else text


def _short(value: float, places: int) -> float:
    rounded = round(float(value), places)
    return int(rounded) if rounded.is_integer() else rounded
