import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.widgets.bars import Bars
from handwrite_gui.widgets.theme import LIGHT


@pytest.fixture
def bars(qtbot: QtBot) -> Bars:
    bars = Bars()
    qtbot.addWidget(bars)
    bars.resize(300, 300)
    bars.show()
    return bars


def prediction(**likely: float) -> Prediction:
    """Probabilities of some digits (`d7=0.6`) and of no digit (`none=0.1`); the rest is shared."""
    probabilities = np.full(11, (1 - sum(likely.values())) / (11 - len(likely)))
    for name, probability in likely.items():
        probabilities[10 if name == "none" else int(name[1:])] = probability
    return Prediction(probabilities)


def rows(bars: Bars) -> list[QAbstractButton]:
    """The bars from top to bottom."""
    return sorted(bars.findChildren(QAbstractButton), key=lambda row: row.y())


def length_px(row: QAbstractButton, colour: QColor) -> int:
    """How many columns of a row show a colour in its middle."""
    image = row.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    middle = image.height() // 2
    return sum(image.pixelColor(x, middle) == colour for x in range(image.width()))


def test_ten_bars_in_order_are_empty_at_first(bars: Bars) -> None:
    assert [row.accessibleName() for row in rows(bars)] == [
        f"{digit}: no answer yet" for digit in range(10)
    ]
    assert not any(row.isEnabled() for row in rows(bars))


def test_each_bar_tells_its_probability(bars: Bars) -> None:
    bars.show_prediction(prediction(d7=0.6, d1=0.3))
    names = [row.accessibleName() for row in rows(bars)]
    assert names[7] == "7: 60.0 %, the best"
    assert names[1] == "1: 30.0 %"
    assert names[0] == "0: 1.1 %"
    assert sum("the best" in name for name in names) == 1


def test_bars_are_as_long_as_they_are_likely(bars: Bars) -> None:
    bars.show_prediction(prediction(d7=0.6, d1=0.3))
    best, second = length_px(rows(bars)[7], LIGHT.accent), length_px(rows(bars)[1], LIGHT.bar)
    assert best > 50
    assert second == pytest.approx(best / 2, rel=0.1)


def test_accent_marks_the_best_only(bars: Bars) -> None:
    bars.show_prediction(prediction(d7=0.6, d1=0.3))
    assert [length_px(row, LIGHT.accent) > 0 for row in rows(bars)] == [
        digit == 7 for digit in range(10)
    ]


def test_best_is_marked_without_colour_too(bars: Bars) -> None:
    bars.show_prediction(prediction(d7=0.6, d1=0.3))
    marked = []
    for row in rows(bars):
        grey = row.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        ground = grey.pixelColor(0, 0).value()
        mark = [grey.pixelColor(x, y) for x in range(4, 12) for y in range(grey.height())]
        marked.append(any(abs(pixel.value() - ground) > 100 for pixel in mark))
    assert marked == [digit == 7 for digit in range(10)]


def test_refused_ink_has_no_best(bars: Bars) -> None:
    bars.show_prediction(prediction(none=0.8, d3=0.15))
    assert not any("the best" in row.accessibleName() for row in rows(bars))
    assert not any(length_px(row, LIGHT.accent) for row in rows(bars))
    assert rows(bars)[3].accessibleName() == "3: 15.0 %"


def test_bars_keep_their_places(bars: Bars) -> None:
    before = [row.geometry() for row in rows(bars)]
    bars.show_prediction(prediction(d0=1.0))
    assert [row.geometry() for row in rows(bars)] == before
    bars.show_prediction(None)
    assert [row.geometry() for row in rows(bars)] == before
    assert rows(bars)[0].accessibleName() == "0: no answer yet"


def test_bars_of_what_was_read_as_no_digit_can_be_clicked(bars: Bars, qtbot: QtBot) -> None:
    bars.show_prediction(prediction(d7=0.6))
    bars.show_unread(None)
    assert rows(bars)[7].accessibleName() == "7: not known"
    assert bars.accessibleName() == "Probabilities: not known, for no digit was read here"
    assert not any(length_px(row, LIGHT.accent) for row in rows(bars))
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.mouseClick(rows(bars)[4], Qt.MouseButton.LeftButton)
    assert chosen.args == [4]
    bars.show_unread(4)
    assert rows(bars)[4].accessibleName() == "4: not known, the answer"


def test_click_says_what_the_digit_was(bars: Bars, qtbot: QtBot) -> None:
    bars.show_prediction(prediction(d7=0.6))
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.mouseClick(rows(bars)[4], Qt.MouseButton.LeftButton)
    assert chosen.args == [4]


def test_key_says_what_the_digit_was(bars: Bars, qtbot: QtBot) -> None:
    bars.show_prediction(prediction(d7=0.6))
    row = rows(bars)[4]
    row.setFocus()
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.keyClick(row, Qt.Key.Key_Space)
    assert chosen.args == [4]
    assert row.accessibleDescription() == "Press to say that it was a 4."


def test_tab_goes_to_the_best_and_arrows_go_on(bars: Bars, qtbot: QtBot) -> None:
    bars.show_prediction(prediction(d7=0.6))
    bars.activateWindow()
    assert [row.focusPolicy() == Qt.FocusPolicy.TabFocus for row in rows(bars)] == [
        digit == 7 for digit in range(10)
    ]
    rows(bars)[7].setFocus()
    for key, digit in (
        (Qt.Key.Key_Up, 6),
        (Qt.Key.Key_Down, 7),
        (Qt.Key.Key_End, 9),
        (Qt.Key.Key_Down, 9),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Up, 0),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert rows(bars)[digit].hasFocus()
    with qtbot.waitSignal(bars.chosen) as chosen:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert chosen.args == [0]
    bars.show_prediction(prediction(d7=0.5))
    assert rows(bars)[0].hasFocus()
    assert rows(bars)[0].focusPolicy() == Qt.FocusPolicy.TabFocus


def test_bars_are_told_in_order_of_probability(bars: Bars) -> None:
    assert bars.in_order == ""
    assert bars.accessibleName() == "Probabilities: no answer yet"
    bars.show_prediction(prediction(d7=0.6, none=0.2, d1=0.11))
    assert bars.in_order.startswith("7: 60.0 %, no digit: 20.0 %, 1: 11.0 %, 0: 1.1 %, 2: 1.1 %")
    assert bars.in_order.count(":") == 11
    assert bars.accessibleName() == f"Probabilities: {bars.in_order}"
    bars.show_prediction(prediction(d7=0.9961, d1=0.0035))
    assert bars.in_order == "7: 99.6 %, 1: 0.3 %, all others: 0.0 %"


def test_empty_bars_cannot_be_clicked(bars: Bars, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bars.chosen):
        qtbot.mouseClick(rows(bars)[4], Qt.MouseButton.LeftButton)
