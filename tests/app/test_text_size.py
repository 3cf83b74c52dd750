"""Text from 100 to 200 %, on a screen of 1280×800: all of it is seen on every page."""

import threading
from collections.abc import Callable, Generator, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.elided_label import ElidedLabel
from handwrite_gui.widgets.page_scroll import PageScroll
from handwrite_gui.widgets.text_size import apply_text_size

Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]
PAGES = ("draw", "replay", "why", "pictures", "settings", "help")
SCREEN = 1280, 800


@pytest.fixture(autouse=True)
def _same_text_after(qapp: QApplication) -> Iterator[None]:
    normal = qapp.font()
    yield
    apply_text_size(qapp, 100.0)
    qapp.setFont(normal)


@pytest.fixture
def program(full: Any) -> Any:
    """The program with something on each page."""
    return full


def test_all_is_as_it_was_at_the_first_size_again(program: Any, qtbot: QtBot) -> None:
    answers, box = program.window.findChild(AnswerScroll), program.window.findChild(QCheckBox)

    def measured() -> tuple[int, int]:
        option = QStyleOptionButton()
        box.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        return answers.width(), box.style().subElementRect(part, option, box).width()

    width, tick = measured()
    program.settings.set_value("text_size", "200")
    qtbot.waitUntil(lambda: measured()[0] > 1.5 * width)
    assert measured()[1] == 2 * tick
    program.settings.set_value("text_size", "100")
    qtbot.waitUntil(lambda: measured() == (width, tick))


def test_started_with_large_text_the_answer_leaves_its_room_to_the_paper_at_a_smaller_size(
    start: Any, qtbot: QtBot
) -> None:
    program = start()
    program.window.resize(1280, 800)
    width = program.draw_page.canvas.width()
    program.settings.set_value("text_size", "200")
    program.close()
    again = start()
    again.settings.set_value("text_size", "100")
    again.window.resize(1280, 800)
    qtbot.waitUntil(lambda: again.draw_page.canvas.width() == width)


def test_a_page_is_as_it_was_once_large_text_was_made_small_on_another(
    program: Any, qtbot: QtBot
) -> None:
    def shown() -> AnswerScroll:
        every = program.window.findChildren(AnswerScroll)
        return next(each for each in every if each.isVisible())

    program.show_page("pictures")
    answers, width = shown(), shown().width()
    program.settings.set_value("text_size", "200")
    qtbot.waitUntil(lambda: answers.width() > 1.5 * width)
    program.show_page("draw")
    program.settings.set_value("text_size", "100")
    qtbot.waitUntil(lambda: shown().width() == width)
    program.show_page("pictures")
    qtbot.waitUntil(lambda: answers.width() == width)


def texts_of(shown: QWidget) -> list[QLabel | QAbstractButton]:
    """All that has text and can be seen, or be scrolled to."""
    kinds = (QLabel, QAbstractButton)
    widgets = [w for kind in kinds for w in shown.findChildren(kind)]
    return [w for w in widgets if w.isVisible() and w.text().strip()]


def cut_off(shown: QWidget) -> list[str]:
    """The texts for which there is not room enough."""
    cut = []
    for widget in texts_of(shown):
        wanted = widget.sizeHint()
        if isinstance(widget, ElidedLabel):
            fits = widget.height() >= widget.fontMetrics().height()
        elif isinstance(widget, QLabel) and widget.wordWrap():
            fits = widget.height() >= widget.heightForWidth(widget.width())
        else:
            fits = widget.width() >= wanted.width() and widget.height() >= wanted.height()
        # What can be scrolled to need not be seen now.
        whole = _is_scrolled(widget) or widget.visibleRegion().boundingRect() == widget.rect()
        if not (fits and whole):
            cut.append(f"{widget.text()}: {widget.size().toTuple()}, wants {wanted.toTuple()}")
    return cut


def _is_scrolled(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    if above is None or isinstance(above, PageScroll):  # The whole page has room here.
        return False
    # The panel of pictures is scrolled sideways, too.
    return bool(above.property("panel")) or above.horizontalScrollBar().maximum() == 0


def overlaps(shown: QWidget) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other."""
    places = {
        w: w.visibleRegion().boundingRect().translated(w.mapTo(shown, QPoint()))
        for w in texts_of(shown)
    }
    return [
        (one.text(), other.text())
        for one, other in combinations(places, 2)
        if places[one].intersects(places[other])
        and not (one.isAncestorOf(other) or other.isAncestorOf(one))
    ]


def check(program: Any, page: str, qtbot: QtBot) -> None:
    window = program.window
    program.show_page(page)
    assert window.size().toTuple() == SCREEN
    assert len(texts_of(window)) >= 5

    def is_all_seen() -> None:
        assert cut_off(window) == []
        assert overlaps(window) == []

    qtbot.waitUntil(is_all_seen)  # Layouts come to rest after several rounds.


@pytest.mark.parametrize("percent", ["100", "150", "200"])
def test_all_text_is_seen_in_each_size_chosen_while_the_program_runs(
    program: Any, percent: str, qtbot: QtBot
) -> None:
    for page in PAGES:  # Made in one size, and shown in another.
        program.show_page(page)
    program.settings.set_value("text_size", percent)
    for page in PAGES:
        check(program, page, qtbot)


def test_all_text_is_seen_where_the_system_s_is_doubled(
    start: Start, save_digit: SaveDigit, qapp: QApplication, qtbot: QtBot
) -> None:
    large = qapp.font()
    large.setPointSizeF(2 * large.pointSizeF())
    qapp.setFont(large)
    program = start()
    program.window.resize(*SCREEN)
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("one.png")])
    for page in PAGES:
        check(program, page, qtbot)


def test_keys_dialog_fits_at_twice_the_text(program: Any) -> None:
    program.settings.set_value("text_size", "200")
    QTest.keySequence(program.window, QKeySequence("Ctrl+K"))
    dialog = next(d for d in program.window.findChildren(QDialog) if d.isVisible())
    assert dialog.width() <= SCREEN[0]
    assert dialog.height() <= SCREEN[1]
    assert cut_off(dialog) == []
    assert overlaps(dialog) == []
    dialog.close()


def test_size_is_stepped_through_by_keys(program: Any) -> None:
    stepped = []
    for key in (*["Ctrl+F11"] * 5, *["Ctrl+F10"] * 5):
        QTest.keySequence(program.window, QKeySequence(key))
        stepped.append(program.settings.value("text_size"))
    up = ["125", "150", "175", "200", "200"]
    assert stepped == [*up, "175", "150", "125", "100", "100"]
    assert program.status == "Text size: 100 %"


def test_size_is_chosen_on_the_settings_page_applies_at_once_and_is_remembered(
    start: Start, qapp: QApplication
) -> None:
    program = start()
    window = program.window
    normal = qapp.font().pointSizeF()
    window.show_page("settings")
    digit = next(w for w in window.findChildren(QLabel) if w.accessibleName() == "Answer: none yet")
    before = digit.font().pointSizeF(), window.menuBar().font().pointSizeF()
    next(b for b in window.findChildren(QRadioButton) if b.text() == "200 %").click()
    assert qapp.font().pointSizeF() == pytest.approx(2 * normal)
    after = digit.font().pointSizeF(), window.menuBar().font().pointSizeF()
    assert after == pytest.approx([2 * size for size in before])
    program.settings.set_value("theme", "dark")  # A new style sheet changes no size.
    assert digit.font().pointSizeF() == pytest.approx(2 * before[0])
    program.close()
    apply_text_size(qapp, 100.0)  # As a new process begins.
    again = start()
    assert again.settings.value("text_size") == "200"
    assert again.window.menuBar().font().pointSizeF() == pytest.approx(2 * before[1])
    again.settings.set_value("text_size", "100")
    assert qapp.font().pointSizeF() == pytest.approx(normal)
    assert again.window.menuBar().font().pointSizeF() == pytest.approx(before[1])


@pytest.mark.parametrize("percent", ["100", "200"])
def test_all_text_is_seen_while_all_pages_are_read(
    program: Any,
    percent: str,
    pdf: Callable[..., bytes],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_end = threading.Event()
    program.settings.set_value("text_size", percent)
    (tmp_path / "scan.pdf").write_bytes(pdf(*["0 g 20 9 9 54 re f"] * 3))
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.open_files([tmp_path / "scan.pdf"])

    def slices(*_: object) -> Generator[None, None, Reading]:
        assert may_end.wait(30)
        yield
        return Reading()

    monkeypatch.setattr(Reader, "picture_slices", slices)
    qtbot.waitUntil(program.window.actions_.read_all.isEnabled)
    program.window.actions_.read_all.trigger()
    qtbot.waitUntil(lambda: "Reading all: 2 of 5 pages, 1 failed" in program.text)
    entries = program.pictures.files.entries
    assert len(entries) == 5
    try:
        qtbot.waitUntil(lambda: all(each.is_opened or each.error for each in entries))
        check(program, "pictures", qtbot)
        program.window.actions_.read_all.trigger()
        assert program.status.endswith("1 failed: “none.png”.")
        check(program, "pictures", qtbot)
    finally:
        may_end.set()


def test_the_window_is_no_wider_once_text_is_smaller(
    program: Any, pdf: Callable[..., bytes], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf(*["0 g 20 9 9 54 re f 80 9 9 54 re f"] * 3))
    program.window.resize(1200, 760)
    program.settings.set_value("text_size", "200")
    with qtbot.waitSignal(program.recognition.picture_read, timeout=20_000):
        program.open_files([tmp_path / "scan.pdf"])
    qtbot.waitUntil(program.window.actions_.read_all.isEnabled)
    for percent in ("175", "150", "125", "100"):
        program.settings.set_value("text_size", percent)
        QTest.qWait(300)  # Layouts come to rest after several rounds.
        assert program.window.width() <= 1200
