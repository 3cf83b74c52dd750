"""Icons are as large as the text beside them, or as it would be."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenuBar

from handwrite_gui.widgets.text_size import apply_text_size


@pytest.fixture(autouse=True)
def _same_text_after(qapp: QApplication) -> Iterator[None]:
    yield
    apply_text_size(qapp, 100.0)


@pytest.mark.parametrize("made_at", ["100", "200"])
def test_icons_grow_with_the_text(start: Callable[..., Any], made_at: str) -> None:
    program = start()
    program.draw()
    program.settings.set_value("text_size", made_at)
    program.show_page("replay")
    program.show_page("pictures")
    program.show_page("draw")

    def sides() -> set[int]:
        every = program.window.findChildren(QAbstractButton)
        own = [each for each in every if not isinstance(each.parent(), QMenuBar)]
        buttons = [each for each in own if not each.icon().isNull()]
        assert len(buttons) >= 28
        return {button.iconSize().height() for button in buttons}

    program.settings.set_value("text_size", "200")
    assert sides() == {32}
    program.settings.set_value("text_size", "100")
    assert sides() == {16, 24}
