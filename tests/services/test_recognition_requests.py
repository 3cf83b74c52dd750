"""Ink and pictures that are to be read: which goes first, and what is told."""

import threading
import weakref
from collections.abc import Callable, Generator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading, Refusal
from handwrite_gui.reading.reader import Reader
from handwrite_gui.services.recognition_service import RecognitionService

InkOf = Callable[..., Ink]
PictureOf = Callable[..., Picture]


def test_reading_carries_the_revision_that_was_read(
    ready: RecognitionService, qtbot: QtBot, ink: InkOf
) -> None:
    with qtbot.waitSignal(ready.ink_read) as read:
        ready.request_ink(lambda: ink(42))
    (reading,) = read.args
    assert isinstance(reading, Reading)
    assert (reading.text, reading.revision) == ("7", 42)


def test_newest_ink_wins(
    ready: RecognitionService, answers: Any, model: Any, qtbot: QtBot, ink: InkOf
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
    ready: RecognitionService, model: Any, qtbot: QtBot, ink: InkOf
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
    ready: RecognitionService, model: Any, answers: Any, qtbot: QtBot
) -> None:
    model.predict_error = AssertionError("the model was asked")
    with qtbot.waitSignal(ready.ink_read):
        ready.request_ink(lambda: Ink(revision=1))
    with qtbot.waitSignal(ready.ink_read):
        ready.request_ink(lambda: Ink((Stroke.from_xy(np.zeros((1, 2))),), 2, 12.0))
    assert [reading.refusal for _, reading in answers.said] == [Refusal.BLANK, Refusal.DOT]


def test_ink_goes_before_pictures_and_pictures_keep_their_order(
    ready: RecognitionService,
    answers: Any,
    model: Any,
    qtbot: QtBot,
    ink: InkOf,
    picture: PictureOf,
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
    answers: Any,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    ink: InkOf,
    picture: PictureOf,
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
    ready: RecognitionService, answers: Any, model: Any, qtbot: QtBot, picture: PictureOf
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
    ready: RecognitionService, answers: Any, qtbot: QtBot, ink: InkOf, picture: PictureOf
) -> None:
    for key in range(5):
        ready.request_picture(key, picture())
    for revision in range(1, 4):
        with qtbot.waitSignal(ready.ink_read):
            ready.request_ink(lambda revision=revision: ink(revision))
    qtbot.waitUntil(lambda: answers.kinds().count("picture") == 5)


def test_picture_that_is_forgotten_is_not_read(
    ready: RecognitionService, answers: Any, model: Any, qtbot: QtBot, picture: PictureOf
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


def test_fault_while_reading_is_said_and_the_next_is_read(
    ready: RecognitionService,
    answers: Any,
    model: Any,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    ink: InkOf,
    picture: PictureOf,
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
    ready: RecognitionService, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, picture: PictureOf
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


def test_picture_that_nobody_looks_at_waits_for_others_and_goes_on_where_it_was(
    ready: RecognitionService,
    monkeypatch: pytest.MonkeyPatch,
    answers: Any,
    qtbot: QtBot,
    picture: PictureOf,
) -> None:
    begun, go_on, read = threading.Event(), threading.Event(), list[str]()

    def slices(_: Reader, picture: Picture, within: object) -> Generator[None, None, Reading]:
        for nth in range(2):
            read.append(f"{picture.name} {nth}")
            begun.set()
            assert go_on.wait(10)
            yield
        return Reading()

    monkeypatch.setattr(Reader, "picture_slices", slices)
    ready.request_picture(1, picture("far"), can_wait=True)
    ready.request_picture(2, picture("farther"), can_wait=True)
    ready.request_picture(3, picture("farthest"), can_wait=True)
    ready.ask("why", lambda _: iter((5,)))
    ready.ask("side", lambda _: iter((6,)), can_wait=True)
    assert begun.wait(10)
    ready.request_picture(4, picture("seen"))
    ready.hurry_picture(3)
    go_on.set()
    qtbot.waitUntil(lambda: len(answers.said) == 8)
    names = "far 0", "farthest 0", "farthest 1", "seen 0", "seen 1", "far 1"
    assert read == [*names, "farther 0", "farther 1"]
    told = [("picture", 3), ("picture", 4), ("part", "why", 5), ("ended", "why")]
    assert answers.said[:6] == [*told, ("picture", 1), ("picture", 2)]
    assert answers.said[6:] == [("part", "side", 6), ("ended", "side")]
