"""The side finder: pages that were read badly are asked about, made smaller, and forgotten."""

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading
from handwrite_gui.services import side_finder
from handwrite_gui.services.side_finder import ENOUGH_PX, MOST_HELD, SideFinder


class Desk(QObject):
    """Opens and reads what it is told to."""

    opened = Signal(int, object)
    read = Signal(int, object)


class Recognition(QObject):
    """Answers when it is told to."""

    part_told = Signal(str, object)
    question_ended = Signal(str)
    question_failed = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.asked: dict[str, Picture] = {}
        self.found: list[tuple[int, int]] = []
        self.finder = SideFinder(self, desk, desk)  # type: ignore[arg-type]
        self.finder.found.connect(lambda *told: self.found.append(told))

    def ask(self, key: str, question: Picture, *, can_wait: bool) -> None:
        assert can_wait
        self.asked[key] = question

    def forget_question(self, key: str) -> None:
        self.asked.pop(key, None)


@pytest.fixture
def desk(qapp: object) -> Desk:
    return Desk()


@pytest.fixture
def recognition(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Recognition:
    """Is asked by a finder that holds every page for badly read."""
    monkeypatch.setattr(side_finder, "may_lie", lambda reading: reading is BAD)
    monkeypatch.setattr(side_finder, "how_it_lies", lambda picture, _: picture)
    return Recognition(desk)


BAD, GOOD = Reading(), Reading()


def picture(width: int, *reduced: int) -> Picture:
    small = tuple(np.zeros((4, each, 3), np.uint8) for each in reduced)
    return Picture(np.zeros((4, width, 3), np.uint8), "a.png", reduced=small)


def test_page_that_was_read_badly_is_asked_about(desk: Desk, recognition: Recognition) -> None:
    for key, reading in ((1, BAD), (2, GOOD)):
        desk.opened.emit(key, picture(30))
        desk.read.emit(key, reading)
    assert list(recognition.asked) == ["side 1"]
    recognition.part_told.emit("side 1", 0)
    recognition.part_told.emit("why", 1)
    assert recognition.found == []
    recognition.part_told.emit("side 1", -1)
    assert recognition.found == [(1, -1)]


def test_as_few_pixels_as_are_enough_are_looked_at(desk: Desk, recognition: Recognition) -> None:
    desk.opened.emit(1, picture(4 * ENOUGH_PX, 2 * ENOUGH_PX, ENOUGH_PX, ENOUGH_PX // 2))
    desk.read.emit(1, BAD)
    assert recognition.asked["side 1"].size[0] == ENOUGH_PX
    assert recognition.asked["side 1"].reduced == ()


def test_page_that_is_opened_again_only_to_be_seen_is_not_held(
    desk: Desk, recognition: Recognition
) -> None:
    desk.opened.emit(1, picture(30))
    desk.read.emit(1, GOOD)
    desk.opened.emit(1, picture(30))
    desk.read.emit(1, BAD)
    assert recognition.asked == {}


def test_page_that_is_gone_is_asked_about_no_more(desk: Desk, recognition: Recognition) -> None:
    for key in (1, 2):
        desk.opened.emit(key, picture(30))
    desk.read.emit(1, BAD)
    for key in (1, 2):
        recognition.finder.forget(key)
    desk.read.emit(2, BAD)
    recognition.part_told.emit("side 1", 1)
    assert (recognition.asked, recognition.found) == ({}, [])


def test_few_are_asked_about_at_a_time(desk: Desk, recognition: Recognition) -> None:
    for key in range(MOST_HELD + 2):
        desk.opened.emit(key, picture(30))
        desk.read.emit(key, BAD)
    assert len(recognition.asked) == MOST_HELD
    recognition.question_ended.emit("side 0")
    recognition.question_failed.emit("side 1", "a fault")
    desk.opened.emit(100, picture(30))
    desk.read.emit(100, BAD)
    assert "side 100" in recognition.asked
