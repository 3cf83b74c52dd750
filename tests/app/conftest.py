"""The whole program in this process, without a screen and with a model that is quick to load."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui.app import Handwrite
from handwrite_gui.recognition import keras_recogniser
from handwrite_gui.recognition.errors import RecognitionError

Start = Callable[..., Handwrite]


class FakeModel:
    """Says one digit of everything; loading and predicting can be held."""

    def __init__(self) -> None:
        self.digit = 7
        self.may_load, self.may_predict = threading.Event(), threading.Event()
        self.may_load.set()
        self.may_predict.set()
        self.error: RecognitionError | None = None

    def load(self, path: Path, **_: object) -> "FakeModel":
        assert self.may_load.wait(10)
        if self.error:
            raise self.error
        return self

    def predict(self, images: np.ndarray) -> np.ndarray:
        assert self.may_predict.wait(10)
        probabilities = np.full((len(images), 11), 0.01, np.float32)
        probabilities[:, self.digit] = 0.9
        return probabilities


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    model = FakeModel()
    monkeypatch.setattr(keras_recogniser, "load_recogniser", model.load)
    return model


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDWRITE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, model: FakeModel, home: Path) -> Iterator[Start]:
    """Starts the program, as often as it is called."""
    running: list[Handwrite] = []

    def start(*pictures: Path, ready: bool = True) -> Handwrite:
        program = Handwrite(qapp, Path("digits.keras"))
        running.append(program)
        program.show(list(pictures))
        qtbot.waitExposed(program.window)
        qtbot.waitUntil(lambda: program.recognition.is_loading or not is_waiting(program))
        if ready:
            qtbot.waitUntil(lambda: is_ready(program))
        return program

    yield start
    model.may_load.set()
    model.may_predict.set()
    for program in running:
        qtbot.waitUntil(lambda program=program: not program.recognition.is_loading)
        close(program)
        program.window.deleteLater()
        program.deleteLater()
    QGuiApplication.clipboard().clear()


def close(program: Handwrite) -> None:
    program.window.close()
    assert program.stop()


def is_ready(program: Handwrite) -> bool:
    return "Ready" in texts(program)


def is_waiting(program: Handwrite) -> bool:
    return "Loading the model…" in texts(program)


def texts(program: Handwrite) -> list[str]:
    """All the words that can be read in the window."""
    return [w.text() for w in program.window.findChildren(QLabel) if w.isVisible()]
