"""How many Numbers of whole pages are found and read: of photographs, and of pages that we write.

`--measure` writes the pages with the ink of writers that nothing was tuned on.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from edits import edit_distance
from numpy.typing import NDArray
from written_pages import (
    BLUE,
    DATA,
    GREEN,
    MEASURING_WRITERS,
    RED,
    TUNING_WRITERS,
    YELLOW,
    Layout,
    Paper,
    Pens,
    written_page,
)

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading
from handwrite_gui.imaging.open_picture import open_picture
from handwrite_gui.reading.lying import how_it_lies, may_lie
from handwrite_gui.reading.reader import Reader

#: Shares of Numbers and of digits of the photographs that must be right.
NUMBERS_RIGHT, DIGITS_RIGHT = 0.90, 0.97
PAGES_EACH = 3
KINDS = {
    "plain": (Layout(), Paper()),
    "small digits": (Layout((2400, 1800), 14, 4, (3, 7), (26, 34)), Paper()),
    "far apart": (Layout(columns=1, rows=5, gap=(0.8, 1.2)), Paper()),
    "touching": (Layout(gap=(-0.08, 0.02)), Paper()),
    "of many sizes": (Layout(columns=1, rows=5, height=(28, 120)), Paper()),
    "few digits": (Layout(columns=5, digits=(1, 2)), Paper()),
    "ruled": (Layout(), Paper(rules="ruled")),
    "squared": (Layout(), Paper(rules="squared")),
    "ruled, turned 10°": (Layout(), Paper(rules="ruled", turn=10)),
    "squared, turned -10°": (Layout(), Paper(rules="squared", turn=-10)),
    "turned 10°": (Layout(), Paper(turn=10)),
    "turned -15°": (Layout(), Paper(turn=-15)),
    "in shadow": (Layout(), Paper(shadow=0.45)),
    "stained": (Layout(), Paper(stains=30)),
    "table, shadow, rules": (Layout(), Paper(rules="ruled", shadow=0.4, table=True, turn=-4)),
    "blue on yellow": (Layout(), Paper(YELLOW, BLUE)),
    "red on green": (Layout(), Paper(GREEN, RED)),
    "white on black": (Layout(), Paper((30, 32, 30), (225, 225, 220))),
    "640×480 pixels": (Layout((640, 480), 4, 2, (3, 6), (16, 24)), Paper(blur_px=0.5)),
}


@dataclass
class Score:
    """What was read of some pages."""

    numbers: int = 0
    right: int = 0
    digits: int = 0
    mistakes: int = 0
    not_there: int = 0

    def add(self, written: list[str], read: list[str]) -> None:
        """Count what was read of a page, both in order of rows; only digits are compared."""
        for text, said in _aligned(written, read):
            if text is None:
                self.not_there += 1
                continue
            self.numbers += 1
            self.digits += len(text)
            self.right += text == said
            self.mistakes += min(edit_distance(text, said or ""), len(text))

    def line(self, what: str) -> str:
        """One line of the table."""
        return (
            f"{what:22} {self.right} of {self.numbers} Numbers ({self.right / self.numbers:.1%})"
            f"  {1 - self.mistakes / self.digits:.2%} of {self.digits} digits"
            f"  {self.not_there} not there"
        )


def _aligned(written: list[str], read: list[str]) -> list[tuple[str | None, str | None]]:
    """Pair what is written with what was read, in order, with the fewest edits."""
    cost = np.zeros((len(written) + 1, len(read) + 1))
    cost[:, 0] = np.cumsum([0, *map(len, written)])
    cost[0] = np.cumsum([0, *map(len, read)])
    for i, text in enumerate(written, 1):
        for j, said in enumerate(read, 1):
            paired = cost[i - 1, j - 1] + edit_distance(text, said)
            cost[i, j] = min(paired, cost[i - 1, j] + len(text), cost[i, j - 1] + len(said))
    pairs: list[tuple[str | None, str | None]] = []
    i, j = len(written), len(read)
    while i or j:
        if (
            i
            and j
            and cost[i, j] == cost[i - 1, j - 1] + edit_distance(written[i - 1], read[j - 1])
        ):
            i, j = i - 1, j - 1
            pairs.append((written[i], read[j]))
        elif i and cost[i, j] == cost[i - 1, j] + len(written[i - 1]):
            i -= 1
            pairs.append((written[i], None))
        else:
            j -= 1
            pairs.append((None, read[j]))
    return pairs[::-1]


def digits_of(reading: Reading) -> list[str]:
    """The digits of each Number."""
    return ["".join(filter(str.isdigit, number.text)) for number in reading.numbers]


def photographs(reader: Reader) -> Score:
    """Read the four photographs."""
    labels = json.loads((DATA / "pages" / "labels.json").read_text())
    score = Score()
    for name, page in labels.items():
        read = digits_of(reader.read_picture(open_picture(DATA / "pages" / name)))
        written = [text for row in page["rows"] for text in row.split()]
        score.add(written, read)
        wrong = [pair for pair in _aligned(written, read) if pair[0] != pair[1]]
        if wrong:
            print(f"  {name}: " + ", ".join(f"{text} read as {said}" for text, said in wrong))
    return score


@dataclass
class Sides:
    """Which pages are offered to be turned.

    Attributes:
        pages: How many there are.
        asked: Of those upright, how many were read turned as well.
        alarms: And how many were offered to be turned.
        found: On their left and right side, how many were offered to be turned the right way.
    """

    pages: int = 0
    asked: int = 0
    alarms: int = 0
    found: int = 0

    def add(self, reader: Reader, pixels: NDArray[np.uint8]) -> None:
        """Look at a page as it is, and lying on either side."""
        self.pages += 1
        for quarters in (0, 1, -1):
            picture = Picture(np.ascontiguousarray(np.rot90(pixels, quarters)), "page")
            reading = reader.read_picture(picture)
            told = [*how_it_lies(picture, reading)(reader)] if may_lie(reading) else []
            way = told[-1] if told else 0
            self.asked += quarters == 0 and bool(told)
            self.alarms += quarters == 0 and way != 0
            self.found += quarters != 0 and way == quarters

    def line(self) -> str:
        """One line."""
        return (
            f"{self.pages} pages: upright {self.asked} asked about, {self.alarms} offered to be "
            f"turned; on their sides {self.found} of {2 * self.pages} offered, the right way"
        )


def sides(reader: Reader, pens: Pens, kinds: Iterable[str], pages: int) -> None:
    """Look at photographs and written pages as they are, and lying on either side."""
    every = Sides()
    for name in json.loads((DATA / "pages" / "labels.json").read_text()):
        every.add(reader, open_picture(DATA / "pages" / name).pixels)
    print(f"photographs    {every.line()}")
    for kind in kinds:
        of_kind = Sides()
        for page in range(pages):
            pixels, _ = written_page(pens, *KINDS[kind], np.random.default_rng(7 + page))
            of_kind.add(reader, pixels)
        print(f"{kind:22} {of_kind.line()}", flush=True)
        for name, value in vars(of_kind).items():
            setattr(every, name, getattr(every, name) + value)
    print(f"all            {every.line()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--sides", action="store_true", help="which are offered to be turned")
    parser.add_argument("--pages", type=int, default=PAGES_EACH, help="of each kind")
    args = parser.parse_args()
    from handwrite_gui import paths
    from handwrite_gui.recognition.keras_recogniser import load_recogniser
    from handwrite_gui.recognition.sequences.sequence_recogniser import load_when_asked

    sequences = load_when_asked(paths.numbers_model(), print)
    reader = Reader(load_recogniser(paths.default_model()), sequences)
    pens = Pens(MEASURING_WRITERS if args.measure else TUNING_WRITERS)
    if args.sides:
        sides(reader, pens, args.kind or KINDS, args.pages)
        return
    score = photographs(reader)
    print(score.line("photographs"))
    is_kept = score.right >= NUMBERS_RIGHT * score.numbers and score.not_there == 0
    is_kept &= score.mistakes <= (1 - DIGITS_RIGHT) * score.digits
    print(
        f"bound {NUMBERS_RIGHT:.0%} of Numbers, {DIGITS_RIGHT:.0%} of digits, none that is not "
        f"there: {'kept' if is_kept else 'BROKEN'}"
    )
    total = Score()
    for kind in args.kind or KINDS:
        of_kind = Score()
        for page in range(args.pages):
            pixels, numbers = written_page(pens, *KINDS[kind], np.random.default_rng(7 + page))
            read = digits_of(reader.read_picture(Picture(pixels, kind)))
            of_kind.add([number.text for number in numbers], read)
        print(of_kind.line(kind), flush=True)
        for name, value in vars(of_kind).items():
            setattr(total, name, getattr(total, name) + value)
    print(total.line("all that we wrote"))


if __name__ == "__main__":
    main()
