"""A page that takes long: how far its reading is, what can be done meanwhile, and stopping it."""

import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Progress, Reading
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.pictures.reading_progress import SHOWN_EVERY_MS

Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]
TEXTS = ("10", "11", "12", "13", "14", "15")


def number(text: str, row: int) -> Number:
    box = (2.0, 8.0 * row, 10.0, 6.0)
    image = np.full((28, 28), 0.1 + 0.1 * row, np.float32)
    digits = tuple(Digit(box, image, Prediction(np.full(11, 1 / 11))) for _ in text)
    return Number(text, 0.5, box, digits, row=row)


NUMBERS = tuple(number(text, row) for row, text in enumerate(TEXTS))


class Pace:
    """Lets the reading go on, a slice at a time."""

    def __init__(self) -> None:
        self.steps = threading.Semaphore(0)
        self.begun = 0
        #: What is told before all else.
        self.told: list[Progress] = []
        self.is_faulty = False

    def slices(self, *_: object) -> Generator[Progress | None, None, Reading]:
        self.begun += 1
        yield None
        for done in range(2, len(NUMBERS) + 1, 2):
            assert self.steps.acquire(timeout=10)
            if self.is_faulty:
                raise ValueError("as a test wants it")
            while self.told:
                yield self.told.pop(0)
                assert self.steps.acquire(timeout=10)
            yield Progress(done, len(NUMBERS), Reading(NUMBERS[:done]))
        assert self.steps.acquire(timeout=10)
        return Reading(NUMBERS)

    def go_on(self, steps: int = 1) -> None:
        self.steps.release(steps)


@pytest.fixture
def pace(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pace]:
    pace = Pace()
    monkeypatch.setattr(Reader, "picture_slices", pace.slices)
    yield pace
    pace.go_on(100)


@pytest.fixture
def program(start: Start, save_digit: SaveDigit, pace: Pace, qtbot: QtBot) -> Iterator[Any]:
    """The program, in which two of six Numbers of a page are read."""
    program = start()
    program.window.activateWindow()
    program.open_files([save_digit("page.png")])
    pace.go_on()
    qtbot.waitUntil(lambda: said_of(program) == "Reading… 2 of 6")
    yield program
    pace.go_on(100)


def said_of(program: Any) -> str:
    page = program.pictures
    return page.entry(0).status("") if page is not None and page.entry(0) is not None else ""


def stop_button(program: Any) -> QPushButton:
    buttons = program.pictures.shown.findChildren(QPushButton)
    return next(button for button in buttons if button.text() in ("Stop reading", "Read on"))


def read_to_the_end(program: Any, pace: Pace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.recognition.picture_read):
        pace.go_on(10)


def test_what_is_read_is_put_right_while_more_is_read(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    assert any("Reading… 2 of 6" in text for text in program.texts)
    assert program.numbers == ["10", "11"]
    program.press("F8", "F8")
    assert program.pictures.numbers.list.current == 1
    for key in "77":
        qtbot.keyClicks(QApplication.focusWidget(), key)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.numbers == ["10", "77"])
    pace.go_on(10)
    qtbot.waitUntil(lambda: program.numbers == ["10", "77", "12", "13", "14", "15"])
    program.press("Ctrl+Z")
    assert program.numbers[1] == "11"
    assert not stop_button(program).isVisible()


def test_what_is_half_typed_goes_on_when_all_is_read(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    program.press("F8", "F8")
    qtbot.keyClicks(QApplication.focusWidget(), "7")
    read_to_the_end(program, pace, qtbot)
    typing = QApplication.focusWidget()
    assert isinstance(typing, QLineEdit)
    assert typing.text() == "7"
    assert program.pictures.numbers.list.model().rowCount() == 6
    qtbot.keyClicks(typing, "8")
    qtbot.keyClick(typing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.numbers[1] == "78")


def test_reading_is_stopped_and_gone_on_with_and_nothing_is_lost(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    program.pictures.numbers.confirmed.emit(0, "99")
    qtbot.mouseClick(stop_button(program), Qt.MouseButton.LeftButton)
    assert said_of(program) == "Stopped after 2 of 6"
    with qtbot.waitSignal(program.recognition.question_ended):
        program.recognition.ask("what comes after", lambda _: iter(()))
        pace.go_on()  # What is in flight ends, and is not told.
    assert said_of(program) == "Stopped after 2 of 6"
    assert program.numbers == ["99", "11"]
    assert stop_button(program).text() == "Read on"
    program.press("Ctrl+.")
    qtbot.waitUntil(lambda: pace.begun == 2)
    assert program.numbers == ["99", "11"]
    read_to_the_end(program, pace, qtbot)
    assert program.numbers == ["99", "11", "12", "13", "14", "15"]
    assert "6 " in said_of(program)


def test_all_that_is_read_is_there_when_the_reading_is_stopped(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    pace.go_on()
    qtbot.waitUntil(lambda: said_of(program) == "Reading… 4 of 6")
    program.window.actions_.stop_reading.trigger()
    assert said_of(program) == "Stopped after 4 of 6"
    assert program.numbers == ["10", "11", "12", "13"]


def test_what_is_read_beyond_a_place_that_is_not_is_there_when_the_reading_is_stopped(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    pace.told = [Progress(4, 6, Reading(NUMBERS[:2]), NUMBERS[4:])]
    with qtbot.waitSignal(program.recognition.picture_went_on):
        pace.go_on()
    assert program.numbers == ["10", "11"]  # Nothing will come before what is listed.
    program.pictures.numbers.list.select(1)
    program.window.actions_.stop_reading.trigger()
    assert program.numbers == ["10", "11", "14", "15"]
    program.pictures.numbers.list.select(2)
    program.pictures.numbers.confirmed.emit(2, "77")
    pace.go_on()  # What is in flight ends, and is not told.
    program.press("Ctrl+.")
    qtbot.waitUntil(lambda: pace.begun == 2)
    assert program.numbers == ["10", "11", "77", "15"]
    read_to_the_end(program, pace, qtbot)
    assert program.numbers == ["10", "11", "12", "13", "77", "15"]
    assert program.pictures.numbers.list.current == 4


def test_numbers_that_are_listed_never_go_while_the_rest_is_read_again(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    pace.told = [Progress(4, 6, Reading(NUMBERS[:2]), NUMBERS[5:])]
    with qtbot.waitSignal(program.recognition.picture_went_on):
        pace.go_on()
    program.window.actions_.stop_reading.trigger()
    pace.go_on()
    program.press("Ctrl+.")
    qtbot.waitUntil(lambda: pace.begun == 2)
    pace.told = [Progress(4, 6, Reading(NUMBERS[:4]))]
    qtbot.waitUntil(lambda: program.pictures.progress._since_shown.hasExpired(SHOWN_EVERY_MS))
    with qtbot.waitSignal(program.recognition.picture_went_on):
        pace.go_on()
    assert "15" in program.numbers


def test_a_fault_amid_the_reading_is_told_and_what_was_read_stays(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    pace.is_faulty = True
    with qtbot.waitSignal(program.recognition.picture_failed):
        pace.go_on()
    assert "fault in Handwrite" in said_of(program)
    assert program.numbers == ["10", "11"]
    pace.is_faulty = False
    program.press("Ctrl+.")
    read_to_the_end(program, pace, qtbot)
    assert len(program.numbers) == 6
    assert "fault" not in said_of(program)


def test_a_file_that_is_gone_when_it_is_to_be_read_on_is_told_of(
    program: Any, pace: Pace, qtbot: QtBot, tmp_path: Path
) -> None:
    program.window.actions_.stop_reading.trigger()
    next(tmp_path.rglob("page.png")).unlink()
    program.press("Ctrl+.")
    qtbot.waitUntil(lambda: "page.png" in said_of(program))
    assert program.numbers == ["10", "11"]


def test_what_is_half_typed_over_a_confirmed_number_goes_on_while_more_is_read(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    program.pictures.numbers.confirmed.emit(1, "77")
    program.press("F8")
    program.pictures.numbers.list.select(1)
    qtbot.keyClicks(QApplication.focusWidget(), "8")
    read_to_the_end(program, pace, qtbot)
    typing = QApplication.focusWidget()
    assert isinstance(typing, QLineEdit)
    assert typing.text() == "8"


def test_another_part_of_the_picture_stays_in_view_while_more_is_read(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    control = program.pictures.shown.view.control
    for _ in range(8):
        control.zoom_in()
    control.move_by(-1e4, -1e4)
    seen = control.viewport.seen
    read_to_the_end(program, pace, qtbot)
    assert len(program.numbers) == 6
    assert control.viewport.seen == seen
