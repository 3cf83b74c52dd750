import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Ink, Stroke
from handwrite_gui.domain.undo import InkHistory
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml import InkFile, read_inkml
from handwrite_gui.storage.journal import Journal
from handwrite_gui.storage.svg import read_svg

#: What is refused takes some seconds or less; what it would do unchecked takes hours.
BOUND_S = 30.0
READERS: dict[str, Callable[[Path], Any]] = {".inkml": read_inkml, ".svg": read_svg}


@pytest.fixture
def refusal() -> Callable[[Path], str]:
    """The one sentence that a file is refused with, soon."""

    def refusal(path: Path) -> str:
        read = READERS[path.suffix]
        start = time.process_time()
        with pytest.raises(StorageError) as raised:
            read(path)
        assert time.process_time() - start < BOUND_S
        sentence = str(raised.value)
        assert sentence.startswith(f"“{path.name}” ")
        assert sentence.endswith(".")
        assert sentence.count("\n") == 0
        return sentence

    return refusal


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[[str | bytes], InkFile]:
    """Reads an InkML file of this text; what stands outside an ink element is put into one."""

    def read_text(text: str | bytes) -> InkFile:
        if isinstance(text, str) and not re.search(r"<(\w+:)?ink\b", text):
            text = f'<ink xmlns="http://www.w3.org/2003/InkML">{text}</ink>'
        path = tmp_path / "some.inkml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_inkml(path)

    return read_text


@pytest.fixture
def some_ink() -> Callable[[int], Ink]:
    """Makes ink by chance: `some_ink(seed)`."""

    def some_ink(seed: int) -> Ink:
        """Strokes of a pen that turns slowly, of one to a hundred points."""
        chance, strokes, time_ms = np.random.default_rng(seed), [], 1e9
        for _ in range(chance.integers(1, 6)):
            length = int(chance.integers(1, 100))
            points = np.empty((length, 4))
            angles = chance.uniform(0, 6) + np.cumsum(chance.normal(0, 0.3, length))
            steps = chance.uniform(1, 4, length)
            points[:, 0] = chance.uniform(300, 700) + np.cumsum(np.cos(angles) * steps)
            points[:, 1] = chance.uniform(300, 700) + np.cumsum(np.sin(angles) * steps)
            points[:, TIME_MS] = time_ms + np.cumsum(chance.integers(1, 30, length))
            points[:, PRESSURE] = chance.uniform(0, 1, length)
            time_ms = points[-1, TIME_MS] + 500
            strokes.append(Stroke(points))
        return Ink(tuple(strokes), pen_width=float(chance.uniform(2, 40)))

    return some_ink


class Trial:
    """Ink for a journal, how it is kept, and what comes back of it."""

    @staticmethod
    def stroke(number: int, points: int = 3) -> Stroke:
        return Stroke(np.random.default_rng(number).uniform(0, 500, (points, 4)))

    def history_of_inks(self) -> list[Ink]:
        """Drawing, undoing, redoing, erasing, clearing, and another pen."""
        history = InkHistory(12.0)
        inks = [history.put((*history.ink.strokes, self.stroke(number))) for number in range(4)]
        inks += [history.undo(), history.undo(), history.redo()]
        first, second, third = history.ink.strokes
        inks.append(history.put((first, third)))
        inks += [history.undo(), history.redo(), history.put((third, first, second))]
        inks += [history.put(()), history.undo(), history.put((self.stroke(9, 1),), 6.5)]
        return inks

    @staticmethod
    def keep(journal: Journal, *inks: Ink) -> None:
        """Writes and syncs, as the program does."""
        journal.write(inks)
        journal.sync()

    @staticmethod
    def only_file(folder: Path) -> Path:
        (file,) = folder.iterdir()
        return file

    @staticmethod
    def state(ink: Ink) -> tuple[object, ...]:
        """What is to come back of ink."""
        return ink.pen_width, tuple(stroke.points.tobytes() for stroke in ink.strokes)


@pytest.fixture
def trial() -> Trial:
    return Trial()
