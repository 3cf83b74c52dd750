"""The picture desk: excerpts of a file have keys of their own, and are opened anew to be seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box, Reading
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.services.picture_desk import MOST_UNDER_WAY, PictureDesk
from handwrite_gui.services.word_keeper import WordKeeper


class Recognition(QObject):
    """Reads what it is told to."""

    picture_read = Signal(int, object)
    picture_failed = Signal(int, str)
    picture_went_on = Signal(int, object)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[int, tuple[Picture, Box | None]] = {}
        self.waits: set[int] = set()

    def request_picture(
        self, key: int, picture: Picture, within: Box | None = None, *, can_wait: bool = False
    ) -> None:
        self.asked[key] = picture, within
        if can_wait:
            self.waits.add(key)

    def hurry_picture(self, key: int) -> None:
        self.waits.discard(key)

    def forget_picture(self, key: int) -> None:
        self.asked.pop(key, None)


class Heard:
    """What the desk has said, in order."""

    def __init__(self, desk: PictureDesk) -> None:
        self.added: list[tuple[int, int, Excerpt]] = []
        self.opened: list[tuple[int, Picture]] = []
        self.failed: list[int] = []
        desk.excerpt_added.connect(lambda *what: self.added.append(what))
        desk.opened.connect(lambda *what: self.opened.append(what))
        desk.failed.connect(lambda key, _: self.failed.append(key))


@pytest.fixture
def recognition(qapp: object) -> Recognition:
    return Recognition()


@pytest.fixture
def desk(recognition: Recognition, tmp_path: Path) -> Iterator[PictureDesk]:
    keeper = Keeper(tmp_path)
    desk = PictureDesk(recognition, keeper)
    yield desk
    assert desk.stop(10_000)
    keeper.close()


@pytest.fixture
def heard(desk: PictureDesk) -> Heard:
    return Heard(desk)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A TIFF of two pages, 30 and 50 pixels wide."""
    pages = [Image.new("L", (width, 20), 200) for width in (30, 50)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    return tmp_path / "a.tif"


def test_another_page_is_a_picture_of_its_own(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: 0 in recognition.asked)
    desk.open_excerpt(0, Excerpt(1).turned(1))
    assert heard.added == [(0, 1, Excerpt(1).turned(1))]
    qtbot.waitUntil(lambda: 1 in recognition.asked)
    assert recognition.asked[0][0].size == (30, 20)
    assert recognition.asked[1][0].size == (20, 50)
    assert (recognition.asked[1][0].page, recognition.asked[1][0].page_count) == (1, 2)
    desk.open_excerpt(1, Excerpt())
    assert heard.added[-1] == (1, 2, Excerpt())


def test_only_a_box_is_read_of_the_same_picture(
    desk: PictureDesk, recognition: Recognition, file: Path, qtbot: QtBot
) -> None:
    desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: 0 in recognition.asked)
    assert recognition.asked[0][1] is None
    desk.open_excerpt(0, Excerpt().reading_only((3, 4, 10, 9), (30, 20)))
    qtbot.waitUntil(lambda: 1 in recognition.asked)
    assert recognition.asked[1][0].size == (30, 20)
    assert recognition.asked[1][1] == (3.0, 4.0, 10.0, 9.0)


def test_what_is_opened_again_is_seen_and_not_read_again(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: 0 in recognition.asked)
    recognition.picture_read.emit(0, Reading())
    recognition.asked.clear()
    desk.open_again(0)
    qtbot.waitUntil(lambda: len(heard.opened) == 2)
    assert [key for key, _ in heard.opened] == [0, 0]
    assert recognition.asked == {}


def test_only_the_last_one_is_opened_again(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    for _ in range(4):
        desk.open(file, "a.tif")
        qtbot.waitUntil(lambda: len(recognition.asked) == len(heard.opened) > 0)
        recognition.picture_read.emit(len(heard.opened) - 1, Reading())
    qtbot.waitUntil(lambda: len(heard.opened) == 4)
    for key in range(4):
        desk.open_again(key)
    qtbot.waitUntil(lambda: heard.opened[-1][0] == 3 and len(heard.opened) > 4)
    again = [key for key, _ in heard.opened[4:]]
    assert again in ([0, 3], [3])  # The first was in flight already.


def test_a_file_that_is_gone_is_told_of_and_what_was_removed_is_not_opened(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: 0 in recognition.asked)
    file.unlink()
    desk.open_excerpt(0, Excerpt(1))
    qtbot.waitUntil(lambda: heard.failed == [1])
    desk.remove(0)
    desk.open_again(0)
    desk.open_excerpt(0, Excerpt(1))
    assert len(heard.added) == 1


def test_what_comes_back_is_read_only_where_it_was_not(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    for _ in range(3):
        desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: len(recognition.asked) == 3)
    recognition.picture_read.emit(0, Reading())
    desk.stop_reading(1)
    for key in range(3):
        desk.remove(key)
    recognition.asked.clear()
    with qtbot.waitSignal(desk.began_again) as began:
        for key in range(3):
            desk.bring_back(key)
    assert began.args == [2]
    qtbot.waitUntil(lambda: list(recognition.asked) == [2])
    desk.open_excerpt(0, Excerpt(1))
    qtbot.waitUntil(lambda: 3 in recognition.asked)
    desk.remove(0)
    desk.open(file, "a.tif")
    desk.bring_back(0)
    desk.open_excerpt(0, Excerpt(1))
    assert len(heard.added) == 1


def test_pages_of_pasted_bytes_are_opened_too(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    desk.open(file.read_bytes(), "Pasted picture")
    qtbot.waitUntil(lambda: 0 in recognition.asked)
    desk.open_excerpt(0, Excerpt(1))
    qtbot.waitUntil(lambda: 1 in recognition.asked)
    assert recognition.asked[1][0].size == (50, 20)


def test_only_what_was_said_in_the_box_that_is_read_is_looked_for(
    desk: PictureDesk,
    recognition: Recognition,
    file: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Box | None] = []
    monkeypatch.setattr(WordKeeper, "find", lambda *told: asked.append(told[3]))
    desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: 0 in recognition.asked)
    desk.open_excerpt(0, Excerpt().reading_only((3, 4, 10, 9), (30, 20)))
    qtbot.waitUntil(lambda: 1 in recognition.asked)
    assert asked == [None, (3.0, 4.0, 10.0, 9.0)]


def test_pages_that_are_turned_quickly_wait_and_the_last_one_is_opened_first(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    for _ in range(MOST_UNDER_WAY):
        desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: len(recognition.asked) == MOST_UNDER_WAY)
    for page in (0, 1):
        desk.open_excerpt(0, Excerpt(page))
    qtbot.wait(100)
    assert len(recognition.asked) == MOST_UNDER_WAY
    last = MOST_UNDER_WAY + 1
    recognition.picture_read.emit(0, Reading())
    qtbot.waitUntil(lambda: last in recognition.asked)
    assert last - 1 not in recognition.asked


def test_a_picture_that_waits_to_be_read_again_can_be_stopped_again(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    stopped: list[int] = []
    desk.stopped.connect(stopped.append)
    for _ in range(MOST_UNDER_WAY + 1):
        desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: len(recognition.asked) == MOST_UNDER_WAY)
    desk.stop_reading(0)
    qtbot.waitUntil(lambda: MOST_UNDER_WAY in recognition.asked)
    desk.read_again(0)
    desk.stop_reading(0)
    assert stopped == [0, 0]
    recognition.picture_read.emit(1, Reading())
    desk.open_again(0)
    qtbot.waitUntil(lambda: [key for key, _ in heard.opened].count(0) == 2)
    assert 0 not in recognition.asked
    desk.read_again(0)
    qtbot.waitUntil(lambda: 0 in recognition.asked)


def test_a_file_that_is_gone_while_it_is_read_is_read_to_the_end(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    for _ in range(MOST_UNDER_WAY):
        desk.open(file, "a.tif")
    qtbot.waitUntil(lambda: len(recognition.asked) == MOST_UNDER_WAY)
    other = file.with_name("b.tif")
    file.rename(other)
    desk.open_again(0)
    desk.open(other, "b.tif")
    desk.open_excerpt(1, Excerpt(1))
    recognition.picture_read.emit(2, Reading())
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert heard.failed == [MOST_UNDER_WAY + 1]
    qtbot.waitUntil(lambda: MOST_UNDER_WAY in recognition.asked)


def test_what_nobody_looks_at_is_read_after_all_else_until_somebody_does(
    desk: PictureDesk, recognition: Recognition, heard: Heard, file: Path, qtbot: QtBot
) -> None:
    desk.open(file, "a.tif")
    assert desk.read_behind(0, Excerpt(1)) == 1
    assert desk.read_behind(0, Excerpt(1)) == 2
    assert desk.read_behind(0, Excerpt(1)) == 3  # It waits, for three are under way.
    desk.open_excerpt(0, Excerpt(1))
    desk.hurry(2)
    assert heard.added == [(0, 4, Excerpt(1))]
    qtbot.waitUntil(lambda: recognition.asked.keys() == {0, 1, 2})
    assert recognition.waits == {1}
    desk.hurry(1)
    assert recognition.waits == set()
    desk.hurry(3)
    recognition.picture_read.emit(0, Reading())
    qtbot.waitUntil(lambda: 3 in recognition.asked)
    recognition.picture_read.emit(1, Reading())
    qtbot.waitUntil(lambda: 4 in recognition.asked)
    assert recognition.waits == set()
