import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextTable, QWheelEvent
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import confidence_in_words
from handwrite_gui.recognition.model_files.card_text import Section
from handwrite_gui.widgets import help_page
from handwrite_gui.widgets.help_contents import HelpContents
from handwrite_gui.widgets.help_page import HelpPage
from handwrite_gui.widgets.theme import DARK, SPACING, apply_theme, font

SHORTCUTS = [("Undo the last step", "Ctrl+Z"), ("Odd | *keys*", "Ctrl+|, `, <b>")]

MODEL = [
    Section("What it is", ((0, "name: some"),)),
    Section("How well it reads", ((0, "mnist"), (1, "read right: 99.57 %"))),
    Section("Its file", ((0, f"sha256: {'b2' * 32}"),)),
    Section("More", ((0, '<b>bold</b> <img src="http://a/b"> [link](http://a) # title'),)),
]


@pytest.fixture
def page(qtbot: QtBot) -> HelpPage:
    page = HelpPage(lambda: SHORTCUTS, MODEL)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


def browser_of(page: HelpPage) -> QTextBrowser:
    return page.findChild(QTextBrowser)


def tables_of(page: HelpPage) -> list[list[list[str]]]:
    frames = browser_of(page).document().rootFrame().childFrames()
    return [
        [
            [table.cellAt(row, column).firstCursorPosition().block().text() for column in range(2)]
            for row in range(table.rows())
        ]
        for table in frames
        if isinstance(table, QTextTable)
    ]


def test_guide_says_what_it_must(page: HelpPage) -> None:
    text = browser_of(page).toPlainText()
    for said in (
        "reads handwritten digits",
        "Under each digit stands its reading",
        "nothing is sent",
        "no digit",
        "handwrite-gui read picture.png",
        "handwrite-gui read --json",
    ):
        assert said in text
    assert help_page.KEYS_MARK not in text


def test_keys_are_those_handed_in_letter_for_letter(page: HelpPage) -> None:
    _, keys = tables_of(page)
    assert keys[1:] == [list(pair) for pair in SHORTCUTS]


def test_words_of_confidence_are_those_of_the_program(page: HelpPage) -> None:
    words, _ = tables_of(page)
    bounds = [(said, int(re.findall(r"\d+", means)[0])) for said, means in words[1:]]
    for said, least in bounds[:-1]:
        assert confidence_in_words(least / 100) == said
        assert confidence_in_words(least / 100 - 1e-6) != said
    said, below = bounds[-1]
    assert confidence_in_words(0.0) == confidence_in_words(below / 100 - 1e-6) == said


def test_model_is_told_of_at_the_end(page: HelpPage) -> None:
    text = browser_of(page).toPlainText()
    told = [line for section in MODEL for line in (section.title, *(t for _, t in section.lines))]
    assert text.partition("About the model\n")[2].splitlines() == told


def test_what_belongs_together_is_indented(page: HelpPage) -> None:
    document = browser_of(page).document()
    levels = [
        document.findBlockByNumber(n).blockFormat().indent() for n in range(document.blockCount())
    ]
    assert levels[-9:] == [0, 1, 0, 1, 2, 0, 1, 0, 1]


def test_card_of_any_origin_is_plain_text(page: HelpPage) -> None:
    html = browser_of(page).toHtml()
    assert "&lt;b&gt;bold&lt;/b&gt; &lt;img " in html
    assert "<img" not in html


def test_where_nothing_is_known_of_the_model(qtbot: QtBot) -> None:
    page = HelpPage(lambda: SHORTCUTS, [Section("", ((0, "The model has no card."),))])
    qtbot.addWidget(page)
    page.show()
    assert browser_of(page).toPlainText().endswith("About the model\nThe model has no card.")


def test_guide_alone(qtbot: QtBot) -> None:
    page = HelpPage(lambda: SHORTCUTS)
    qtbot.addWidget(page)
    page.show()
    assert "About the model" not in browser_of(page).toPlainText()


def test_guide_has_no_links(page: HelpPage) -> None:
    assert "<a " not in browser_of(page).toHtml()


def contents_of(page: HelpPage) -> HelpContents:
    return page.findChild(HelpContents)


def is_at(page: HelpPage, heading: str) -> bool:
    """Whether a heading is at the top of what is seen."""
    browser = browser_of(page)
    cursor = browser.textCursor()
    is_there = cursor.block().text() == heading and cursor.blockFormat().headingLevel() == 2
    return is_there and 0 <= browser.cursorRect().top() < 60


def test_contents_list_the_headings(page: HelpPage) -> None:
    listed = [contents_of(page).item(n).text() for n in range(contents_of(page).count())]
    assert listed[:3] == ["To draw", "Why did it say that?", "To open pictures"]
    assert listed[-1] == "About the model"


def test_click_in_the_contents_leads_to_the_heading(page: HelpPage, qtbot: QtBot) -> None:
    contents = contents_of(page)
    place = contents.visualItemRect(contents.item(2)).center()
    qtbot.mouseClick(contents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert is_at(page, "To open pictures")


def test_keys_lead_along_the_contents(page: HelpPage, qtbot: QtBot) -> None:
    contents = contents_of(page)
    contents.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(contents, key)
    assert is_at(page, contents.currentItem().text())
    assert contents.currentRow() in (1, 2)


def test_contents_are_beside_the_text_or_above_it(page: HelpPage, qtbot: QtBot) -> None:
    contents, text = contents_of(page), browser_of(page)
    assert contents.geometry().right() < text.geometry().left()
    page.resize(400, 700)
    qtbot.waitUntil(lambda: contents.geometry().bottom() < text.geometry().top())
    assert text.height() > 500
    assert text.width() == 400
    page.resize(1000, 700)
    qtbot.waitUntil(lambda: contents.geometry().right() < text.geometry().left())
    assert contents.height() == text.height() == 700


def test_contents_stay_where_they_are_when_the_guide_is_set_anew(
    page: HelpPage, qapp: QApplication
) -> None:
    contents_of(page).setCurrentRow(3)
    apply_theme(qapp, "dark")
    assert contents_of(page).currentRow() == 3


def test_guide_is_read_when_it_is_first_shown(qtbot: QtBot) -> None:
    page = HelpPage(lambda: SHORTCUTS)
    qtbot.addWidget(page)
    assert browser_of(page).document().isEmpty()
    page.show()
    assert not browser_of(page).document().isEmpty()


def test_theme_changes_in_place(page: HelpPage, qapp: QApplication) -> None:
    browser = browser_of(page)
    browser.verticalScrollBar().setValue(100)
    apply_theme(qapp, "dark")
    assert browser.verticalScrollBar().value() == 100
    assert page.grab().toImage().pixelColor(4, 4) == DARK.window
    assert browser.toPlainText().count("About the model") == 1
    assert DARK.line.name() in browser.toHtml()


def test_guide_is_laid_out_a_few_times_and_not_after_each_of_its_blocks(page: HelpPage) -> None:
    changes: list[tuple[int, ...]] = []
    browser_of(page).document().contentsChange.connect(lambda *change: changes.append(change))
    page.show_anew()
    assert len(changes) < 10


def test_headings_have_the_program_s_size(page: HelpPage) -> None:
    document = browser_of(page).document()
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    sizes = {
        block.begin().fragment().charFormat().font().pointSizeF()
        for block in blocks
        if block.blockFormat().headingLevel()
    }
    assert sizes == {font("heading").pointSizeF()}


@pytest.mark.parametrize("width", [1000, 500])
def test_column_is_readable_and_never_wider_than_the_page(page: HelpPage, width: int) -> None:
    page.resize(width, 700)
    browser = browser_of(page)
    widest = browser.fontMetrics().horizontalAdvance("n" * 70) + 6 * SPACING
    assert browser.document().size().width() <= min(width, widest)
    assert browser.horizontalScrollBar().maximum() == 0


def test_wheel_scrolls_also_beside_the_column(page: HelpPage) -> None:
    at = QPointF(page.width() - 100, page.height() / 2)
    under = page.childAt(at.toPoint())
    none, still = QPoint(), Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(
        at, at, none, QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, still, False,
    )  # fmt: skip
    QApplication.sendEvent(under, wheel)
    assert browser_of(page).verticalScrollBar().value() > 0


def test_missing_guide_is_said_in_its_place(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(help_page, "resources_dir", lambda: tmp_path)
    page = HelpPage(lambda: SHORTCUTS)
    qtbot.addWidget(page)
    page.show()
    text = browser_of(page).toPlainText()
    assert str(tmp_path / "guide.md") in text
    assert "install Handwrite again" in text
