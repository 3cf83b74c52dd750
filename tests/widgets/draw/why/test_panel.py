from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.reading.explaining.parts import (
    HeatMap,
    Hint,
    HintKind,
    Hints,
    StepAnswers,
    StrokeChanges,
)
from handwrite_gui.widgets.digit_view import DigitView
from handwrite_gui.widgets.draw.why.heat_view import HeatView
from handwrite_gui.widgets.draw.why.ink_picture import InkPicture
from handwrite_gui.widgets.draw.why.panel import BLANK, WhyPanel

LEFT = Qt.MouseButton.LeftButton
PAPER = QRectF(0, 0, 600, 400)
STEPS = ["Box", "Proportion", "Model's pen", "Centred"]
Explain = Callable[[Ink], list[Any]]


def texts(panel: WhyPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def boxes(panel: WhyPanel) -> dict[str, QCheckBox]:
    return {box.text(): box for box in panel.findChildren(QCheckBox)}


def press(qtbot: QtBot, box: QCheckBox) -> None:
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))


def described(panel: WhyPanel, kind: type[QWidget]) -> dict[str, str]:
    return {
        each.accessibleName(): each.accessibleDescription() for each in panel.findChildren(kind)
    }


def test_answer_and_each_step_are_shown(told: WhyPanel) -> None:
    assert "Why it says 7 (90.0 %)" in texts(told)
    assert list(boxes(told)) == STEPS
    assert all(box.isChecked() for box in boxes(told).values())
    assert texts(told).count("without it:\n1 (80 %)") == 4
    assert "2 strokes" in texts(told)


def test_step_that_is_switched_off_breaks_the_answer(told: WhyPanel, qtbot: QtBot) -> None:
    centred = next(
        v for v in told.findChildren(DigitView) if v.accessibleName().endswith("Centred")
    )
    before = centred.grab().toImage()
    press(qtbot, boxes(told)["Centred"])
    assert "Without “Centred”: 7 → 1 (80.0 %)" in texts(told)
    assert "with it:\n7 (90 %)" in texts(told)
    assert centred.grab().toImage() != before
    press(qtbot, boxes(told)["Centred"])
    assert "Why it says 7 (90.0 %)" in texts(told)
    assert centred.grab().toImage() == before


def test_several_steps_are_switched_off(told: WhyPanel, qtbot: QtBot) -> None:
    press(qtbot, boxes(told)["Box"])
    press(qtbot, boxes(told)["Model's pen"])
    assert "Without “Box”, “Model's pen”: 7 → 1 (80.0 %)" in texts(told)


def test_without_the_box_the_whole_paper_is_shown(told: WhyPanel, qtbot: QtBot) -> None:
    boxed = next(p for p in told.findChildren(InkPicture) if p.accessibleName() == "What is scaled")
    assert boxed.accessibleDescription() == "The box around the ink"
    before = boxed.grab().toImage()
    press(qtbot, boxes(told)["Box"])
    assert boxed.accessibleDescription() == "The whole paper"
    assert boxed.grab().toImage() != before


def test_steps_are_switched_by_keys_alone(told: WhyPanel, qtbot: QtBot) -> None:
    told.activateWindow()
    told.setFocus()
    box = boxes(told)
    qtbot.waitUntil(box["Box"].hasFocus)
    qtbot.keyClick(box["Box"], Qt.Key.Key_Tab)
    assert box["Proportion"].hasFocus()
    qtbot.keyClick(box["Proportion"], Qt.Key.Key_Space)
    assert "Without “Proportion”: 7 → 1 (80.0 %)" in texts(told)


def test_choice_stays_for_other_ink(
    told: WhyPanel, explain: Explain, seven: Ink, qtbot: QtBot
) -> None:
    press(qtbot, boxes(told)["Box"])
    other = Ink(seven.strokes[:1], 2, 12.0)
    told.start(other, PAPER)
    told.show_part(explain(other)[0])
    assert "Without “Box”: 7 → 1 (80.0 %)" in texts(told)
    assert "1 stroke" in texts(told)


def test_pictures_are_described(told: WhyPanel) -> None:
    digits = described(told, DigitView)
    assert digits["Picture after the step Centred"].startswith("The ink is ")
    assert "read as 7 (90.0 %)" in digits["Picture after the step Centred"]
    assert "0 from the left and 0 from the top" in digits["Picture after the step Model's pen"]
    assert set(described(told, HeatView)) == {"Ink taken off", "Ink added"}
    assert all(words.startswith("most ") for words in described(told, HeatView).values())
    assert described(told, InkPicture)["A stroke left out"].startswith("Marked is the 1st stroke")
    for box in boxes(told).values():
        assert box.accessibleDescription() == "without it: 1 (80 %)"
        assert box.toolTip()


def test_method_is_named_with_its_source(told: WhyPanel) -> None:
    for view in told.findChildren(HeatView):
        assert "Occlusion (Zeiler and Fergus, 2014)" in view.toolTip()


def test_what_would_change_it_is_said(told: WhyPanel, explain: Explain, seven: Ink) -> None:
    changes = next(part for part in explain(seven) if isinstance(part, StrokeChanges))
    assert changes.sentence.replace(" %", "\u00a0%") in texts(told)
    assert "without 1:\n1 (80 %)" in texts(told)


def test_what_is_slow_says_so_and_old_parts_go(
    told: WhyPanel, seven: Ink, explain: Explain, qtbot: QtBot
) -> None:
    told.start(seven, PAPER)
    assert "Why it says 7 (90.0 %)" in texts(told)  # It would flicker otherwise.
    qtbot.waitUntil(lambda: "Working it out…" in texts(told))
    assert not any("without" in text for text in texts(told))
    assert set(described(told, HeatView).values()) == {"working it out…"}
    for part in explain(seven):
        told.show_part(part)
    told.end()
    assert "Why it says 7 (90.0 %)" in texts(told)
    qtbot.wait(250)
    assert "Working it out…" not in texts(told)


def test_what_comes_in_time_replaces_the_old_at_once(
    told: WhyPanel, seven: Ink, explain: Explain, qtbot: QtBot
) -> None:
    told.start(seven, PAPER)
    for part in explain(seven):
        if isinstance(part, StepAnswers | HeatMap):
            told.show_part(part)
    qtbot.wait(250)
    assert "Why it says 7 (90.0 %)" in texts(told)
    assert all(words.startswith("most ") for words in described(told, HeatView).values())
    assert described(told, InkPicture)["A stroke left out"] == "working it out…"
    assert not any("stroke it would be" in text for text in texts(told))


def test_blank_paper_says_what_to_do(told: WhyPanel) -> None:
    told.show_message(BLANK)
    assert BLANK in texts(told)
    assert not any("without" in text for text in texts(told))
    assert set(described(told, InkPicture).values()) <= {"", "The box around the ink"}


def test_of_a_dot_it_says_what_to_do(panel: WhyPanel, seven: Ink, explain: Explain) -> None:
    dot = Ink((type(seven.strokes[0]).from_xy(seven.strokes[0].xy[:1]),), 1, 12.0)
    panel.start(dot, PAPER)
    (hints,) = explain(dot)
    assert isinstance(hints, Hints)
    panel.show_part(hints)
    panel.end()
    assert "Why it says no digit" in texts(panel)
    assert any("only a dot" in text for text in texts(panel))


def test_it_tells_when_it_is_seen(panel: WhyPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.closed):
        panel.hide()
    with qtbot.waitSignal(panel.opened):
        panel.show()


def test_change_without_focus_is_announced(
    told: WhyPanel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    press(qtbot, boxes(told)["Centred"])
    hint = Hint(HintKind.TWO_DIGITS, "This looks like 4 and 2: write one digit at a time.")
    told.show_part(Hints((hint,)))
    told.show_part(Hints(()))
    assert said == ["Without “Centred”: 7 → 1 (80.0 %)", hint.sentence]
