"""What every test gets: no screen, a folder of its own, and the data where it is."""

import os
import signal
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["HANDWRITE_HOME"] = tempfile.mkdtemp(prefix="handwrite-tests-")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

CHECKOUT = Path(__file__).resolve().parent.parent

# Tests that run in the background ignore Ctrl+C, and so would the programs that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of MNIST, pen strokes and pictures; tests that need it are skipped without it."""
    folder = Path(os.environ.get("HANDWRITE_DATA", CHECKOUT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the data folder {folder} (set HANDWRITE_DATA)")
    return folder


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Qt's application of the tests looks as the program's does."""
    from handwrite_gui.widgets.application import ARGUMENTS

    return list(ARGUMENTS)


class FakeModel:
    """Says one digit of everything; loading and predicting can be held, and can fail."""

    def __init__(self) -> None:
        self.digit = 7
        self.may_load, self.may_predict = threading.Event(), threading.Event()
        self.may_load.set()
        self.may_predict.set()
        self.load_error: Exception | None = None
        self.predict_error: Exception | None = None
        self.threads: set[int] = set()
        self.loaded: list[Path] = []
        self.asked: list[int] = []
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
        self.asked.append(len(images))
        self.most_at_once = max(self.most_at_once, self.predicting)
        assert self.may_predict.wait(10)
        self.predicting -= 1
        if self.predict_error:
            raise self.predict_error
        probabilities = np.full((len(images), 11), 0.01, np.float32)
        probabilities[:, self.digit] = 0.9
        return probabilities


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    """Stands in for the model, and is quick to load."""
    from handwrite_gui.recognition import keras_recogniser

    model = FakeModel()
    monkeypatch.setattr(keras_recogniser, "load_recogniser", model.load)
    return model


@pytest.fixture
def draw() -> Callable[..., None]:
    """Draws a stroke with the mouse: `draw(canvas, (20, 30), (40, 50), lift=False)`."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    left = Qt.MouseButton.LeftButton

    def draw(canvas: "QWidget", *places: tuple[int, int], lift: bool = True) -> None:
        at = [QPoint(*place) for place in places or ((100, 100), (200, 200))]
        QTest.mousePress(canvas, left, pos=at[0])
        for place in at[1:]:
            QTest.mouseMove(canvas, place)
        if lift:
            QTest.mouseRelease(canvas, left, pos=at[-1])

    return draw


def write_pdf(
    *contents: str, media: str = "0 0 144 72", extra: str = "", trailer: str = ""
) -> bytes:
    """Return a PDF with a page for each content stream.

    Args:
        contents: What each page draws.
        media: Each page's box, in points.
        extra: More entries of each page's dictionary.
        trailer: More entries of the trailer.
    """
    count = len(contents)
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(count))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
    ]
    for n, content in enumerate(contents):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{media}]/Contents {4 + 2 * n} 0 R{extra}>>"
        )
        bodies.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(bodies) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + end.encode()


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """Writes a PDF: `pdf("0 g 0 54 36 18 re f", "")` has two pages, the second one blank."""
    return write_pdf
