"""What is said where pages are not read whose Numbers are saved."""

import pytest

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.domain.reading import Progress, Reading, Refusal
from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.picture_file import PictureFile
from handwrite_gui.widgets.pictures.unread import failed_in_words, read_in_words

BLANK = Reading(refusal=Refusal.BLANK)


def entry(state: str, page: int = 0) -> Entry:
    """An entry that is "read", "begun", "failed" or "waiting"."""
    entry = Entry(page, "scan.pdf", Excerpt(page))
    if state == "read":
        entry.take(BLANK)
    elif state == "begun":
        entry.take(BLANK)
        entry.progress = Progress(1, 4)
    elif state == "failed":
        entry.fail("It is damaged.")
    return entry


def file(*states: str, pages: int) -> PictureFile:
    """A file of which so many pages were opened, and are in these states."""
    first, *others = (entry(state, page) for page, state in enumerate(states))
    file = PictureFile(first)
    file.page_count = pages
    for other in others:
        file.add(other)
    return file


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([file("read", pages=1), file("read", "read", pages=2)], ("", "")),
        (
            [file("read", "read", pages=400)],
            ("2 of 400 pages", "the others were not read yet. “Read all” reads every page."),
        ),
        (
            [file("read", pages=2), file("read", pages=1)],
            ("2 of 3 pages", "the other was not read yet. “Read all” reads every page."),
        ),
        (
            [file("read", pages=1), file("waiting", pages=1)],
            ("1 of 2 pictures", "the other was not read yet."),
        ),
        (
            [file("read", pages=1), file("failed", pages=1), file("failed", pages=1)],
            ("1 of 3 pictures", "the others could not be read."),
        ),
        (
            [file("read", pages=1), file("failed", pages=1), file("waiting", pages=1)],
            ("1 of 3 pictures", "the others were not read yet or could not be."),
        ),
        ([file("read", "begun", pages=2)], ("2 of 2 pages, 1 of them only in part", "")),
    ],
)
def test_how_much_is_read_is_said_unless_all_is(
    files: list[PictureFile], said: tuple[str, str]
) -> None:
    assert read_in_words(files) == said


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([file("read", pages=2)], ""),
        ([file("failed", pages=1)], "1 failed: “scan.pdf”."),
        (
            [file("read", pages=1), file("failed", "read", "failed", pages=3)],
            "2 failed, the first is page 1 of “scan.pdf”.",
        ),
    ],
)
def test_only_the_first_page_that_failed_is_named(files: list[PictureFile], said: str) -> None:
    assert failed_in_words(files) == said
