"""A model that is quick to load and can be held."""

import threading
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.recognition import keras_recogniser


class FakeModel:
    """Stands in for the model: everything is a 7, and each step can be held."""

    def __init__(self) -> None:
        self.may_load, self.may_predict = threading.Event(), threading.Event()
        self.may_load.set()
        self.may_predict.set()
        self.load_error: Exception | None = None
        self.predict_error: Exception | None = None
        self.threads: set[int] = set()
        self.loaded: list[Path] = []
        self.predicting = 0
        self.most_at_once = 0

    def load(self, path: Path, **_: object) -> "FakeModel":
        self.threads.add(threading.get_ident())
        self.loaded.append(path)
        assert self.may_load.wait(10)
        if self.load_error:
            raise self.load_error
        return self

    def predict(self, images: np.ndarray) -> np.ndarray:
        self.threads.add(threading.get_ident())
        self.predicting += 1
        self.most_at_once = max(self.most_at_once, self.predicting)
        assert self.may_predict.wait(10)
        self.predicting -= 1
        if self.predict_error:
            raise self.predict_error
        probabilities = np.full((len(images), 11), 0.01, np.float32)
        probabilities[:, 7] = 0.9
        return probabilities


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    model = FakeModel()
    monkeypatch.setattr(keras_recogniser, "load_recogniser", model.load)
    return model
