"""A 7 of which the model's opinion changes, and what is seen of its replay in the window."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.draw.replay.chart import Chart
from handwrite_gui.widgets.draw.replay.opinion_list import OpinionList
from handwrite_gui.widgets.draw.replay.panel import ReplayPanel
from handwrite_gui.widgets.draw.replay.paper import Paper
from handwrite_gui.widgets.draw.replay.time_slider import TimeSlider

Start = Callable[..., Any]


@pytest.fixture
def changing(model: Any) -> Any:
    """The model sees a 1 in what is narrow, and a 7 in what is wide."""

    def predict(images: np.ndarray) -> np.ndarray:
        model.asked.append(len(images))
        assert model.may_predict.wait(10)
        said = np.full((len(images), 11), 0.01, np.float32)
        for row, image in zip(said, images, strict=True):
            row[7 if np.count_nonzero(image.max(axis=0) > 0.5) > 8 else 1] = 0.9
        return said

    model.predict = predict
    return model


class Seen:
    """What is seen of the replay."""

    def __init__(self, program: Any) -> None:
        self.program = program

    @property
    def panel(self) -> ReplayPanel:
        return self.program.window.findChild(ReplayPanel)

    @property
    def paper(self) -> Paper:
        return self.program.window.findChild(Paper)

    @property
    def opinions(self) -> list[str]:
        listed = self.panel.findChild(OpinionList)
        return [listed.item(row).text() for row in range(listed.count())]

    @property
    def moment_ms(self) -> int:
        return self.panel.findChild(TimeSlider).value()

    @property
    def answers(self) -> list[str]:
        """The answers that can be seen: one."""
        panels = self.program.window.findChildren(AnswerPanel)
        return [panel.text for panel in panels if panel.isVisible()]

    @property
    def is_open(self) -> bool:
        found = self.program.window.findChild(Paper)
        canvas = self.program.draw_page.canvas.isVisible()
        shown = found is not None and found.isVisible()
        assert canvas != shown
        assert shown == self.program.window.actions_.replay.isChecked()
        return shown

    @property
    def note(self) -> str:
        return self.panel.findChild(Chart).accessibleDescription()

    @property
    def is_read(self) -> bool:
        """Whether all moments have been read."""
        return self.note.endswith(("very sure.", "doubtful."))


@pytest.fixture
def seen_of() -> type[Seen]:
    """What is seen of a program's replay."""
    return Seen


@pytest.fixture
def start_written(start: Start, qtbot: QtBot) -> Start:
    """Starts the program with a 7 on the canvas, written from its foot, and waits until it is read.

    Its strokes take 400 ms upwards, and then after 200 ms 400 ms to the left.
    """

    def start_written(ready: bool = True) -> Any:
        program = start(ready=ready)
        t = np.linspace(0, 400, 51)
        up = np.stack([0 * t + 300, 300 - t / 2, t, 0 * t + 0.5], axis=1)
        left = np.stack([300 - t / 3, 0 * t + 100, t + 600, 0 * t + 0.5], axis=1)
        program.draw_page.canvas.put((Stroke(up), Stroke(left)))
        if ready:
            qtbot.waitUntil(lambda: program.is_answered)
        return program

    return start_written


@pytest.fixture
def open_replay(
    start_written: Start, changing: Any, qtbot: QtBot
) -> Callable[[], tuple[Any, Seen]]:
    """Starts the program with ink on the canvas, and its replay, read and paused at its end."""

    def open_replay() -> tuple[Any, Seen]:
        program = start_written()
        program.press("Ctrl+R")
        seen = Seen(program)
        assert seen.is_open
        qtbot.waitUntil(lambda: seen.is_read)
        program.press("End")
        return program, seen

    return open_replay
