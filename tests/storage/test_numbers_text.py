from dataclasses import replace

from handwrite_gui.domain.reading import Number, Reading, Refusal
from handwrite_gui.storage.numbers_text import numbers_to_text

NUMBER = Number("12", 0.9, (0.0, 0.0, 1.0, 1.0), ())
READING = Reading((NUMBER, replace(NUMBER, text="7"), replace(NUMBER, text="0,5", row=1)))
NOTHING = Reading(refusal=Refusal.BLANK)


def test_one_page_is_its_rows() -> None:
    assert numbers_to_text([("a.png", READING)]) == b"12\t7\n0,5\n"


def test_several_are_headed_by_their_names_but_for_those_that_hold_nothing() -> None:
    pages = [("a.png", READING), ("b.png", NOTHING), ("c\n\udcff.png", READING)]
    assert numbers_to_text(pages) == b"a.png\n12\t7\n0,5\n\nc ?.png\n12\t7\n0,5\n"
