"""A service that recognises, what it said, and what is given to it."""

import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.services.recognition_service import RecognitionService


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Lets no other thread collect this test's objects: Qt's must go where they live."""
    yield
    gc.collect()


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


@pytest.fixture
def ink() -> Callable[..., Ink]:
    """Makes ink of one stroke: `ink(revision, x)`."""

    def ink(revision: int = 1, x: float = 0.0) -> Ink:
        return Ink((Stroke.from_xy(np.array([[x, 0.0], [x + 30.0, 50.0]])),), revision, 12.0)

    return ink


@pytest.fixture
def picture() -> Callable[..., Picture]:
    """Makes a picture of one stroke, of a name."""

    def picture(name: str = "seven.png") -> Picture:
        pixels = np.full((40, 40, 3), 255, np.uint8)
        pixels[8:32, 18:22] = 0
        return Picture(pixels, name)

    return picture


@pytest.fixture
def keeper(tmp_path: Path, qtbot: QtBot) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "data")
    yield keeper
    keeper.close()


@pytest.fixture
def digit() -> Callable[..., Digit]:
    """Makes a 7 whose image is of one shade."""

    def digit(shade: float = 0.0) -> Digit:
        probabilities = np.full(11, 0.01)
        probabilities[7] = 0.9
        image = np.full((28, 28), shade, np.float32)
        return Digit((0, 0, 1, 1), image, Prediction(probabilities))

    return digit


@pytest.fixture
def labels(tmp_path: Path) -> Callable[[], list[int | None]]:
    """The labels of the corrections on the disk."""

    def labels() -> list[int | None]:
        lines = (tmp_path / "data" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["label"] for line in lines]

    return labels
