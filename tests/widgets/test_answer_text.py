"""The answer's text: as large as there is room for, and whole as long as that can be."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.answer_text import AnswerText
from handwrite_gui.widgets.theme import font


@pytest.fixture
def panel(qtbot: QtBot) -> AnswerPanel:
    panel = AnswerPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.fixture
def answer(panel: AnswerPanel) -> AnswerText:
    """The text as it is in an answer panel, where words have their place beside it."""
    return panel.findChild(AnswerText)


@pytest.mark.parametrize(
    "text", ["12345678", "02083901118", "1234567890123", "$1,234,567.89", "07368544-74"]
)
def test_longer_number_is_seen_whole_in_several_lines(answer: AnswerText, text: str) -> None:
    place = answer.size()
    answer.show_text(text)
    shown, step = answer.shown
    lines = shown.split("\n")
    assert "".join(lines) == text
    assert answer.size() == place
    assert answer.toolTip() == ""
    size = QFont(font("answer"))
    size.setPointSizeF(size.pointSizeF() * step)
    metrics = QFontMetricsF(size)
    assert max(metrics.horizontalAdvance(line) for line in lines) <= answer.width()
    assert len(lines) * metrics.lineSpacing() <= answer.height()


def test_lines_are_alike_in_length(answer: AnswerText) -> None:
    answer.show_text("1234567890123")
    lengths = {len(line) for line in answer.shown[0].split("\n")}
    assert max(lengths) - min(lengths) <= 1
    assert len(answer.shown[0].split("\n")) > 1


def test_short_number_stays_on_one_line(answer: AnswerText) -> None:
    for text in ("7", "2047", "315.5"):
        answer.show_text(text)
        assert answer.shown[0] == text


def test_number_without_end_is_cut_off_only_at_its_end(answer: AnswerText) -> None:
    answer.show_text("204" * 20)
    shown = answer.shown[0].replace("\n", "")
    assert shown.endswith("…")
    assert ("204" * 20).startswith(shown.removesuffix("…"))
    assert len(shown) > 13
    assert answer.toolTip() == "204" * 20
