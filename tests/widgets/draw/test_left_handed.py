import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.draw.page import DrawPage

NAMES = ("Undo", "Redo", "Clear", "Predict")
LIVE = "Predict while drawing"


def left_of(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().topLeft()).x()


def buttons(page: DrawPage) -> dict[str, QWidget]:
    found = [*page.findChildren(QToolButton), *page.findChildren(QPushButton)]
    found += page.findChildren(QCheckBox)
    return {b.text(): b for b in found if b.text() in (*NAMES, LIVE)}


def test_answer_and_buttons_change_sides_at_once_and_back(page: DrawPage) -> None:
    def places() -> tuple[int, int, list[int]]:
        QApplication.processEvents()
        answer = page.findChild(AnswerScroll)
        at = buttons(page)
        order = [left_of(at[name]) for name in NAMES]
        return left_of(page.canvas), left_of(answer), order

    canvas, answer, order = places()
    size = page.canvas.size()
    middle = canvas + size.width() // 2
    assert canvas < answer
    assert order[2] < middle < order[3]
    page.set_left_handed(True)
    canvas, answer, mirrored = places()
    assert answer < canvas
    assert page.canvas.size() == size
    # Clear of a left hand, and in the order that they had.
    assert min(mirrored) > canvas + size.width() // 3
    assert mirrored == sorted(mirrored)
    assert left_of(buttons(page)[LIVE]) > canvas + size.width() // 3
    page.set_left_handed(False)
    assert places() == (16, left_of(page.findChild(AnswerScroll)), order)


@pytest.mark.parametrize("left_handed", [False, True])
def test_text_goes_from_left_to_right(page: DrawPage, left_handed: bool) -> None:
    page.set_left_handed(left_handed)
    for widget in (page, *page.findChildren(QWidget)):
        assert widget.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_tab_goes_the_same_way_for_either_hand(page: DrawPage, qtbot: QtBot) -> None:
    page.activateWindow()

    def visited() -> list[QWidget]:
        page.canvas.setFocus()
        found: list[QWidget] = []
        while (focus := QApplication.focusWidget()) is not None and focus not in found:
            found.append(focus)
            qtbot.keyClick(focus, Qt.Key.Key_Tab)
        return found

    right = visited()
    page.set_left_handed(True)
    assert visited() == right
    assert right[0] is page.canvas
    assert len(right) >= 4


@pytest.mark.usefixtures("large_text")
def test_buttons_are_not_cut_off_at_twice_the_text(page: DrawPage) -> None:
    page.set_left_handed(True)
    QApplication.processEvents()
    for button in buttons(page).values():
        assert button.width() >= button.sizeHint().width()
        assert left_of(button) + button.width() <= left_of(page.canvas) + page.canvas.width()
