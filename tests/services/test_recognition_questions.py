"""Questions to the reader, which are answered in parts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.reading.reader import Reader
from handwrite_gui.services.recognition_service import RecognitionService

InkOf = Callable[..., Ink]
PictureOf = Callable[..., Picture]
ReadsOf = Callable[..., Callable[[Reader], Iterator[object]]]


@pytest.fixture
def reads_of(ink: InkOf) -> ReadsOf:
    """Makes a question whose parts are the revisions that were read."""

    def reads_of(*revisions: int) -> Callable[[Reader], Iterator[object]]:
        return lambda reader: (reader.read_ink(ink(revision)).revision for revision in revisions)

    return reads_of


def test_question_is_answered_in_parts(
    ready: RecognitionService, answers: Any, qtbot: QtBot, reads_of: ReadsOf
) -> None:
    ready.ask("replay", reads_of(5, 6))
    qtbot.waitUntil(lambda: answers.kinds()[-1:] == ["ended"])
    assert answers.said == [("part", "replay", 5), ("part", "replay", 6), ("ended", "replay")]


def test_ink_and_pictures_go_before_the_next_part(
    ready: RecognitionService,
    answers: Any,
    model: Any,
    qtbot: QtBot,
    ink: InkOf,
    picture: PictureOf,
    reads_of: ReadsOf,
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
    ready: RecognitionService, answers: Any, model: Any, qtbot: QtBot, reads_of: ReadsOf
) -> None:
    model.may_predict.clear()
    ready.ask("replay", reads_of(5, 6))
    qtbot.waitUntil(lambda: model.predicting == 1)
    ready.ask("replay", reads_of(7))
    model.may_predict.set()
    qtbot.waitUntil(lambda: answers.kinds()[-1:] == ["ended"])
    assert answers.said == [("part", "replay", 7), ("ended", "replay")]


def test_question_that_nobody_waits_for_is_answered_after_all_others(
    ready: RecognitionService, answers: Any, model: Any, qtbot: QtBot, reads_of: ReadsOf
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
    ready: RecognitionService, answers: Any, model: Any, qtbot: QtBot, reads_of: ReadsOf
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
    ready: RecognitionService, answers: Any, model: Any, qtbot: QtBot, reads_of: ReadsOf
) -> None:
    model.predict_error = ValueError("a bug")
    ready.ask("replay", reads_of(5))
    qtbot.waitUntil(lambda: len(answers.said) == 1)
    assert answers.said[0][:2] == ("question failed", "replay")
    model.predict_error = None
    ready.ask("replay", reads_of(6))
    qtbot.waitUntil(lambda: len(answers.said) == 3)
    assert answers.said[1:] == [("part", "replay", 6), ("ended", "replay")]
