"""The picture service: in order, off the window's thread, with one sentence for what fails."""

import io
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

import handwrite_gui.imaging.open_picture
from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.domain.picture import Picture
from handwrite_gui.services.picture_service import PictureService

PICTURE = Picture(np.zeros((2, 3, 3), np.uint8), "fake")


class Heard:
    """What a service has said, in order."""

    def __init__(self, service: PictureService) -> None:
        self.opened: dict[int, Picture] = {}
        self.failed: dict[int, str] = {}
        self.threads: set[int] = set()
        service.opened.connect(self._on_opened)
        service.failed.connect(self._on_failed)

    @property
    def count(self) -> int:
        return len(self.opened) + len(self.failed)

    def _on_opened(self, key: int, picture: Picture) -> None:
        self.opened[key] = picture
        self.threads.add(threading.get_ident())

    def _on_failed(self, key: int, sentence: str) -> None:
        self.failed[key] = sentence


class SlowOpener:
    """Opens nothing until it is let to."""

    def __init__(self) -> None:
        self.may_finish = threading.Event()
        self.has_started = threading.Event()
        self.sources: list[Path | bytes] = []
        self.pages: list[int] = []
        self.threads: set[int] = set()

    def __call__(self, source: Path | bytes, name: str | None = None, page: int = 0) -> Picture:
        self.sources.append(source)
        self.pages.append(page)
        self.threads.add(threading.get_ident())
        self.has_started.set()
        assert self.may_finish.wait(10)
        return PICTURE


@pytest.fixture
def service(qapp: object) -> Iterator[PictureService]:
    service = PictureService()
    yield service
    assert service.stop(10_000)


@pytest.fixture
def heard(service: PictureService) -> Heard:
    return Heard(service)


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch) -> SlowOpener:
    opener = SlowOpener()
    monkeypatch.setattr(handwrite_gui.imaging.open_picture, "open_picture", opener)
    return opener


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (250, 240, 230)).save(buffer, "PNG")
    return buffer.getvalue()


def test_files_and_bytes_are_opened_in_order(
    service: PictureService, heard: Heard, qtbot: QtBot, tmp_path: Path
) -> None:
    for key in range(5):
        (tmp_path / f"{key}.png").write_bytes(png(10 + key, 7))
        service.open(key, tmp_path / f"{key}.png")
    service.open(9, png(3, 4), "Pasted picture")
    qtbot.waitUntil(lambda: heard.count == 6)
    assert list(heard.opened) == [0, 1, 2, 3, 4, 9]
    assert heard.opened[4].size == (14, 7)
    assert heard.opened[4].name == "4.png"
    assert heard.opened[9].name == "Pasted picture"
    assert heard.opened[9].pixels[0, 0].tolist() == [250, 240, 230]


def test_a_bad_file_stops_no_other(
    service: PictureService, heard: Heard, qtbot: QtBot, tmp_path: Path
) -> None:
    service.open(1, tmp_path / "gone.png")
    service.open(2, b"no picture", "note.txt")
    service.open(3, png(5, 5))
    qtbot.waitUntil(lambda: heard.count == 3)
    assert list(heard.failed) == [1, 2]
    assert list(heard.opened) == [3]
    assert "gone.png" in heard.failed[1]
    assert "note.txt" in heard.failed[2]


def test_a_bug_is_logged_and_said_plainly(
    service: PictureService,
    heard: Heard,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(source: Path | bytes, name: str | None = None, page: int = 0) -> Picture:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(handwrite_gui.imaging.open_picture, "open_picture", broken)
    with caplog.at_level(logging.ERROR):
        service.open(1, Path("seven.png"))
        service.open(2, b"...")
        qtbot.waitUntil(lambda: heard.count == 2)
    assert "“seven.png” could not be opened" in heard.failed[1]
    assert "a bug" not in heard.failed[1]
    assert "pasted picture" in heard.failed[2]
    assert "ZeroDivisionError: a bug" in caplog.text


def test_opens_on_a_thread_of_its_own_and_answers_on_the_windows(
    service: PictureService, heard: Heard, opener: SlowOpener, qtbot: QtBot
) -> None:
    service.open(1, b"1")
    opener.may_finish.set()
    qtbot.waitUntil(lambda: heard.count == 1)
    assert heard.threads == {threading.get_ident()}
    assert len(opener.threads) == 1
    assert opener.threads != heard.threads


def test_what_waits_can_be_forgotten(
    service: PictureService, heard: Heard, opener: SlowOpener, qtbot: QtBot
) -> None:
    for key in range(4):
        service.open(key, bytes([key]))
    service.forget(2)
    service.forget(77)
    opener.may_finish.set()
    qtbot.waitUntil(lambda: heard.count == 3)
    assert opener.sources == [b"\0", b"\1", b"\3"]
    assert list(heard.opened) == [0, 1, 3]


def test_an_excerpt_is_turned_cropped_and_reduced(
    service: PictureService, heard: Heard, qtbot: QtBot
) -> None:
    excerpt = Excerpt().turned(1).cropped((100, 200, 300, 700), (400, 1000))
    service.open(1, png(1000, 400), "a.png", excerpt)
    qtbot.waitUntil(lambda: heard.count == 1)
    assert heard.opened[1].size == (300, 700)
    shapes = [pixels.shape for pixels in heard.opened[1].reduced]
    assert shapes == [(350, 150, 3), (175, 75, 3)]


def test_a_page_that_a_person_turns_to_comes_before_all_that_wait(
    service: PictureService, heard: Heard, opener: SlowOpener, qtbot: QtBot
) -> None:
    for key in range(4):
        service.open(key, bytes([key]))
    service.open(9, b"9", excerpt=Excerpt(page=2), is_next=True)
    opener.may_finish.set()
    qtbot.waitUntil(lambda: heard.count == 5)
    assert opener.sources == [b"\0", b"9", b"\1", b"\2", b"\3"]
    assert opener.pages == [0, 2, 0, 0, 0]


def test_stop_waits_for_the_one_in_flight_only(
    service: PictureService, heard: Heard, opener: SlowOpener, qtbot: QtBot
) -> None:
    for key in range(30):
        service.open(key, bytes([key]))
    assert opener.has_started.wait(10)
    before = time.monotonic()
    assert not service.stop(50)
    assert time.monotonic() - before < 5
    opener.may_finish.set()
    assert service.stop()
    assert opener.sources == [b"\0"]


def test_stop_before_the_first_picture(qapp: object) -> None:
    assert PictureService().stop()


def test_under_one_key_only_the_same_pixels_are_opened_again(
    service: PictureService, heard: Heard, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(png(5, 5))
    service.open(1, file)
    qtbot.waitUntil(lambda: heard.count == 1)
    os.utime(file, (1, 1))  # As if the same were written once more.
    heard.opened.clear()
    service.open(1, file)
    qtbot.waitUntil(lambda: heard.count == 1)
    assert list(heard.opened) == [1]
    file.write_bytes(png(5, 6))
    service.open(1, file)
    qtbot.waitUntil(lambda: heard.count == 2)
    assert heard.failed == {1: "“a.png” has changed since it was opened: open it again."}


def test_no_other_page_is_opened_of_a_file_that_has_changed(
    service: PictureService, heard: Heard, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(png(5, 5))
    service.open(1, file)
    service.open(2, file, excerpt=Excerpt().turned(1), file_key=1)
    qtbot.waitUntil(lambda: heard.count == 2)
    file.write_bytes(png(5, 6))
    service.open(3, file, excerpt=Excerpt().turned(2), file_key=1)
    service.open(4, file)
    qtbot.waitUntil(lambda: heard.count == 4)
    assert list(heard.opened) == [1, 2, 4]
    assert "has changed" in heard.failed[3]


def test_a_page_that_a_changed_file_has_no_more_is_told_of(
    service: PictureService,
    heard: Heard,
    qtbot: QtBot,
    tmp_path: Path,
    pdf: Callable[..., bytes],
) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf("", "", "", ""))
    service.open(1, file)
    service.open(2, file, excerpt=Excerpt(3), file_key=1)
    qtbot.waitUntil(lambda: heard.count == 2, timeout=20_000)
    file.write_bytes(pdf("", "", ""))
    service.open(2, file, excerpt=Excerpt(3), file_key=1)  # To be seen once more.
    service.open(3, file, excerpt=Excerpt(3), file_key=1)
    service.open(4, file, excerpt=Excerpt(2), file_key=1)
    qtbot.waitUntil(lambda: len(heard.failed) == 3, timeout=20_000)
    now = "“scan.pdf” has changed since it was opened and has only 3 pages now: open it again."
    assert [heard.failed[key] for key in (2, 3)] == [now, now]
    assert heard.failed[4] == "“scan.pdf” has changed since it was opened: open it again."
