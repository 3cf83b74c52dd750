import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.panels import Panels


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    window.show()
    return window


@pytest.fixture
def panels(window: QWidget) -> Panels:
    panels = Panels()
    window.layout().addWidget(panels)
    return panels


def action(window: QWidget, name: str) -> QAction:
    made = QAction(name, window)
    made.setCheckable(True)
    return made


def test_panel_is_made_when_first_shown(window: QWidget, panels: Panels) -> None:
    made: list[QWidget] = []

    def make() -> QWidget:
        made.append(QLabel("Why"))
        return made[-1]

    why = action(window, "why")
    panels.add(why, make)
    assert not made
    assert not panels.isVisible()
    for _ in range(3):
        why.trigger()
    assert len(made) == 1
    assert made[0].isVisible()
    assert panels.isVisible()


def test_one_panel_is_seen_at_a_time(window: QWidget, panels: Panels) -> None:
    labels = [QLabel("Why"), QLabel("Replay")]
    actions = [action(window, label.text()) for label in labels]
    for each, label in zip(actions, labels, strict=True):
        panels.add(each, lambda label=label: label)
        each.trigger()
    assert [label.isVisible() for label in labels] == [False, True]
    assert [each.isChecked() for each in actions] == [False, True]


def test_escape_in_a_panel_closes_it(window: QWidget, panels: Panels, qtbot: QtBot) -> None:
    field = QLineEdit()
    why = action(window, "why")
    panels.add(why, lambda: field)
    why.trigger()
    qtbot.waitUntil(field.hasFocus)
    with qtbot.waitSignal(panels.closed):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not panels.isVisible()
    assert not why.isChecked()


def test_escape_elsewhere_closes_only_what_is_there_instead_of_the_canvas(
    window: QWidget, panels: Panels, qtbot: QtBot
) -> None:
    other = QLineEdit()
    window.layout().addWidget(other)
    why, replay = action(window, "why"), action(window, "replay")
    panels.add(why, lambda: QLabel("Why"))
    panels.add(replay, lambda: QLabel("Replay"), is_instead=True)
    for shown, is_closed in ((why, False), (replay, True), (why, False)):
        shown.trigger()
        other.setFocus()
        qtbot.waitUntil(other.hasFocus)
        qtbot.keyClick(other, Qt.Key.Key_Escape)
        assert shown.isChecked() == (not is_closed)


def test_panel_whose_action_is_disabled_can_be_closed(window: QWidget, panels: Panels) -> None:
    why = action(window, "why")
    panels.add(why, lambda: QLabel("Why"))
    why.trigger()
    why.setEnabled(False)
    panels.close_panel()
    assert not panels.isVisible()
    assert not why.isChecked()


def test_same_action_closes_its_panel(window: QWidget, panels: Panels, qtbot: QtBot) -> None:
    why = action(window, "why")
    panels.add(why, lambda: QLabel("Why"))
    why.trigger()
    with qtbot.waitSignal(panels.closed):
        why.trigger()
    assert not panels.isVisible()
