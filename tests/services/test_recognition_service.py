import threading
import weakref
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading, Refusal
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.services.recognition_service import RecognitionService


class Answers:
    """Everything that a service said, in order."""

    def __init__(self, service: RecognitionService) -> None:
        self.said: list[tuple[object, ...]] = []
        service.ready.connect(lambda: self.said.append(("ready",)))
        service.failed.connect(lambda sentence: self.said.append(("failed", sentence)))
        service.care_changed.connect(lambda careful: self.said.append(("care", careful)))
        service.care_failed.connect(lambda sentence: self.said.append(("no care", sentence)))
        service.ink_read.connect(lambda reading: self.said.append(("ink", reading)))
        service.picture_read.connect(lambda key, _: self.said.append(("picture", key)))
        service.ink_failed.connect(lambda sentence: self.said.append(("ink failed", sentence)))
        service.picture_failed.connect(
            lambda key, sentence: self.said.append(("picture failed", key, sentence))
        )
        service.part_told.connect(lambda key, part: self.said.append(("part", key, part)))
        service.question_ended.connect(lambda key: self.said.append(("ended", key)))
        service.question_failed.connect(
            lambda key, sentence: self.said.append(("question failed", key, sentence))
        )

    def kinds(self) -> list[object]:
        return [kind for kind, *_ in self.said]


@pytest.fixture
def service(model: Any, qtbot: QtBot) -> Iterator[RecognitionService]:
    service = RecognitionService([Path("digits.keras"), Path("careful.keras")])
    yield service
    model.may_load.set()
    model.may_predict.set()
    qtbot.waitUntil(lambda: not service.is_loading)
    assert service.stop()


@pytest.fixture
def answers(service: RecognitionService) -> Answers:
    return Answers(service)


@pytest.fixture
def ready(service: RecognitionService, answers: Answers, qtbot: QtBot) -> RecognitionService:
    with qtbot.waitSignal(service.ready):
        service.start()
    answers.said.clear()
    return service


def ink(revision: int) -> Ink:
    return Ink((Stroke.from_xy(np.array([[0.0, 0.0], [30.0, 50.0]])),), revision, 12.0)


def picture(name: str = "seven.png") -> Picture:
    pixels = np.full((40, 40, 3), 255, np.uint8)
    pixels[8:32, 18:22] = 0
    return Picture(pixels, name)


# The thread


def test_model_is_loaded_and_used_on_one_thread_that_is_not_the_windows(
    ready: RecognitionService, model: Any, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(ready.ink_read):
        ready.request_ink(lambda: ink(1))
    with qtbot.waitSignal(ready.picture_read):
        ready.request_picture(1, picture())
    assert len(model.threads) == 1
    assert threading.get_ident() not in model.threads
    assert model.loaded == [Path("digits.keras")]


def test_answers_come_on_the_windows_thread(ready: RecognitionService, qtbot: QtBot) -> None:
    threads: list[int] = []
    ready.ink_read.connect(lambda _: threads.append(threading.get_ident()))
    with qtbot.waitSignal(ready.ink_read):
        ready.request_ink(lambda: ink(1))
    assert threads == [threading.get_ident()]


def test_nothing_is_loaded_before_the_start(service: RecognitionService, model: Any) -> None:
    assert not service.is_loading
    assert model.loaded == []


def test_service_that_was_never_started_stops(service: RecognitionService) -> None:
    assert service.stop()


def test_stop_while_the_model_is_loaded_does_not_wait(
    service: RecognitionService, model: Any, qtbot: QtBot
) -> None:
    model.may_load.clear()
    service.start()
    qtbot.waitUntil(lambda: bool(model.loaded))
    assert service.is_loading
    assert not service.stop()


def test_stop_finishes_what_is_in_flight(
    ready: RecognitionService, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    ready.request_ink(lambda: ink(1))
    qtbot.waitUntil(lambda: model.predicting == 1)
    threading.Timer(0.1, model.may_predict.set).start()
    assert ready.stop()
    assert model.predicting == 0


# Ink


def test_reading_carries_the_revision_that_was_read(
    ready: RecognitionService, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(ready.ink_read) as read:
        ready.request_ink(lambda: ink(42))
    (reading,) = read.args
    assert isinstance(reading, Reading)
    assert (reading.text, reading.revision) == ("7", 42)


def test_newest_ink_wins(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    taken: list[int] = []
    newest = [0]

    def take() -> Ink:
        taken.append(newest[0])
        return ink(newest[0])

    for revision in range(1, 101):
        newest[0] = revision
        ready.request_ink(take)
    assert taken == [1]
    model.may_predict.set()
    qtbot.waitUntil(lambda: len(answers.said) == 2)
    qtbot.wait(20)
    assert [reading.revision for _, reading in answers.said] == [1, 100]
    assert taken == [1, 100]
    assert model.most_at_once == 1


def test_ink_is_taken_when_it_can_be_read(
    ready: RecognitionService, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    ready.request_ink(lambda: ink(1))
    late = [2]
    ready.request_ink(lambda: ink(late[0]))
    late[0] = 3  # The pen moved on while the worker was busy.
    with qtbot.waitSignals(
        [ready.ink_read, ready.ink_read], check_params_cbs=[None, lambda r: r.revision == 3]
    ):
        model.may_predict.set()


def test_blank_paper_and_a_dot_are_refused_without_asking_the_model(
    ready: RecognitionService, model: Any, answers: Answers, qtbot: QtBot
) -> None:
    model.predict_error = AssertionError("the model was asked")
    with qtbot.waitSignal(ready.ink_read):
        ready.request_ink(lambda: Ink(revision=1))
    with qtbot.waitSignal(ready.ink_read):
        ready.request_ink(lambda: Ink((Stroke.from_xy(np.zeros((1, 2))),), 2, 12.0))
    assert [reading.refusal for _, reading in answers.said] == [Refusal.BLANK, Refusal.DOT]


# Pictures


def test_ink_goes_before_pictures_and_pictures_keep_their_order(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    for key in (5, 3, 8):
        ready.request_picture(key, picture())
    ready.request_ink(lambda: ink(1))
    model.may_predict.set()
    qtbot.waitUntil(lambda: len(answers.said) == 4)
    first, *others = answers.said
    assert first[0] == "ink"  # Only a slice of the first picture was in flight.
    assert others == [("picture", 5), ("picture", 3), ("picture", 8)]


def test_ink_is_read_between_the_slices_of_a_picture(
    ready: RecognitionService,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    asked: list[object] = []

    def slices(_: Reader, picture: Picture, within: object) -> Generator[None, None, Reading]:
        asked.append(within)
        begun.set()
        assert go_on.wait(10)
        yield
        yield
        return Reading(revision=77)

    monkeypatch.setattr(Reader, "picture_slices", slices)
    ready.request_picture(1, picture(), (1.0, 2.0, 30.0, 20.0))
    assert begun.wait(10)
    ready.request_ink(lambda: ink(1))
    go_on.set()
    qtbot.waitUntil(lambda: len(answers.said) == 2)
    assert answers.kinds() == ["ink", "picture"]
    assert asked == [(1.0, 2.0, 30.0, 20.0)], "what was begun goes on and is not begun anew"


def test_picture_that_is_forgotten_while_it_is_read_is_told_no_more(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    ready.request_picture(1, picture())
    qtbot.waitUntil(lambda: model.predicting == 1)
    ready.forget_picture(1)
    ready.request_picture(2, picture())
    model.may_predict.set()
    qtbot.waitUntil(lambda: len(answers.said) == 1)
    qtbot.wait(20)
    assert answers.said == [("picture", 2)]


def test_pictures_wait_no_longer_than_the_pen_is_answered(
    ready: RecognitionService, answers: Answers, qtbot: QtBot
) -> None:
    for key in range(5):
        ready.request_picture(key, picture())
    for revision in range(1, 4):
        with qtbot.waitSignal(ready.ink_read):
            ready.request_ink(lambda revision=revision: ink(revision))
    qtbot.waitUntil(lambda: answers.kinds().count("picture") == 5)


def test_picture_that_is_forgotten_is_not_read(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    for key in (1, 2, 3):
        ready.request_picture(key, picture())
    ready.forget_picture(2)
    ready.forget_picture(99)
    model.may_predict.set()
    qtbot.waitUntil(lambda: len(answers.said) == 2)
    qtbot.wait(20)
    assert answers.said == [("picture", 1), ("picture", 3)]


# Reading carefully


def test_all_models_read_together_from_then_on(
    ready: RecognitionService, model: Any, answers: Answers, qtbot: QtBot
) -> None:
    ready.set_careful(True)
    ready.request_ink(lambda: ink(1))
    qtbot.waitUntil(lambda: answers.kinds() == ["care", "ink"])
    assert model.loaded == [Path("digits.keras"), Path("careful.keras")]
    assert model.asked[-2:] == [2, 2], "each looks from two angles"
    ready.set_careful(False)
    ready.request_ink(lambda: ink(2))
    qtbot.waitUntil(lambda: answers.kinds() == ["care", "ink"] * 2)
    assert [careful for kind, careful in answers.said if kind == "care"] == [True, False]
    assert model.asked[-1] == 1
    assert len(model.threads) == 1


def test_first_model_answers_while_the_others_are_still_to_be_loaded(
    service: RecognitionService, model: Any, answers: Answers, qtbot: QtBot
) -> None:
    service.set_careful(True)
    service.request_ink(lambda: ink(1))
    assert model.loaded == []
    service.start()
    qtbot.waitUntil(lambda: answers.kinds() == ["ready", "ink", "care"])
    assert model.loaded == [Path("digits.keras"), Path("careful.keras")]


def test_other_models_are_loaded_once(
    ready: RecognitionService, model: Any, answers: Answers, qtbot: QtBot
) -> None:
    for careful in (True, False, True, False, True):
        ready.set_careful(careful)
    qtbot.waitUntil(lambda: answers.kinds() == ["care"] * 5)
    assert answers.said[-1] == ("care", True)
    assert model.loaded == [Path("digits.keras"), Path("careful.keras")]


def test_closing_does_not_wait_for_the_other_models(
    ready: RecognitionService, model: Any, qtbot: QtBot
) -> None:
    model.may_load.clear()
    ready.set_careful(True)
    qtbot.waitUntil(lambda: len(model.loaded) == 2)
    assert not ready.stop(timeout_ms=50)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RecognitionError("The model x is damaged; reinstall."), "The model x is damaged; "),
        (MemoryError(), "Reading carefully is not possible because of a fault"),
    ],
)
def test_without_the_other_models_the_first_reads_on(
    ready: RecognitionService,
    model: Any,
    answers: Answers,
    qtbot: QtBot,
    error: Exception,
    sentence: str,
) -> None:
    model.load_error = error
    ready.set_careful(True)
    ready.request_ink(lambda: ink(1))
    qtbot.waitUntil(lambda: answers.kinds() == ["no care", "ink"])
    assert str(answers.said[0][1]).startswith(sentence)
    assert model.asked[-1] == 1


# Questions


def reads_of(*revisions: int) -> Callable[[Reader], Iterator[object]]:
    return lambda reader: (reader.read_ink(ink(revision)).revision for revision in revisions)


def test_question_is_answered_in_parts(
    ready: RecognitionService, answers: Answers, qtbot: QtBot
) -> None:
    ready.ask("replay", reads_of(5, 6))
    qtbot.waitUntil(lambda: answers.kinds()[-1:] == ["ended"])
    assert answers.said == [("part", "replay", 5), ("part", "replay", 6), ("ended", "replay")]


def test_ink_and_pictures_go_before_the_next_part(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    ready.ask("replay", reads_of(5, 6))
    qtbot.waitUntil(lambda: model.predicting == 1)
    ready.request_picture(1, picture())
    ready.request_ink(lambda: ink(1))
    model.may_predict.set()
    qtbot.waitUntil(lambda: answers.kinds()[-1:] == ["ended"])
    assert answers.kinds() == ["part", "ink", "picture", "part", "ended"]


def test_newer_question_takes_the_place_of_one_in_flight(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    ready.ask("replay", reads_of(5, 6))
    qtbot.waitUntil(lambda: model.predicting == 1)
    ready.ask("replay", reads_of(7))
    model.may_predict.set()
    qtbot.waitUntil(lambda: answers.kinds()[-1:] == ["ended"])
    assert answers.said == [("part", "replay", 7), ("ended", "replay")]


def test_question_that_nobody_waits_for_is_answered_after_all_others(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    ready.ask("side 1", reads_of(5, 6), can_wait=True)
    qtbot.waitUntil(lambda: model.predicting == 1)
    ready.ask("why", reads_of(7, 8))
    model.may_predict.set()
    qtbot.waitUntil(lambda: answers.kinds().count("ended") == 2)
    assert [said for said in answers.said if said[1] == "why"] == answers.said[1:4]
    assert answers.said[4:] == [("part", "side 1", 5), ("part", "side 1", 6), ("ended", "side 1")]


def test_forgotten_question_is_answered_no_more(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_predict.clear()
    ready.ask("replay", reads_of(5, 6))
    qtbot.waitUntil(lambda: model.predicting == 1)
    ready.forget_question("replay")
    ready.ask("why", reads_of(8))
    model.may_predict.set()
    qtbot.waitUntil(lambda: answers.kinds()[-1:] == ["ended"])
    assert answers.said == [("part", "why", 8), ("ended", "why")]


def test_bug_in_an_answer_is_said_and_reading_goes_on(
    ready: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.predict_error = ValueError("a bug")
    ready.ask("replay", reads_of(5))
    qtbot.waitUntil(lambda: len(answers.said) == 1)
    assert answers.said[0][:2] == ("question failed", "replay")
    model.predict_error = None
    ready.ask("replay", reads_of(6))
    qtbot.waitUntil(lambda: len(answers.said) == 3)
    assert answers.said[1:] == [("part", "replay", 6), ("ended", "replay")]


# Before the model is ready, and without it


def test_what_is_asked_before_the_model_is_ready_is_read_when_it_is(
    service: RecognitionService, answers: Answers, model: Any, qtbot: QtBot
) -> None:
    model.may_load.clear()
    service.request_ink(lambda: ink(1))
    service.start()
    service.request_picture(1, picture())
    service.request_ink(lambda: ink(2))
    qtbot.wait(20)
    assert answers.said == []
    model.may_load.set()
    qtbot.waitUntil(lambda: len(answers.said) == 3)
    assert answers.kinds() == ["ready", "ink", "picture"]
    assert answers.said[1][1].revision == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            RecognitionError("The model x is missing; reinstall."),
            "The model x is missing; reinstall.",
        ),
        (
            ImportError("no libtensorflow"),
            "The model digits.keras could not be loaded (no libtensorflow); "
            "run `handwrite-gui doctor` to see what is wrong.",
        ),
    ],
)
def test_model_that_cannot_be_loaded_is_said_in_one_sentence(
    service: RecognitionService,
    answers: Answers,
    model: Any,
    qtbot: QtBot,
    error: Exception,
    sentence: str,
) -> None:
    model.load_error = error
    with qtbot.waitSignal(service.failed):
        service.start()
    assert answers.said == [("failed", sentence)]
    service.request_ink(lambda: ink(1))
    service.request_picture(1, picture())
    qtbot.wait(20)
    assert answers.kinds() == ["failed"]
    assert service.stop()


def test_fault_while_reading_is_said_and_the_next_is_read(
    ready: RecognitionService,
    answers: Answers,
    model: Any,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    model.predict_error = RuntimeError("out of memory")
    ready.request_ink(lambda: ink(1))
    ready.request_picture(4, picture("four.png"))
    qtbot.waitUntil(lambda: len(answers.said) == 2)
    assert answers.kinds() == ["ink failed", "picture failed"]
    assert answers.said[1][1] == 4
    for *_, sentence in answers.said:
        assert "fault in Handwrite" in str(sentence)
    assert "out of memory" in caplog.text
    assert "four.png" in caplog.text
    model.predict_error = None
    with qtbot.waitSignal(ready.ink_read):
        ready.request_ink(lambda: ink(2))


def test_picture_that_is_forgotten_takes_no_room(
    ready: RecognitionService, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def slices(*_: object) -> Generator[None, None, Reading]:
        try:
            while True:
                begun.set()
                yield
        finally:
            ended.set()

    monkeypatch.setattr(Reader, "picture_slices", slices)
    forgotten = picture()
    pixels = weakref.ref(forgotten.pixels)
    ready.request_picture(1, forgotten)
    assert begun.wait(10)
    ready.forget_picture(1)
    del forgotten
    qtbot.waitUntil(ended.is_set)
    qtbot.waitUntil(lambda: pixels() is None)
