from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.shown_stack import ShownStack


def sized(width: int, height: int) -> QLabel:
    label = QLabel()
    label.setMinimumSize(width, height)
    return label


def test_it_needs_the_room_of_what_it_shows(qtbot: QtBot) -> None:
    window, stack = QWidget(), ShownStack()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(stack)
    first, other = sized(300, 200), sized(100, 50)
    for shown, size in ((first, (300, 200)), (other, (100, 50)), (None, (300, 200))):
        stack.show_or_first(shown)
        least = window.minimumSizeHint()
        assert (least.width(), least.height()) == size
    assert stack.count() == 2
    assert stack.currentWidget() is first
