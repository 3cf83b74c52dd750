import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from handwrite_gui.domain.reading import Number
from handwrite_gui.storage.numbers_csv import HEADER, HEADER_WITH_ROW, numbers_to_csv, write_numbers


def number(text: str, confidence: float = 0.5) -> Number:
    return Number(text, confidence, (1.0, 2.25, 30.0, 4.125), ())


def rows(*numbers: tuple[Path | str, Number]) -> list[list[str]]:
    written = numbers_to_csv(numbers).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(written, newline=""))
    assert tuple(header) == HEADER_WITH_ROW
    return rows


def test_each_number_is_a_line() -> None:
    said = replace(number("7"), is_confirmed=True, row=3)
    read = rows((Path("a.png"), number("42", 0.9876543)), ("b.png", said))
    assert read == [
        ["a.png", "42", "0.987654", "1", "2.25", "30", "4.12", "false", "0"],
        ["b.png", "7", "0.5", "1", "2.25", "30", "4.12", "true", "3"],
    ]


def test_nothing_read_is_the_header_alone() -> None:
    assert numbers_to_csv([]).decode() == ",".join(f'"{name}"' for name in HEADER_WITH_ROW) + "\r\n"


def test_command_line_has_the_columns_that_it_promises() -> None:
    file = io.StringIO(newline="")
    write_numbers(file, [("a.png", replace(number("7"), row=3))])
    header, line = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert tuple(header) == HEADER
    assert line[-1] == "false"


@pytest.mark.parametrize("text", ["0", "7", "2047", "99999999999"])
def test_whole_number_stays_a_number(text: str) -> None:
    assert rows(("a.png", number(text)))[0][1] == text


@pytest.mark.parametrize(
    "text",
    ["007", "00", "-5", "12.50", "1,5", "1/2", "12-3", "$5", "=1+2", "+1", "1 234", "123456789012"],
)
def test_what_a_spreadsheet_would_compute_or_shorten_is_text(text: str) -> None:
    assert rows(("a.png", number(text)))[0][1] == f"'{text}"


@pytest.mark.parametrize("path", ["=cmd()", "+1.png", "-1.png", "@a", "\t=1", " =1", "＝1", "'a"])
def test_path_that_begins_a_formula_is_text(path: str) -> None:
    assert rows((path, number("7")))[0][0] == f"'{path}"


def test_no_separator_parts_a_path() -> None:
    tricky = 'a;=1+1,"b"\n=2.png'
    assert rows((tricky, number("7")))[0][0] == tricky
    line = numbers_to_csv([("a;=1+1", number("7"))]).decode().splitlines()[1]
    assert line.startswith('"a;=1+1",')  # Where a semicolon parts cells, quotes hold it.


def test_excel_is_told_of_utf_8_only_where_that_matters() -> None:
    assert numbers_to_csv([("a.png", number("7"))]).startswith(b'"path"')
    euros = numbers_to_csv([("a.png", number("€7"))])
    assert euros.startswith(b"\xef\xbb\xbf")
    assert "'€7".encode() in euros


def test_name_that_is_no_text_keeps_no_number_back() -> None:
    assert rows(("a\udcff.png", number("7")))[0][0] == "a?.png"


def test_lines_are_written_one_by_one() -> None:
    file = io.StringIO(newline="")
    lengths: list[int] = []

    def numbers():
        for text in "12":
            lengths.append(len(file.getvalue()))
            yield "a.png", number(text)

    write_numbers(file, numbers())
    assert 0 < lengths[0] < lengths[1] < len(file.getvalue())
