"""The thread of the recognition, and the models that it loads."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.services.recognition_service import RecognitionService

InkOf = Callable[..., Ink]
PictureOf = Callable[..., Picture]


# The thread


def test_model_is_loaded_and_used_on_one_thread_that_is_not_the_windows(
    ready: RecognitionService, model: Any, qtbot: QtBot, ink: InkOf, picture: PictureOf
) -> None:
    with qtbot.waitSignal(ready.ink_read):
        ready.request_ink(lambda: ink(1))
    with qtbot.waitSignal(ready.picture_read):
        ready.request_picture(1, picture())
    assert len(model.threads) == 1
    assert threading.get_ident() not in model.threads
    assert model.loaded == [Path("digits.keras")]


def test_answers_come_on_the_windows_thread(
    ready: RecognitionService, qtbot: QtBot, ink: InkOf
) -> None:
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
    ready: RecognitionService, model: Any, qtbot: QtBot, ink: InkOf
) -> None:
    model.may_predict.clear()
    ready.request_ink(lambda: ink(1))
    qtbot.waitUntil(lambda: model.predicting == 1)
    threading.Timer(0.1, model.may_predict.set).start()
    assert ready.stop()
    assert model.predicting == 0


# Reading carefully


def test_all_models_read_together_from_then_on(
    ready: RecognitionService, model: Any, answers: Any, qtbot: QtBot, ink: InkOf
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
    service: RecognitionService, model: Any, answers: Any, qtbot: QtBot, ink: InkOf
) -> None:
    service.set_careful(True)
    service.request_ink(lambda: ink(1))
    assert model.loaded == []
    service.start()
    qtbot.waitUntil(lambda: answers.kinds() == ["ready", "ink", "care"])
    assert model.loaded == [Path("digits.keras"), Path("careful.keras")]


def test_other_models_are_loaded_once(
    ready: RecognitionService, model: Any, answers: Any, qtbot: QtBot
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
    answers: Any,
    qtbot: QtBot,
    error: Exception,
    sentence: str,
    ink: InkOf,
) -> None:
    model.load_error = error
    ready.set_careful(True)
    ready.request_ink(lambda: ink(1))
    qtbot.waitUntil(lambda: answers.kinds() == ["no care", "ink"])
    assert str(answers.said[0][1]).startswith(sentence)
    assert model.asked[-1] == 1


# Before the model is ready, and without it


def test_what_is_asked_before_the_model_is_ready_is_read_when_it_is(
    service: RecognitionService,
    answers: Any,
    model: Any,
    qtbot: QtBot,
    ink: InkOf,
    picture: PictureOf,
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
    answers: Any,
    model: Any,
    qtbot: QtBot,
    error: Exception,
    sentence: str,
    ink: InkOf,
    picture: PictureOf,
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
