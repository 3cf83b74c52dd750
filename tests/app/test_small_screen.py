"""Text at 200 % on a screen that is too small for it: the window stays on the screen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.text_size import apply_text_size

Start = Callable[..., Any]


@pytest.fixture(autouse=True)
def _same_text_after(qapp: QApplication) -> Iterator[None]:
    normal = qapp.font()
    yield
    apply_text_size(qapp, 100.0)
    qapp.setFont(normal)


def test_window_is_never_larger_than_the_screen(
    start: Start, save_digit: Callable[[str], Path], qtbot: QtBot
) -> None:
    first = start()
    first.draw()
    first.close()
    program = start()
    window = program.window
    qtbot.waitUntil(lambda: "Your last drawing was kept." in program.texts)
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("one.png")])
    screen = window.screen().availableSize()
    for percent in ("200", "100", "200"):
        program.settings.set_value("text_size", percent)
        for page in ("draw", "pictures", "draw", "why", "replay", "settings", "help"):
            program.show_page(page)
            qtbot.wait(20)  # Layouts come to rest after several rounds.
            assert window.minimumSizeHint().boundedTo(screen) == window.minimumSizeHint()
            assert window.size().boundedTo(screen) == window.size()
